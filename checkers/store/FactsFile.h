//===- FactsFile.h - facts as bytes ---------------------------------------===//
//
// A facts file is a header of 32 bytes and a body.
//
//   offset size
//        0    8  magic "BOFACTS\n": tells foreign files; the newline reveals a
//                transfer in text mode
//        8    4  format version, little-endian like every number here; a reader
//                takes its own version only, as re-extracting is always
//                possible
//       12    4  packing of the body: 0 as it is, 1 zstd
//       16    8  size of the unpacked body in bytes, at most 1 GiB
//       24    8  XXH3-64 of the unpacked body: finds damage that would still
//                make sense
//       32       body
//
// The unpacked body is a FlatBuffer of facts.fbs. Fixed-size records make it
// quick to read but wide; packing takes that back. A body is read in four
// steps, each of which may rely on the ones before: checksum, FlatBuffers'
// verifier (offsets and vectors are inside), decoding (runs add up), and
// checkFacts() (every index, range and enumeration holds). What comes out needs
// no bounds checks later, whoever wrote the file.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_FACTSFILE_H
#define BOOTORDER_STORE_FACTSFILE_H

#include "model/Facts.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace bootorder {

constexpr uint32_t FactsVersion = 3;

/// What one file holds: a unit, header functions, or both.
struct FactsFile {
  std::optional<TuFacts> Unit;
  std::vector<HeaderFacts> Headers; ///< ascending by key, unique
};

/// The bytes of a file with one unit. Equal facts give equal bytes.
std::string encodeUnit(const TuFacts &Facts);

/// The bytes of a file with a unit and the header functions that were parsed
/// with it; \p Headers ascend by key.
std::string encodeUnit(const TuFacts &Facts,
                       llvm::ArrayRef<HeaderFacts> Headers);

/// The bytes of a pack; \p Headers ascend by key.
std::string encodeHeaders(llvm::ArrayRef<const HeaderFacts *> Headers);

/// Reads what one of the above wrote; the result owns all it refers to.
/// Errors: \p Name, what is wrong with it, and what to do.
llvm::Expected<FactsFile> decodeFacts(llvm::StringRef Bytes,
                                      llvm::StringRef Name);

/// decodeFacts() of the file at \p Path.
llvm::Expected<FactsFile> readFactsFile(llvm::StringRef Path);

} // namespace bootorder

#endif
