//===- Value.h - what is known of a scalar at a point of the boot ---------===//
//
// The lattice of the abstract boot. From below: nothing yet (no path leads
// here), a set of at most MaxAtoms atoms, known bits and bounds, nothing known.
// An atom is a number, the address of a function, or the address of a place in
// a global object. Numbers are 64 bits wide, extended by their own type's sign.
//
// Bounds are for one evaluation of a function: a loop's counter has them, and
// what a test compares. Where values settle over many evaluations, as in
// memory, they could go on growing for ever, so they are left out.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_VALUE_H
#define BOOTORDER_SOLVE_VALUE_H

#include "model/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace bootorder {

/// One concrete value.
struct Atom {
  enum class AtomKind : uint8_t { Number, Function, Place };
  int64_t Bits = 0; ///< the number, or an index by Kind; not 0 as an address
  AtomKind Kind = AtomKind::Number;

  bool isNumber() const { return Kind == AtomKind::Number; }
  bool isZero() const { return isNumber() && Bits == 0; }
  friend bool operator==(Atom A, Atom B) {
    return A.Kind == B.Kind && A.Bits == B.Bits;
  }
  friend bool operator<(Atom A, Atom B) {
    return A.Kind != B.Kind ? A.Kind < B.Kind : A.Bits < B.Bits;
  }
  friend llvm::hash_code hash_value(Atom A) {
    return llvm::hash_combine(A.Kind, A.Bits);
  }
};

/// Whether two atoms are the same at run time; none if that is not known.
std::optional<bool> areSame(Atom A, Atom B);

/// An element of the lattice. Cheap to copy: a set of several atoms is shared
/// by its copies, which must all be in one thread.
class Value {
public:
  static constexpr unsigned MaxAtoms = 64;
  /// Atoms that are joined one by one.
  static constexpr unsigned MaxJoined = 16;

  /// Nothing yet: the least element.
  Value() = default;
  static Value number(int64_t Number) { return atom({Number}); }
  static Value atom(Atom A);
  /// The set of \p Sorted: ascending, each once, at most MaxAtoms. Nothing if
  /// it is empty.
  static Value set(llvm::ArrayRef<Atom> Sorted);
  /// The least element above all of \p Numbers, which are sorted on the way.
  static Value numbers(llvm::SmallVectorImpl<int64_t> &Numbers);
  /// Nothing known: the greatest element.
  static Value unknown() { return bits(0, 0); }
  /// Some address or number other than 0.
  static Value nonZero();
  /// Bits of \p Ones are 1, those of \p Zeros 0, the others unknown.
  static Value bits(uint64_t Ones, uint64_t Zeros);
  /// The bits that all atoms of \p Set agree on.
  static Value bitsOf(const Value &Set);
  /// A number from \p Low to \p High; nothing if there is none. A set if they
  /// are few.
  static Value between(int64_t Low, int64_t High);

  bool isNothing() const { return Kind == LatticeKind::Nothing; }
  bool isSet() const { return Kind == LatticeKind::Set; }
  bool isUnknown() const {
    return Kind == LatticeKind::Bits && !IsNonZero && (Ones | Zeros) == 0 &&
           !hasBounds();
  }
  /// In ascending order; empty unless isSet().
  llvm::ArrayRef<Atom> atoms() const {
    if (!isSet())
      return {};
    return Several ? llvm::ArrayRef<Atom>(Several->Atoms)
                   : llvm::ArrayRef<Atom>(Only);
  }
  /// The only atom if there is just one.
  std::optional<Atom> single() const;
  std::optional<int64_t> number() const;
  bool isAllNumbers() const;
  /// Bits that are 1, or 0, whatever the value is.
  uint64_t ones() const;
  uint64_t zeros() const;
  /// Bits that are 1 for some value it may have.
  uint64_t possible() const;
  /// The least and the greatest number it may be; all there are if it may be an
  /// address, or nothing.
  int64_t low() const;
  int64_t high() const;
  bool hasBounds() const { return Low != INT64_MIN || High != INT64_MAX; }
  /// The same without them, unless it is a set.
  Value withoutBounds() const;
  bool canBeZero() const;
  bool canBeNonZero() const;
  /// Whether it is true; none if both are possible, or nothing is.
  std::optional<bool> truth() const;

  friend bool operator==(const Value &A, const Value &B);
  friend bool operator!=(const Value &A, const Value &B) { return !(A == B); }
  friend bool operator<(const Value &A, const Value &B);
  friend llvm::hash_code hash_value(const Value &V);

private:
  friend Value hull(const Value &A, const Value &B);
  friend Value meet(const Value &A, const Value &B);
  enum class LatticeKind : uint8_t { Nothing, Set, Bits };

  /// The atoms of a set that has more than one.
  struct AtomList : llvm::RefCountedBase<AtomList> {
    llvm::SmallVector<Atom, 4> Atoms;
  };

  LatticeKind Kind = LatticeKind::Nothing;
  bool IsNonZero = false;                    ///< of Bits
  uint64_t Ones = 0, Zeros = 0;              ///< of Bits
  int64_t Low = INT64_MIN, High = INT64_MAX; ///< of Bits: its bounds
  Atom Only; ///< of a Set with just one, as most have
  llvm::IntrusiveRefCntPtr<const AtomList> Several; ///< else; never changed
};

/// A value without bounds that both \p A and \p B are below. Values settle soon
/// when more and more is joined into them: only a set that comes as a whole has
/// more than MaxJoined atoms.
Value join(const Value &A, const Value &B);
/// The least value that both are below.
Value hull(const Value &A, const Value &B);

/// What is both in \p A and in \p B; may be more, but no more than \p A.
Value meet(const Value &A, const Value &B);

/// \p A without its addresses and numbers for which \p Keep fails.
Value filter(const Value &A, llvm::function_ref<bool(Atom)> Keep);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_VALUE_H
