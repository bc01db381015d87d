/// \file
/// Phase maps: an input is a whole file, and the body of one with the right
/// checksum.

#include "FuzzInput.h"
#include "store/PhaseMapFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using llvm::StringRef;

/// A phase map with \p Body; the layout is in PhaseMapFile.h.
static std::string fileAround(StringRef Body) {
  namespace endian = llvm::support::endian;
  std::string File(32, '\0');
  File.replace(0, 8, "BOPHASE\n");
  endian::write32le(&File[8], PhaseMapVersion);
  endian::write64le(&File[16], Body.size());
  endian::write64le(&File[24], llvm::xxh3_64bits(Body));
  return File + Body.str();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Bytes = textOf(Data, Size);
  for (const std::string &File : {Bytes.str(), fileAround(Bytes)}) {
    llvm::Expected<PhaseMapFile> Read = PhaseMapFile::read(
        llvm::MemoryBuffer::getMemBufferCopy(File), "input");
    if (!succeeded(Read))
      continue;
    llvm::Expected<PhaseMap> Map = Read->mapFor({"mm/b.c", ""});
    if (succeeded(Map))
      encodePhaseMap(*Map);
    Read->digestOf("mm/b.c");
  }
  return 0;
}
