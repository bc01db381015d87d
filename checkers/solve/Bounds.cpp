//===- Bounds.cpp - numbers between two others ----------------------------===//

#include "solve/Bounds.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"

using namespace bootorder;

namespace {

/// A closed interval of numbers as they are kept: extended to 64 bits, so that
/// an unsigned number of 64 bits may look negative.
struct Interval {
  int64_t Low = INT64_MIN;
  int64_t High = INT64_MAX;

  bool isWithin(const Interval &Outer) const {
    return Outer.Low <= Low && High <= Outer.High;
  }
};

} // namespace

static Interval intervalOf(const Expr &Type) {
  if (Type.Bits == 0 || Type.Bits >= 64 || Type.IsPointer)
    return {};
  if (Type.IsSigned)
    return {-(int64_t(1) << (Type.Bits - 1)),
            (int64_t(1) << (Type.Bits - 1)) - 1};
  return {0, (int64_t(1) << Type.Bits) - 1};
}

/// The bounds of \p V, which is read as type \p Type. Memory may hold a number
/// that is wider, of which nothing is known then.
static Interval intervalOf(const Value &V, const Expr &Type) {
  Interval All = intervalOf(Type), Own{V.low(), V.high()};
  return Own.isWithin(All) ? Own : All;
}

/// Whether all numbers of \p I are in the order that \p Type compares by.
static bool isOrdered(const Interval &I, const Expr &Type) {
  return !Type.IsPointer && (Type.IsSigned || I.Low >= 0);
}

std::optional<bool> bootorder::compareBounds(BinaryKind Op, const Value &A,
                                             const Value &B, const Expr &Type) {
  Interval L = intervalOf(A, Type), R = intervalOf(B, Type);
  if (!isOrdered(L, Type) || !isOrdered(R, Type))
    return std::nullopt;
  auto decide = [](bool IsAlways, bool IsNever) {
    return IsAlways || IsNever ? std::optional(IsAlways) : std::nullopt;
  };
  switch (Op) {
  case BinaryKind::Less:
    return decide(L.High < R.Low, L.Low >= R.High);
  case BinaryKind::LessEqual:
    return decide(L.High <= R.Low, L.Low > R.High);
  case BinaryKind::Greater:
    return decide(L.Low > R.High, L.High <= R.Low);
  case BinaryKind::GreaterEqual:
    return decide(L.Low >= R.High, L.High < R.Low);
  default:
    return std::nullopt;
  }
}

Value bootorder::combineBounds(BinaryKind Op, const Value &A, const Value &B,
                               const Expr &Result) {
  if (Result.IsPointer || (Op != BinaryKind::Add && Op != BinaryKind::Sub))
    return Value::unknown();
  Interval Sum;
  bool IsOut = Op == BinaryKind::Add
                   ? llvm::AddOverflow(A.low(), B.low(), Sum.Low) ||
                         llvm::AddOverflow(A.high(), B.high(), Sum.High)
                   : llvm::SubOverflow(A.low(), B.high(), Sum.Low) ||
                         llvm::SubOverflow(A.high(), B.low(), Sum.High);
  if (IsOut || !Sum.isWithin(intervalOf(Result)))
    return Value::unknown();
  return Value::between(Sum.Low, Sum.High);
}

Value bootorder::castBounds(const Value &A, const Expr &Result) {
  Interval Kept{A.low(), A.high()};
  return Kept.isWithin(intervalOf(Result)) ? Value::between(Kept.Low, Kept.High)
                                           : Value::unknown();
}

Value bootorder::widen(const Value &Before, const Value &After,
                       const Expr &Type) {
  if (Before.isNothing() || After.isNothing() || Type.IsPointer)
    return After.isNothing() ? Before : Value::unknown();
  Interval All = intervalOf(Type);
  int64_t Low = After.low() < Before.low() ? All.Low : After.low();
  int64_t High = After.high() > Before.high() ? All.High : After.high();
  return Value::between(std::min(Low, After.low()),
                        std::max(High, After.high()));
}

/// The comparison that is true if \p Op is false.
static BinaryKind opposite(BinaryKind Op) {
  switch (Op) {
  case BinaryKind::Less:
    return BinaryKind::GreaterEqual;
  case BinaryKind::LessEqual:
    return BinaryKind::Greater;
  case BinaryKind::Greater:
    return BinaryKind::LessEqual;
  case BinaryKind::GreaterEqual:
    return BinaryKind::Less;
  default:
    llvm_unreachable("not a comparison by order");
  }
}

Value bootorder::impliedByOrder(BinaryKind Op, const Value &Right,
                                const Expr &Type, bool Outcome) {
  if (Right.isNothing())
    return Right;
  Interval All = intervalOf(Type), R = intervalOf(Right, Type);
  if (!isOrdered(R, Type))
    return Value::unknown();
  bool IsWideUnsigned = !Type.IsSigned && All.Low < 0;
  if (IsWideUnsigned)
    All.Low = 0; // what is below a number that looks positive looks so, too
  switch (Outcome ? Op : opposite(Op)) {
  case BinaryKind::Less:
    return R.High == INT64_MIN ? Value() : Value::between(All.Low, R.High - 1);
  case BinaryKind::LessEqual:
    return Value::between(All.Low, R.High);
  case BinaryKind::Greater:
    if (IsWideUnsigned)
      return Value::unknown();
    return R.Low == INT64_MAX ? Value() : Value::between(R.Low + 1, All.High);
  case BinaryKind::GreaterEqual:
    return IsWideUnsigned ? Value::unknown() : Value::between(R.Low, All.High);
  default:
    return Value::unknown();
  }
}
