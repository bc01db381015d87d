//===- TreePaths.h - paths that mean the same in another checkout ---------===//

#ifndef BOOTORDER_TOOL_DRIVER_TREEPATHS_H
#define BOOTORDER_TOOL_DRIVER_TREEPATHS_H

#include "extract/Extract.h"
#include "store/CacheInputs.h"

namespace bootorder {

/// The two folders that a command's paths are relative to.
class TreePaths {
public:
  /// Both absolute. An empty source root is like none.
  TreePaths(llvm::StringRef SourceRoot, llvm::StringRef ObjectRoot);
  explicit TreePaths(const ExtractRequest &Request)
      : TreePaths(Request.SourceRoot, Request.Directory) {}

  /// Root and the rest of an absolute path; the inner of two nested roots.
  /// No dots are resolved: what follows a link may be elsewhere.
  std::pair<PathRoot, llvm::StringRef> split(llvm::StringRef Path) const;

  /// The absolute path of which split() gave these parts.
  std::string join(PathRoot Root, llvm::StringRef Path) const;

  /// \p Text with both roots replaced wherever a path begins with them.
  std::string relocatable(llvm::StringRef Text) const;

  /// Whether \p Text holds one of the roots, or was cut off inside one.
  bool isNamedIn(llvm::StringRef Text) const;

  /// How the roots lie to each other, as far as \p Arguments depend on it.
  std::string relation(llvm::ArrayRef<std::string> Arguments) const;

  /// Of both paths themselves.
  Digest digest() const;

private:
  std::string Source, Object; ///< without a slash at the end; may be empty
};

/// Whether facts name a root of the tree, and so are right for it alone.
bool namesRoot(const FactsModule &Module, const TreePaths &Paths);
bool namesRoot(const TuFacts &Unit, const TreePaths &Paths);

} // namespace bootorder

#endif
