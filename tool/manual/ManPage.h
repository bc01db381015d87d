#ifndef BOOTORDER_TOOL_MANUAL_MANPAGE_H
#define BOOTORDER_TOOL_MANUAL_MANPAGE_H

#include "tool/manual/CommandModel.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// Prints \p Template, a manual page in roff's `man` macros, with its lines
/// `@COMMANDS@` replaced by a section for each command of \p Program, and
/// `@VERSION@` in other lines by \p Version.
void printManPage(const CommandModel &Program, llvm::StringRef Template,
                  llvm::StringRef Version, llvm::raw_ostream &OS);

} // namespace bootorder

#endif
