//===- Remarks.h - what is said once --------------------------------------===//
//
// run-clang-tidy and clang-tidy-diff start one clang-tidy for each file. What
// concerns all files alike would be said by each of them, so those that have
// the same such program above them keep a list of what was said, in the folder
// for temporary files:
//
//   bootorder-said-USER-PARENT-TIME
//
// a line for each key, as 16 hex digits. PARENT is the number of the program's
// process and TIME when it started. Lists of processes that are gone are
// removed by the next one that makes a list.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TIDY_REMARKS_H
#define BOOTORDER_TIDY_REMARKS_H

#include "llvm/ADT/StringRef.h"
#include <set>
#include <string>

namespace bootorder {

/// Something that cannot be known.
struct Remark {
  std::string Key;  ///< of those with one key, the first is enough
  std::string Text; ///< half a sentence
};

/// What was said, by this process and by those beside it.
class SaidList {
public:
  SaidList();
  /// With a list at \p File; empty: this process says all for itself.
  explicit SaidList(std::string File) : File(std::move(File)) {}

  /// True the first time it is asked about \p Key. A list that cannot be read
  /// or written is one that nothing is on.
  bool isNews(llvm::StringRef Key);

private:
  std::string File;
  std::set<std::string> Here;
};

/// Whether a process with these words, each ended by a NUL, is a program that
/// starts clang-tidy for many files.
bool startsClangTidy(llvm::StringRef CommandLine);

} // namespace bootorder

#endif
