#ifndef BOOTORDER_SUPPORT_FILES_H
#define BOOTORDER_SUPPORT_FILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>

namespace bootorder {

/// No file that we read as a whole is larger. The largest that is, the compile
/// database of an allmodconfig, takes a quarter of it.
constexpr uint64_t MaxFileSize = uint64_t(1) << 29;

/// The whole content of the file at \p Path, bytes as they are. Pipes and
/// devices are read to their end.
/// Errors: path, the system's reason, and what to do about it; more than
/// \p MaxBytes, of which no more is read.
llvm::Expected<std::string> readFile(llvm::StringRef Path,
                                     uint64_t MaxBytes = MaxFileSize);

/// Replaces the file at \p Path by \p Content, all or nothing: written beside
/// it under another name, then renamed. Readers see the old or the new file.
/// Errors: path, the system's reason, and what to do about it.
llvm::Error writeFile(llvm::StringRef Path, llvm::StringRef Content);

/// Makes the folder \p Path and those above it; one that is there is fine.
/// Errors: path, the system's reason, and what to do about it.
llvm::Error makeFolder(llvm::StringRef Path);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_FILES_H
