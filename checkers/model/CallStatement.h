//===- CallStatement.h - the events that a statement with a call left -----===//
//
// `initrd_start = find(size());` leaves two calls and a write. Whoever moves
// one of them has to move them all.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_CALLSTATEMENT_H
#define BOOTORDER_MODEL_CALLSTATEMENT_H

#include "model/Function.h"
#include <set>

namespace bootorder {

/// What a statement, or any event, does with locals.
struct LocalUses {
  std::set<EventId> Read;       ///< Define, Call and Asm events it refers to
  std::set<LocalId> Memory;     ///< locals in memory it names at all
  std::set<LocalId> Changeable; ///< of them, those it does more than load
  std::set<uint32_t> Slots;     ///< the same for parameters in memory
  std::set<uint32_t> ChangeableSlots;
  std::set<LocalId> Defined; ///< scalar locals it gives a value
  bool HasParameter = false; ///< reads what the caller passed

  void add(const Function &Body, EventId E);
  /// Only the trees of a condition.
  void addTree(const Function &Body, ExprId Root);
};

struct CallStatement {
  EventId Call;
  /// Ascending: all in one block, Call among them. With it come what else the
  /// macro makes that it is written in, the calls whose results only these are
  /// given, and what stores their own results.
  std::vector<EventId> Events;
  /// Some of that macro is in other blocks.
  bool IsPartial = false;
  LocalUses Uses; ///< of all Events; Read has none of Events themselves

  bool has(EventId E) const;
};

/// The statement around \p Call, a Call event in a block of \p Body.
CallStatement statementOf(const Function &Body, EventId Call);

} // namespace bootorder

#endif
