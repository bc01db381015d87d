//===- FactsFile.cpp - facts as bytes -------------------------------------===//

#include "store/FactsFile.h"
#include "store/FactsCodec.h"
#include "support/Error.h"
#include "support/Files.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using llvm::StringRef;
namespace endian = llvm::support::endian;

namespace {

constexpr StringRef Magic = "BOFACTS\n";
constexpr size_t HeaderSize = 32;
constexpr uint64_t MaxBodySize = uint64_t(1) << 30;

enum class PackingKind : uint32_t { None, Zstd };

void put32(std::string &To, uint32_t Value) {
  char Bytes[4];
  endian::write32le(Bytes, Value);
  To.append(Bytes, sizeof Bytes);
}

void put64(std::string &To, uint64_t Value) {
  char Bytes[8];
  endian::write64le(Bytes, Value);
  To.append(Bytes, sizeof Bytes);
}

std::string finish(flatbuffers::FlatBufferBuilder &Out,
                   flatbuffers::Offset<store::File> File) {
  store::FinishFileBuffer(Out, File);
  return wrapBody(StringRef(
      reinterpret_cast<const char *>(Out.GetBufferPointer()), Out.GetSize()));
}

llvm::Error damaged() {
  return makeError("is damaged; delete it and extract again");
}

} // namespace

std::string bootorder::wrapBody(StringRef Body) {
  llvm::ArrayRef<uint8_t> Plain(Body.bytes_begin(), Body.bytes_end());
  llvm::SmallVector<uint8_t, 0> Packed;
  PackingKind Packing = PackingKind::None;
  if (llvm::compression::zstd::isAvailable()) {
    Packing = PackingKind::Zstd;
    llvm::compression::zstd::compress(
        Plain, Packed, llvm::compression::zstd::BestSpeedCompression);
  }
  std::string Bytes = Magic.str();
  put32(Bytes, FactsVersion);
  put32(Bytes, static_cast<uint32_t>(Packing));
  put64(Bytes, Plain.size());
  put64(Bytes, llvm::xxh3_64bits(Plain));
  Bytes += Packing == PackingKind::None
               ? Body
               : StringRef(reinterpret_cast<const char *>(Packed.data()),
                           Packed.size());
  return Bytes;
}

llvm::Expected<std::vector<uint8_t>> bootorder::unwrapBody(StringRef Bytes) {
  if (!Bytes.starts_with(Magic))
    return makeError("is no facts file; name one that 'bootorder extract' "
                     "wrote");
  if (Bytes.size() < HeaderSize)
    return makeError("is cut short; delete it and extract again");
  uint32_t Version = endian::read32le(Bytes.data() + 8);
  if (Version != FactsVersion)
    return makeError("has format " + llvm::Twine(Version) +
                     ", this bootorder reads " + llvm::Twine(FactsVersion) +
                     "; extract again");
  uint32_t Packing = endian::read32le(Bytes.data() + 12);
  uint64_t Size = endian::read64le(Bytes.data() + 16);
  llvm::ArrayRef<uint8_t> Packed(Bytes.bytes_begin() + HeaderSize,
                                 Bytes.bytes_end());
  if (Size > MaxBodySize)
    return damaged();
  llvm::SmallVector<uint8_t, 0> Body;
  if (Packing == static_cast<uint32_t>(PackingKind::Zstd)) {
    if (!llvm::compression::zstd::isAvailable())
      return makeError("is packed with zstd, which this build of LLVM lacks; "
                       "extract again");
    if (llvm::Error E =
            llvm::compression::zstd::decompress(Packed, Body, Size)) {
      llvm::consumeError(std::move(E));
      return damaged();
    }
  } else {
    Body.assign(Packed.begin(), Packed.end());
  }
  if (Packing > static_cast<uint32_t>(PackingKind::Zstd) ||
      Body.size() != Size ||
      llvm::xxh3_64bits(Body) != endian::read64le(Bytes.data() + 24))
    return damaged();
  return std::vector<uint8_t>(Body.begin(), Body.end());
}

std::string bootorder::encodeUnit(const TuFacts &Facts) {
  flatbuffers::FlatBufferBuilder Out;
  return finish(Out, encodeFile(&Facts, {}, Out));
}

std::string bootorder::encodeUnit(const TuFacts &Facts,
                                  llvm::ArrayRef<HeaderFacts> Headers) {
  std::vector<const HeaderFacts *> List;
  for (const HeaderFacts &H : Headers)
    List.push_back(&H);
  flatbuffers::FlatBufferBuilder Out;
  return finish(Out, encodeFile(&Facts, List, Out));
}

std::string
bootorder::encodeHeaders(llvm::ArrayRef<const HeaderFacts *> Headers) {
  flatbuffers::FlatBufferBuilder Out;
  return finish(Out, encodeFile(nullptr, Headers, Out));
}

llvm::Expected<FactsFile> bootorder::decodeFacts(StringRef Bytes,
                                                 StringRef Name) {
  auto WithName = [&](llvm::Error E) {
    return makeError("'" + Name + "' " + llvm::toString(std::move(E)));
  };
  llvm::Expected<std::vector<uint8_t>> Body = unwrapBody(Bytes);
  if (!Body)
    return WithName(Body.takeError());
  // Every header function is two tables; the limit is only against forgery.
  flatbuffers::Verifier Verifier(Body->data(), Body->size(), /*max_depth=*/8,
                                 /*max_tables=*/1u << 26);
  if (!store::VerifyFileBuffer(Verifier))
    return WithName(damaged());
  llvm::Expected<FactsFile> File = decodeFile(*store::GetFile(Body->data()), Body->size());
  if (!File)
    return WithName(
        makeError("contradicts itself: " + llvm::toString(File.takeError()) +
                  "; delete it and extract again"));
  return File;
}

llvm::Expected<FactsFile> bootorder::readFactsFile(StringRef Path) {
  llvm::Expected<std::string> Bytes = readFile(Path);
  if (!Bytes)
    return Bytes.takeError();
  return decodeFacts(*Bytes, Path);
}
