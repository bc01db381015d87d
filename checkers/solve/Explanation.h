//===- Explanation.h - what is known of one function ----------------------===//
//
// The answer to `bootorder explain`: text and numbers, as in Finding.h.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_EXPLANATION_H
#define BOOTORDER_SOLVE_EXPLANATION_H

#include "solve/Finding.h"

namespace bootorder {

/// Consecutive steps, both included.
struct StepRange {
  uint32_t First = 0, Last = 0;
  friend bool operator==(const StepRange &A, const StepRange &B) {
    return A.First == B.First && A.Last == B.Last;
  }
};

/// One line of a reason; what it rests on follows, one level deeper.
struct ReasonLine {
  std::string Text;  ///< `slab_state is 0, its initial value`
  SourcePlace Place; ///< of a write or a call; may be none
  uint32_t Depth = 0;
};

/// Whether a function runs before a milestone, or after.
struct MilestoneAnswer {
  std::string Milestone;
  StepPlace Step; ///< that completes it
  bool RunsBefore = false;
  bool RunsAfter = false;
};

/// A function in one phase: the steps between two milestones.
struct PhaseRun {
  std::string After, Before;      ///< milestones; empty at the ends of the boot
  StepRange Steps;                ///< first and last in which it runs
  uint32_t StepCount = 0;         ///< in how many it runs
  StepPlace Step;                 ///< the first one
  std::vector<WitnessFrame> Path; ///< a shortest chain to it, in that step
  /// Why findings are held back on every chain; empty if they are not.
  std::string HeldBack;
};

/// What a function returns in some steps.
struct ExplainedResult {
  std::string Value;
  StepRange Steps;
};

/// One combination of arguments that the analysis tells apart.
struct ExplainedContext {
  std::vector<std::string> Arguments;   ///< `gfp_t 0xcc0`; unknown ones: `*`
  std::vector<ExplainedResult> Results; ///< by step; empty for none
  std::vector<StepRange> Steps;
};

/// A branch that was decided, in the same way and for the same reason.
struct ExplainedBranch {
  SourcePlace Place;
  std::string Condition; ///< as C would say it
  std::string Outcome;   ///< `is always false`, `goes to case 3 only`
  StepRange Steps;
  uint32_t Contexts = 0;   ///< so decided
  uint32_t OfContexts = 0; ///< that come to it in these steps
  std::vector<ReasonLine> Why;
};

struct ExplainedTarget {
  WitnessFrame Edge; ///< with Callee and evidence
  StepRange Steps;
};

/// A call through a pointer.
struct ExplainedCall {
  SourcePlace Place;
  std::string Through;
  std::vector<ExplainedTarget> Targets; ///< empty: unresolved, or not reached
  uint32_t FlowTargets = 0; ///< that registrations alone would allow
  bool IsReached = false;
};

/// What becomes of a use of a sink.
enum class UseOutcomeKind {
  Reported, ///< as a violation
  Masked,   ///< a mask in memory hides what makes it wrong
  Latent,   ///< harmless so far, because of what memory holds
  HeldBack, ///< below a boundary or before a crash
  Harmless, ///< its argument, or what it comes to, does not matter
  Guarded,  ///< a branch that was decided keeps control away
};

struct ExplainedUse {
  UseOutcomeKind Outcome = UseOutcomeKind::Guarded;
  std::string Sink;
  std::string Function; ///< that uses it
  SourcePlace Place;
  std::string Text;               ///< half a sentence that adds to the outcome
  std::vector<WitnessFrame> Path; ///< from the function asked about
  std::vector<ReasonLine> Why;
  uint32_t Others = 0; ///< uses with the same outcome for the same reason
};

/// What a rule says of the uses of its sinks in a function and below it.
struct RuleExplanation {
  std::string Rule, Milestone;
  bool NeedsAfter = true;
  StepPlace MilestoneStep;
  /// The function runs at steps in which the sinks are wrong.
  bool RunsInWindow = false;
  std::vector<ExplainedUse> Uses; ///< by outcome, then nearest first
};

/// Why a function that is not reached is not.
struct ExplainedObstacle {
  WitnessFrame Call;              ///< a call in reached code that leads to it
  std::vector<WitnessFrame> Path; ///< from there down to the function
  std::string Text;               ///< what stops control
  std::vector<ReasonLine> Why;
};

struct Explanation {
  std::string Function;
  SourcePlace Place;
  bool HasBody = true;
  bool IsOnSpine = false;   ///< walked call by call
  uint32_t WalkedSteps = 0; ///< the boot was followed so far
  uint32_t StepCount = 0;
  std::vector<StepRange> Steps; ///< in which it runs; empty: it does not
  std::vector<MilestoneAnswer> Milestones;
  std::vector<PhaseRun> Phases;
  std::vector<ExplainedContext> Contexts;
  uint32_t Branches = 0; ///< that control comes to
  std::vector<ExplainedBranch> Decided;
  std::vector<ExplainedCall> Calls;
  std::vector<ExplainedObstacle> Obstacles; ///< if it does not run
  std::vector<std::string>
      HeldBy; ///< objects with its address, if nobody calls
  std::vector<RuleExplanation> Rules; ///< one per window of the rule asked for
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EXPLANATION_H
