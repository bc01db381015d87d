//===- TextReporter.h - findings as a compiler would print them -----------===//

#ifndef BOOTORDER_TOOL_REPORT_TEXTREPORTER_H
#define BOOTORDER_TOOL_REPORT_TEXTREPORTER_H

#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

struct TextOptions {
  unsigned MaxPath = 0;   ///< frames per witness; 0: all
  bool AllRoots = false;  ///< list the roots instead of counting them
  bool AllPlaces = false; ///< list Finding::Others instead of counting them
  OnRequest Also;         ///< marked as what they are
  /// Show what the baseline has or leaves aside, too, marked as such.
  bool WithAccepted = true;
};

/// Prints the findings, then the ledger in at most ten lines.
///
/// Each finding is readable alone: where, the source line with a caret, the
/// step it runs in and the milestone it misses, the witness path, the reason
/// and the confidence. Colours follow \p OS. An incomplete analysis never ends
/// in words that sound like a clean bill.
void printText(llvm::raw_ostream &OS, const Report &R,
               const TextOptions &Options);

/// The first part of printText.
void printFindings(llvm::raw_ostream &OS, const Report &R,
                   const TextOptions &Options);

/// The last part of printText.
void printLedger(llvm::raw_ostream &OS, const Report &R);

} // namespace bootorder

#endif
