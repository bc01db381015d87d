//===- SourceComments.h - the comments of a C file ------------------------===//

#ifndef BOOTORDER_SUPPORT_SOURCECOMMENTS_H
#define BOOTORDER_SUPPORT_SOURCECOMMENTS_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>
#include <vector>

namespace bootorder {

struct SourceComment {
  uint32_t FirstLine = 0, LastLine = 0, Column = 0; ///< 1-based
  std::string Text; ///< one line: without the stars and breaks between lines
  /// Nothing else is on its lines, so that it speaks of what comes below.
  bool IsAlone = false;
};

/// A file taken apart.
struct CommentedSource {
  std::vector<SourceComment> Comments; ///< in order
  /// The lines of the code; comments and what is in quotes are blanks, so that
  /// columns stay as they are.
  std::vector<std::string> Code;
};

/// Takes apart the C source \p Content. What is not closed ends with the file.
CommentedSource readComments(llvm::StringRef Content);

/// The first line from \p Line on that has code; one past the end if none has.
uint32_t nextCodeLine(const CommentedSource &Source, uint32_t Line);

/// The line in which the statement ends that begins at \p Line and \p Column;
/// a condition ends where its brackets do. Line 0, which means no line, ends
/// itself.
uint32_t endOfStatement(const CommentedSource &Source, uint32_t Line,
                        uint32_t Column);

} // namespace bootorder

#endif
