//===- Memory.h - what global objects hold, as the boot goes on -----------===//
//
// The boot starts from a memory image that the source shows: every global has
// its initial value, or 0, until something live writes it. A write joins; one
// that is certain on the spine replaces.
//
// How far a value can be trusted depends on who can write the object:
//   owned    its address is only ever used to reach its own parts; writes are
//            exactly those seen through its name
//   shared   its address was stored or handed to code that forgot it: stores
//            through unknown pointers to the same field, or to a number that is
//            no field, may hit it
//   open     code that is not visible has it: nothing is known
// Stores of raw bytes through unknown pointers are taken to hit the heap.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_MEMORY_H
#define BOOTORDER_SOLVE_MEMORY_H

#include "solve/MemoryParts.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include <deque>

namespace bootorder {

class Memory : MemoryParts {
public:
  /// \p IsImageKnown: else globals may start as anything.
  Memory(const Program &P, PlaceTable &Places, bool IsImageKnown = true);

  /// The value at \p Where. \p Reader (may be none) is stale when it changes.
  Value load(PlaceId Where, ReaderId Reader);
  /// \p IsCertain: nothing else can be there afterwards.
  void store(PlaceId Where, const Value &V, WriteSite Site, bool IsCertain);
  /// A store through a pointer that leads anywhere: to a field, or to none.
  void storeToField(FieldKey F, const Value &V);
  /// What records that no name leads to hold in field \p F: 0, and what all
  /// records have held in it that pointers may lead to.
  Value loadField(FieldKey F, ReaderId Reader);
  void storeToScalar(const Value &V);
  /// Some record of type \p Record is filled with what is not known.
  void forgetRecord(llvm::StringRef Record);
  /// All bytes at \p Where are \p Byte, or unknown if that is not 0.
  void fill(PlaceId Where, const Value &Byte, WriteSite Site);
  /// Nothing is known of what is at \p Where from now on.
  void forget(PlaceId Where, WriteSite Site);

  /// Nobody reads \p Where, a part of what is allocated, before it is written.
  void fillFirst(PlaceId Where) { FilledFirst.insert(Where.Value); }
  /// Numbers may be stored to field \p F of some object by its address.
  void expose(FieldKey F);
  /// Takes what was read of locals and never written for unknown; false: none.
  bool fillEmptyReads();
  void share(ObjectId O);
  /// A pointer to \p Where gets out of sight.
  void lose(PlaceId Where);
  void open(ObjectId O);

  /// Readers whose values have changed since the last call, each once.
  std::vector<ReaderId> takeStale();
  /// Places of \p O that have been read or written, for explanations.
  llvm::ArrayRef<PlaceId> parts(ObjectId O) { return state(O).Parts; }
  bool isOpen(ObjectId O) { return state(O).Access == AccessKind::Open; }
  bool isShared(ObjectId O) { return state(O).Access == AccessKind::Shared; }
  /// Places of globals that code has used, and those known to some degree now.
  uint32_t readCount() const;
  uint32_t knownCount() const;
  /// Step \p Step begins, unless it was marked before; steps are numbered in
  /// order.
  void mark(uint32_t Step);
  /// From now on memory reads as it did when \p Step began; past the last mark:
  /// as it is. Linear in what has changed in between. Until it is back at the
  /// end, nothing but locals may be written.
  void travel(uint32_t Step);
  /// Counts changes: equal numbers, equal memory.
  uint64_t clock() const { return Clock; }
  /// Of these, changes of `const` objects, whose readers are not told.
  uint64_t constClock() const { return ConstClock; }
  /// Whether something that \p Reader has read has changed since takeStale().
  bool isStale(ReaderId Reader) const {
    return Reader.Value < IsStale.size() && IsStale[Reader.Value];
  }
  /// Who wrote what is at \p Where, in order of first writing; at most a few.
  llvm::ArrayRef<WriteSite> writers(PlaceId Where) const;
  /// Whether a certain write has taken the place of what \p Where began with.
  bool isReplaced(PlaceId Where) const;

private:
  ObjectState &state(ObjectId O);
  void readInitial(ObjectId O);
  void addElementValue(uint32_t Index, PlaceId Where, const Value &V);
  Value initialTree(ObjectId O, ExprId E);
  Cell &cell(PlaceId Where);
  Value atStart(PlaceId Where);
  Value held(PlaceId Where, ReaderId Reader);
  void raise(PlaceId Where, const Value &V);
  void raiseField(FieldKey F, const Value &V);
  void publish(ObjectId O);
  FieldKey fieldOf(PlaceId Where) const;
  void notify(Readers &Who);
  void countConst(ObjectId O);
  void notifyAll(ObjectState &State);
  void forgetOverlaps(PlaceId Where);
  void addWriter(Cell &C, WriteSite Site);
  void setAccess(ObjectId O, AccessKind Access);
  /// Whether something last logged at \p LoggedAt is to be logged now.
  bool isDueForLog(uint32_t &LoggedAt);
  void log(PlaceId Where, Cell &C);
  void log(Change::ChangeKind Kind, uint32_t Index, Weak &W);
  void swap(Change &With);
  void dropVisited();
  void subscribe(Readers &Who, ReaderId Reader);
  FieldKey group(FieldKey F) const;
  bool isNumbered(ObjectId O) const;
  bool isArray(PlaceId Where) const;

  const Program &P;
  PlaceTable &Places;
  const bool IsImageKnown;
  std::deque<Cell> Cells;           ///< by PlaceId; never moved
  std::vector<ObjectState> Objects; ///< by ObjectId
  /// Initial values of elements, by index and place in no particular element.
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, Value> ElementValues;
  llvm::DenseMap<uint32_t, Weak> Fields; ///< by FieldKey
  Weak Scalars;
  llvm::DenseMap<uint32_t, Weak> Anywhere;   ///< by FieldKey; see loadField()
  llvm::BitVector IsFollowed;                ///< by FieldKey
  llvm::DenseSet<llvm::StringRef> Forgotten; ///< see forgetRecord()
  llvm::DenseSet<uint32_t> Exposed;          ///< by FieldKey
  llvm::DenseMap<uint32_t, FieldKey> Groups; ///< members of unions to one each
  std::vector<PlaceId> EmptyReads;
  llvm::DenseSet<uint32_t> FilledFirst; ///< by PlaceId
  std::vector<ReaderId> Stale;
  std::vector<bool> IsStale; ///< by ReaderId
  uint64_t Clock = 0, ConstClock = 0;
  std::vector<Change> Changes;
  std::vector<size_t> Marks;    ///< by step: changes before it
  size_t Position = 0;          ///< changes that are in force
  bool IsAway = false;          ///< see travel()
  std::vector<PlaceId> Visited; ///< first read meanwhile
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_MEMORY_H
