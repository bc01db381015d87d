#ifndef BOOTORDER_RULES_KERNELCONDITION_H
#define BOOTORDER_RULES_KERNELCONDITION_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VersionTuple.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// What the rules may ask about the tree under analysis.
struct TreeInfo {
  /// From the tree's Makefile; 2.6.30 has three parts, 6.12.117 too.
  llvm::VersionTuple Kernel;
  /// The kernel's SRCARCH: "x86", "arm64", "powerpc", ...
  std::string Arch;
  /// Whether CONFIG_<name> is y or m; none if the configuration is not known.
  /// The name comes without "CONFIG_". May be empty: nothing is known.
  std::function<std::optional<bool>(llvm::StringRef Name)> Config;
};

/// A set of kernel versions, both ends optional.
///
/// An inclusive end covers what it is a prefix of: `6.1` as an upper end holds
/// 6.1.192 too. An exclusive end does not: `<6.4` ends below 6.4.0.
struct VersionRange {
  struct End {
    llvm::VersionTuple Version;
    bool Inclusive = true;
  };
  std::optional<End> Low;
  std::optional<End> High;

  bool contains(const llvm::VersionTuple &Kernel) const;
};

/// Parses ">=6.4", "<6.8", ">=5.15 <6.4", "2.6.29 .. 2.6.31" or "6.12".
/// Errors: which part is not a version or comparison, and what would be.
llvm::Expected<VersionRange> parseVersionRange(llvm::StringRef Text);

/// Parses the version a Makefile states ("2.6.30-rc8" counts as 2.6.30).
llvm::Expected<llvm::VersionTuple> parseKernelVersion(llvm::StringRef Text);

/// One symbol of `when_config: [X, !Y]`, without the CONFIG_ prefix.
struct ConfigTest {
  std::string Name;
  bool Negated = false;
};

/// When a part of the rules applies. Everything stated must hold; a condition
/// that states nothing always holds.
struct KernelCondition {
  std::optional<VersionRange> Kernels;
  /// SRCARCH names, any of which will do; empty: every architecture.
  std::vector<std::string> Arches;
  std::vector<ConfigTest> Configs;

  /// A configuration symbol nobody knows counts as holding either way, so that
  /// knowledge is kept rather than lost.
  bool holdsIn(const TreeInfo &Tree) const;
};

} // namespace bootorder

#endif // BOOTORDER_RULES_KERNELCONDITION_H
