//===- FrameGuards.cpp - values as the guards of a block narrow them ------===//

#include "solve/ConstantFold.h"
#include "solve/Frame.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

const Value *Frame::assumption(ExprId Id) const {
  for (const auto &[Subject, Known] : Assumed)
    if (isSameExpr(Body.Exprs, Subject, Id))
      return &Known;
  return nullptr;
}

/// Whether \p Condition lets control come from the guard's block to its target.
bool Frame::leadsOn(const Guard &G, const Value &Condition) const {
  const Block &From = Body.Blocks[G.From.Value];
  const Edge *First = &Body.Edges[From.Edges.First];
  return std::any_of(First, First + From.Edges.Count, [&](const Edge &E) {
    return E.To == G.To && isTaken(From, E, Condition);
  });
}

/// What \p Subject must be if \p Id is true (\p Outcome) or false.
Value Frame::implied(ExprId Id, ExprId Subject, bool Outcome) {
  const Expr &E = Body.Exprs[Id];
  if (isSameExpr(Body.Exprs, Id, Subject))
    return Outcome ? Value::nonZero() : Value::number(0);
  if (E.Kind == ExprKind::Cast)
    return E.IsPointer || E.Bits >= 32
               ? implied(Body.Exprs.operand(E, 0), Subject, Outcome)
               : Value::unknown();
  if (E.Kind == ExprKind::Unary &&
      static_cast<UnaryKind>(E.Op) == UnaryKind::LogicalNot)
    return implied(Body.Exprs.operand(E, 0), Subject, !Outcome);
  if (E.Kind != ExprKind::Binary)
    return Value::unknown();
  auto Op = static_cast<BinaryKind>(E.Op);
  ExprId Left = Body.Exprs.operand(E, 0), Right = Body.Exprs.operand(E, 1);
  if (Op == BinaryKind::LogicalAnd && Outcome)
    return meet(implied(Left, Subject, true), implied(Right, Subject, true));
  if (Op == BinaryKind::LogicalOr && !Outcome)
    return meet(implied(Left, Subject, false), implied(Right, Subject, false));
  if (!isSameExpr(Body.Exprs, Left, Subject))
    return Value::unknown();
  Value Other = evaluate(Right);
  if (Op == BinaryKind::Equal || Op == BinaryKind::NotEqual) {
    if (Outcome == (Op == BinaryKind::Equal))
      return Other;
    return Other.number() == 0 ? Value::nonZero() : Value::unknown();
  }
  auto Mask = Other.number();
  if (Op != BinaryKind::And || !Mask)
    return Value::unknown();
  if (!Outcome)
    return Value::bits(0, *Mask);
  bool IsOneBit = (*Mask & (*Mask - 1)) == 0;
  return IsOneBit ? Value::bits(*Mask, 0) : Value::nonZero();
}

/// Sets are tried atom by atom, so the condition may be anything that rests on
/// \p Subject.
Value Frame::narrow(const Value &V, ExprId Subject, const Guard &G) {
  const Block &From = Body.Blocks[G.From.Value];
  if (V.isNothing())
    return V;
  if (V.isSet()) {
    Assumed.push_back({Subject, V});
    Value Kept = filter(V, [&](Atom A) {
      Assumed.back().second = Value::atom(A);
      return leadsOn(G, evaluate(From.Condition));
    });
    Assumed.pop_back();
    return Kept;
  }
  const Edge *First = &Body.Edges[From.Edges.First];
  Value Implied;
  for (const Edge &E : llvm::make_range(First, First + From.Edges.Count)) {
    if (E.To != G.To)
      continue;
    if (E.Kind == EdgeKind::True || E.Kind == EdgeKind::False)
      Implied = join(
          Implied, implied(From.Condition, Subject, E.Kind == EdgeKind::True));
    else if (E.Kind == EdgeKind::Case && E.Low == E.High &&
             isSameExpr(Body.Exprs, From.Condition, Subject))
      Implied = join(Implied, Value::number(E.Low));
    else
      return V;
  }
  return meet(V, Implied);
}

bool Frame::enterBlock(llvm::ArrayRef<GuardedValue> Guarded) {
  Assumed.clear();
  if (!M.Has.Tests)
    return true;
  llvm::SmallVector<Assumption, 4> Narrowed;
  for (const GuardedValue &Here : Guarded) {
    Value Whole = evaluate(Here.Subject), Rest = Whole;
    for (const Guard &G : Here.Guards)
      Rest = narrow(Rest, Here.Subject, G);
    if (Rest.isNothing() && !Whole.isNothing())
      return false;
    if (Rest != Whole)
      Narrowed.push_back({Here.Subject, Rest});
  }
  Assumed = std::move(Narrowed);
  return true;
}
