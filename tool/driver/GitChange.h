//===- GitChange.h - what changed in a tree since a revision --------------===//

#ifndef BOOTORDER_TOOL_DRIVER_GITCHANGE_H
#define BOOTORDER_TOOL_DRIVER_GITCHANGE_H

#include "tool/report/Change.h"

namespace bootorder {

/// Lines of the tree at \p Root, as it is in the folder now, that are not in
/// \p Revision. Asks the git command.
/// Errors: no git, no repository, no such revision; in git's words.
llvm::Expected<ChangedLines> changesSince(llvm::StringRef Root,
                                          llvm::StringRef Revision);

} // namespace bootorder

#endif
