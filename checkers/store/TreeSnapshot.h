//===- TreeSnapshot.h - all facts of a tree in one file of the cache ------===//
//
// When nothing has changed, one file is read instead of thousands:
//
//   offset size
//        0    8  size of the index, little-endian
//        8       the index, as sealCacheFile() makes it: inputs of all units
//                together, sizes of the parts
//                the parts, one after the other, each sealed with the name of
//                the snapshot plus its number
//
// A part is a FlatBuffer of facts.fbs: one unit, or a run of header functions.
// Parts are sealed one by one, so that they are written, checked and decoded on
// all cores. Their checksums find damage; that the facts hang together is not
// checked again: this program extracted them, and who can forge a checksum in
// the cache can as well forge an answer.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_TREESNAPSHOT_H
#define BOOTORDER_STORE_TREESNAPSHOT_H

#include "store/CacheInputs.h"
#include "store/FactsSet.h"

namespace bootorder {

/// What is known of a snapshot before its facts are decoded.
struct SnapshotIndex {
  InputList Inputs; ///< of all units
  Digest Roots;     ///< none, or the only roots the facts are right for
  /// Files that would be needed if one unit changed: in use with this one.
  std::vector<Digest> Entries, Manifests;
};

/// The whole file. \p Set is sorted as readFactsSet() would give it.
std::string encodeSnapshot(Digest Name, const SnapshotIndex &Index,
                           const FactsSet &Set, unsigned Threads);

/// A snapshot that is being read; refers to the bytes it was opened from.
class Snapshot {
public:
  SnapshotIndex Index;

  /// None unless \p File begins as encodeSnapshot() makes it.
  static std::optional<Snapshot> open(Digest Name, llvm::StringRef File);

  /// None if anything in it is damaged.
  std::optional<FactsSet> decode(unsigned Threads) const;

private:
  Digest Name;
  std::vector<llvm::StringRef> Units, Headers; ///< parts
  llvm::SmallVector<uint8_t, 0> Body;          ///< Index points into it
};

} // namespace bootorder

#endif
