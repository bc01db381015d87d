//===- Spine.h - the calls made once and for certain, in order ------------===//
//
// The boot is a tree: an entry point calls functions one after the other, some
// of which are themselves walked call by call. Each call, and each event that
// completes a milestone, is a step; numbers follow the walk.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_SPINE_H
#define BOOTORDER_SOLVE_SPINE_H

#include "solve/BootWalk.h"
#include "solve/MilestoneIndex.h"

namespace bootorder {

struct BootStep {
  static constexpr uint32_t NoStep = ~0u;

  /// What runs: the called function; none if several may be meant.
  FunctionId Function;
  /// `ppc_md.init_IRQ`, `initcall 6`; empty where Function says it all.
  std::string Label;
  FunctionId In; ///< spine function that holds the event; none for entries
  EventId Event; ///< in In
  uint32_t Parent = NoStep; ///< step of In
  uint32_t Depth = 0;
  uint32_t End = 0; ///< last step within this one; its own number for a leaf
  bool IsCertain = true;
  bool IsCrash = false;     ///< only a crash follows
  bool IsDescended = false; ///< walked call by call
  std::vector<Value> Args;  ///< of the call, if it is
  TaskKind Task = TaskKind::Boot;
  std::vector<ContextCall> Roots; ///< what this step calls; empty if descended
  std::vector<uint32_t> Milestones; ///< completed by it, in RuleSet::Milestones
};

/// When a milestone is complete.
struct MilestoneTime {
  bool IsKnown = false;
  uint32_t From = 0; ///< first step that finds it complete
  uint32_t Step = 0; ///< the step that completes it
  uint32_t Way = 0;  ///< in Milestone::Events
  /// Whether the same event came again, on the certain path too.
  bool IsRepeated = false;
  FunctionId In;     ///< spine function that holds the event, and
  EventId Event;     ///< the event, which is never a finding itself
};

/// The boot as a sequence.
struct BootHistory {
  std::vector<BootStep> Steps;
  std::vector<MilestoneTime> Milestones; ///< as in RuleSet::Milestones
  std::vector<std::string> MissingEntryPoints;
  /// From this step on only the spine itself was walked: no rule needs more.
  uint32_t WalkedSteps = BootStep::NoStep;
  /// The step of that number; the last one for events that follow them all.
  const BootStep &step(uint32_t Number) const {
    return Steps[std::min<size_t>(Number, Steps.size() - 1)];
  }
  /// Events of spine functions that are no calls, with the step they precede.
  struct SpineEvent {
    FunctionId In;
    EventId Event;
    uint32_t Step = 0;   ///< number of the next step
    uint32_t Parent = 0; ///< step of In
    bool IsCrash = false;
  };
  std::vector<SpineEvent> Others;
};

/// Walks the boot from the rules' entry points, filling \p Walk.
BootHistory walkBoot(const RuleIndex &Rules, MilestoneIndex &Milestones,
                     BootWalk &Walk);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SPINE_H
