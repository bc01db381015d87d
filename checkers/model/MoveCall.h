//===- MoveCall.h - facts of a source whose lines were reordered ----------===//
//
// What a tree would be if one statement stood somewhere else, without parsing
// it again: the events of the statement go to another place, nothing else
// changes. Locations stay, so a moved call keeps the line it has today.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_MOVECALL_H
#define BOOTORDER_MODEL_MOVECALL_H

#include "model/Facts.h"
#include "llvm/Support/Error.h"

namespace bootorder {

/// An event of a function that can be edited.
struct EventPlace {
  FactsModule *Module = nullptr;
  uint32_t Function = 0; ///< in Module->Functions
  EventId Event;

  const bootorder::Function &body() const {
    return Module->Functions[Function];
  }
  bool isSameFunction(const EventPlace &Other) const {
    return Module == Other.Module && Function == Other.Function;
  }
};

enum class MoveSide { Before, After };

/// Where the events of two edited functions went.
struct MovedEvents {
  std::vector<EventId> Source; ///< by old number; none: to the other function
  std::vector<EventId> Target; ///< the same as Source if it is one function
  EventPlace Call;             ///< the moved call
};

/// Moves the statement of \p Call before or after that of \p Anchor, which may
/// be any event.
///
/// Errors, with the place, if the reordered source would mean something else
/// than the same statement elsewhere: a local it needs gets its value, or loses
/// it, on the way; its result is used before; it names what the other function
/// or unit does not have. Nothing is changed then.
llvm::Expected<MovedEvents> moveCall(const EventPlace &Call,
                                     const EventPlace &Anchor, MoveSide Side);

} // namespace bootorder

#endif
