//===- CodeQuality.h - findings for GitLab's merge requests ---------------===//

#ifndef BOOTORDER_TOOL_REPORT_CODEQUALITY_H
#define BOOTORDER_TOOL_REPORT_CODEQUALITY_H

#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// The reported findings as GitLab's code-quality artifact: a JSON list. Each
/// fingerprint is there once; further findings of one get a number behind it.
/// The format has no place for what was not seen, so an incomplete analysis
/// is an entry of its own, which is never fixed by silence.
void printCodeQuality(llvm::raw_ostream &OS, const Report &R);

} // namespace bootorder

#endif
