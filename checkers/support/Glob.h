#ifndef BOOTORDER_SUPPORT_GLOB_H
#define BOOTORDER_SUPPORT_GLOB_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace bootorder {

/// An immutable set of names and shell patterns (`*`, `?`, `[a-z]`).
///
/// Plain names are looked up by hash, so a long list costs no more than a
/// short one; patterns are tried in the order given. Copies share their state.
class GlobSet {
public:
  /// The empty set: matches nothing.
  GlobSet();

  /// Errors: the first pattern that is malformed, quoted.
  static llvm::Expected<GlobSet> create(llvm::ArrayRef<std::string> Patterns);

  bool matches(llvm::StringRef Name) const;
  bool empty() const;

  /// Names and patterns as written, in the order given.
  llvm::ArrayRef<std::string> patterns() const;

  /// True for a text with a wildcard in it, false for a plain name.
  static bool isPattern(llvm::StringRef Text);

private:
  struct State;
  std::shared_ptr<const State> Shared;
};

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_GLOB_H
