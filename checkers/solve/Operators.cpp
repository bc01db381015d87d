//===- Operators.cpp - what C computes of values --------------------------===//

#include "solve/Operators.h"
#include "solve/Bounds.h"
#include "solve/ConstantFold.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/KnownBits.h"

using namespace bootorder;

static llvm::KnownBits known(const Value &V, const Expr &Type) {
  llvm::KnownBits Bits(64);
  Bits.One = llvm::APInt(64, V.ones());
  Bits.Zero = llvm::APInt(64, V.zeros());
  // What a narrow unsigned type cannot hold is 0.
  if (!Type.IsSigned && !Type.IsPointer && Type.Bits > 0 && Type.Bits < 64 &&
      !V.isSet())
    Bits.Zero.setBitsFrom(Type.Bits);
  if (Bits.hasConflict())
    return llvm::KnownBits(64);
  return Bits;
}

static Value fromKnown(const llvm::KnownBits &Bits, const Expr &Result) {
  Value V = Value::bits(Bits.One.getZExtValue(), Bits.Zero.getZExtValue());
  return applyCast(V, Result);
}

static Value fromTruth(std::optional<bool> Truth) {
  if (Truth)
    return Value::number(*Truth);
  return join(Value::number(0), Value::number(1));
}

static std::optional<bool> isEqual(const Value &A, const Value &B) {
  if (!A.isSet() || !B.isSet()) {
    if ((A.ones() & B.zeros()) | (A.zeros() & B.ones()))
      return false;
    if (A.high() < B.low() || B.high() < A.low())
      return false;
    bool ZeroAgainstNonZero = (A.number() == 0 && !B.canBeZero()) ||
                              (B.number() == 0 && !A.canBeZero());
    return ZeroAgainstNonZero ? std::optional(false) : std::nullopt;
  }
  std::optional<bool> All;
  for (Atom One : A.atoms())
    for (Atom Other : B.atoms()) {
      auto Same = areSame(One, Other);
      if (!Same || (All && *All != *Same))
        return std::nullopt;
      All = Same;
    }
  return All;
}

static std::optional<bool> compareBits(BinaryKind Op, const llvm::KnownBits &A,
                                       const llvm::KnownBits &B,
                                       bool IsSigned) {
  switch (Op) {
  case BinaryKind::Less:
    return IsSigned ? llvm::KnownBits::slt(A, B) : llvm::KnownBits::ult(A, B);
  case BinaryKind::LessEqual:
    return IsSigned ? llvm::KnownBits::sle(A, B) : llvm::KnownBits::ule(A, B);
  case BinaryKind::Greater:
    return IsSigned ? llvm::KnownBits::sgt(A, B) : llvm::KnownBits::ugt(A, B);
  case BinaryKind::GreaterEqual:
    return IsSigned ? llvm::KnownBits::sge(A, B) : llvm::KnownBits::uge(A, B);
  default:
    return std::nullopt;
  }
}

static std::optional<llvm::KnownBits> combineBits(BinaryKind Op,
                                                  const llvm::KnownBits &A,
                                                  const llvm::KnownBits &B,
                                                  bool IsSigned) {
  switch (Op) {
  case BinaryKind::And:
    return A & B;
  case BinaryKind::Or:
    return A | B;
  case BinaryKind::Xor:
    return A ^ B;
  case BinaryKind::Shl:
    return llvm::KnownBits::shl(A, B);
  case BinaryKind::Shr:
    return IsSigned ? llvm::KnownBits::ashr(A, B) : llvm::KnownBits::lshr(A, B);
  default:
    return std::nullopt;
  }
}

/// Pairs of numbers that are computed one by one.
static constexpr size_t MaxPairs = 256;

/// All combinations of two sets of numbers; none if they are too many, or one
/// cannot be computed.
static std::optional<Value> combineSets(BinaryKind Op, const Value &A,
                                        const Value &B, const Expr &Left,
                                        const Expr &Result) {
  if (!A.isAllNumbers() || !B.isAllNumbers() ||
      A.atoms().size() * B.atoms().size() > MaxPairs)
    return std::nullopt;
  llvm::SmallVector<int64_t, Value::MaxAtoms> Numbers;
  for (Atom One : A.atoms())
    for (Atom Other : B.atoms()) {
      auto Folded = foldBinary(Op, One.Bits, Other.Bits, Left, Result);
      if (!Folded)
        return std::nullopt;
      Numbers.push_back(*Folded);
    }
  return Value::numbers(Numbers);
}

static Value applyLogical(BinaryKind Op, const Value &A, const Value &B) {
  bool Deciding = Op == BinaryKind::LogicalOr;
  if (A.truth() == Deciding || B.truth() == Deciding)
    return Value::number(Deciding);
  if (A.truth() == !Deciding && B.truth() == !Deciding)
    return Value::number(!Deciding);
  return fromTruth(std::nullopt);
}

Value bootorder::applyBinary(BinaryKind Op, const Value &A, const Value &B,
                             const Expr &Left, const Expr &Result) {
  if (Op == BinaryKind::LogicalAnd || Op == BinaryKind::LogicalOr) {
    // The left side alone may decide, so the right may have no value yet.
    bool Deciding = Op == BinaryKind::LogicalOr;
    if (A.isNothing() || (B.isNothing() && A.truth() != Deciding))
      return Value();
    return applyLogical(Op, A, B);
  }
  if (A.isNothing() || B.isNothing())
    return Value();
  if (auto Exact = combineSets(Op, A, B, Left, Result))
    return *Exact;
  if (Op == BinaryKind::Equal || Op == BinaryKind::NotEqual) {
    auto Same = isEqual(A, B);
    if (Same && Op == BinaryKind::NotEqual)
      Same = !*Same;
    return fromTruth(Same);
  }
  Expr Width = Left;
  llvm::KnownBits KnownA = known(A, Width), KnownB = known(B, Width);
  bool IsComparison = Op >= BinaryKind::Less && Op <= BinaryKind::GreaterEqual;
  if (IsComparison) {
    auto Outcome = compareBits(Op, KnownA, KnownB, Left.IsSigned);
    return fromTruth(Outcome ? Outcome : compareBounds(Op, A, B, Left));
  }
  if (auto Bits = combineBits(Op, KnownA, KnownB, Left.IsSigned))
    return fromKnown(*Bits, Result);
  return combineBounds(Op, A, B, Result);
}

Value bootorder::applyUnary(UnaryKind Op, const Value &A, const Expr &Result) {
  if (A.isNothing())
    return A;
  if (Op == UnaryKind::LogicalNot) {
    auto Truth = A.truth();
    return fromTruth(Truth ? std::optional(!*Truth) : Truth);
  }
  if (A.isAllNumbers()) {
    llvm::SmallVector<int64_t, Value::MaxAtoms> Numbers;
    for (Atom One : A.atoms()) {
      uint64_t Raw = One.Bits;
      Raw = Op == UnaryKind::Minus ? -Raw : ~Raw;
      Numbers.push_back(truncate(Raw, Result.Bits, Result.IsSigned));
    }
    return Value::numbers(Numbers);
  }
  if (Op == UnaryKind::BitNot)
    return applyCast(Value::bits(A.zeros(), A.ones()), Result);
  return Value::unknown();
}

Value bootorder::applyCast(const Value &A, const Expr &Result) {
  bool IsWide = Result.Bits == 0 || Result.Bits >= 64;
  if (IsWide || A.isNothing())
    return A;
  if (A.isSet()) {
    llvm::SmallVector<int64_t, Value::MaxAtoms> Numbers;
    for (Atom One : A.atoms()) {
      if (One.isNumber())
        Numbers.push_back(truncate(One.Bits, Result.Bits, Result.IsSigned));
      else if (Result.Bits < 32)
        return Value::unknown(); // part of an address
    }
    return hull(Value::numbers(Numbers),
                filter(A, [](Atom One) { return !One.isNumber(); }));
  }
  uint64_t Low = (uint64_t(1) << Result.Bits) - 1;
  uint64_t Ones = A.ones() & Low, Zeros = A.zeros() & Low;
  uint64_t Sign = uint64_t(1) << (Result.Bits - 1);
  if (!Result.IsSigned || (Zeros & Sign))
    Zeros |= ~Low;
  else if (Ones & Sign)
    Ones |= ~Low;
  return meet(Value::bits(Ones, Zeros), castBounds(A, Result));
}
