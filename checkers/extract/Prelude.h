//===- Prelude.h - headers that many units share, parsed once -------------===//

#ifndef BOOTORDER_EXTRACT_PRELUDE_H
#define BOOTORDER_EXTRACT_PRELUDE_H

#include "extract/Extract.h"
#include "extract/PreludeTable.h"
#include <mutex>

namespace bootorder {

/// A precompiled header and its table. Immutable; shared by all workers.
class Prelude {
public:
  /// What a prelude consists of; fit to be kept on disk.
  struct Parts {
    std::string Path;   ///< of the precompiled header; nothing is written there
    std::string Source; ///< of the unit it was made from; likewise
    std::string Text;   ///< of that unit
    std::string Precompiled; ///< the bytes of the precompiled header
    PreludeTable Table;
    /// Headers that were asked for and left out, each with the reason.
    std::vector<std::pair<std::string, std::string>> LeftOut;
  };

  explicit Prelude(Parts P);

  const PreludeTable &table() const { return Whole.Table; }
  const PreludeIndex &index() const { return Index; }
  const Parts &parts() const { return Whole; }

  /// Macros that units were found to ask for before their header was theirs.
  /// They are hidden from units until it is. Units that come later profit;
  /// facts do not depend on it. May be called from any thread.
  std::vector<uint32_t> hiddenMacros() const;
  void hideMacro(uint32_t Macro) const;

  /// \p Files with the two files of the prelude among them.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
  over(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) const;

private:
  const Parts Whole;
  const PreludeIndex Index;
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> Memory;
  mutable std::mutex Mutex;             ///< guards Hidden
  mutable std::vector<uint32_t> Hidden; ///< sorted
};

/// What a prelude is made from.
struct PreludeRequest {
  /// A unit's command without what is the unit's own. Its File is not read; it
  /// names the unit that stands for the prelude.
  ExtractRequest Like;
  std::vector<std::string> Headers; ///< absolute, in the order of inclusion
};

/// Parses the headers.
///
/// A header that does not parse where it stands is left out. Errors: nothing
/// can be parsed at all. Safe to call from several threads.
llvm::Expected<std::shared_ptr<const Prelude>>
buildPrelude(const PreludeRequest &Request,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

} // namespace bootorder

#endif
