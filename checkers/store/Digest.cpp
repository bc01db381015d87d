//===- Digest.cpp - 128 bits that stand for content -----------------------===//

#include "store/Digest.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Path.h"

using namespace bootorder;
namespace endian = llvm::support::endian;

static Digest fromBytes(const llvm::BLAKE3Result<16> &Bytes) {
  return {endian::read64le(Bytes.data()), endian::read64le(Bytes.data() + 8)};
}

std::string Digest::hex() const {
  return llvm::utohexstr(High, /*LowerCase=*/true, /*Width=*/16) +
         llvm::utohexstr(Low, /*LowerCase=*/true, /*Width=*/16);
}

DigestBuilder &DigestBuilder::add(uint64_t Number) {
  uint8_t Bytes[8];
  endian::write64le(Bytes, Number);
  Hasher.update(Bytes);
  return *this;
}

DigestBuilder &DigestBuilder::add(llvm::StringRef Part) {
  add(uint64_t(Part.size()));
  Hasher.update(Part);
  return *this;
}

DigestBuilder &DigestBuilder::add(Digest Part) {
  return add(Part.Low).add(Part.High);
}

Digest DigestBuilder::take() { return fromBytes(Hasher.final<16>()); }

Digest bootorder::digestOf(llvm::StringRef Content) {
  return fromBytes(llvm::BLAKE3::hash<16>(
      llvm::ArrayRef(Content.bytes_begin(), Content.size())));
}

Digest bootorder::digestOfFiles(llvm::ArrayRef<std::string> Paths,
                                llvm::ArrayRef<std::string> Texts) {
  DigestBuilder Builder;
  for (size_t I = 0; I != Paths.size(); ++I)
    Builder.add(llvm::sys::path::filename(Paths[I])).add(Texts[I]);
  return Builder.take();
}

std::string bootorder::configurationDigest(
    const std::optional<std::vector<std::string>> &Symbols) {
  if (!Symbols)
    return "";
  DigestBuilder Builder;
  for (const std::string &Symbol : *Symbols)
    Builder.add(Symbol);
  return Builder.take().hex().substr(0, 12);
}
