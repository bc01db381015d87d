//===- Uses.h - events that are sinks of a rule ---------------------------===//

#ifndef BOOTORDER_SOLVE_USES_H
#define BOOTORDER_SOLVE_USES_H

#include "solve/ReportWalk.h"

namespace bootorder {

/// An event that is a sink, in a function that may run while it is wrong.
struct SinkUse {
  const ResolvedSink *Sink = nullptr;
  CallHop Hop;           ///< its event is valid; it calls nothing if a macro
  llvm::StringRef Macro; ///< the macro that matched; empty for calls
  /// The callee in EffectSearch::whatIf(), if control does not come to the call
  /// yet, and Hop calls nothing; else none.
  ContextId Later;
};

struct UseList {
  std::vector<SinkUse> Uses; ///< spine functions first, then by context
  std::vector<SinkUse> Held; ///< those below boundaries and on crash paths
};

/// All uses of the sinks of \p W that its steps reach.
UseList findUses(const RuleIndex &Rules, const BootWalk &Walk,
                 const ReportWalk &Report, const RuleWindow &W);

/// The step of \p W at which the event of \p Hop first runs, not before
/// \p Since; none if it does not, or if it completes the milestone itself.
std::optional<uint32_t> stepOfEvent(const ReportWalk &Report,
                                    const RuleWindow &W, const CallHop &Hop,
                                    uint32_t Since);

/// Whether \p S may be used by \p F, going by the names of both.
bool isHeldBy(const Program &P, const Sink &S, FunctionId F);

/// Whether \p S may be used by \p F at step \p Step, going by its filters.
bool passesFilters(const Program &P, const Sink &S, FunctionId F,
                   const BootStep &Step);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_USES_H
