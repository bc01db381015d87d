#ifndef BOOTORDER_TOOL_CAPTURE_KBUILDTABLE_H
#define BOOTORDER_TOOL_CAPTURE_KBUILDTABLE_H

#include "tool/capture/CaptureManifest.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VersionTuple.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// A make variable that capture sets.
struct MakeVariable {
  std::string Name;
  std::string Value; ///< `{standin}` is the compiler stand-in's path
};

/// A change that today's tools need in a file of an old tree.
struct TextEdit {
  std::vector<std::string> Files; ///< relative to the source root
  std::string Pattern; ///< POSIX extended regular expression over one line
  std::string With;    ///< may name groups: `\1`
  std::string Why;
};

/// How a compiler that never had the options of a tree is called for the few
/// sources that are compiled for real.
struct CompilerAdaption {
  std::vector<std::string> Drop; ///< shell patterns over one option
  std::vector<std::string> Add;
};

/// What is known of one tree's Kbuild. Read from `rules/kbuild/kbuild.yaml`,
/// where the keys are described; lists are in file order.
struct KbuildTable {
  std::vector<std::string> PassThroughGoals; ///< shell patterns
  std::vector<std::string> WholeKernelGoals; ///< shell patterns
  std::vector<MakeVariable> Variables;
  std::vector<std::string> RealObjects;  ///< shell patterns
  std::vector<std::string> SkippedLinks; ///< shell patterns
  CompilerAdaption Gcc, Clang;
  std::vector<TextEdit> Edits;
};

/// Parses \p Content, which was read from \p File, keeping what applies to
/// \p Kernel. Errors: all mistakes with their places.
llvm::Expected<KbuildTable> parseKbuildTable(llvm::StringRef Content,
                                             llvm::StringRef File,
                                             const llvm::VersionTuple &Kernel);

/// The same from the file that comes with the program whose executable is in
/// \p ExecutableDir.
llvm::Expected<KbuildTable> readKbuildTable(llvm::StringRef ExecutableDir,
                                            const llvm::VersionTuple &Kernel);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_KBUILDTABLE_H
