//===- TreeSnapshot.cpp - all facts of a tree in one file of the cache ----===//

#include "store/TreeSnapshot.h"
#include "store/CacheCodec.h"
#include "store/CacheFile.h"
#include "store/FactsCodec.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/ThreadPool.h"
#include <atomic>

using namespace bootorder;
using llvm::StringRef;
namespace endian = llvm::support::endian;

/// A part with headers alone holds so many: as much to decode as a large unit.
static constexpr size_t HeadersPerPart = 256;

static Digest partName(Digest Snapshot, size_t Part) {
  return {Snapshot.Low + Part + 1, Snapshot.High};
}

/// Runs \p Job for 0 .. Count-1 on \p Threads threads (0: one per core).
static void forEachPart(size_t Count, unsigned Threads,
                        llvm::function_ref<void(size_t)> Job) {
  std::atomic<size_t> Next{0};
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Threads));
  for (unsigned Worker = 0; Worker != Pool.getMaxConcurrency(); ++Worker)
    Pool.async([&] {
      for (size_t I = Next++; I < Count; I = Next++)
        Job(I);
    });
  Pool.wait();
}

static std::string encodePart(const TuFacts *Unit,
                              llvm::ArrayRef<const HeaderFacts *> Headers) {
  flatbuffers::FlatBufferBuilder Out;
  store::FinishFileBuffer(Out, encodeFile(Unit, Headers, Out));
  return std::string(reinterpret_cast<const char *>(Out.GetBufferPointer()),
                     Out.GetSize());
}

static std::optional<FactsFile> decodePart(Digest Name, StringRef Sealed) {
  std::optional<CacheBody> Body = openCacheFile(CacheKind::Tree, Name, Sealed);
  if (!Body)
    return std::nullopt;
  flatbuffers::Verifier Verifier(Body->Bytes.bytes_begin(), Body->Bytes.size(),
                                 /*max_depth=*/8, /*max_tables=*/1u << 26);
  if (!store::VerifyFileBuffer(Verifier))
    return std::nullopt;
  llvm::Expected<FactsFile> File =
      decodeFile(*store::GetFile(Body->Bytes.data()), Body->Bytes.size(),
                 OriginKind::ThisProgram);
  if (File)
    return std::move(*File);
  llvm::consumeError(File.takeError());
  return std::nullopt;
}

static std::string encodeIndex(const SnapshotIndex &Index,
                               llvm::ArrayRef<uint64_t> Units,
                               llvm::ArrayRef<uint64_t> Headers) {
  flatbuffers::FlatBufferBuilder Out;
  auto Inputs = encodeInputs(Index.Inputs, Out);
  store::Digest Roots = encode(Index.Roots);
  auto StoredUnits = Out.CreateVector(Units.data(), Units.size());
  auto StoredHeaders = Out.CreateVector(Headers.data(), Headers.size());
  auto Entries = Out.CreateVectorOfStructs(encodeDigests(Index.Entries));
  auto Manifests = Out.CreateVectorOfStructs(encodeDigests(Index.Manifests));
  return finishCacheRoot(Out, store::CreateSnapshot(Out, Inputs, &Roots,
                                                    StoredUnits, StoredHeaders,
                                                    Entries, Manifests));
}

std::string bootorder::encodeSnapshot(Digest Name, const SnapshotIndex &Index,
                                      const FactsSet &Set, unsigned Threads) {
  std::vector<const HeaderFacts *> Headers;
  for (const HeaderFacts &H : Set.Headers)
    Headers.push_back(&H);
  size_t UnitParts = Set.Units.size();
  size_t HeaderParts = (Headers.size() + HeadersPerPart - 1) / HeadersPerPart;
  std::vector<std::string> Parts(UnitParts + HeaderParts);
  forEachPart(Parts.size(), Threads, [&](size_t I) {
    llvm::ArrayRef<const HeaderFacts *> Run;
    if (I >= UnitParts)
      Run = llvm::ArrayRef(Headers)
                .drop_front((I - UnitParts) * HeadersPerPart)
                .take_front(HeadersPerPart);
    const TuFacts *Unit = I < UnitParts ? &Set.Units[I] : nullptr;
    Parts[I] = sealCacheFile(CacheKind::Tree, partName(Name, I),
                             encodePart(Unit, Run));
  });
  std::vector<uint64_t> Sizes;
  for (const std::string &Part : Parts)
    Sizes.push_back(Part.size());
  std::string Sealed = sealCacheFile(
      CacheKind::Tree, Name,
      encodeIndex(Index, llvm::ArrayRef(Sizes).take_front(UnitParts),
                  llvm::ArrayRef(Sizes).drop_front(UnitParts)));
  std::string File(8, '\0');
  endian::write64le(File.data(), Sealed.size());
  File += Sealed;
  for (const std::string &Part : Parts)
    File += Part;
  return File;
}

/// Cuts parts of \p Sizes off the front of \p File; false if it is too short.
static bool cutParts(const flatbuffers::Vector<uint64_t> *Sizes,
                     StringRef &File, std::vector<StringRef> &Parts) {
  if (!isAligned(Sizes))
    return false;
  if (Sizes)
    for (uint64_t Size : *Sizes) {
      if (Size > File.size())
        return false;
      Parts.push_back(File.take_front(Size));
      File = File.drop_front(Size);
    }
  return true;
}

std::optional<Snapshot> Snapshot::open(Digest Name, StringRef File) {
  if (File.size() < 8)
    return std::nullopt;
  uint64_t Size = endian::read64le(File.data());
  File = File.drop_front(8);
  if (Size > File.size())
    return std::nullopt;
  std::optional<CacheBody> Body =
      openCacheFile(CacheKind::Tree, Name, File.take_front(Size));
  File = File.drop_front(Size);
  const auto *Stored =
      Body ? cacheContent<store::Snapshot>(Body->Bytes) : nullptr;
  if (!Stored)
    return std::nullopt;
  Snapshot Result;
  Result.Name = Name;
  std::optional<InputList> Inputs = decodeInputs(*Stored->inputs());
  if (!Inputs || !cutParts(Stored->units(), File, Result.Units) ||
      !cutParts(Stored->headers(), File, Result.Headers) || !File.empty())
    return std::nullopt;
  Result.Index = {std::move(*Inputs), bootorder::decode(Stored->roots()),
                  decodeDigests(Stored->entries()),
                  decodeDigests(Stored->manifests())};
  Result.Body = std::move(Body->Unpacked); // without zstd the file itself
  return Result;
}

std::optional<FactsSet> Snapshot::decode(unsigned Threads) const {
  size_t Parts = Units.size() + Headers.size();
  std::vector<std::optional<FactsFile>> Files(Parts);
  forEachPart(Parts, Threads, [&](size_t I) {
    Files[I] =
        decodePart(partName(Name, I),
                   I < Units.size() ? Units[I] : Headers[I - Units.size()]);
  });
  FactsSet Set;
  Set.Units.reserve(Units.size());
  for (size_t I = 0; I != Parts; ++I) {
    if (!Files[I] || Files[I]->Unit.has_value() != (I < Units.size()))
      return std::nullopt;
    if (Files[I]->Unit)
      Set.Units.push_back(std::move(*Files[I]->Unit));
    std::move(Files[I]->Headers.begin(), Files[I]->Headers.end(),
              std::back_inserter(Set.Headers));
  }
  return Set;
}
