//===- Gate.h - from a result to an exit status ---------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_GATE_H
#define BOOTORDER_TOOL_DRIVER_GATE_H

#include "tool/ExitStatus.h"
#include "tool/driver/Analysis.h"
#include "tool/report/Report.h"

namespace bootorder {

enum class FailOn {
  New,  ///< an error that nobody has accepted
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
ExitStatus judge(const Report &R, FailOn Gate);

/// What a report is made of beside the analysis.
struct ReportRequest {
  std::string RuleSet;       ///< as `--rules` names it
  std::string Configuration; ///< as it is to be called; empty: by a digest
  double RequiredCoverage = 100;
};

/// Takes \p A into a report in which every finding is new or suppressed.
Report reportOf(Analysis A, const ReportRequest &Request);

} // namespace bootorder

#endif
