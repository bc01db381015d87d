//===- HeaderGraph.h - which headers include which ------------------------===//
//
// What units include is found without preprocessing any of them. Their own
// `#include` lines are read as text, all branches alike; and the headers that
// these name are preprocessed once, all in one go, to learn what each of them
// includes in turn. Whether a header is included may depend on macros of a
// unit, so this is an estimate: good enough to choose what a prelude is made
// of.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_HEADERGRAPH_H
#define BOOTORDER_EXTRACT_HEADERGRAPH_H

#include "extract/Extract.h"
#include <optional>

namespace bootorder {

/// A header as an `#include` line names it.
struct IncludeName {
  std::string Name; ///< without quotes or brackets
  bool IsAngled = false;

  bool operator<(const IncludeName &Other) const {
    return std::tie(Name, IsAngled) < std::tie(Other.Name, Other.IsAngled);
  }
};

/// What the lines of \p Text include, in any branch, in order. Names that
/// macros make are left out.
std::vector<IncludeName> includesOf(llvm::StringRef Text);

/// A header, and what it includes.
struct GraphHeader {
  std::string Path; ///< absolute, without dots
  uint64_t Bytes = 0;
  /// A second inclusion does nothing, and all that it includes, however deep,
  /// was found.
  bool IsWhole = false;
  std::vector<uint32_t> Includes; ///< indices, in order; some more than once
};

struct HeaderGraph {
  /// In the order in which they are first entered. Headers that the command
  /// line includes are not there: every prelude has them.
  std::vector<GraphHeader> Headers;
  /// By number of the name that was asked for; none: there is no such header.
  std::vector<std::optional<uint32_t>> Asked;
};

/// Preprocesses a unit that includes \p Names, with the command \p Like, whose
/// file is not read. Only directives are read. What is not found is passed
/// over. Errors: the command is not one Clang understands.
llvm::Expected<HeaderGraph>
readHeaders(const ExtractRequest &Like, llvm::ArrayRef<IncludeName> Names,
            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

/// Headers that a unit reads if it includes \p Direct, in the order in which it
/// enters them.
std::vector<uint32_t> reachedFrom(const HeaderGraph &Graph,
                                  llvm::ArrayRef<uint32_t> Direct);

} // namespace bootorder

#endif
