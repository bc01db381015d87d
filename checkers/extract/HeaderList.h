//===- HeaderList.h - which headers units include -------------------------===//

#ifndef BOOTORDER_EXTRACT_HEADERLIST_H
#define BOOTORDER_EXTRACT_HEADERLIST_H

#include "extract/Extract.h"
#include <memory>

namespace bootorder {

/// One header that a unit includes, however deep.
struct IncludedHeader {
  std::string Path; ///< absolute, without dots
  uint64_t Bytes = 0;
  /// A second inclusion does nothing, and all that it includes, however deep,
  /// was found.
  bool IsWhole = false;
};

/// Lists the headers of units. Only directives are read, and those of each
/// header are looked for once. May be used from any thread.
class HeaderLister {
public:
  HeaderLister();
  ~HeaderLister();

  /// Headers of \p Request in the order in which they are first entered.
  /// Headers that the command line includes are left out: every prelude has
  /// them. What is not found is passed over. All calls must see the same
  /// headers in \p Files.
  /// Errors: the unit cannot be preprocessed.
  llvm::Expected<std::vector<IncludedHeader>>
  list(const ExtractRequest &Request,
       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

private:
  class DirectiveStore;
  std::unique_ptr<DirectiveStore> Known;
};

} // namespace bootorder

#endif
