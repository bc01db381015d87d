//===- UnitEntry.h - one parsed unit in the cache -------------------------===//
//
// A header function is parsed by the first unit that meets it and skipped by
// the others. Its facts stay with that unit's entry; the others say by name
// which entry has what they use. The same key may mean other facts in another
// state of the tree, so a name is never left out.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_UNITENTRY_H
#define BOOTORDER_STORE_UNITENTRY_H

#include "model/Facts.h"
#include "store/Digest.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <optional>

namespace bootorder {

struct UnitEntry {
  TuFacts Unit;
  std::vector<HeaderFacts> Headers; ///< ascending by key, unique
  /// Entries that hold the header functions which Unit and Headers use, by
  /// key; without those in Headers.
  std::map<uint64_t, Digest> Elsewhere;
  Digest Roots; ///< none, or the only roots these facts are right for
};

/// As a body of CacheFile.h. Equal entries give equal bytes.
/// \p Headers ascend by key.
std::string encodeUnitEntry(const TuFacts &Unit,
                            llvm::ArrayRef<HeaderFacts> Headers,
                            const std::map<uint64_t, Digest> &Elsewhere,
                            Digest Roots);

/// None unless \p Body is an entry. As with snapshots, its facts are trusted
/// to hang together.
std::optional<UnitEntry> decodeUnitEntry(llvm::StringRef Body);

/// Any other result of parsing, with its roots.
struct TextEntry {
  std::string Text;
  Digest Roots;
};
std::string encodeTextEntry(const TextEntry &Entry);
std::optional<TextEntry> decodeTextEntry(llvm::StringRef Body);

/// Calls \p Use with the key of each header function that \p Module names;
/// with the same one several times.
void forEachHeaderKey(const FactsModule &Module,
                      llvm::function_ref<void(uint64_t)> Use);

} // namespace bootorder

#endif
