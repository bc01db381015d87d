#ifndef BOOTORDER_TOOL_CAPTURE_KBUILDVIEW_H
#define BOOTORDER_TOOL_CAPTURE_KBUILDVIEW_H

#include "tool/capture/MakeCommand.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace bootorder {

/// What Kbuild itself says about a configured tree.
struct KbuildView {
  std::string Arch, SrcArch;
  std::string SourceRoot, ObjectRoot; ///< absolute
  std::string ConfigFile;             ///< absolute
  std::string Compiler;               ///< CC, words separated by blanks
  std::string Linker;                 ///< LD
  std::vector<std::string> Goals;     ///< phony goals that build every object
  std::vector<std::string> LinkRoots; ///< what vmlinux is linked from
};

/// Asks the tree that \p Command builds, by a goal of our own: variables are
/// printed as Kbuild computed them, for every release since 2.6.
///
/// Errors: make failed (its output follows the message, as printed), or the
/// tree is not one of Kbuild.
llvm::Expected<KbuildView> askKbuild(const MakeCommand &Command);

/// Reads the answer out of \p Output; none of the fields is made absolute.
/// Errors: no answer.
llvm::Expected<KbuildView> parseKbuildAnswer(llvm::StringRef Output);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_KBUILDVIEW_H
