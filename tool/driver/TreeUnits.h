//===- TreeUnits.h - what a compile database asks to be parsed ------------===//

#ifndef BOOTORDER_TOOL_DRIVER_TREEUNITS_H
#define BOOTORDER_TOOL_DRIVER_TREEUNITS_H

#include "tool/capture/CaptureManifest.h"
#include "tool/driver/TreeFacts.h"
#include "llvm/Support/Error.h"

namespace bootorder {

/// The units of vmlinux, not parsed yet.
struct TreeUnits {
  TreeDescription Tree; ///< all but Like and Constants
  /// Sorted by source, then object; with arguments Clang understands.
  std::vector<ExtractRequest> Requests;
  /// Objects that Kbuild wants for vmlinux but no command makes, and units
  /// whose response files cannot be read.
  std::vector<LostUnit> Lost;
  /// Response files that commands name, absolute; may repeat.
  std::vector<std::string> ResponseFiles;
};

/// What of \p Tree is vmlinux. Requests may be empty.
/// Errors: the table of compiler options cannot be read.
llvm::Expected<TreeUnits> unitsOf(const CapturedTree &Tree);

/// Reads what `bootorder capture`, or any build, left in \p Directory.
///
/// Errors: no compile database there, one that is not JSON, or one without a
/// unit of vmlinux; each says which file and how to make a good one.
llvm::Expected<TreeUnits> readTreeUnits(llvm::StringRef Directory);

} // namespace bootorder

#endif
