//===- ReportSteps.h - when findings can be in each context ---------------===//
//
// What a step reaches without passing a boundary, a crash path, or a sink that
// is wrong there anyway. A boundary that only the spine calls is a step of the
// boot and does not count as one. The calls are final by now, each with the
// steps at which control can come to it, so all steps are answered together:
// sets of steps flow along the calls.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_REPORTSTEPS_H
#define BOOTORDER_SOLVE_REPORTSTEPS_H

#include "solve/Violations.h"

namespace bootorder {

/// By ContextId; steps after the last window are left out.
struct ReportSteps {
  std::vector<StepSet> Runs; ///< at all
  std::vector<StepSet> Open;
  /// Of Open, those at which the context is reached without passing a sink that
  /// an argument decides.
  std::vector<StepSet> Plain;
  /// Reached only below boundaries and on crash paths; none of Open.
  std::vector<StepSet> Held;
};

/// Linear in contexts and calls for each 64 steps, but for calls that lead to
/// contexts made earlier: the steps these bring are taken around once more.
ReportSteps findReportSteps(const RuleIndex &Rules, const BootHistory &History,
                            const BootWalk &Walk,
                            llvm::ArrayRef<RuleWindow> Windows);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_REPORTSTEPS_H
