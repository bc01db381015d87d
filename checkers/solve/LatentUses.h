//===- LatentUses.h - sinks that memory keeps control from, so far --------===//

#ifndef BOOTORDER_SOLVE_LATENTUSES_H
#define BOOTORDER_SOLVE_LATENTUSES_H

#include "solve/Effects.h"

namespace bootorder {

/// Finds calls of sinks in functions that run too early for them, to which
/// control does not come at those steps, but would if memory held what it holds
/// at the last moment that is still too early.
class LatentUses {
public:
  LatentUses(const RuleIndex &Rules, const BootWalk &Walk,
             const ReportWalk &Report, llvm::ArrayRef<RuleWindow> Windows);

  /// Those of the sinks of \p W, by context, unless they must precede its
  /// milestone; each with SinkUse::Later, in what
  /// \p Effects says of the window's last moment.
  std::vector<SinkUse> find(const RuleWindow &W, EffectSearch &Effects);

private:
  struct SinkCall {
    EventId Event;
    FunctionId Callee;
  };

  const std::vector<SinkCall> &callsIn(FunctionId F);
  bool canBeWrong(const Context &Here, const SinkCall &Call,
                  const ResolvedSink &S) const;
  bool missesSink(const Context &Here, const RuleWindow &W, uint32_t Step);
  std::vector<SinkUse> usesIn(ContextTable &Later, ContextId C,
                              const RuleWindow &W, uint32_t Moment);

  const RuleIndex &Rules;
  const Program &P;
  const BootWalk &Walk;
  const ReportWalk &Report;
  llvm::BitVector AllSinks; ///< by FunctionId: of some window
  /// Calls written in a function that name a sink of some window.
  std::vector<std::optional<std::vector<SinkCall>>> Calls; ///< by FunctionId
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_LATENTUSES_H
