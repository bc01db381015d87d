//===- FrameGuards.cpp - values as the guards of a block narrow them ------===//

#include "model/Nodes.h"
#include "solve/Bounds.h"
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

/// \p E without the casts that leave every number as it is.
static ExprId beforeCasts(const ExprPool &Exprs, ExprId Id) {
  for (;;) {
    const Expr &E = Exprs[Id];
    if (E.Kind != ExprKind::Cast || E.IsPointer)
      return Id;
    const Expr &Inner = Exprs[Exprs.operand(E, 0)];
    bool HoldsAll =
        Inner.Bits > 0 && !Inner.IsPointer &&
        (E.IsSigned == Inner.IsSigned ? E.Bits >= Inner.Bits
                                      : E.IsSigned && E.Bits > Inner.Bits);
    if (!HoldsAll)
      return Id;
    Id = Exprs.operand(E, 0);
  }
}

/// `A Op B`, read from its right side.
static BinaryKind mirrored(BinaryKind Op) {
  switch (Op) {
  case BinaryKind::Less:
    return BinaryKind::Greater;
  case BinaryKind::LessEqual:
    return BinaryKind::GreaterEqual;
  case BinaryKind::Greater:
    return BinaryKind::Less;
  default:
    return BinaryKind::LessEqual;
  }
}

/// What \p Subject must be if `Left Op Right`, one of <, <=, > and >=, comes
/// out as \p Outcome.
Value Frame::impliedByOrder(BinaryKind Op, ExprId Left, ExprId Right,
                            ExprId Subject, bool Outcome) {
  const Expr &Type = Body.Exprs[Left];
  auto IsSubject = [&](ExprId Side) {
    return isSameExpr(Body.Exprs, beforeCasts(Body.Exprs, Side), Subject);
  };
  if (IsSubject(Left))
    return bootorder::impliedByOrder(Op, evaluate(Right), Type, Outcome);
  if (IsSubject(Right))
    return bootorder::impliedByOrder(mirrored(Op), evaluate(Left), Type,
                                     Outcome);
  return Value::unknown();
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
  bool IsOrder = Op >= BinaryKind::Less && Op <= BinaryKind::GreaterEqual;
  if (IsOrder)
    return impliedByOrder(Op, Left, Right, Subject, Outcome);
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
      Implied = hull(
          Implied, implied(From.Condition, Subject, E.Kind == EdgeKind::True));
    else if (E.Kind == EdgeKind::Case && E.Low == E.High &&
             isSameExpr(Body.Exprs, From.Condition, Subject))
      Implied = hull(Implied, Value::number(E.Low));
    else
      return V;
  }
  return meet(V, Implied);
}

/// What \p Arm is where \p Test has come out as \p Outcome: `n < 2 ? 2 : n` is
/// never less than 2. Nothing changes memory in between.
Value Frame::evaluateArm(ExprId Arm, ExprId Test, bool Outcome) {
  const ExprPool &Exprs = Body.Exprs;
  ExprId Subject = beforeCasts(Exprs, Arm);
  Value Whole = evaluate(Arm);
  if (!M.Has.Tests || Whole.isNothing() ||
      Exprs[Subject].Kind == ExprKind::Constant)
    return Whole;
  bool IsTested = false;
  forEachNode(Exprs, Test,
              [&](ExprId E) { IsTested |= isSameExpr(Exprs, E, Subject); });
  if (!IsTested)
    return Whole;
  Value Before = evaluate(Subject), Rest;
  if (Before.isSet()) {
    Assumed.insert(Assumed.begin(), {Subject, Before}); // the first one counts
    Rest = filter(Before, [&](Atom A) {
      Assumed.front().second = Value::atom(A);
      Value Decided = evaluate(Test);
      return Outcome ? Decided.canBeNonZero() : Decided.canBeZero();
    });
    Assumed.erase(Assumed.begin());
  } else {
    Rest = meet(Before, implied(Test, Subject, Outcome));
  }
  return Rest == Before ? Whole : meet(Whole, Rest);
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
