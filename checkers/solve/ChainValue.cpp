//===- ChainValue.cpp - an argument's value along a chain of calls --------===//

#include "solve/ChainValue.h"
#include "solve/ConstantFold.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

namespace {

BitValue constantBits(uint64_t Number) {
  BitValue V;
  V.Must = V.May = Number;
  return V;
}

BitValue opaqueBits() {
  BitValue V;
  V.Opaque = ~uint64_t(0);
  return V;
}

/// The origin of whichever side brings a bit of \p Mask.
ValueOrigin pickOrigin(const BitValue &A, const BitValue &B) {
  return A.Origin.Frame != ~0u ? A.Origin : B.Origin;
}

BitValue orBits(const BitValue &A, const BitValue &B) {
  BitValue V;
  V.Must = A.Must | B.Must;
  V.May = A.May | B.May;
  V.Opaque = (A.Opaque | B.Opaque) & ~V.Must;
  V.Param = (A.Param | B.Param) & ~V.Must;
  V.Origin = pickOrigin(A, B);
  return V;
}

BitValue andBits(const BitValue &A, const BitValue &B, uint64_t Mask) {
  BitValue V;
  uint64_t Both = A.possible() & B.possible();
  V.Must = A.Must & B.Must;
  V.May = A.May & B.May;
  V.Opaque = Both & (A.Opaque | B.Opaque);
  V.Param = Both & (A.Param | B.Param) & ~V.Opaque;
  if (V.May & Mask)
    V.Origin = pickOrigin(A, B);
  return V;
}

BitValue joinBits(const BitValue &A, const BitValue &B) {
  if (A.IsBottom || B.IsBottom)
    return A.IsBottom ? B : A;
  BitValue V;
  V.Must = A.Must & B.Must;
  V.May = A.May | B.May;
  V.Opaque = A.Opaque | B.Opaque;
  V.Param = A.Param | B.Param;
  V.Origin = pickOrigin(A, B);
  return V;
}

BitValue notBits(const BitValue &A) {
  BitValue V;
  V.Must = ~A.possible();
  V.May = ~A.Must & ~(A.Opaque | A.Param);
  V.Opaque = A.Opaque;
  V.Param = A.Param;
  return V;
}

class Evaluator {
public:
  Evaluator(const Program &P, llvm::ArrayRef<ChainFrame> Chain, uint64_t Mask)
      : P(P), Chain(Chain), Mask(Mask) {}

  BitValue evaluate(uint32_t Frame, ExprId Id);

private:
  BitValue evaluateTree(uint32_t Frame, ExprId Id);
  BitValue binary(uint32_t Frame, const Expr &E);
  BitValue unary(uint32_t Frame, const Expr &E);
  BitValue parameter(uint32_t Frame, uint32_t Index);
  BitValue reference(uint32_t Frame, EventId Id);
  BitValue conditional(uint32_t Frame, const Expr &E);
  /// Not a bit pattern any more, but worth following to the callers.
  static BitValue derived(const BitValue &A, const BitValue &B);

  const Function &body(uint32_t Frame) const {
    return *P[Chain[Frame].Function].Body;
  }

  const Program &P;
  llvm::ArrayRef<ChainFrame> Chain;
  uint64_t Mask;
  llvm::SmallVector<std::pair<uint32_t, EventId>, 8> Busy;
};

} // namespace

BitValue Evaluator::derived(const BitValue &A, const BitValue &B) {
  BitValue V;
  uint64_t All = ~uint64_t(0);
  V.Opaque = (A.Opaque | B.Opaque) || !(A.Param | B.Param) ? All : 0;
  V.Param = V.Opaque ? 0 : All;
  return V;
}

BitValue Evaluator::binary(uint32_t Frame, const Expr &E) {
  const Function &F = body(Frame);
  auto Op = static_cast<BinaryKind>(E.Op);
  ExprId Left = F.Exprs.operand(E, 0);
  BitValue A = evaluate(Frame, Left);
  BitValue B = evaluate(Frame, F.Exprs.operand(E, 1));
  if (A.IsBottom || B.IsBottom)
    return A.IsBottom ? B : A;
  if (Op == BinaryKind::Or)
    return orBits(A, B);
  if (Op == BinaryKind::And)
    return andBits(A, B, Mask);
  if (!A.isConstant() || !B.isConstant())
    return derived(A, B);
  auto Folded = foldBinary(Op, A.May, B.May, F.Exprs[Left], E);
  return Folded ? constantBits(*Folded) : opaqueBits();
}

BitValue Evaluator::unary(uint32_t Frame, const Expr &E) {
  BitValue A = evaluate(Frame, body(Frame).Exprs.operand(E, 0));
  auto Op = static_cast<UnaryKind>(E.Op);
  if (Op == UnaryKind::BitNot)
    return notBits(A);
  if (!A.isConstant())
    return derived(A, A);
  return constantBits(Op == UnaryKind::Minus ? -A.May : !A.May);
}

BitValue Evaluator::conditional(uint32_t Frame, const Expr &E) {
  const ExprPool &Exprs = body(Frame).Exprs;
  BitValue Test = evaluate(Frame, Exprs.operand(E, 0));
  if (Test.isConstant())
    return evaluate(Frame, Exprs.operand(E, Test.May ? 1 : 2));
  return joinBits(evaluate(Frame, Exprs.operand(E, 1)),
                  evaluate(Frame, Exprs.operand(E, 2)));
}

BitValue Evaluator::parameter(uint32_t Frame, uint32_t Index) {
  if (Frame == 0) {
    BitValue V;
    V.Param = ~uint64_t(0);
    return V;
  }
  const ChainFrame &Caller = Chain[Frame - 1];
  if (!Caller.Event.isValid())
    return opaqueBits();
  const Function &F = body(Frame - 1);
  const Event &E = F.Events[Caller.Event.Value];
  if (Index >= E.Args.Count)
    return opaqueBits();
  return evaluate(Frame - 1, F.Exprs.Operands[E.Args.First + Index]);
}

BitValue Evaluator::reference(uint32_t Frame, EventId Id) {
  const Event &E = body(Frame).Events[Id.Value];
  if (E.Kind != EventKind::Define)
    return opaqueBits();
  std::pair<uint32_t, EventId> Here{Frame, Id};
  if (llvm::is_contained(Busy, Here)) {
    BitValue V;
    V.IsBottom = true;
    return V;
  }
  Busy.push_back(Here);
  BitValue V = evaluate(Frame, E.Value);
  Busy.pop_back();
  return V;
}

BitValue Evaluator::evaluateTree(uint32_t Frame, ExprId Id) {
  if (!Id.isValid() || Busy.size() > 64)
    return opaqueBits();
  const Expr &E = body(Frame).Exprs[Id];
  const ExprPool &Exprs = body(Frame).Exprs;
  switch (E.Kind) {
  case ExprKind::Constant: {
    BitValue V = constantBits(E.Value);
    if (V.May & Mask)
      V.Origin = {Frame, Id};
    return V;
  }
  case ExprKind::Param:
    return parameter(Frame, static_cast<uint32_t>(E.Value));
  case ExprKind::Reference:
    return reference(Frame, Exprs.event(Id));
  case ExprKind::Join: {
    BitValue V;
    V.IsBottom = true;
    for (uint32_t I = 0; I < E.Operands.Count; ++I)
      V = joinBits(V, evaluate(Frame, Exprs.operand(E, I)));
    return V;
  }
  case ExprKind::Conditional:
    return conditional(Frame, E);
  case ExprKind::Binary:
    return binary(Frame, E);
  case ExprKind::Unary:
    return unary(Frame, E);
  case ExprKind::Cast: {
    BitValue V = evaluate(Frame, Exprs.operand(E, 0));
    uint64_t Width = E.Bits == 0 || E.Bits >= 64 ? ~uint64_t(0)
                                                 : (uint64_t(1) << E.Bits) - 1;
    V.Must &= Width;
    V.May &= Width;
    V.Opaque &= Width;
    V.Param &= Width;
    return V;
  }
  default:
    return opaqueBits();
  }
}

BitValue Evaluator::evaluate(uint32_t Frame, ExprId Id) {
  BitValue V = evaluateTree(Frame, Id);
  // `GFP_KERNEL` says more than the constants it is made of.
  bool IsNamed = V.Origin.Frame == Frame && V.isConstant() &&
                 body(Frame).Exprs[Id].Spelling.isValid();
  if (IsNamed)
    V.Origin.Constant = Id;
  return V;
}

BitValue bootorder::evaluateChain(const Program &P,
                                  llvm::ArrayRef<ChainFrame> Chain,
                                  ExprId Value, uint64_t Mask) {
  return Evaluator(P, Chain, Mask).evaluate(Chain.size() - 1, Value);
}
