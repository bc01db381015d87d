//===- CacheFile.h - what surrounds every file of the cache ---------------===//
//
//   offset size
//        0    8  magic "BOCACHE\n"
//        8    4  format version, little-endian like every number here
//       12    1  kind (CacheKind): a file moved to another folder is foreign
//       13    1  packing of the body: 0 as it is, 1 zstd
//       14    2  0
//       16    8  size of the unpacked body in bytes, at most 1 GiB
//       24   16  the name it was written under: one renamed is foreign
//       40    8  XXH3-64 of bytes 8 to 39 and of the body as it stands here
//       48       body, to the end of the file
//
// Nothing in a cache is trusted: a flipped bit, a missing or an extra byte
// anywhere makes the file a miss. The checksum is of the packed body, so that
// damage never reaches the unpacker.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_CACHEFILE_H
#define BOOTORDER_STORE_CACHEFILE_H

#include "store/Digest.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace bootorder {

/// Raised when the meaning of any file of the cache changes.
constexpr uint32_t CacheVersion = 1;

/// One folder of the cache each.
enum class CacheKind : uint8_t {
  Manifest, ///< by command: inputs, and the entry that results from them
  Entry,    ///< facts of a unit, or another result of parsing
  Tree,     ///< by compile database: all facts of a tree
  Memo,     ///< by folder: digests of files by size and time
  Answer,   ///< by tree, rules and options: what solving gave
};

constexpr unsigned CacheKinds = 5;

/// \p Body with what surrounds it. Empty bodies are fine.
std::string sealCacheFile(CacheKind Kind, Digest Name, llvm::StringRef Body);

/// A body that may still lie in the file it came from.
struct CacheBody {
  /// Into Unpacked, or into the bytes given to openCacheFile().
  llvm::StringRef Bytes;
  llvm::SmallVector<uint8_t, 0> Unpacked;

  CacheBody() = default;
  CacheBody(CacheBody &&) = default; // the heap block of Unpacked stays
};

/// The body of \p File; none unless every byte is as sealCacheFile() made it.
/// What is unpacked is aligned for any number.
std::optional<CacheBody> openCacheFile(CacheKind Kind, Digest Name,
                                       llvm::StringRef File);

} // namespace bootorder

#endif
