//===- ReadReport.h - findings of a report that was written before --------===//

#ifndef BOOTORDER_TOOL_REPORT_READREPORT_H
#define BOOTORDER_TOOL_REPORT_READREPORT_H

#include "tool/report/Report.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <set>

namespace bootorder {

/// What two reports are compared by.
struct KnownFinding {
  std::string Fingerprint, Rule, Message;
  std::string Severity; ///< `error`, `warning` or `note`
  std::string Function;
  SourcePlace Place;
};

struct KnownReport {
  std::string Name;                   ///< as it was asked for
  bool IsComplete = true;             ///< findings may be missing if not
  std::vector<KnownFinding> Findings; ///< in the order of the report
  std::string Kernel, Arch, Configuration; ///< empty if it does not say
  std::set<std::string> Suppressed;        ///< fingerprints of findings set aside
  /// What of the source it is about; none if it does not say. Reports on disk
  /// list files only.
  std::optional<SourceExtents> Sources;
  bool HasFunctions = false; ///< Sources lists functions, too
};

/// Reads a report that `check --format json` or `--format sarif` wrote.
/// Errors: the file cannot be read, is not JSON, with line and column, or is no
/// report of bootorder.
llvm::Expected<KnownReport> readReport(llvm::StringRef Path);
/// The same for \p Text, which messages say is from \p Name.
llvm::Expected<KnownReport> parseReport(llvm::StringRef Text,
                                        llvm::StringRef Name);

/// What \p R reports.
KnownReport knownReport(const Report &R, llvm::StringRef Name);

} // namespace bootorder

#endif
