//===- Failures.h - ways that open only when memory runs out --------------===//

#ifndef BOOTORDER_SOLVE_FAILURES_H
#define BOOTORDER_SOLVE_FAILURES_H

#include "solve/ReportWalk.h"

namespace bootorder {

/// A test on \p Path, near to its end, behind which control comes there only
/// because memory ran out: a call returned NULL, of a function that hands out
/// what rules say is fresh. Where several failures lead on, one is named. What
/// looks for something, or tries a device, fails in the course of things.
FailureNote failureOn(const RuleIndex &Rules, llvm::ArrayRef<CallHop> Path);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FAILURES_H
