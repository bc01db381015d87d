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
    It->second = ObjectCount + Locals.size() - 1;
  return whole(ObjectId(It->second));
}

PlaceId PlaceTable::field(PlaceId Parent, FieldKey F) {
  auto [It, IsNew] = Children.try_emplace({Parent.Value, F.Value});
  if (!IsNew)
    return It->second;
  PlaceId New = It->second = PlaceId(Places.size());
  Places.push_back({Places[Parent.Value].Object, Parent, F, false, {}, New});
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

PlaceId PlaceTable::container(PlaceId P, FieldKey F) const {
  const Place &Part = Places[P.Value];
  return Part.Field.isValid() && Part.Field == F ? Part.Parent : PlaceId();
}

bool PlaceTable::isInside(PlaceId P, PlaceId Outer) const {
  while (P.isValid() && P != Outer)
    P = Places[P.Value].Parent;
  return P.isValid();
}
