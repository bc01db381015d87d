//===- Value.cpp - what is known of a scalar at a point of the boot -------===//

#include "solve/Value.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

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

Value Value::numbers(llvm::SmallVectorImpl<int64_t> &Numbers) {
  llvm::sort(Numbers);
  Numbers.erase(llvm::unique(Numbers), Numbers.end());
  if (Numbers.size() <= MaxAtoms) {
    llvm::SmallVector<Atom, MaxAtoms> Atoms;
    for (int64_t Number : Numbers)
      Atoms.push_back({Number});
    return set(Atoms);
  }
  Value All;
  for (int64_t Number : Numbers)
    All = hull(All, number(Number));
  return All;
}

Value Value::between(int64_t Low, int64_t High) {
  if (Low > High)
    return Value();
  if (static_cast<uint64_t>(High) - static_cast<uint64_t>(Low) < MaxAtoms) {
    llvm::SmallVector<Atom, MaxAtoms> Atoms;
    for (int64_t Number = Low;; ++Number) {
      Atoms.push_back({Number});
      if (Number == High)
        return set(Atoms);
    }
  }
  Value V = unknown();
  V.Low = Low;
  V.High = High;
  V.IsNonZero = Low > 0 || High < 0;
  return V;
}

int64_t Value::low() const {
  if (!isSet())
    return Low;
  return isAllNumbers() ? atoms().front().Bits : INT64_MIN;
}

int64_t Value::high() const {
  if (!isSet())
    return High;
  return isAllNumbers() ? atoms().back().Bits : INT64_MAX;
}

Value Value::withoutBounds() const {
  if (isSet() || !hasBounds())
    return *this;
  return bitsOf(*this);
}

Value Value::bitsOf(const Value &Set) {
  Value V = bits(Set.ones(), Set.zeros());
  V.IsNonZero = !Set.canBeZero();
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
         A.Zeros == B.Zeros && A.Low == B.Low && A.High == B.High &&
         ((A.Several && A.Several == B.Several) || A.atoms() == B.atoms());
}

bool bootorder::operator<(const Value &A, const Value &B) {
  auto Key = [](const Value &V) {
    return std::make_tuple(V.Kind, V.atoms().size(), V.IsNonZero, V.Ones,
                           V.Zeros, V.Low, V.High);
  };
  if (Key(A) != Key(B))
    return Key(A) < Key(B);
  return std::lexicographical_compare(A.atoms().begin(), A.atoms().end(),
                                      B.atoms().begin(), B.atoms().end());
}

llvm::hash_code bootorder::hash_value(const Value &V) {
  if (!V.isSet())
    return llvm::hash_combine(V.Kind, V.IsNonZero, V.Ones, V.Zeros, V.Low,
                              V.High);
  if (!V.Several)
    return hash_value(V.Only);
  return llvm::hash_combine_range(V.atoms().begin(), V.atoms().end());
}

Value bootorder::join(const Value &A, const Value &B) {
  Value Both = hull(A, B).withoutBounds();
  size_t Before = std::max(A.atoms().size(), B.atoms().size());
  bool IsCrowded =
      Before <= Value::MaxJoined && Both.atoms().size() > Value::MaxJoined;
  return IsCrowded ? Value::bitsOf(Both) : Both;
}

Value bootorder::hull(const Value &A, const Value &B) {
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
  V.Low = std::min(A.low(), B.low());
  V.High = std::max(A.high(), B.high());
  return V;
}

std::optional<bool> bootorder::areSame(Atom A, Atom B) {
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
            B.atoms(), [&](Atom Other) { return areSame(One, Other) != false; });
      if (!One.isNumber())
        return true;
      uint64_t Bits = One.Bits;
      return (Bits & B.zeros()) == 0 && (~Bits & B.ones()) == 0 &&
             (Bits != 0 || B.canBeZero()) && B.low() <= One.Bits &&
             One.Bits <= B.high();
    });
  Value V = Value::bits(A.ones() | B.ones(), A.zeros() | B.zeros());
  V.IsNonZero |= !A.canBeZero() || !B.canBeZero();
  if (!A.hasBounds() && !B.hasBounds())
    return V;
  Value Range =
      Value::between(std::max(A.Low, B.Low), std::min(A.High, B.High));
  if (Range.isSet() || Range.isNothing() || V.isSet())
    return meet(Range, V);
  V.Low = Range.Low;
  V.High = Range.High;
  V.IsNonZero |= Range.IsNonZero;
  return V;
}

Value bootorder::filter(const Value &A, llvm::function_ref<bool(Atom)> Keep) {
  if (!A.isSet())
    return A;
  llvm::SmallVector<Atom, Value::MaxAtoms> Kept;
  llvm::copy_if(A.atoms(), std::back_inserter(Kept), Keep);
  return Kept.size() == A.atoms().size() ? A : Value::set(Kept);
}
