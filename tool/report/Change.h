//===- Change.h - findings that a change to the source touches ------------===//

#ifndef BOOTORDER_TOOL_REPORT_CHANGE_H
#define BOOTORDER_TOOL_REPORT_CHANGE_H

#include "tool/report/Report.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace bootorder {

/// Lines of the new text of a file. Where lines are only gone, Last is the line
/// before and First the one behind it, so that First > Last.
struct ChangedRange {
  uint32_t First = 0, Last = 0;
};

/// By file, relative to the kernel root; ranges ascend.
using ChangedLines = std::map<std::string, std::vector<ChangedRange>>;

/// Reads what `git diff --unified=0 --no-prefix` prints.
/// Errors: a line of it that cannot be understood, with its number.
llvm::Expected<ChangedLines> parseDiff(llvm::StringRef Text);

/// Whether \p Changed has a line of [\p First, \p Last] of \p File, or lines
/// between them are gone.
bool touches(const ChangedLines &Changed, const std::string &File,
             uint32_t First, uint32_t Last);

/// Sets findings of \p R that are new so far aside as Untouched unless the
/// change touches their chain or the spine before them: a function of the
/// chain, a registration on it, a place that its decision leads to, or a
/// function of the spine up to the finding's step, or the call that completes
/// its milestone.
void applyChange(const ChangedLines &Changed, Report &R);

} // namespace bootorder

#endif
