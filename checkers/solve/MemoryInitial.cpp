//===- MemoryInitial.cpp - what objects hold before anything writes them --===//

#include "solve/Memory.h"
#include "solve/Operators.h"
#include <map>

using namespace bootorder;

Value Memory::initialTree(ObjectId O, ExprId Root) {
  const ExprPool &Exprs = P[O].Definition->Exprs;
  const ProgramModule &M = P.moduleOf(O);
  const Expr &E = Exprs[Root];
  auto Address = [](PlaceId Where) {
    return Value::atom({Where.Value, Atom::AtomKind::Place});
  };
  switch (E.Kind) {
  case ExprKind::Constant:
    return Value::number(E.Value);
  case ExprKind::String:
    return Value::nonZero();
  case ExprKind::Function:
    return Value::atom(
        {M.function(Exprs.symbol(Root)).Value, Atom::AtomKind::Function});
  case ExprKind::Object:
    return Address(Places.whole(M.object(Exprs.symbol(Root))));
  case ExprKind::Field:
  case ExprKind::Element: {
    Value Base = initialTree(O, Exprs.operand(E, 0));
    auto Only = Base.single();
    if (!Only || Only->Kind != Atom::AtomKind::Place)
      return Value::unknown();
    PlaceId Outer(static_cast<uint32_t>(Only->Bits));
    return Address(E.Kind == ExprKind::Field
                       ? Places.field(Outer, M.field(Exprs.field(Root)))
                       : Places.element(Outer));
  }
  case ExprKind::Cast:
    return applyCast(initialTree(O, Exprs.operand(E, 0)), E);
  default:
    return Value::unknown();
  }
}

void Memory::addElementValue(uint32_t Index, PlaceId Where, const Value &V) {
  Value &Held = ElementValues[{Index, Where.Value}];
  Held = join(Held, V);
}

/// Elements share a place, and those that are not listed are 0.
void Memory::readInitial(ObjectId O) {
  const Object &Definition = *P[O].Definition;
  const ProgramModule &M = P.moduleOf(O);
  std::map<PlaceId, Value> Found;
  for (const InitialValue &Initial : Definition.Initial) {
    PlaceId Where = Places.whole(O);
    bool HasElements = false;
    for (uint32_t I = 0; I < Initial.Path.Count; ++I) {
      PathStep Step = Definition.Path[Initial.Path.First + I];
      HasElements |= !Step.Field.isValid();
      Where = Step.Field.isValid() ? Places.field(Where, M.field(Step.Field))
                                   : Places.element(Where);
    }
    Value V = initialTree(O, Initial.Value);
    PathStep First;
    if (Initial.Path.Count != 0)
      First = Definition.Path[Initial.Path.First];
    bool IsTold = Initial.Path.Count != 0 && !First.Field.isValid() &&
                  First.Index != PathStep::Any;
    if (IsTold)
      addElementValue(First.Index, Places.cellOf(Where), V);
    else
      Objects[O.Value].HasWhole = true;
    Where = Places.cellOf(Where);
    Value &Held = Found[Where];
    if (Held.isNothing() && (HasElements || Places[Where].IsArray))
      Held = Value::number(0);
    Held = join(Held, V);
  }
  if (Cells.size() < Places.size())
    Cells.resize(Places.size());
  for (const auto &[Where, V] : Found) {
    Cells[Where.Value].IsKnown = true;
    Cells[Where.Value].Held = V;
    Objects[O.Value].Parts.push_back(Where);
  }
}

/// A whole record is not a number: who reads it as one reads its first field.
bool Memory::isNumbered(ObjectId O) const {
  return P[O].Definition && P[O].Definition->ValueType.Kind != TypeKind::Record;
}

/// What is at \p Where before anything writes it.
Value Memory::atStart(PlaceId Where) {
  ObjectId O = Places[Where].Object;
  const ObjectState &State = state(O);
  PlaceId Any = Places[Where].Any;
  bool IsLocal = Places.isLocal(O);
  bool IsUnknown = Places.isWhole(Any) && Places.isGlobal(O) && !isNumbered(O);
  for (PlaceId Part : State.Parts)
    IsUnknown |=
        Places[Part].Any == Part && Part != Any && Places.doOverlap(Part, Any);
  for (PlaceId Lost : State.Lost)
    IsUnknown |= Places.isInside(Any, Lost);
  if (IsUnknown)
    return Value::unknown();
  // A local holds nothing before it is written. What is allocated may be filled
  // with 0 by means that are not seen; what else is there nobody reads.
  Value V;
  if (!IsLocal && !FilledFirst.contains(Any.Value))
    V = Value::number(0);
  PlaceId Outermost = Where;
  while (!Places[Outermost].Index && Places[Outermost].Parent.isValid())
    Outermost = Places[Outermost].Parent;
  if (Places[Outermost].Index && State.HasWhole)
    return Value::unknown();
  if (auto Index = Places[Outermost].Index)
    if (auto Known = ElementValues.find({*Index, Any.Value});
        Known != ElementValues.end())
      V = Known->second;
  for (PlaceId Zeroed : State.Zeroed)
    if (Places.isInside(Any, Zeroed))
      V = join(V, Value::number(0));
  return V;
}
