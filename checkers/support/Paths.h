#ifndef BOOTORDER_SUPPORT_PATHS_H
#define BOOTORDER_SUPPORT_PATHS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace bootorder {

/// \p Path as an absolute path without `.` and `..` parts; a relative one is
/// taken from \p Directory, which must be absolute. Looks at no disk, follows
/// no link.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory);

/// \p Path as seen from the kernel root \p Root, with forward slashes:
/// "init/main.c". Both must be absolute; a path outside the root is returned
/// as it is, without `.` and `..`.
std::string treeRelativePath(llvm::StringRef Path, llvm::StringRef Root);

/// True if \p Path, without `.` and `..`, lies in \p Root or is \p Root.
bool isInside(llvm::StringRef Path, llvm::StringRef Root);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_PATHS_H
