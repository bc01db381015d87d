//===- Report.h - what every reporter is given ----------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_REPORT_H
#define BOOTORDER_TOOL_REPORT_REPORT_H

#include "rules/RuleSet.h"
#include "solve/SolveResult.h"
#include "tool/report/SourceExtents.h"
#include "tool/report/Standing.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// What of a repository was analysed.
struct TreeRevision {
  std::string Id;
  std::string Branch;     ///< may be empty
  std::string Repository; ///< a URI; empty: only the folder is known
};

/// The outcome of one run, ready to be written in any format.
struct Report {
  std::string Version; ///< of bootorder
  std::string Kernel;  ///< `6.12.117`; empty if the tree does not say
  std::string Arch;    ///< `powerpc`; empty if not known
  /// Kernel root, absolute: where the lines that findings quote are read. A
  /// tree that is gone costs the quotes, nothing else.
  std::string SourceRoot;
  /// What tells this configuration from others of the architecture: a name, or
  /// a digest of its symbols; empty if it is not known.
  std::string Configuration;
  std::vector<Rule> Rules; ///< that were applied, in the order of their files
  std::string RuleSet;     ///< `linux`, or the files, separated by commas
  std::string RulesDigest; ///< of the content of the rule files, hex
  SolveResult Result;
  /// Milestones that the rules speak of, sorted, unique: the ledger counts what
  /// is reached before those.
  std::vector<std::string> Milestones;
  /// Why the answer may lack findings; empty if the analysis is complete. Each
  /// is half a sentence: `2 of 672 units lost`.
  std::vector<std::string> Incomplete;
  SourceExtents Extents; ///< what of the source was analysed
  /// One for each of Result.Findings; empty: all are new.
  std::vector<Standing> Standings;
  std::vector<GateRemark> Remarks; ///< sorted by place
  bool HasBaseline = false;
  std::optional<TreeRevision> Revision; ///< if the tree is a repository's

  /// Of \p F, which is one of Result.Findings.
  const Standing &standingOf(const Finding &F) const;
  /// Violations that stand as \p Kind.
  size_t countOf(StandingKind Kind) const;
};

/// Whether the reporters show \p F: masked and latent findings are counted
/// only.
inline bool isShown(const Finding &F) {
  return F.Class == FindingClass::Violation;
}

/// Findings that are harmless so far, and shown only if somebody asks.
struct OnRequest {
  bool Masked = false;
  bool Latent = false;

  bool has(const Finding &F) const {
    return (Masked && F.Class == FindingClass::Masked) ||
           (Latent && F.Class == FindingClass::Latent);
  }
};

/// Violations that nobody has set aside: neither suppressed nor, with
/// `--since`, untouched. What the baseline has is reported.
bool isReported(const Report &R, const Finding &F);

/// `new`, `baselined`, ...: the words of the JSON report.
llvm::StringRef nameOf(StandingKind Kind);
/// `violation`, `masked` or `latent`.
llvm::StringRef nameOf(FindingClass Class);
/// `error`, `warning` or `note`.
llvm::StringRef nameOf(SeverityKind Severity);
/// `high`, `medium` or `low`.
llvm::StringRef nameOf(ConfidenceKind Confidence);
/// `direct`, `cleanup`, `ops`, ...: the words of the JSON report.
llvm::StringRef nameOf(WitnessEdgeKind Edge);

/// `1,234`.
std::string countText(uint64_t Count);

/// `1 unit`, `2 units`: \p Noun takes an s unless \p Count is one.
std::string countText(uint64_t Count, llvm::StringRef Noun);

} // namespace bootorder

#endif
