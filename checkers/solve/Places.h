//===- Places.h - parts of objects ----------------------------------------===//
//
// A place is a global object, or a field of one at some depth. An array, its
// elements and the pointer it decays to are one place; only elements of array
// objects at a known index are told apart. Places form a tree per object.
// What a call allocates counts as one object, and stands for many. A local in
// memory counts as an object, too: a scalar one of its context, a record
// or an array of its function, so that passing it on does not multiply
// contexts.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_PLACES_H
#define BOOTORDER_SOLVE_PLACES_H

#include "link/Program.h"
#include <optional>

namespace bootorder {

using PlaceId = Id<struct PlaceTag>;

struct Place {
  ObjectId Object;
  PlaceId Parent;       ///< none: the object as a whole
  FieldKey Field;       ///< of the parent; none if there is none
  bool IsArray = false; ///< some code takes an element of it
  /// Which element of an array object this is, if that is known.
  std::optional<uint32_t> Index;
  PlaceId Any; ///< the same in no particular element; itself if Index plays no
               ///< part
  /// A record that some code computes around an object that is in none, as a
  /// walk of a list does at its head. Nothing is there but the object.
  bool IsImagined = false;
};

/// Places by what they stand for, made on demand; never moved or removed.
class PlaceTable {
public:
  /// Locals are numbered after the objects of \p P.
  explicit PlaceTable(const Program &P) : P(P) {}

  PlaceId whole(ObjectId O);
  /// Local \p L of owner \p Owner, whatever the caller numbers so.
  PlaceId local(uint64_t Owner, LocalId L);
  /// What the call \p Call in \p F allocates, however often it is made.
  PlaceId heap(FunctionId F, EventId Call);
  bool isGlobal(ObjectId O) const { return O.Value < P.Objects.size(); }
  bool isHeap(ObjectId O) const {
    return !isGlobal(O) && IsHeap[O.Value - P.Objects.size()];
  }
  bool isLocal(ObjectId O) const { return !isGlobal(O) && !isHeap(O); }
  /// Members that share storage are one place, and count as an array: what is
  /// written to one is one of the things that all may hold. No record is inside
  /// itself: a pointer to a first member that is cast to the record leads to
  /// the members of the record.
  PlaceId field(PlaceId Parent, FieldKey F);
  /// Some element of the array at \p Array.
  PlaceId element(PlaceId Array);
  /// The record that \p Part is field \p F of; an imagined one if it is not.
  PlaceId container(PlaceId Part, FieldKey F);
  /// Whether \p P is in an imagined record, other than what that is around.
  bool isImagined(PlaceId P) const;

  const Place &operator[](PlaceId P) const { return Places[P.Value]; }
  /// Element \p Index of the array object at \p Array.
  PlaceId element(PlaceId Array, uint32_t Index);
  /// \p P, or the place it is the same as: only elements at a known index have
  /// contents of their own.
  PlaceId cellOf(PlaceId P) const;
  /// Whether two pointers to \p P may still differ.
  bool isMany(PlaceId P) const;
  /// Whether \p Where is in an object of which every processor has a copy.
  bool hasCopies(PlaceId Where) const;
  bool isWhole(PlaceId P) const { return !Places[P.Value].Parent.isValid(); }
  /// Whether \p P is \p Outer or a part of it.
  bool isInside(PlaceId P, PlaceId Outer) const;
  /// Whether storage of \p A may be storage of \p B: one is inside the other,
  /// or they are members of different records that code takes one place for.
  bool doOverlap(PlaceId A, PlaceId B) const;
  size_t size() const { return Places.size(); }
  /// Counts second names of places, by which container() can find them.
  uint32_t nameCount() const { return NameCount; }

private:
  bool isElement(PlaceId P) const;
  PlaceId recordAround(PlaceId Part, FieldKey F) const;
  bool areOtherViews(PlaceId A, PlaceId B) const;
  uint32_t addObject(bool OnHeap);

  const Program &P;
  std::vector<Place> Places;
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, uint32_t> Locals, Heap;
  std::vector<bool> IsHeap;                 ///< of objects after those of P
  llvm::DenseMap<uint32_t, PlaceId> Wholes; ///< by ObjectId
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, PlaceId> Children, Elements;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, PlaceId> Imagined;
  llvm::DenseMap<uint32_t, PlaceId> Unions; ///< by parent
  uint32_t NameCount = 0;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_PLACES_H
