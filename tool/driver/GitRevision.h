//===- GitRevision.h - which revision a tree is ---------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_GITREVISION_H
#define BOOTORDER_TOOL_DRIVER_GITREVISION_H

#include "tool/report/Report.h"
#include <optional>

namespace bootorder {

/// What is checked out at \p Root; none if that is not the top of a git tree,
/// or there is no git. Changes that are not committed are not seen.
std::optional<TreeRevision> revisionOf(llvm::StringRef Root);

/// \p Remote, as git has it, as a URI that may be shown to anybody: without
/// user and password; what ssh would be given (`git@host:path`) as `ssh://`.
std::string publicUri(llvm::StringRef Remote);

} // namespace bootorder

#endif
