//===- Gate.h - from a result to an exit status ---------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_GATE_H
#define BOOTORDER_TOOL_DRIVER_GATE_H

#include "rules/RuleSet.h"
#include "solve/Finding.h"
#include "tool/ExitStatus.h"

namespace bootorder {

enum class FailOn {
  Any,  ///< any finding that is an error
  Never ///< nothing: findings are only reported
};

/// Why the answer may lack findings; empty if it is complete.
///
/// That is: fewer than \p RequiredCoverage percent of the units of vmlinux
/// were parsed, or a milestone that a rule of \p Rules speaks of was not found.
std::vector<std::string> incompleteReasons(const SolveResult &Result,
                                           const RuleSet &Rules,
                                           double RequiredCoverage);

/// A finding that fails the gate wins over an incomplete analysis.
ExitStatus judge(const SolveResult &Result, FailOn Gate, bool IsIncomplete);

} // namespace bootorder

#endif
