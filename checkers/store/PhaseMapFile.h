//===- PhaseMapFile.h - a phase map on disk -------------------------------===//
//
//   offset size
//        0    8  magic "BOPHASE\n"
//        8    4  format version, little-endian like every number here; a reader
//                takes its own version only, as making the map anew is always
//                possible
//       12    4  0
//       16    8  size of the body in bytes
//       24    8  XXH3-64 of the body
//       32       body: a FlatBuffer of phase-map.fbs, not packed, so that a
//                mapped file is read where it lies
//
// A unit needs little of it: its own functions, and the chains that lead to
// them.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_PHASEMAPFILE_H
#define BOOTORDER_STORE_PHASEMAPFILE_H

#include "model/PhaseMap.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace bootorder {

constexpr uint32_t PhaseMapVersion = 1;

/// The bytes of \p Map. Equal maps give equal bytes.
std::string encodePhaseMap(const PhaseMap &Map);

class PhaseMapFile {
public:
  /// Maps the file at \p Path. Errors: not there, no phase map, another
  /// version, damaged; each says what to do.
  static llvm::Expected<PhaseMapFile> open(llvm::StringRef Path);
  /// The same for bytes at hand; \p Name is for messages.
  static llvm::Expected<PhaseMapFile>
  read(std::unique_ptr<llvm::MemoryBuffer> Bytes, llvm::StringRef Name);

  /// The map with the functions of the files \p Sources only, the frames that
  /// lead to them, and no Files.
  /// Errors: the facts in it cannot be read.
  llvm::Expected<PhaseMap> mapFor(llvm::ArrayRef<std::string> Sources) const;

  /// What \p Path, relative to the kernel root, held; none: not known.
  std::optional<uint64_t> digestOf(llvm::StringRef Path) const;

private:
  PhaseMapFile(std::unique_ptr<llvm::MemoryBuffer> Bytes, llvm::StringRef Name)
      : Bytes(std::move(Bytes)), Name(Name) {}

  std::unique_ptr<llvm::MemoryBuffer> Bytes;
  std::string Name;
};

} // namespace bootorder

#endif
