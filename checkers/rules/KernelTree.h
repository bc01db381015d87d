#ifndef BOOTORDER_RULES_KERNELTREE_H
#define BOOTORDER_RULES_KERNELTREE_H

#include "rules/RuleSet.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// What the folders of a kernel tree say of it, and what rules ask about.
struct KernelTree {
  std::string Kernel;  ///< as the Makefile states it: `6.12.117`
  std::string SrcArch; ///< SRCARCH: `x86`; empty if unknown
  /// CONFIG_ symbols that are y or m, without the prefix, sorted; none if the
  /// configuration is not known.
  std::optional<std::vector<std::string>> Config;
};

/// The root of the kernel tree around \p File, an absolute path: a kernel's own
/// tree, or one in its shape, with a Makefile beside a Kconfig. Empty: none.
std::string sourceRootAbove(llvm::StringRef File);

/// The version that the Makefile of the tree \p SourceRoot states:
/// `2.6.30-rc8`, `6.12.117`. Errors: no Makefile, or one without a version.
llvm::Expected<std::string> readKernelVersion(llvm::StringRef SourceRoot);

/// SRCARCH as include paths or options say it: `x86` of
/// `-I../arch/x86/include`, the first such one; empty if there is none.
std::string srcArchOf(llvm::ArrayRef<std::string> IncludePaths);

/// The configuration in the object tree \p ObjectRoot, as an absolute path;
/// empty: none.
std::string configurationIn(llvm::StringRef ObjectRoot);

/// Names of the lines `CONFIG_NAME=y` and `CONFIG_NAME=m` of \p File, sorted;
/// none if there is no file, or it cannot be read.
std::optional<std::vector<std::string>> readConfiguration(llvm::StringRef File);

/// Of \p Rules what applies to \p Tree; without the rules of profile `strict`
/// unless that is \p Wanted.
/// Errors: the tree's version cannot be understood.
llvm::Expected<RuleSet> selectForTree(const RuleSet &Rules,
                                      const KernelTree &Tree, Profile Wanted);

} // namespace bootorder

#endif // BOOTORDER_RULES_KERNELTREE_H
