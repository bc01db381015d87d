#ifndef BOOTORDER_TOOL_CAPTURE_CAPTURE_H
#define BOOTORDER_TOOL_CAPTURE_CAPTURE_H

#include "tool/capture/CaptureManifest.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace bootorder {

struct CaptureOptions {
  std::string OutputFolder;       ///< absolute
  std::vector<std::string> Words; ///< the make command
  std::string CurrentDirectory;   ///< absolute
  std::string ExecutableDir;      ///< of bootorder, absolute
};

/// What came of a capture.
struct CaptureOutcome {
  CapturedTree Tree;
  /// The goals were configuration, cleaning or the like: nothing to record,
  /// and Tree is empty.
  bool PassedThrough = false;
  /// make's exit code; Tree.IsComplete is false if it is not 0.
  int MakeStatus = 0;
  std::string MakeOutput; ///< as Kbuild printed it
};

/// Runs Kbuild with the compiler stand-in and describes the tree.
///
/// The object tree is left as it was found: see cleanUp(). Trees that today's
/// tools refuse are built through a shadow in the output folder, the paths
/// recorded being those of the real tree. \p Progress gets the number of units
/// so far, a few times a second.
/// Errors: bootorder is not installed whole, not a kernel tree, not configured,
/// no make, no compiler, folder not writable, nothing compiled, an interrupt. A
/// make that fails after something was recorded is an incomplete capture, not
/// an error.
llvm::Expected<CaptureOutcome>
captureTree(const CaptureOptions &Options,
            llvm::function_ref<void(size_t)> Progress);

/// Describes a finished build by the `.cmd` files in \p ObjectRoot, an absolute
/// path. Errors: no such files; no kernel tree around the sources.
llvm::Expected<CapturedTree> readCommandFiles(llvm::StringRef ObjectRoot);

/// What vmlinux is linked from in the object tree \p ObjectRoot, for
/// assignMembership(), as far as its build went; may be empty.
std::vector<std::string> linkRoots(llvm::StringRef ObjectRoot);

/// Which compiler the words \p Compiler run, and the first line it says about
/// itself, for \p Tree. Errors: it cannot be run.
llvm::Error identifyCompiler(CapturedTree &Tree);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_CAPTURE_H
