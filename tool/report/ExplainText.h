//===- ExplainText.h - one function, as a reader wants to know it ---------===//

#ifndef BOOTORDER_TOOL_REPORT_EXPLAINTEXT_H
#define BOOTORDER_TOOL_REPORT_EXPLAINTEXT_H

#include "solve/Explanation.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

class SourceLines;

struct ExplainTextOptions {
  unsigned MaxPath = 0;   ///< frames per chain; 0: all
  bool WithAll = false;   ///< every phase, context and use, however many
  std::string SourceRoot; ///< whose lines are quoted; gone is as good as empty
};

/// Prints when the function runs, through whom, with which arguments, what is
/// decided in it, where its pointers lead, and what a rule says of it.
void printExplanation(llvm::raw_ostream &OS, const Explanation &E,
                      const ExplainTextOptions &Options);

/// The part about one rule.
void printRule(llvm::raw_ostream &OS, const Explanation &E,
               const RuleExplanation &R, SourceLines &Lines,
               const ExplainTextOptions &Options);

/// Reasons, two more spaces per level than \p Indent.
void printReasons(llvm::raw_ostream &OS, const std::vector<ReasonLine> &Why,
                  unsigned Indent);

/// `steps 4 to 9`, `step 4`.
std::string rangeText(StepRange Steps);

/// `reported`, `masked`, `guarded`, ...
llvm::StringRef nameOf(UseOutcomeKind Outcome);

} // namespace bootorder

#endif
