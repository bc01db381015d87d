//===- ReportDiff.h - what became of the findings of a tree ---------------===//

#ifndef BOOTORDER_TOOL_REPORT_REPORTDIFF_H
#define BOOTORDER_TOOL_REPORT_REPORTDIFF_H

#include "tool/report/ReadReport.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// A function whose earliest run changed sides of a milestone.
struct PhaseChange {
  std::string Function, File;
  /// Milestones it had to wait for, in the order of the new boot.
  std::vector<std::string> NowBefore;
  /// Milestones it did not wait for, the last one first.
  std::vector<std::string> NowAfter;
};

struct ReportDiff {
  std::string Old, New;                ///< as they were asked for
  std::vector<std::string> Incomplete; ///< of Old and New, those that are
  /// Fixed ones as they were in Old, the others as in New.
  std::vector<KnownFinding> Added, Fixed, Unchanged;
  /// Whether phases were compared: reports on disk do not have them.
  bool HasPhases = false;
  std::vector<PhaseChange> Phases; ///< sorted by function; headers last
};

/// Compares by fingerprint; of findings that share one, as many as there are
/// in both are unchanged.
ReportDiff compareReports(const KnownReport &Old, const KnownReport &New);

/// Functions that both trees reach and whose first step lies on the other side
/// of a milestone that both have; those of headers last.
std::vector<PhaseChange> comparePhases(const SolveResult &Old,
                                       const SolveResult &New);

/// \p MaxPhases of the functions are listed, the rest counted; 0: all.
void printDiff(llvm::raw_ostream &OS, const ReportDiff &Diff, size_t MaxPhases);
/// \p Moves: what makes New of Old if it is no tree of its own, in words.
void printDiffJson(llvm::raw_ostream &OS, const ReportDiff &Diff,
                   llvm::StringRef Version,
                   const std::vector<std::string> &Moves = {});

} // namespace bootorder

#endif
