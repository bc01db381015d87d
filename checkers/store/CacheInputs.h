//===- CacheInputs.h - what a cached result depends on --------------------===//
//
// A result of parsing depends on every file that was read and on every look-up
// that failed: a header that appears later may shadow the one that was found.
// Paths are relative to the kernel's source or object root, so that another
// checkout, or another machine with a copy of the cache, can use the result.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_CACHEINPUTS_H
#define BOOTORDER_STORE_CACHEINPUTS_H

#include "store/Digest.h"
#include <optional>
#include <vector>

namespace bootorder {

/// What a path is relative to.
enum class PathRoot : uint8_t { Outside, Source, Object };

enum class InputKind : uint8_t {
  Absent,  ///< there must be no such file
  Present, ///< looked up but not read: there must be one, whatever it holds
  Content, ///< read
};

/// One path that was asked for.
struct Input {
  llvm::StringRef Path; ///< into whatever holds the list
  PathRoot Root = PathRoot::Outside;
  InputKind Kind = InputKind::Absent;
  uint32_t Fingerprint = 0; ///< of its digest; 0 unless Content

  friend bool operator<(const Input &A, const Input &B) {
    return std::tie(A.Root, A.Path) < std::tie(B.Root, B.Path);
  }
  friend bool operator==(const Input &A, const Input &B) {
    return A.Root == B.Root && A.Path == B.Path;
  }
};

/// All inputs of one result: sorted, each path once.
struct InputList {
  std::vector<Input> Files;
  Digest State; ///< of all kinds and contents, see InputState
};

/// Sums up the inputs of a list, in its order.
class InputState {
public:
  void add(InputKind Kind, Digest Content);
  Digest take() { return digestOf(Bytes); }

private:
  std::string Bytes;
};

/// What a fingerprint keeps of \p Content.
inline uint32_t fingerprintOf(Digest Content) {
  return static_cast<uint32_t>(Content.Low);
}

/// One result of a command, and the state of the disk that gives it.
struct CacheVariant {
  InputList Inputs;
  Digest Entry;
  Digest Roots; ///< none, or the only roots the result is right for
};

/// The results known for one command, newest first, as a body of CacheFile.h.
std::string encodeManifest(llvm::ArrayRef<CacheVariant> Variants);

/// None unless encodeManifest() could have written \p Body, to which the
/// result's paths point.
std::optional<std::vector<CacheVariant>> decodeManifest(llvm::StringRef Body);

} // namespace bootorder

#endif
