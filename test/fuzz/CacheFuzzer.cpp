/// \file
/// Files of the cache. The first byte says as which kind of body the rest is
/// read; the whole is tried as a sealed file, too.

#include "FuzzInput.h"
#include "store/CacheFile.h"
#include "store/CacheInputs.h"
#include "store/FileMemo.h"
#include "store/TreeSnapshot.h"
#include "store/UnitEntry.h"
#include "tool/driver/AnswerCodec.h"

using namespace bootorder;
using llvm::StringRef;

static void readManifest(StringRef Body) {
  auto Variants = decodeManifest(Body);
  if (Variants)
    mustHold(decodeManifest(encodeManifest(*Variants)).has_value());
}

static void readEntry(StringRef Body) {
  std::optional<UnitEntry> Entry = decodeUnitEntry(Body);
  if (Entry)
    encodeUnitEntry(Entry->Unit, Entry->Headers, Entry->Elsewhere,
                    Entry->Roots);
}

static void readMemo(StringRef Body) {
  std::optional<FileMemo> Memo = FileMemo::decode(Body);
  if (Memo)
    mustHold(FileMemo::decode(Memo->encode()).has_value());
}

static void readAnswer(StringRef Body) {
  std::optional<Answer> A = decodeAnswer(Body);
  if (A)
    mustHold(decodeAnswer(encodeAnswer(*A)).has_value());
}

static void readBody(uint8_t Kind, StringRef Body) {
  switch (Kind % 5) {
  case 0:
    return readManifest(Body);
  case 1:
    return readEntry(Body);
  case 2:
    decodeTextEntry(Body);
    return;
  case 3:
    return readMemo(Body);
  case 4:
    return readAnswer(Body);
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  if (Size == 0)
    return 0;
  // Bodies are aligned for any number.
  std::vector<char> Body(Data + 1, Data + Size);
  readBody(Data[0], {Body.data(), Body.size()});
  std::vector<char> Sealed(Data, Data + Size);
  StringRef File(Sealed.data(), Sealed.size());
  for (CacheKind Kind : {CacheKind::Manifest, CacheKind::Tree})
    openCacheFile(Kind, Digest(), File);
  if (std::optional<Snapshot> Tree = Snapshot::open(Digest(), File))
    Tree->decode(/*Threads=*/1);
  return 0;
}
