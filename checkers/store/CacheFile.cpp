//===- CacheFile.cpp - what surrounds every file of the cache -------------===//

#include "store/CacheFile.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using llvm::StringRef;
namespace endian = llvm::support::endian;
namespace zstd = llvm::compression::zstd;

static constexpr StringRef Magic = "BOCACHE\n";
static constexpr size_t HeaderSize = 48;
static constexpr size_t ChecksumOffset = 40;
static constexpr uint64_t MaxBodySize = uint64_t(1) << 30;

/// Of everything in \p File that the magic and itself leave open.
static uint64_t checksumOf(StringRef File) {
  uint64_t Parts[2] = {
      llvm::xxh3_64bits(File.slice(Magic.size(), ChecksumOffset)),
      llvm::xxh3_64bits(File.drop_front(HeaderSize))};
  return llvm::xxh3_64bits(
      StringRef(reinterpret_cast<const char *>(Parts), sizeof Parts));
}

std::string bootorder::sealCacheFile(CacheKind Kind, Digest Name,
                                     StringRef Body) {
  llvm::SmallVector<uint8_t, 0> Packed;
  bool IsPacked = zstd::isAvailable();
  if (IsPacked)
    zstd::compress(llvm::ArrayRef(Body.bytes_begin(), Body.size()), Packed,
                   zstd::BestSpeedCompression);
  std::string File(HeaderSize, '\0');
  File.replace(0, Magic.size(), Magic);
  endian::write32le(&File[8], CacheVersion);
  File[12] = static_cast<char>(Kind);
  File[13] = IsPacked;
  endian::write64le(&File[16], Body.size());
  endian::write64le(&File[24], Name.Low);
  endian::write64le(&File[32], Name.High);
  if (IsPacked)
    File.append(Packed.begin(), Packed.end());
  else
    File.append(Body);
  endian::write64le(&File[ChecksumOffset], checksumOf(File));
  return File;
}

std::optional<CacheBody> bootorder::openCacheFile(CacheKind Kind, Digest Name,
                                                  StringRef File) {
  if (File.size() < HeaderSize || !File.starts_with(Magic) ||
      endian::read64le(&File.data()[ChecksumOffset]) != checksumOf(File))
    return std::nullopt;
  Digest Written = {endian::read64le(File.data() + 24),
                    endian::read64le(File.data() + 32)};
  uint64_t Size = endian::read64le(File.data() + 16);
  if (endian::read32le(File.data() + 8) != CacheVersion ||
      File[12] != static_cast<char>(Kind) || Written != Name ||
      Size > MaxBodySize)
    return std::nullopt;
  CacheBody Body;
  Body.Bytes = File.drop_front(HeaderSize);
  if (File[13] == 0)
    return Body.Bytes.size() == Size ? std::optional(std::move(Body))
                                     : std::nullopt;
  if (File[13] != 1 || !zstd::isAvailable())
    return std::nullopt;
  if (llvm::Error E = zstd::decompress(
          llvm::ArrayRef(Body.Bytes.bytes_begin(), Body.Bytes.size()),
          Body.Unpacked, Size)) {
    llvm::consumeError(std::move(E));
    return std::nullopt;
  }
  if (Body.Unpacked.size() != Size)
    return std::nullopt;
  Body.Bytes =
      StringRef(reinterpret_cast<const char *>(Body.Unpacked.data()), Size);
  return Body;
}
