//===- Tables.h - tab-separated lists for scripts -------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_TABLES_H
#define BOOTORDER_TOOL_REPORT_TABLES_H

#include "solve/SolveResult.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// `number<TAB>function<TAB>file:line<TAB>milestones`, in order of the boot;
/// milestones completed by the step are separated by commas, may be empty.
void printSteps(llvm::raw_ostream &OS, const SolveResult &Result);

/// `function<TAB>file<TAB>first step<TAB>last step`, sorted by function, file.
///
/// With \p Before only functions first reached no later than the step that
/// completes that milestone. Errors: this boot completes no such milestone;
/// the message names the nearest one.
llvm::Error printReached(llvm::raw_ostream &OS, const SolveResult &Result,
                         llvm::StringRef Before);

/// `file:line:column<TAB>function<TAB>callee expression`, sorted by place.
void printUnresolved(llvm::raw_ostream &OS, const SolveResult &Result);

} // namespace bootorder

#endif
