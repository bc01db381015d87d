/// \file
/// Facts of single units to and from the cache.

#include "tool/driver/TreeCache.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ThreadPool.h"
#include <set>

using namespace llvm;

namespace bootorder {

UnitRecorder::UnitRecorder(TreeCache *Cache, const ExtractRequest &Request,
                           HeaderRegistry &Shared)
    : Cache(Cache), Request(Request), Shared(Shared) {
  if (Cache)
    Entry = Cache->newEntryName(Cache->keyOf(Request));
}

void UnitRecorder::publish(HeaderFacts Facts) {
  if (Cache) {
    // Before others can skip this function they must know where it is kept.
    Cache->addSource(Facts.Key, Entry);
    Own.push_back(Facts);
  }
  Shared.publish(std::move(Facts));
}

void UnitRecorder::sortOwn() {
  llvm::sort(Own, [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  });
  Own.erase(std::unique(Own.begin(), Own.end(),
                        [](const HeaderFacts &A, const HeaderFacts &B) {
                          return A.Key == B.Key;
                        }),
            Own.end());
}

void UnitRecorder::keep(const ExtractResult &Result, const InputLog *Prelude) {
  if (!Cache)
    return;
  if (Prelude)
    Log.addPrelude(*Prelude, Result.PreludeFiles);
  sortOwn();
  TreePaths Paths(Request);
  Digest Roots;
  std::string Body = Cache->encodeUnit(Paths, Entry, Result.Facts, Own, Roots);
  Cache->keepEntry(Cache->keyOf(Request), Entry, Body, Roots, Log, Paths);
}

void UnitRecorder::noteLost() {
  if (!Cache)
    return;
  TreePaths Paths(Request);
  Cache->states(Paths).listOf(Log, Paths);
}

void TreeCache::addSource(uint64_t Key, Digest Entry) {
  std::unique_lock<std::shared_mutex> Lock(SourceMutex);
  Sources.try_emplace(Key, Entry);
}

std::string TreeCache::encodeUnit(const TreePaths &Paths, Digest Entry,
                                  const TuFacts &Facts,
                                  ArrayRef<HeaderFacts> Own,
                                  Digest &Roots) const {
  std::map<uint64_t, Digest> Elsewhere;
  {
    std::shared_lock<std::shared_mutex> Lock(SourceMutex);
    auto Add = [&](uint64_t Key) {
      auto Source = Sources.find(Key);
      if (Source != Sources.end() && Source->second != Entry)
        Elsewhere.try_emplace(Key, Source->second);
    };
    for_each(Facts.HeaderKeys, Add);
    for (const HeaderFacts &H : Own)
      forEachHeaderKey(H.Module, Add);
  }
  for (const HeaderFacts &H : Own)
    Elsewhere.erase(H.Key);
  bool IsNamed =
      namesRoot(Facts, Paths) || any_of(Own, [&](const HeaderFacts &H) {
        return namesRoot(H.Module, Paths);
      });
  Roots = IsNamed ? Paths.digest() : Digest();
  return encodeUnitEntry(Facts, Own, Elsewhere, Roots);
}

/// One call of recallUnits().
///
/// Which header functions are right is decided by the units that use them: an
/// entry may be read for one function while another in it is out of date. So
/// functions are followed from unit to unit by the names of entries, never by
/// their keys alone.
class UnitRecall {
public:
  UnitRecall(TreeCache &Cache, ArrayRef<ExtractRequest> Units, unsigned Threads)
      : Cache(Cache), Units(Units), Threads(Threads), Names(Units.size()),
        Whys(Units.size()) {}

  void readEntries();
  void dropIncomplete();
  void publish(HeaderRegistry &Headers);
  std::vector<std::optional<TuFacts>> take();

private:
  /// A header function: its entry, and its index there.
  using Place = std::pair<UnitEntry *, size_t>;

  void forEachUnit(function_ref<void(size_t)> Job);
  std::optional<UnitEntry> read(Digest Name);
  UnitEntry *entry(Digest Name);
  std::optional<Place> find(UnitEntry &From, uint64_t Key);
  bool follow(UnitEntry &Unit, std::set<Place> &Seen,
              std::vector<Place> &Reached);

  TreeCache &Cache;
  ArrayRef<ExtractRequest> Units;
  unsigned Threads;
  std::vector<Digest> Names;     ///< of entries, by unit; none: to be parsed
  std::vector<ParseReason> Whys; ///< by unit, if none
  std::map<Digest, std::optional<UnitEntry>> Entries; ///< none: not there
  std::vector<Place> Reached; ///< header functions that recalled units use
  std::map<UnitEntry *, Digest> NameOf;
};

void UnitRecall::forEachUnit(function_ref<void(size_t)> Job) {
  std::atomic<size_t> Next{0};
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (unsigned Worker = 0; Worker != Pool.getMaxConcurrency(); ++Worker)
    Pool.async([&] {
      for (size_t I = Next++; I < Units.size(); I = Next++)
        Job(I);
    });
  Pool.wait();
}

std::optional<UnitEntry> UnitRecall::read(Digest Name) {
  std::optional<CacheBody> Body = Cache.Folder.read(CacheKind::Entry, Name);
  if (!Body)
    return std::nullopt;
  std::optional<UnitEntry> Entry = decodeUnitEntry(Body->Bytes);
  if (!Entry)
    Cache.Folder.damaged(CacheKind::Entry, Name);
  else if (!Entry->Roots.isNone() &&
           Entry->Roots != TreePaths(Units.front()).digest())
    return std::nullopt;
  return Entry;
}

void UnitRecall::readEntries() {
  std::vector<std::optional<UnitEntry>> Read(Units.size());
  forEachUnit([&](size_t I) {
    TreePaths Paths(Units[I]);
    Names[I] = Cache.findEntry(Cache.keyOf(Units[I]), Paths, Whys[I]);
    if (Names[I].isNone())
      return;
    Read[I] = read(Names[I]);
    // An entry with the facts of another unit cannot be this one's.
    if (Read[I] && Read[I]->Unit.Output != Units[I].Output)
      Read[I].reset();
  });
  for (size_t I = 0; I != Units.size(); ++I)
    if (!Names[I].isNone())
      Entries.try_emplace(Names[I], std::move(Read[I]));
}

UnitEntry *UnitRecall::entry(Digest Name) {
  auto Found = Entries.find(Name);
  if (Found == Entries.end()) {
    Found = Entries.emplace(Name, read(Name)).first;
    if (Found->second)
      Cache.Folder.touch(CacheKind::Entry, Name);
  }
  if (!Found->second)
    return nullptr;
  NameOf[&*Found->second] = Name;
  return &*Found->second;
}

std::optional<UnitRecall::Place> UnitRecall::find(UnitEntry &From,
                                                  uint64_t Key) {
  auto FindIn = [Key](UnitEntry &In) -> std::optional<Place> {
    auto At = llvm::lower_bound(
        In.Headers, Key,
        [](const HeaderFacts &H, uint64_t K) { return H.Key < K; });
    if (At == In.Headers.end() || At->Key != Key)
      return std::nullopt;
    return Place{&In, size_t(At - In.Headers.begin())};
  };
  if (std::optional<Place> Here = FindIn(From))
    return Here;
  auto There = From.Elsewhere.find(Key);
  UnitEntry *Other =
      There == From.Elsewhere.end() ? nullptr : entry(There->second);
  return Other ? FindIn(*Other) : std::nullopt;
}

/// Adds what \p Unit uses to \p Reached, but for what is in \p Seen. False if
/// any of it is missing.
bool UnitRecall::follow(UnitEntry &Unit, std::set<Place> &Seen,
                        std::vector<Place> &Reached) {
  bool IsComplete = true;
  size_t Next = Reached.size();
  auto Use = [&](UnitEntry &From, uint64_t Key) {
    std::optional<Place> Found = find(From, Key);
    IsComplete &= Found.has_value();
    if (Found && Seen.insert(*Found).second)
      Reached.push_back(*Found);
  };
  for (uint64_t Key : Unit.Unit.HeaderKeys)
    Use(Unit, Key);
  for (; Next < Reached.size(); ++Next) {
    UnitEntry &From = *Reached[Next].first;
    forEachHeaderKey(From.Headers[Reached[Next].second].Module,
                     [&](uint64_t Key) { Use(From, Key); });
  }
  return IsComplete;
}

void UnitRecall::dropIncomplete() {
  std::set<Place> Seen;
  bool IsAllComplete = true;
  for (Digest Name : Names)
    if (!Name.isNone())
      if (UnitEntry *Unit = entry(Name))
        IsAllComplete &= follow(*Unit, Seen, Reached);
  // Rare: an entry was pruned or damaged. Then each unit is asked by itself.
  if (!IsAllComplete)
    Reached.clear();
  std::set<Place> AllSeen;
  for (size_t I = 0; I != Units.size(); ++I) {
    if (Names[I].isNone())
      continue;
    UnitEntry *Unit = entry(Names[I]);
    std::set<Place> OwnSeen;
    std::vector<Place> Own;
    if (Unit && (IsAllComplete || follow(*Unit, OwnSeen, Own))) {
      for (const Place &P : Own)
        if (AllSeen.insert(P).second)
          Reached.push_back(P);
      continue;
    }
    Names[I] = Digest();
    Whys[I] = {ParseReasonKind::Missing, ""};
  }
}

void UnitRecall::publish(HeaderRegistry &Headers) {
  for (auto [From, Index] : Reached) {
    HeaderFacts &Facts = From->Headers[Index];
    Cache.addSource(Facts.Key, NameOf[From]);
    Headers.publish(std::move(Facts));
  }
}

std::vector<std::optional<TuFacts>> UnitRecall::take() {
  std::vector<std::optional<TuFacts>> Facts(Units.size());
  for (size_t I = 0; I != Units.size(); ++I) {
    if (Names[I].isNone()) {
      ++Cache.Summary.Parsed[Whys[I]];
      continue;
    }
    ++Cache.Summary.FromCache;
    Facts[I] = std::move(Entries[Names[I]]->Unit);
  }
  return Facts;
}

std::vector<std::optional<TuFacts>>
TreeCache::recallUnits(ArrayRef<ExtractRequest> Units, HeaderRegistry &Headers,
                       unsigned Threads) {
  if (Units.empty())
    return {};
  UnitRecall Recall(*this, Units, Threads);
  Recall.readEntries();
  Recall.dropIncomplete();
  Recall.publish(Headers);
  return Recall.take();
}

} // namespace bootorder
