//===- FrameTraps.cpp - expressions that follow a NULL pointer ------------===//

#include "solve/Frame.h"

using namespace bootorder;

/// Whether what is at \p Address lies in a record, or array, at NULL.
bool Frame::isNull(ExprId Address) {
  const Expr *E = &Body.Exprs[Address];
  while (E->Kind == ExprKind::Field || E->Kind == ExprKind::Element ||
         E->Kind == ExprKind::Cast) {
    Address = Body.Exprs.operand(*E, 0);
    E = &Body.Exprs[Address];
  }
  bool IsPointer = E->Kind == ExprKind::Param || E->Kind == ExprKind::Load ||
                   E->Kind == ExprKind::Reference;
  return IsPointer && E->IsPointer && evaluate(Address).number() == 0;
}

bool Frame::isTrap(ExprId Id) {
  if (!Id.isValid())
    return false;
  const Expr &E = Body.Exprs[Id];
  if (E.Kind == ExprKind::Load && isNull(Body.Exprs.operand(E, 0)))
    return true;
  if (E.Kind == ExprKind::Join)
    return false; // control came by one of them
  auto Op = static_cast<BinaryKind>(E.Op);
  bool IsShort = E.Kind == ExprKind::Binary &&
                 (Op == BinaryKind::LogicalAnd || Op == BinaryKind::LogicalOr);
  // The others are looked at only if the first says so.
  bool IsFirstOnly = IsShort || E.Kind == ExprKind::Conditional;
  uint32_t Count = IsFirstOnly ? 1 : E.Operands.Count;
  for (uint32_t I = 0; I < Count; ++I)
    if (isTrap(Body.Exprs.operand(E, I)))
      return true;
  return false;
}

bool Frame::isTrap(const Event &E) {
  switch (E.Kind) {
  case EventKind::Call:
    for (uint32_t I = 0; I < E.Args.Count; ++I)
      if (isTrap(Body.Exprs.Operands[E.Args.First + I]))
        return true;
    return isTrap(E.Target) ||
           (E.Call == CallKind::Indirect && evaluate(E.Target).number() == 0);
  case EventKind::Write:
    return isTrap(E.Value) || isTrap(E.Target) || isNull(E.Target);
  case EventKind::Define:
  case EventKind::Return:
    return isTrap(E.Value);
  case EventKind::AddressTaken:
  case EventKind::Asm:
  case EventKind::MacroUse:
    return false;
  }
  return false;
}
