#ifndef BOOTORDER_TOOL_CAPTURE_CLEANUP_H
#define BOOTORDER_TOOL_CAPTURE_CLEANUP_H

#include "tool/capture/standin/CaptureLog.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <utility>
#include <vector>

namespace bootorder {

/// What there is to undo.
struct CleanupRequest {
  std::string ObjectRoot;  ///< absolute
  std::string StateFolder; ///< where stand-ins kept the log and saved files
  /// What capture gave Kbuild in place of what: the stand-in for the compiler.
  std::vector<std::pair<std::string, std::string>> Replaced;
  /// Where sources that go are copied to first, under their path relative to
  /// the object root; empty: they are lost.
  std::string SourceFolder;
};

/// What a clean-up did.
struct CleanupOutcome {
  unsigned EmptyObjects = 0; ///< removed
  /// Sources that were made of empty objects, relative to the object root,
  /// sorted. Kbuild generated them, so they hold nothing of those objects.
  std::vector<std::string> SavedSources;
};

/// Removes every empty object below the object root and all that was made of
/// empty objects (archives, composites, their command files), puts back the
/// command files of real objects, and writes the real compiler into the
/// command files of what it compiled: a `make` afterwards finds the tree as if
/// capture had never run, and rebuilds only what is missing. Folders reached
/// through links are not entered.
/// Errors: a file that cannot be removed or written. Cost: one listing of the
/// object tree.
llvm::Expected<CleanupOutcome> cleanUp(const CleanupRequest &Request);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_CLEANUP_H
