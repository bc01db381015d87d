#ifndef BOOTORDER_RULES_MILESTONE_H
#define BOOTORDER_RULES_MILESTONE_H

#include "rules/KernelCondition.h"
#include "support/SourceRange.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// What runs a piece of code (DESIGN, "After irqs_on").
enum class TaskKind { Boot, Pid1, Thread, SecondaryCpu, HardIrq };

/// A function that no C code calls: assembly, a new thread or a CPU enters it.
struct EntryPoint {
  std::string Function;
  /// Entry points of one task follow each other by ascending order.
  int Order = 0;
  TaskKind Task = TaskKind::Boot;
  /// Milestone it cannot run before; may be empty.
  std::string After;
  /// Function whose call starts it (`rest_init` for pid 1); may be empty.
  std::string SpawnedBy;
  /// Function that this way in has in common with the others, where its own
  /// walk ends; empty if there is no other way in. What runs before that may
  /// have run: no step of it is certain.
  std::string Joins;
  /// True if a tree that fits the conditions may still lack it.
  bool Optional = false;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// One event of the boot that completes a milestone.
struct MilestoneEvent {
  enum class EventKind {
    Returns,      ///< Subject is a function: its first certain return
    Calls,        ///< Subject is a function: its first certain call is reached
    CallsPointer, ///< Subject is a global: the call through it has returned
    Stores,       ///< Subject is a global: a write, of Value if that is stated
    Macro,        ///< Subject is a macro: its expansion in In has been executed
    Dispatched,   ///< Subject is a table: its entries with key Value have run
  };
  EventKind Kind = EventKind::Returns;
  std::string Subject;
  /// Stores: an integer, `true`, `false`, or the name of one of
  /// RuleSet::Constants, such as an enumerator. Dispatched: a key, if stated.
  std::optional<std::string> Value;
  /// Function whose body must hold the event; empty: anywhere on the spine.
  std::string In;
  KernelCondition When;
  SourceRange Where;
};

/// A point of the boot that rules can name.
///
/// The event itself is never a finding: the `local_irq_enable` that makes
/// `irqs_on` true is not early.
struct Milestone {
  /// snake_case, unique; part of the command contract.
  std::string Name;
  /// Not empty. The first one that the tree has decides.
  std::vector<MilestoneEvent> Events;
  /// True if trees that fit the conditions may still lack every event.
  bool Optional = false;
  /// Why the event may happen again without a meaning; empty: it happens once.
  std::string Repeats;
  /// What is true from here on, for messages: "interrupts are enabled".
  std::string Means;
  KernelCondition When;
  SourceRange Where;
};

} // namespace bootorder

#endif // BOOTORDER_RULES_MILESTONE_H
