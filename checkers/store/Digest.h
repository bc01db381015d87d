//===- Digest.h - 128 bits that stand for content -------------------------===//

#ifndef BOOTORDER_STORE_DIGEST_H
#define BOOTORDER_STORE_DIGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/BLAKE3.h"
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace bootorder {

/// The first 128 bits of BLAKE3: equal digests mean equal content. A cache may
/// be shared, so the hash is one that nobody can make collide.
struct Digest {
  uint64_t Low = 0;
  uint64_t High = 0;

  /// The default value stands for "none".
  bool isNone() const { return Low == 0 && High == 0; }
  /// 32 lower-case digits.
  std::string hex() const;

  friend bool operator==(Digest A, Digest B) {
    return A.Low == B.Low && A.High == B.High;
  }
  friend bool operator!=(Digest A, Digest B) { return !(A == B); }
  friend bool operator<(Digest A, Digest B) {
    return std::tie(A.High, A.Low) < std::tie(B.High, B.Low);
  }
};

/// A digest of parts, each fed with its length: "ab", "c" is not "a", "bc".
class DigestBuilder {
public:
  DigestBuilder &add(llvm::StringRef Part);
  DigestBuilder &add(uint64_t Number);
  DigestBuilder &add(Digest Part);
  Digest take();

private:
  llvm::BLAKE3 Hasher;
};

Digest digestOf(llvm::StringRef Content);

/// Of files by name, whatever folder they are in, and content; \p Texts has one
/// for each of \p Paths.
Digest digestOfFiles(llvm::ArrayRef<std::string> Paths,
                     llvm::ArrayRef<std::string> Texts);

/// What tells a configuration from others: twelve digits of a digest of its
/// \p Symbols; empty if it is not known.
std::string
configurationDigest(const std::optional<std::vector<std::string>> &Symbols);

} // namespace bootorder

template <> struct std::hash<bootorder::Digest> {
  size_t operator()(bootorder::Digest D) const { return D.Low; }
};

#endif
