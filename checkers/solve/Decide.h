//===- Decide.h - verdicts ------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_DECIDE_H
#define BOOTORDER_SOLVE_DECIDE_H

#include "solve/ChainValue.h"
#include "solve/Effects.h"

namespace bootorder {

/// A use that is wrong, before it is put into words.
struct Verdict {
  const RuleWindow *Window = nullptr;
  const ResolvedSink *Sink = nullptr;
  std::string SinkName;
  uint32_t Step = 0;
  /// From where the value originates (or the place, if there is no value)
  /// down to the place of the finding; the last one calls the sink.
  std::vector<CallHop> Chain;
  uint32_t PlaceIndex = 0; ///< in Chain: where the finding is placed
  bool HasValue = false;
  bool IsValueKnown = false;
  BitValue Value;
  FunctionId OriginFunction; ///< where the value or the decision is written
  std::string ValueText;
  FindingClass Class = FindingClass::Violation;
  EffectWay Effect; ///< what makes it matter; no name if nothing has to
};

/// What became of one use, for explanations.
struct UseOutcome {
  /// From the least on: of several answers the last one counts.
  enum class OutcomeKind {
    Harmless,   ///< the argument cannot have a bit of the mask
    PartOfSink, ///< who makes it is a sink, and judged for it
    NoEffect,   ///< the callee comes to nothing that makes it matter
    Latent,     ///< not yet: only what memory holds so far keeps it from that
    Masked,
    Reported,
  };
  SinkUse Use;
  const RuleWindow *Window = nullptr;
  OutcomeKind Outcome = OutcomeKind::Harmless;
};

struct VerdictList {
  std::vector<Verdict> Verdicts; ///< one per rule and place
  uint32_t HeldBack = 0;
};

/// Judges every use of the sinks of \p Windows.
///
/// A use in a wrapper is judged at the wrapper's callers. An argument that
/// comes from a parameter is followed to the callers that run while the sink is
/// wrong, nearest first, until a chain gives a constant with a bit of the mask;
/// the search ends at callers that are sinks themselves, since their own
/// callers are judged for it. If no chain does and some value is not followed,
/// the verdict says so. A sink that matters only for some effects is wrong if
/// its callee comes to one of them at that step. \p Outcomes, if not null, gets
/// the answer for every use.
VerdictList decide(const RuleIndex &Rules, BootWalk &Walk,
                   const ReportWalk &Report, llvm::ArrayRef<RuleWindow> Windows,
                   const std::map<std::string, int64_t> &Constants,
                   std::vector<UseOutcome> *Outcomes = nullptr);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_DECIDE_H
