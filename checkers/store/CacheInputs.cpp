//===- CacheInputs.cpp - what a cached result depends on ------------------===//

#include "store/CacheInputs.h"
#include "store/CacheCodec.h"
#include "store/FactsCodec.h"
#include "llvm/Support/Endian.h"

using namespace bootorder;
using llvm::StringRef;

static constexpr unsigned StateShift = 4;
static constexpr uint8_t RootMask = 0xf;

void InputState::add(InputKind Kind, Digest Content) {
  char Bytes17[17];
  Bytes17[0] = static_cast<char>(Kind);
  llvm::support::endian::write64le(Bytes17 + 1, Content.Low);
  llvm::support::endian::write64le(Bytes17 + 9, Content.High);
  Bytes.append(Bytes17, sizeof Bytes17);
}

std::vector<store::Digest>
bootorder::encodeDigests(llvm::ArrayRef<Digest> Digests) {
  std::vector<store::Digest> Stored;
  Stored.reserve(Digests.size());
  for (Digest D : Digests)
    Stored.push_back(encode(D));
  return Stored;
}

std::vector<Digest> bootorder::decodeDigests(
    const flatbuffers::Vector<const store::Digest *> *Digests) {
  std::vector<Digest> Result;
  if (Digests && isAligned(Digests))
    for (const store::Digest *D : *Digests)
      Result.push_back(decode(D));
  return Result;
}

flatbuffers::Offset<store::Inputs>
bootorder::encodeInputs(const InputList &Inputs,
                        flatbuffers::FlatBufferBuilder &Out) {
  std::vector<uint8_t> Characters, Kinds;
  std::vector<uint32_t> Ends, Fingerprints;
  for (const Input &File : Inputs.Files) {
    Characters.insert(Characters.end(), File.Path.bytes_begin(),
                      File.Path.bytes_end());
    Ends.push_back(Characters.size());
    Kinds.push_back(static_cast<uint8_t>(File.Root) |
                    static_cast<uint8_t>(File.Kind) << StateShift);
    Fingerprints.push_back(File.Fingerprint);
  }
  auto StoredChars = Out.CreateVector(Characters);
  auto StoredEnds = Out.CreateVector(Ends);
  auto StoredKinds = Out.CreateVector(Kinds);
  auto StoredFingerprints = Out.CreateVector(Fingerprints);
  store::Digest State = encode(Inputs.State);
  return store::CreateInputs(Out, StoredChars, StoredEnds, StoredKinds,
                             StoredFingerprints, &State);
}

std::optional<InputList> bootorder::decodeInputs(const store::Inputs &Stored) {
  const auto *Chars = Stored.chars();
  const auto *Ends = Stored.ends();
  const auto *Kinds = Stored.kinds();
  const auto *Fingerprints = Stored.fingerprints();
  if (!Chars || !Ends || !Kinds || !Fingerprints ||
      Ends->size() != Kinds->size() || Ends->size() != Fingerprints->size())
    return std::nullopt;
  StringRef All(reinterpret_cast<const char *>(Chars->data()), Chars->size());
  InputList Inputs;
  Inputs.State = decode(Stored.digest());
  Inputs.Files.reserve(Ends->size());
  uint32_t Begin = 0;
  for (uint32_t I = 0; I != Ends->size(); ++I) {
    uint32_t End = Ends->Get(I);
    uint8_t Root = Kinds->Get(I) & RootMask;
    uint8_t Kind = Kinds->Get(I) >> StateShift;
    if (End < Begin || End > All.size() ||
        Root > static_cast<uint8_t>(PathRoot::Object) ||
        Kind > static_cast<uint8_t>(InputKind::Content))
      return std::nullopt;
    Inputs.Files.push_back({All.slice(Begin, End), static_cast<PathRoot>(Root),
                            static_cast<InputKind>(Kind),
                            Fingerprints->Get(I)});
    Begin = End;
  }
  return Inputs;
}

std::string bootorder::encodeManifest(llvm::ArrayRef<CacheVariant> Variants) {
  flatbuffers::FlatBufferBuilder Out;
  std::vector<flatbuffers::Offset<store::Variant>> Stored;
  for (const CacheVariant &V : Variants) {
    auto Inputs = encodeInputs(V.Inputs, Out);
    store::Digest Entry = encode(V.Entry), Roots = encode(V.Roots);
    Stored.push_back(store::CreateVariant(Out, Inputs, &Entry, &Roots));
  }
  auto All = Out.CreateVector(Stored);
  return finishCacheRoot(Out, store::CreateManifest(Out, All));
}

std::optional<std::vector<CacheVariant>>
bootorder::decodeManifest(StringRef Body) {
  const auto *Stored = cacheContent<store::Manifest>(Body);
  if (!Stored || !Stored->variants())
    return std::nullopt;
  std::vector<CacheVariant> Variants;
  for (const store::Variant *V : *Stored->variants()) {
    std::optional<InputList> Inputs = decodeInputs(*V->inputs());
    if (!Inputs)
      return std::nullopt;
    Variants.push_back(
        {std::move(*Inputs), decode(V->entry()), decode(V->roots())});
  }
  return Variants;
}
