//===- Places.cpp - parts of global objects -------------------------------===//

#include "solve/Places.h"

using namespace bootorder;

PlaceId PlaceTable::whole(ObjectId O) {
  auto [It, IsNew] = Wholes.try_emplace(O.Value);
  if (IsNew) {
    It->second = PlaceId(Places.size());
    Places.push_back({O, PlaceId(), FieldKey(), false, {}, It->second});
  }
  return It->second;
}

PlaceId PlaceTable::local(uint64_t Owner, LocalId L) {
  auto [It, IsNew] = Locals.try_emplace({Owner, L.Value}, 0);
  if (IsNew)
    It->second = addObject(/*OnHeap=*/false);
  return whole(ObjectId(It->second));
}

PlaceId PlaceTable::heap(FunctionId F, EventId Call) {
  auto [It, IsNew] = Heap.try_emplace({F.Value, Call.Value}, 0);
  if (IsNew)
    It->second = addObject(/*OnHeap=*/true);
  return whole(ObjectId(It->second));
}

uint32_t PlaceTable::addObject(bool OnHeap) {
  IsHeap.push_back(OnHeap);
  return P.Objects.size() + IsHeap.size() - 1;
}

/// The innermost record around \p Part that \p F is a member of, if \p Part is
/// in one.
PlaceId PlaceTable::recordAround(PlaceId Part, FieldKey F) const {
  for (; Places[Part.Value].Parent.isValid(); Part = Places[Part.Value].Parent)
    if (FieldKey Own = Places[Part.Value].Field;
        Own.isValid() && P[Own].Record == P[F].Record)
      return Places[Part.Value].Parent;
  return PlaceId();
}

PlaceId PlaceTable::field(PlaceId Parent, FieldKey F) {
  auto [It, IsNew] = Children.try_emplace({Parent.Value, F.Value});
  if (!IsNew)
    return It->second;
  if (PlaceId Around = recordAround(Parent, F); Around.isValid()) {
    PlaceId Same = field(Around, F);
    return Children[{Parent.Value, F.Value}] = Same;
  }
  bool IsInUnion = P[F].IsInUnion;
  if (auto Shared = Unions.find(Parent.Value);
      IsInUnion && Shared != Unions.end()) {
    ++NameCount;
    return It->second = Shared->second;
  }
  PlaceId New = It->second = PlaceId(Places.size());
  Places.push_back({Places[Parent.Value].Object, Parent, F, false, {}, New});
  if (IsInUnion) {
    Unions[Parent.Value] = New;
    Places[New.Value].IsArray = true;
  }
  if (PlaceId Any = Places[Parent.Value].Any; Any != Parent) {
    PlaceId AnyField = field(Any, F);
    Places[New.Value].Any = AnyField;
  }
  return New;
}

/// The index that stands for some element.
static constexpr uint32_t SomeIndex = ~0u - 8;

PlaceId PlaceTable::element(PlaceId Array) {
  bool IsSome = Elements.count({Array.Value, SomeIndex}) == 0 &&
                isElement(Array) && !Places[Array.Value].Index;
  if (IsSome)
    return Array;
  PlaceId Some = element(Array, SomeIndex);
  Places[Some.Value].Index.reset();
  return Some;
}

bool PlaceTable::isElement(PlaceId P) const {
  return Places[P.Value].Parent.isValid() && !Places[P.Value].Field.isValid();
}

PlaceId PlaceTable::cellOf(PlaceId P) const {
  for (PlaceId Part = P; Part.isValid(); Part = Places[Part.Value].Parent)
    if (Places[Part.Value].Index)
      return P;
  return Places[P.Value].Any;
}

bool PlaceTable::hasCopies(PlaceId Where) const {
  ObjectId O = Places[Where.Value].Object;
  return isGlobal(O) && P[O].HasCopies;
}

bool PlaceTable::isMany(PlaceId P) const {
  if (isHeap(Places[P.Value].Object) || hasCopies(P))
    return true;
  for (PlaceId Part = P; Part.isValid(); Part = Places[Part.Value].Parent)
    if (isElement(Part) && !Places[Part.Value].Index)
      return true;
  return false;
}

PlaceId PlaceTable::element(PlaceId Array, uint32_t Index) {
  Places[Array.Value].IsArray = true;
  auto [It, IsNew] = Elements.try_emplace({Array.Value, Index});
  if (!IsNew)
    return It->second;
  It->second = PlaceId(Places.size());
  Places.push_back({Places[Array.Value].Object, Array, FieldKey(), false, Index,
                    Places[Array.Value].Any});
  return It->second;
}

PlaceId PlaceTable::container(PlaceId Part, FieldKey F) {
  if (PlaceId Around = Places[Part.Value].Parent; Around.isValid()) {
    auto Found = Children.find({Around.Value, F.Value});
    if (Found != Children.end() && Found->second == Part)
      return Around;
  }
  auto [It, IsNew] = Imagined.try_emplace({Part.Value, F.Value});
  if (IsNew) {
    PlaceId New = It->second = PlaceId(Places.size());
    Places.push_back({Places[Part.Value].Object,
                      PlaceId(),
                      FieldKey(),
                      false,
                      {},
                      New,
                      /*IsImagined=*/true});
    Children[{New.Value, F.Value}] = Part;
  }
  return It->second;
}

bool PlaceTable::isImagined(PlaceId P) const {
  while (Places[P.Value].Parent.isValid())
    P = Places[P.Value].Parent;
  return Places[P.Value].IsImagined;
}

bool PlaceTable::isInside(PlaceId P, PlaceId Outer) const {
  while (P.isValid() && P != Outer)
    P = Places[P.Value].Parent;
  return P.isValid();
}

/// As members of different records, at the place where their ways part. What is
/// allocated stands for many objects, which may well be of different records.
bool PlaceTable::areOtherViews(PlaceId A, PlaceId B) const {
  if (isHeap(Places[A.Value].Object))
    return false;
  for (PlaceId Mine = A; Mine.isValid(); Mine = Places[Mine.Value].Parent)
    for (PlaceId Other = B; Other.isValid();
         Other = Places[Other.Value].Parent) {
      const Place &X = Places[Mine.Value], &Y = Places[Other.Value];
      if (X.Parent.isValid() && X.Parent == Y.Parent)
        return X.Field.isValid() && Y.Field.isValid() &&
               P[X.Field].Record != P[Y.Field].Record;
    }
  return false;
}

bool PlaceTable::doOverlap(PlaceId A, PlaceId B) const {
  return isInside(A, B) || isInside(B, A) || areOtherViews(A, B);
}
