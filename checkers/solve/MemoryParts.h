//===- MemoryParts.h - what memory is made of -----------------------------===//

#ifndef BOOTORDER_SOLVE_MEMORYPARTS_H
#define BOOTORDER_SOLVE_MEMORYPARTS_H

#include "solve/Places.h"
#include "solve/Value.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace bootorder {

/// Someone who is told when a value it has read changes.
using ReaderId = Id<struct ReaderTag>;

/// Where a write comes from.
struct WriteSite {
  FunctionId Function;
  EventId Event;
};

/// What Memory keeps of cells, objects and changes. Its own.
struct MemoryParts {
  enum class AccessKind : uint8_t { Owned, Shared, Open };
  struct Readers {
    llvm::SmallVector<ReaderId, 2> List;
  };
  struct Cell {
    bool IsKnown = false; ///< the rest has been filled in
    Value Held;
    Value Written; ///< of Held, what was not there at the start
    Readers Who;
    bool IsReplaced = false;       ///< a certain write has been here
    uint32_t LoggedAt = 0;         ///< steps marked when it was logged last
    std::vector<PlaceId> Elements; ///< the same place in known elements
    llvm::SmallVector<WriteSite, 2> Writers;
  };
  struct ObjectState {
    bool IsRead = false;   ///< initial values have been read
    bool HasWhole = false; ///< some of them name no element
    AccessKind Access = AccessKind::Owned;
    std::vector<PlaceId> Parts;  ///< with a cell or an initial value
    std::vector<PlaceId> Lost;   ///< unknown as a whole
    std::vector<PlaceId> Zeroed; ///< filled with 0 as a whole
  };
  struct Weak {
    Value Stored;
    Readers Who;
    uint32_t LoggedAt = 0; ///< as in Cell
  };
  /// What was there before the first change within a step. Traveling swaps it
  /// with what is there.
  struct Change {
    enum class ChangeKind : uint8_t {
      Cell,
      Field,    ///< of Fields
      Anywhere, ///< of Anywhere
      Scalars,
      Access,  ///< of an object
      Exposure ///< of a field; swapping takes it back, or makes it again
    } Kind;
    uint32_t Index; ///< by Kind
    Value Held, Written;
    AccessKind Access = AccessKind::Owned;
  };
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_MEMORYPARTS_H
