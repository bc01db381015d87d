//===- SarifReporter.h - findings for code-scanning pages and editors -----===//

#ifndef BOOTORDER_TOOL_REPORT_SARIFREPORTER_H
#define BOOTORDER_TOOL_REPORT_SARIFREPORTER_H

#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

enum class SarifProfile {
  GitHub, ///< within the limits of code scanning; what is suppressed is left
          ///< out
  Full,   ///< everything, with suppressions and states towards the baseline
};

struct SarifOptions {
  SarifProfile Profile = SarifProfile::GitHub;
  OnRequest Also; ///< as informational results; the full profile only
};

/// What GitHub shows of a report, and refuses beyond; docs/sarif.md has our
/// numbers. Source: GitHub's documentation of SARIF support for code scanning.
struct GitHubLimits {
  static constexpr size_t Results = 5000, RelatedLocations = 100,
                          ThreadFlowSteps = 1000, Tags = 10;
};

/// One SARIF 2.1.0 log with one run. docs/sarif.md says what goes where.
void printSarif(llvm::raw_ostream &OS, const Report &R,
                const SarifOptions &Options);

} // namespace bootorder

#endif
