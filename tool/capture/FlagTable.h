#ifndef BOOTORDER_TOOL_CAPTURE_FLAGTABLE_H
#define BOOTORDER_TOOL_CAPTURE_FLAGTABLE_H

#include "support/Glob.h"
#include "tool/capture/CaptureManifest.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// What Clang makes of one compiler option.
struct FlagRule {
  std::string Text;        ///< shell pattern as written
  std::string Prefix;      ///< of Text, up to the first wildcard
  GlobSet Pattern;         ///< Text alone
  bool TakesValue = false; ///< the next argument belongs to it
  /// Written instead; a final `*` stands for what the final `*` of Text
  /// matched. None: the option is dropped.
  std::optional<std::string> Becomes;
  /// Only in trees configured for this compiler.
  std::optional<CompilerKind> Only;
};

/// What the kernel's own compiler did unasked, and Clang has to be told.
struct DefaultRule {
  std::string Option;
  GlobSet Unless; ///< units with such an option say it themselves
};

/// The target of trees whose compiler does not name one.
struct TargetRule {
  std::string SrcArch;
  GlobSet Option; ///< the unit must have such an option; empty: any unit
  std::string Target;
};

/// How captured options become Clang's. Written in `rules/flags/flags.yaml`,
/// where the keys are described; the first rule and the first target that fit
/// win, all defaults that fit are added.
struct FlagTable {
  std::vector<FlagRule> Rules;
  std::vector<DefaultRule> Defaults;
  std::vector<TargetRule> Targets;
};

/// Parses \p Content, which was read from \p File.
/// Errors: all mistakes with their places.
llvm::Expected<FlagTable> parseFlagTable(llvm::StringRef Content,
                                         llvm::StringRef File);

/// Reads the table that comes with the program whose executable is in
/// \p ExecutableDir.
llvm::Expected<FlagTable> readFlagTable(llvm::StringRef ExecutableDir);

/// The arguments with which Clang parses \p Unit of \p Tree: without compiler
/// name, source and object, without what only concerns code generation,
/// dependency files and warnings, with the defaults it lacks, and with a
/// `--target=` always.
/// Cost: arguments times rules.
std::vector<std::string> clangArguments(const CapturedTree &Tree,
                                        const CapturedUnit &Unit,
                                        const FlagTable &Table);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_FLAGTABLE_H
