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
    It->second = P.Objects.size() + Locals.size() - 1;
  return whole(ObjectId(It->second));
}

PlaceId PlaceTable::field(PlaceId Parent, FieldKey F) {
  auto [It, IsNew] = Children.try_emplace({Parent.Value, F.Value});
  if (!IsNew)
    return It->second;
  bool IsInUnion = P[F].IsInUnion;
  if (auto Shared = Unions.find(Parent.Value);
      IsInUnion && Shared != Unions.end())
    return It->second = Shared->second;
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

PlaceId PlaceTable::container(PlaceId Part, FieldKey F) const {
  PlaceId Around = Places[Part.Value].Parent;
  if (!Around.isValid())
    return PlaceId();
  auto Found = Children.find({Around.Value, F.Value});
  return Found != Children.end() && Found->second == Part ? Around : PlaceId();
}

bool PlaceTable::isInside(PlaceId P, PlaceId Outer) const {
  while (P.isValid() && P != Outer)
    P = Places[P.Value].Parent;
  return P.isValid();
}
