//===- TreeCache.h - facts of earlier runs --------------------------------===//
//
// The key of a result is the command, with paths relative to the tree, and this
// very program. A manifest under that key lists the inputs of the results it
// has had: every file that was read and every look-up that failed, as the file
// system saw them. The first result whose inputs are all unchanged is the
// answer. Rules are no input: facts know nothing of them.
//
// When a whole tree was answered or parsed, it is also kept in one file, so
// that a run in which nothing changed reads that one and looks at each input
// once.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_TREECACHE_H
#define BOOTORDER_TOOL_DRIVER_TREECACHE_H

#include "store/CacheFolder.h"
#include "store/FactsSet.h"
#include "store/UnitEntry.h"
#include "tool/driver/CacheOptions.h"
#include "tool/driver/FileStates.h"
#include "tool/driver/ParseReasons.h"
#include <memory>
#include <shared_mutex>
#include <unordered_map>

namespace bootorder {

class TreeCache;
struct SnapshotIndex;

/// The header functions and inputs of one parse, on their way to the cache.
/// Stands between the parser and the registry that all workers share.
class UnitRecorder : public HeaderRegistry {
public:
  /// \p Cache may be null: nothing is recorded then.
  UnitRecorder(TreeCache *Cache, const ExtractRequest &Request,
               HeaderRegistry &Shared);

  bool isKnown(uint64_t Key) const override { return Shared.isKnown(Key); }
  void publish(HeaderFacts Facts) override;

  /// For SharedFiles::open(); null if nothing is recorded.
  InputLog *log() { return Cache ? &Log : nullptr; }

  /// Keeps \p Result, what this parse gave. \p Prelude is the log of what was
  /// parsed before it, if PreludeFiles names any of that.
  void keep(const ExtractResult &Result, const InputLog *Prelude = nullptr);

  /// This parse gave nothing. What it read counts as used all the same: if any
  /// of that changes, the next one may.
  void noteLost();

private:
  void sortOwn();

  TreeCache *Cache;
  const ExtractRequest &Request;
  HeaderRegistry &Shared;
  Digest Entry; ///< its name in the cache
  InputLog Log;
  std::vector<HeaderFacts> Own; ///< published by this parse
};

/// One run's view of the cache. All members may be called from any thread.
class TreeCache {
public:
  /// \p Program tells this build of bootorder, and how it parses, from others:
  /// see programDigest().
  TreeCache(const CachePlace &Place, Digest Program);

  /// All facts of \p Units if none of their inputs changed.
  std::optional<FactsSet> recallTree(llvm::ArrayRef<ExtractRequest> Units,
                                     unsigned Threads);

  /// Keeps \p Set, the facts of \p Units, of which none is lost.
  void keepTree(llvm::ArrayRef<ExtractRequest> Units, const FactsSet &Set,
                unsigned Threads);

  /// What tells the facts of \p Units from all others, if none of their inputs
  /// changed since a run that had them all; else none. Decodes nothing.
  std::optional<Digest> identify(llvm::ArrayRef<ExtractRequest> Units);

  /// The same once recallTree() gave the facts, or keepTree() kept them.
  std::optional<Digest> identity() const { return Identity; }

  /// What keepAnswer() kept for \p Question, which says all that the answer
  /// depends on but for this program.
  std::optional<std::string> recallAnswer(Digest Question);
  void keepAnswer(Digest Question, llvm::StringRef Answer);
  /// The answer that was recalled last makes no sense.
  void rejectAnswer(Digest Question);

  /// The facts of each unit that did not change; the others are none. Facts of
  /// the header functions they use are published.
  std::vector<std::optional<TuFacts>>
  recallUnits(llvm::ArrayRef<ExtractRequest> Units, HeaderRegistry &Headers,
              unsigned Threads);

  /// What keepText() kept for \p What under the command \p Like, if its inputs
  /// have not changed.
  std::optional<std::string> recallText(const ExtractRequest &Like,
                                        llvm::StringRef What);
  void keepText(const ExtractRequest &Like, llvm::StringRef What,
                const InputLog &Log, llvm::StringRef Text);

  /// Every path that this run depends on; call it before finish().
  std::vector<RunInput> usedPaths();

  /// Facts of \p Units were not needed: an answer was recalled.
  void noteRecalled(size_t Units) { Summary.FromCache = Units; }

  /// Ends the run: remembers digests, keeps to the size, prints \p Warnings.
  void finish(llvm::raw_ostream &Warnings);

  const ParseSummary &summary() const { return Summary; }

private:
  friend class UnitRecorder;
  friend class UnitRecall;

  Digest keyOf(const ExtractRequest &Request, llvm::StringRef What = "") const;
  Digest treeKey(llvm::ArrayRef<ExtractRequest> Units) const;
  Digest newEntryName(Digest Key);
  Digest answerName(Digest Question) const;
  void identifyTree(Digest Key, Digest Inputs, Digest Roots);
  void noteTreeUse(Digest Key, const SnapshotIndex &Index);
  FileStates &states(const TreePaths &Paths);

  /// The entry whose inputs hold now; none, and why.
  bool hasChanged(const InputList &Inputs, const TreePaths &Paths);
  Digest findEntry(Digest Key, const TreePaths &Paths, ParseReason &Why);
  /// Writes \p Body and puts it first in the manifest of \p Key.
  void keepEntry(Digest Key, Digest Entry, llvm::StringRef Body, Digest Roots,
                 const InputLog &Log, const TreePaths &Paths);
  void addVariant(Digest Key, const CacheVariant &New);
  /// The body of an entry. \p Roots becomes none unless it names one.
  std::string encodeUnit(const TreePaths &Paths, Digest Entry,
                         const TuFacts &Facts, llvm::ArrayRef<HeaderFacts> Own,
                         Digest &Roots) const;
  /// Says that the header function \p Key is in \p Entry.
  void addSource(uint64_t Key, Digest Entry);
  void noteUse(Digest Manifest, Digest Entry);

  CacheFolder Folder;
  const uint64_t MaxBytes;
  const Digest Program;
  const Digest Nonce; ///< no other run has it
  std::atomic<uint64_t> NextEntry{0};
  ParseSummary Summary;
  std::optional<Digest> Identity;

  std::once_flag MemoRead;
  Digest MemoName;
  std::unique_ptr<FileStates> States; ///< made when first asked for

  mutable std::shared_mutex SourceMutex;        ///< guards Sources
  std::unordered_map<uint64_t, Digest> Sources; ///< entries by header key

  std::mutex UseMutex; ///< guards the members below
  std::vector<Digest> UsedManifests, UsedEntries;
};

/// Of this very program file, the Clang it uses, and \p Mode, which names
/// options that change how a tree is parsed.
Digest programDigest(llvm::StringRef Mode);

} // namespace bootorder

#endif
