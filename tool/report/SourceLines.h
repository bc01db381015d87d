//===- SourceLines.h - lines of the analysed tree, for quotes -------------===//

#ifndef BOOTORDER_TOOL_REPORT_SOURCELINES_H
#define BOOTORDER_TOOL_REPORT_SOURCELINES_H

#include "solve/Finding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <optional>
#include <string>

namespace bootorder {

/// Reads single lines of the kernel tree; each file is read once.
class SourceLines {
public:
  /// \p Root: folder that relative paths start from.
  explicit SourceLines(llvm::StringRef Root) : Root(Root) {}

  /// The line that \p Place is in, without its end; valid as long as this
  /// object. None if the file cannot be read or has no such line.
  std::optional<llvm::StringRef> line(const SourcePlace &Place);

  /// All of \p File; valid as long as this object. None if it cannot be read.
  std::optional<llvm::StringRef> content(llvm::StringRef File);

private:
  std::string Root;
  /// Null: not readable.
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files;
};

/// Length in bytes of the identifier that starts at 1-based \p Column of
/// \p Line; 1 if none does.
size_t identifierLength(llvm::StringRef Line, uint32_t Column);

} // namespace bootorder

#endif
