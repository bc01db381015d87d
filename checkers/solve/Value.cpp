//===- Value.cpp - what is known of a scalar at a point of the boot -------===//

#include "solve/Value.h"
#include "solve/ConstantFold.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/KnownBits.h"

using namespace bootorder;

Value Value::atom(Atom A) {
  Value V;
  V.Kind = LatticeKind::Set;
  V.Only = A;
  return V;
}

Value Value::set(llvm::ArrayRef<Atom> Sorted) {
  if (Sorted.empty())
    return Value();
  if (Sorted.size() == 1)
    return atom(Sorted.front());
  auto List = llvm::makeIntrusiveRefCnt<AtomList>();
  List->Atoms.assign(Sorted.begin(), Sorted.end());
  Value V;
  V.Kind = LatticeKind::Set;
  V.Several = std::move(List);
  return V;
}

Value Value::bits(uint64_t Ones, uint64_t Zeros) {
  if ((Ones | Zeros) == ~uint64_t(0))
    return number(static_cast<int64_t>(Ones)); // every bit is known
  Value V;
  V.Kind = LatticeKind::Bits;
  V.Ones = Ones;
  V.Zeros = Zeros;
  V.IsNonZero = Ones != 0;
  return V;
}

Value Value::nonZero() {
  Value V = unknown();
  V.IsNonZero = true;
  return V;
}

std::optional<Atom> Value::single() const {
  return isSet() && !Several ? std::optional(Only) : std::nullopt;
}

std::optional<int64_t> Value::number() const {
  return isSet() && !Several && Only.isNumber() ? std::optional(Only.Bits)
                                                : std::nullopt;
}

bool Value::isAllNumbers() const {
  return isSet() && llvm::all_of(atoms(), [](Atom A) { return A.isNumber(); });
}

uint64_t Value::ones() const {
  if (!isSet())
    return Ones;
  uint64_t Common = ~uint64_t(0);
  for (Atom A : atoms())
    Common &= A.isNumber() ? A.Bits : 0;
  return Common;
}

uint64_t Value::zeros() const {
  if (!isSet())
    return Zeros;
  uint64_t Common = ~uint64_t(0);
  for (Atom A : atoms())
    Common &= A.isNumber() ? ~A.Bits : 0;
  return Common;
}

uint64_t Value::possible() const {
  if (!isAllNumbers())
    return ~zeros();
  uint64_t Any = 0;
  for (Atom A : atoms())
    Any |= A.Bits;
  return Any;
}

bool Value::canBeZero() const {
  if (isSet())
    return llvm::any_of(atoms(), [](Atom A) { return A.isZero(); });
  return Kind == LatticeKind::Bits && !IsNonZero;
}

bool Value::canBeNonZero() const {
  if (isSet())
    return llvm::any_of(atoms(), [](Atom A) { return !A.isZero(); });
  return Kind == LatticeKind::Bits && Zeros != ~uint64_t(0);
}

std::optional<bool> Value::truth() const {
  if (canBeZero() == canBeNonZero())
    return std::nullopt;
  return canBeNonZero();
}

bool bootorder::operator==(const Value &A, const Value &B) {
  return A.Kind == B.Kind && A.IsNonZero == B.IsNonZero && A.Ones == B.Ones &&
         A.Zeros == B.Zeros &&
         ((A.Several && A.Several == B.Several) || A.atoms() == B.atoms());
}

bool bootorder::operator<(const Value &A, const Value &B) {
  auto Key = [](const Value &V) {
    return std::make_tuple(V.Kind, V.atoms().size(), V.IsNonZero, V.Ones,
                           V.Zeros);
  };
  if (Key(A) != Key(B))
    return Key(A) < Key(B);
  return std::lexicographical_compare(A.atoms().begin(), A.atoms().end(),
                                      B.atoms().begin(), B.atoms().end());
}

llvm::hash_code bootorder::hash_value(const Value &V) {
  if (!V.isSet())
    return llvm::hash_combine(V.Kind, V.IsNonZero, V.Ones, V.Zeros);
  if (!V.Several)
    return hash_value(V.Only);
  return llvm::hash_combine_range(V.atoms().begin(), V.atoms().end());
}

Value bootorder::join(const Value &A, const Value &B) {
  if (A.isNothing() || A == B)
    return B;
  if (B.isNothing())
    return A;
  if (A.isSet() && B.isSet()) {
    llvm::SmallVector<Atom, 2 * Value::MaxAtoms> Either;
    std::set_union(A.atoms().begin(), A.atoms().end(), B.atoms().begin(),
                   B.atoms().end(), std::back_inserter(Either));
    if (Either.size() == A.atoms().size())
      return A;
    if (Either.size() == B.atoms().size())
      return B;
    if (Either.size() <= Value::MaxAtoms)
      return Value::set(Either);
  }
  Value V = Value::bits(A.ones() & B.ones(), A.zeros() & B.zeros());
  V.IsNonZero = !A.canBeZero() && !B.canBeZero();
  return V;
}

/// Whether two atoms are the same at run time; none if that is not known.
static std::optional<bool> isSame(Atom A, Atom B) {
  if (A == B)
    return true;
  if (A.isNumber() && B.isNumber())
    return false;
  if (A.isZero() || B.isZero())
    return false; // an address is never null
  if (A.Kind == B.Kind && A.Kind == Atom::AtomKind::Function)
    return false;
  return std::nullopt; // places may overlap, numbers may be addresses
}

Value bootorder::meet(const Value &A, const Value &B) {
  if (A.isNothing() || B.isNothing())
    return Value();
  if (B.isSet() && !A.isSet())
    return meet(B, A);
  if (A.isSet())
    return filter(A, [&](Atom One) {
      if (B.isSet())
        return llvm::any_of(
            B.atoms(), [&](Atom Other) { return isSame(One, Other) != false; });
      if (!One.isNumber())
        return true;
      uint64_t Bits = One.Bits;
      return (Bits & B.zeros()) == 0 && (~Bits & B.ones()) == 0 &&
             (Bits != 0 || B.canBeZero());
    });
  Value V = Value::bits(A.ones() | B.ones(), A.zeros() | B.zeros());
  V.IsNonZero |= !A.canBeZero() || !B.canBeZero();
  return V;
}

Value bootorder::filter(const Value &A, llvm::function_ref<bool(Atom)> Keep) {
  if (!A.isSet())
    return A;
  llvm::SmallVector<Atom, Value::MaxAtoms> Kept;
  llvm::copy_if(A.atoms(), std::back_inserter(Kept), Keep);
  return Kept.size() == A.atoms().size() ? A : Value::set(Kept);
}

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
    bool ZeroAgainstNonZero = (A.number() == 0 && !B.canBeZero()) ||
                              (B.number() == 0 && !A.canBeZero());
    return ZeroAgainstNonZero ? std::optional(false) : std::nullopt;
  }
  std::optional<bool> All;
  for (Atom One : A.atoms())
    for (Atom Other : B.atoms()) {
      auto Same = isSame(One, Other);
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

/// All combinations of two sets of numbers; none if one cannot be computed.
static std::optional<Value> combineSets(BinaryKind Op, const Value &A,
                                        const Value &B, const Expr &Left,
                                        const Expr &Result) {
  if (!A.isAllNumbers() || !B.isAllNumbers())
    return std::nullopt;
  Value All;
  for (Atom One : A.atoms())
    for (Atom Other : B.atoms()) {
      auto Folded = foldBinary(Op, One.Bits, Other.Bits, Left, Result);
      if (!Folded)
        return std::nullopt;
      All = join(All, Value::number(*Folded));
    }
  return All;
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
  if (IsComparison)
    return fromTruth(compareBits(Op, KnownA, KnownB, Left.IsSigned));
  if (auto Bits = combineBits(Op, KnownA, KnownB, Left.IsSigned))
    return fromKnown(*Bits, Result);
  return Value::unknown();
}

Value bootorder::applyUnary(UnaryKind Op, const Value &A, const Expr &Result) {
  if (A.isNothing())
    return A;
  if (Op == UnaryKind::LogicalNot) {
    auto Truth = A.truth();
    return fromTruth(Truth ? std::optional(!*Truth) : Truth);
  }
  if (A.isAllNumbers()) {
    Value All;
    for (Atom One : A.atoms()) {
      uint64_t Raw = One.Bits;
      Raw = Op == UnaryKind::Minus ? -Raw : ~Raw;
      All =
          join(All, Value::number(truncate(Raw, Result.Bits, Result.IsSigned)));
    }
    return All;
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
    Value All;
    for (Atom One : A.atoms()) {
      bool IsWholeAddress = !One.isNumber() && Result.Bits >= 32;
      if (!One.isNumber() && !IsWholeAddress)
        return Value::unknown();
      All = join(All, One.isNumber()
                          ? Value::number(truncate(One.Bits, Result.Bits,
                                                   Result.IsSigned))
                          : Value::atom(One));
    }
    return All;
  }
  uint64_t Low = (uint64_t(1) << Result.Bits) - 1;
  uint64_t Ones = A.ones() & Low, Zeros = A.zeros() & Low;
  uint64_t Sign = uint64_t(1) << (Result.Bits - 1);
  if (!Result.IsSigned || (Zeros & Sign))
    Zeros |= ~Low;
  else if (Ones & Sign)
    Ones |= ~Low;
  return Value::bits(Ones, Zeros);
}
