#include "tool/driver/TreeCache.h"

#include "store/FactsFile.h"
#include "store/TreeSnapshot.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TimeProfiler.h"
#include "llvm/Support/raw_ostream.h"

#include "clang/Basic/Version.h"

using namespace llvm;

namespace bootorder {

/// Results of one command that are kept: going back and forth between a few
/// states of the tree, as branches do, finds them all.
static constexpr size_t MaxVariants = 4;

Digest programDigest(StringRef Mode) {
  DigestBuilder Builder;
  Builder.add(BOOTORDER_VERSION).add(clang::getClangFullVersion()).add(Mode);
  Builder.add(uint64_t(FactsVersion)).add(uint64_t(CacheVersion));
  std::string Program = sys::fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&programDigest));
  // Two builds of one version may lower differently: the file itself counts.
  if (auto File = MemoryBuffer::getFile(Program))
    Builder.add((*File)->getBuffer());
  return Builder.take();
}

static Digest makeNonce() {
  return DigestBuilder()
      .add(uint64_t(sys::Process::getProcessId()))
      .add(uint64_t(clockNow()))
      .add(uint64_t(sys::Process::GetRandomNumber()))
      .take();
}

TreeCache::TreeCache(const CachePlace &Place, Digest Program)
    : Folder(Place.Directory), MaxBytes(Place.MaxBytes), Program(Program),
      Nonce(makeNonce()) {}

Digest TreeCache::keyOf(const ExtractRequest &Request, StringRef What) const {
  TreePaths Paths(Request);
  DigestBuilder Builder;
  Builder.add(Program).add(What);
  Builder.add(Paths.relation(Request.Arguments));
  Builder.add(Paths.relocatable(Request.File)).add(Request.Output);
  Builder.add(uint64_t(Request.Kind));
  for (const std::string &Argument : Request.Arguments)
    Builder.add(Paths.relocatable(Argument));
  return Builder.take();
}

Digest TreeCache::treeKey(ArrayRef<ExtractRequest> Units) const {
  DigestBuilder Builder;
  Builder.add("tree");
  for (const ExtractRequest &Unit : Units)
    Builder.add(keyOf(Unit));
  return Builder.take();
}

Digest TreeCache::newEntryName(Digest Key) {
  return DigestBuilder().add(Key).add(Nonce).add(NextEntry++).take();
}

FileStates &TreeCache::states(const TreePaths &Paths) {
  std::call_once(MemoRead, [&] {
    MemoName = Paths.digest();
    FileMemo Memo;
    if (std::optional<CacheBody> Body = Folder.read(CacheKind::Memo, MemoName))
      if (std::optional<FileMemo> Known = FileMemo::decode(Body->Bytes))
        Memo = std::move(*Known);
    States = std::make_unique<FileStates>(std::move(Memo));
  });
  return *States;
}

static ParseReason reasonOf(const Input &File, const TreePaths &Paths) {
  bool IsFolder = false;
  std::string Path = Paths.join(File.Root, File.Path);
  bool IsThere = stampOf(Path.c_str(), IsFolder) || IsFolder;
  ParseReasonKind Kind = ParseReasonKind::Changed;
  if (File.Kind == InputKind::Absent)
    Kind = ParseReasonKind::Appeared;
  else if (!IsThere)
    Kind = ParseReasonKind::Gone;
  return {Kind, File.Path.str()};
}

Digest TreeCache::findEntry(Digest Key, const TreePaths &Paths,
                            ParseReason &Why) {
  Why = {ParseReasonKind::New, ""};
  std::optional<CacheBody> Body = Folder.read(CacheKind::Manifest, Key);
  if (!Body)
    return Digest();
  auto Variants = decodeManifest(Body->Bytes);
  if (!Variants) {
    Folder.damaged(CacheKind::Manifest, Key);
    return Digest();
  }
  bool IsExplained = false;
  for (const CacheVariant &V : *Variants) {
    ParseReason Reason = {ParseReasonKind::Moved, ""};
    if (V.Roots.isNone() || V.Roots == Paths.digest()) {
      const Input *Changed = states(Paths).findChange(V.Inputs, Paths);
      if (!Changed) {
        noteUse(Key, V.Entry);
        return V.Entry;
      }
      Reason = reasonOf(*Changed, Paths);
    }
    if (!IsExplained) // the newest result is what people remember
      Why = Reason;
    IsExplained = true;
  }
  return Digest();
}

void TreeCache::noteUse(Digest Manifest, Digest Entry) {
  Folder.touch(CacheKind::Manifest, Manifest);
  Folder.touch(CacheKind::Entry, Entry);
  std::lock_guard<std::mutex> Lock(UseMutex);
  UsedManifests.push_back(Manifest);
  UsedEntries.push_back(Entry);
}

void TreeCache::addVariant(Digest Key, const CacheVariant &New) {
  std::vector<CacheVariant> Variants = {New};
  std::optional<CacheBody> Body = Folder.read(CacheKind::Manifest, Key);
  if (Body)
    if (auto Known = decodeManifest(Body->Bytes))
      for (CacheVariant &V : *Known)
        if (Variants.size() < MaxVariants &&
            (V.Inputs.State != New.Inputs.State || V.Roots != New.Roots))
          Variants.push_back(std::move(V));
  Folder.write(
      CacheKind::Manifest, Key,
      sealCacheFile(CacheKind::Manifest, Key, encodeManifest(Variants)));
}

void TreeCache::keepEntry(Digest Key, Digest Entry, StringRef Body,
                          Digest Roots, const InputLog &Log,
                          const TreePaths &Paths) {
  InputList Inputs = states(Paths).listOf(Log, Paths);
  if (!Folder.write(CacheKind::Entry, Entry,
                    sealCacheFile(CacheKind::Entry, Entry, Body)))
    return;
  // Last, so that a run that dies leaves no manifest without its entry.
  addVariant(Key, {std::move(Inputs), Entry, Roots});
  noteUse(Key, Entry);
}

std::optional<std::string> TreeCache::recallText(const ExtractRequest &Like,
                                                 StringRef What) {
  TreePaths Paths(Like);
  ParseReason Why;
  Digest Entry = findEntry(keyOf(Like, What), Paths, Why);
  if (Entry.isNone())
    return std::nullopt;
  std::optional<CacheBody> Body = Folder.read(CacheKind::Entry, Entry);
  if (!Body)
    return std::nullopt;
  std::optional<TextEntry> Text = decodeTextEntry(Body->Bytes);
  if (!Text) {
    Folder.damaged(CacheKind::Entry, Entry);
    return std::nullopt;
  }
  return std::move(Text->Text);
}

void TreeCache::keepText(const ExtractRequest &Like, StringRef What,
                         const InputLog &Log, StringRef Text) {
  TreePaths Paths(Like);
  Digest Key = keyOf(Like, What);
  Digest Roots = Paths.isNamedIn(Text) ? Paths.digest() : Digest();
  keepEntry(Key, newEntryName(Key), encodeTextEntry({Text.str(), Roots}), Roots,
            Log, Paths);
}

bool TreeCache::hasChanged(const InputList &Inputs, const TreePaths &Paths) {
  TimeTraceScope Timed("look at inputs");
  return states(Paths).findChange(Inputs, Paths) != nullptr;
}

std::optional<FactsSet> TreeCache::recallTree(ArrayRef<ExtractRequest> Units,
                                              unsigned Threads) {
  if (Units.empty())
    return std::nullopt;
  TreePaths Paths(Units.front());
  Digest Key = treeKey(Units);
  std::unique_ptr<MemoryBuffer> File = Folder.map(CacheKind::Tree, Key);
  if (!File)
    return std::nullopt;
  std::optional<Snapshot> Stored = Snapshot::open(Key, File->getBuffer());
  if (!Stored) {
    Folder.damaged(CacheKind::Tree, Key);
    return std::nullopt;
  }
  const SnapshotIndex &Index = Stored->Index;
  if (!(Index.Roots.isNone() || Index.Roots == Paths.digest()) ||
      hasChanged(Index.Inputs, Paths))
    return std::nullopt;
  TimeTraceScope Timed("decode facts");
  std::optional<FactsSet> Set = Stored->decode(Threads);
  if (!Set || Set->Units.size() != Units.size()) {
    Folder.damaged(CacheKind::Tree, Key);
    return std::nullopt;
  }
  noteTreeUse(Key, Index);
  identifyTree(Key, Index.Inputs.State, Index.Roots);
  Summary.FromCache = Units.size();
  return Set;
}

/// Keeps what would be needed if a unit changed from being pruned.
void TreeCache::noteTreeUse(Digest Key, const SnapshotIndex &Index) {
  if (!Folder.touch(CacheKind::Tree, Key))
    return;
  for (Digest Manifest : Index.Manifests)
    Folder.touch(CacheKind::Manifest, Manifest);
  for (Digest Entry : Index.Entries)
    Folder.touch(CacheKind::Entry, Entry);
}

/// Facts are a function of the commands and of all that was read for them.
void TreeCache::identifyTree(Digest Key, Digest Inputs, Digest Roots) {
  Identity = DigestBuilder().add(Key).add(Inputs).add(Roots).take();
}

std::optional<Digest> TreeCache::identify(ArrayRef<ExtractRequest> Units) {
  Identity = std::nullopt;
  if (Units.empty())
    return std::nullopt;
  TreePaths Paths(Units.front());
  Digest Key = treeKey(Units);
  std::unique_ptr<MemoryBuffer> File = Folder.map(CacheKind::Tree, Key);
  std::optional<Snapshot> Stored;
  if (File)
    Stored = Snapshot::open(Key, File->getBuffer());
  if (!Stored)
    return std::nullopt; // recallTree() says why
  const SnapshotIndex &Index = Stored->Index;
  if (!(Index.Roots.isNone() || Index.Roots == Paths.digest()) ||
      hasChanged(Index.Inputs, Paths))
    return std::nullopt;
  noteTreeUse(Key, Index);
  identifyTree(Key, Index.Inputs.State, Index.Roots);
  return Identity;
}

Digest TreeCache::answerName(Digest Question) const {
  return DigestBuilder().add("answer").add(Program).add(Question).take();
}

std::optional<std::string> TreeCache::recallAnswer(Digest Question) {
  Digest Name = answerName(Question);
  std::optional<CacheBody> Body = Folder.read(CacheKind::Answer, Name);
  if (!Body)
    return std::nullopt;
  Folder.touch(CacheKind::Answer, Name);
  return Body->Bytes.str();
}

void TreeCache::keepAnswer(Digest Question, StringRef Answer) {
  Digest Name = answerName(Question);
  Folder.write(CacheKind::Answer, Name,
               sealCacheFile(CacheKind::Answer, Name, Answer));
}

void TreeCache::rejectAnswer(Digest Question) {
  Folder.damaged(CacheKind::Answer, answerName(Question));
}

static bool namesRoot(const FactsSet &Set, const TreePaths &Paths) {
  return any_of(Set.Units,
                [&](const TuFacts &U) { return namesRoot(U, Paths); }) ||
         any_of(Set.Headers, [&](const HeaderFacts &H) {
           return namesRoot(H.Module, Paths);
         });
}

void TreeCache::keepTree(ArrayRef<ExtractRequest> Units, const FactsSet &Set,
                         unsigned Threads) {
  if (Units.empty() || Set.Units.size() != Units.size())
    return;
  TreePaths Paths(Units.front());
  std::optional<InputList> Inputs = states(Paths).usedInputs(Paths);
  if (!Inputs)
    return; // the tree changed meanwhile: the next run sees which part
  SnapshotIndex Index;
  Index.Inputs = std::move(*Inputs);
  Index.Roots = namesRoot(Set, Paths) ? Paths.digest() : Digest();
  {
    std::lock_guard<std::mutex> Lock(UseMutex);
    Index.Manifests = UsedManifests;
    Index.Entries = UsedEntries;
  }
  llvm::sort(Index.Manifests);
  llvm::sort(Index.Entries);
  Digest Key = treeKey(Units);
  if (Folder.write(CacheKind::Tree, Key,
                   encodeSnapshot(Key, Index, Set, Threads)))
    identifyTree(Key, Index.Inputs.State, Index.Roots);
}

std::vector<RunInput> TreeCache::usedPaths() {
  return States ? States->usedPaths() : std::vector<RunInput>();
}

void TreeCache::finish(raw_ostream &Warnings) {
  if (States) {
    FileMemo Memo = States->takeMemo();
    States.reset();
    if (Memo.isChanged())
      Folder.write(CacheKind::Memo, MemoName,
                   sealCacheFile(CacheKind::Memo, MemoName, Memo.encode()));
  }
  if (Folder.hasWritten())
    Folder.prune(MaxBytes);
  for (const std::string &Warning : Folder.takeWarnings())
    Warnings << "bootorder: warning: " << Warning << "\n";
}

} // namespace bootorder
