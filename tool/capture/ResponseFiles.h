//===- ResponseFiles.h - `@file` words of compile commands ----------------===//

#ifndef BOOTORDER_TOOL_CAPTURE_RESPONSEFILES_H
#define BOOTORDER_TOOL_CAPTURE_RESPONSEFILES_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace bootorder {

/// No response file is larger, and none grows beyond it by including others.
constexpr uint64_t MaxResponseBytes = uint64_t(1) << 24;

/// Response files include each other no deeper.
constexpr unsigned MaxResponseDepth = 32;

/// Puts the words of each response file (`@file`) of \p Arguments in its place.
/// Names, also those inside response files, are relative to \p Directory, as
/// GCC has it. Appends every file named, absolute, to \p Files.
///
/// A word that is an option's value (`-o @a`) and names no file stands for
/// itself. Returns why the command cannot be known, or nothing; \p Arguments
/// are as they were then.
std::string expandResponseFiles(std::vector<std::string> &Arguments,
                                llvm::StringRef Directory,
                                std::vector<std::string> &Files);

} // namespace bootorder

#endif
