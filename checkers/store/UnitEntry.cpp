//===- UnitEntry.cpp - one parsed unit in the cache -----------------------===//

#include "store/UnitEntry.h"
#include "store/CacheCodec.h"
#include "store/FactsCodec.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using llvm::StringRef;

void bootorder::forEachHeaderKey(const FactsModule &Module,
                                 llvm::function_ref<void(uint64_t)> Use) {
  for (const Symbol &S : Module.Symbols)
    if (S.Linkage == LinkageKind::Header)
      Use(S.HeaderKey);
}

std::string bootorder::encodeUnitEntry(
    const TuFacts &Unit, llvm::ArrayRef<HeaderFacts> Headers,
    const std::map<uint64_t, Digest> &Elsewhere, Digest Roots) {
  flatbuffers::FlatBufferBuilder Out;
  std::vector<const HeaderFacts *> Pointers;
  for (const HeaderFacts &H : Headers)
    Pointers.push_back(&H);
  auto File = encodeFile(&Unit, Pointers, Out);
  std::map<Digest, uint32_t> Index;
  for (const auto &[Key, Source] : Elsewhere)
    Index.try_emplace(Source, 0);
  std::vector<Digest> Sources;
  for (auto &[Source, Number] : Index) {
    Number = Sources.size();
    Sources.push_back(Source);
  }
  std::vector<uint64_t> Keys;
  std::vector<uint32_t> KeySources;
  for (const auto &[Key, Source] : Elsewhere) {
    Keys.push_back(Key);
    KeySources.push_back(Index[Source]);
  }
  auto StoredKeys = Out.CreateVector(Keys);
  auto StoredKeySources = Out.CreateVector(KeySources);
  auto StoredSources = Out.CreateVectorOfStructs(encodeDigests(Sources));
  store::Digest StoredRoots = encode(Roots);
  return finishCacheRoot(Out,
                         store::CreateEntry(Out, File, &StoredRoots, StoredKeys,
                                            StoredKeySources, StoredSources));
}

static bool decodeElsewhere(const store::Entry &Stored,
                            std::map<uint64_t, Digest> &Elsewhere) {
  const auto *Keys = Stored.used_keys();
  const auto *KeySources = Stored.used_sources();
  std::vector<Digest> Sources = decodeDigests(Stored.sources());
  if (!Keys || !isAligned(Keys) || !KeySources || Keys->size() != KeySources->size())
    return false;
  for (uint32_t I = 0; I != Keys->size(); ++I) {
    if (KeySources->Get(I) >= Sources.size())
      return false;
    Elsewhere.emplace_hint(Elsewhere.end(), Keys->Get(I),
                           Sources[KeySources->Get(I)]);
  }
  return true;
}

std::optional<UnitEntry> bootorder::decodeUnitEntry(StringRef Body) {
  const auto *Stored = cacheContent<store::Entry>(Body);
  if (!Stored)
    return std::nullopt;
  UnitEntry Entry;
  Entry.Roots = decode(Stored->roots());
  if (!decodeElsewhere(*Stored, Entry.Elsewhere))
    return std::nullopt;
  llvm::Expected<FactsFile> File =
      decodeFile(*Stored->facts(), Body.size(), OriginKind::ThisProgram);
  if (!File) {
    llvm::consumeError(File.takeError());
    return std::nullopt;
  }
  if (!File->Unit)
    return std::nullopt;
  Entry.Unit = std::move(*File->Unit);
  Entry.Headers = std::move(File->Headers);
  return Entry;
}

std::string bootorder::encodeTextEntry(const TextEntry &Entry) {
  flatbuffers::FlatBufferBuilder Out;
  auto Text = Out.CreateString(Entry.Text);
  store::Digest Roots = encode(Entry.Roots);
  return finishCacheRoot(Out, store::CreateText(Out, Text, &Roots));
}

std::optional<TextEntry> bootorder::decodeTextEntry(StringRef Body) {
  const auto *Stored = cacheContent<store::Text>(Body);
  if (!Stored)
    return std::nullopt;
  return TextEntry{Stored->bytes()->str(), decode(Stored->roots())};
}
