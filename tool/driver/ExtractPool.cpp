#include "tool/driver/ExtractPool.h"

#include "model/CanonicalHeaders.h"
#include "support/Error.h"
#include "support/Paths.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/MemoryHeaders.h"
#include "tool/driver/Progress.h"
#include "tool/driver/SafeRun.h"
#include "tool/driver/SharedFiles.h"
#include "tool/driver/TreeCache.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ThreadPool.h"
#include <atomic>
#include <optional>
#include <set>

using namespace llvm;

namespace bootorder {

namespace {

/// What became of one request. Written by one worker, read after all ended.
struct Slot {
  std::optional<TuFacts> Facts;
  Conflict Refused; ///< by the last prelude that was tried
  std::string LostReason;
  bool HasCrashed = false;
};

class Extraction {
public:
  Extraction(ArrayRef<ExtractRequest> Units, const UnitExtractor &Extract,
             TreeCache *Cache)
      : Units(Units), Extract(Extract), Cache(Cache), Slots(Units.size()),
        Preludes(Units.size()) {}

  void recall(unsigned Threads);
  void run(const PreludeOptions &Options, unsigned Threads);
  void retryCrashed();
  ExtractedUnits merge();

private:
  void runOn(ArrayRef<size_t> Order, unsigned Threads);
  void runOne(size_t Unit, HeaderRegistry &Registry);
  void addMissingHeaders(std::vector<HeaderFacts> &All);
  std::vector<size_t> largestFirst() const; ///< units without facts

  ArrayRef<ExtractRequest> Units;
  const UnitExtractor &Extract;
  TreeCache *Cache;                  ///< may be null
  std::vector<Slot> Slots;           ///< by unit
  std::vector<UnitPrelude> Preludes; ///< by unit
  MemoryHeaders Headers;
  std::shared_ptr<SharedFiles> Files =
      std::make_shared<SharedFiles>(vfs::getRealFileSystem());
};

} // namespace

/// The source as people call it; generated ones lie below the objects.
static std::string displayName(const ExtractRequest &Request) {
  if (Request.SourceRoot.empty())
    return Request.File;
  std::string Path = absolutePath(Request.File, Request.Directory);
  return treeRelativePath(treeRelativePath(Path, Request.SourceRoot),
                          Request.Directory);
}

std::vector<size_t> Extraction::largestFirst() const {
  std::vector<uint64_t> Sizes(Units.size());
  for (size_t I = 0; I != Units.size(); ++I) {
    std::string Path = absolutePath(Units[I].File, Units[I].Directory);
    if (sys::fs::file_size(Path, Sizes[I]))
      Sizes[I] = 0;
  }
  std::vector<size_t> Order;
  for (size_t I = 0; I != Units.size(); ++I)
    if (!Slots[I].Facts)
      Order.push_back(I);
  llvm::sort(Order, [&](size_t A, size_t B) {
    return Sizes[A] != Sizes[B] ? Sizes[A] > Sizes[B] : A < B;
  });
  return Order;
}

void Extraction::recall(unsigned Threads) {
  if (!Cache)
    return;
  auto Known = Cache->recallUnits(Units, Headers, Threads);
  for (size_t I = 0; I != Known.size(); ++I)
    Slots[I].Facts = std::move(Known[I]);
}

void Extraction::runOne(size_t Unit, HeaderRegistry &Registry) {
  Slot &Out = Slots[Unit];
  Conflict Refused = std::move(Out.Refused);
  Out = Slot();
  ExtractRequest Request = Units[Unit];
  Request.With = Preludes[Unit].Headers;
  UnitRecorder Recorder(Cache, Request, Registry);
  auto FileSystem = SharedFiles::open(Files, Request.Directory, Recorder.log());
  std::optional<int> Crash = runSafely([&] {
    auto Result = Extract(Request, &Recorder, FileSystem);
    if (!Result) {
      Out.LostReason = toString(Result.takeError());
      Recorder.noteLost();
      return;
    }
    Out.Refused = Request.With ? std::move(Result->Refused) : Refused;
    if (Request.With && Out.Refused)
      return;
    Recorder.keep(*Result, Preludes[Unit].Log.get());
    Out.Facts = std::move(Result->Facts);
  });
  if (!Crash)
    return;
  // The crash may have left the slot half-written: it is not looked at again.
  Out.Facts.reset();
  Out.HasCrashed = true;
  Out.LostReason = "the parser crashed (status " + itostr(*Crash) + ")";
}

/// Preludes that are made for units of one kind before they are parsed plainly.
static constexpr unsigned MaxPreludes = 3;

/// Units refuse a prelude, and another one made for such as them, before they
/// are parsed plainly.
void Extraction::run(const PreludeOptions &Options, unsigned Threads) {
  PreludeMaker Maker(Units, Files, Options, Threads, Cache != nullptr);
  std::vector<size_t> Left = largestFirst(), Wanted = Left;
  llvm::sort(Wanted);
  Maker.make(Wanted, Preludes);
  for (unsigned Attempt = 1; !Left.empty() && !isInterrupted(); ++Attempt) {
    runOn(Left, Threads);
    // Who was parsed plainly has facts, or is lost.
    erase_if(Left, [&](size_t Unit) {
      return !Preludes[Unit].Headers || !Slots[Unit].Refused;
    });
    std::vector<PreludeMaker::Refusal> Refused;
    for (size_t Unit : Left) {
      Refused.push_back({Unit, Slots[Unit].Refused});
      Preludes[Unit] = UnitPrelude();
    }
    llvm::sort(Refused, less_first());
    if (Attempt < MaxPreludes)
      Maker.makeAnew(Refused, Preludes);
  }
}

void Extraction::runOn(ArrayRef<size_t> Order, unsigned Threads) {
  std::atomic<size_t> Next{0};
  Progress Shown(Order.size());
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (unsigned Worker = 0; Worker != Pool.getMaxConcurrency(); ++Worker)
    Pool.async([&] {
      for (size_t I = Next++; I < Order.size() && !isInterrupted();
           I = Next++) {
        runOne(Order[I], Headers);
        Shown.finished(displayName(Units[Order[I]]));
      }
    });
  Pool.wait();
}

void Extraction::retryCrashed() {
  for (size_t I = 0; I != Units.size(); ++I)
    if (Slots[I].HasCrashed && !isInterrupted()) {
      Preludes[I] = UnitPrelude();
      runOne(I, Headers);
    }
}

/// A worker that dies between skipping and publishing leaves others with a key
/// that has no facts: such a unit is parsed once more, sharing nothing.
void Extraction::addMissingHeaders(std::vector<HeaderFacts> &All) {
  std::set<uint64_t> Known;
  for (const HeaderFacts &Header : All)
    Known.insert(Header.Key);
  auto IsComplete = [&](const Slot &S) {
    return !S.Facts || all_of(S.Facts->HeaderKeys, [&](uint64_t Key) {
      return Known.count(Key) != 0;
    });
  };
  for (size_t I = 0; I != Units.size(); ++I) {
    if (IsComplete(Slots[I]))
      continue;
    MemoryHeaders Own;
    Preludes[I] = UnitPrelude();
    runOne(I, Own);
    for (HeaderFacts &Header : Own.take())
      if (Known.insert(Header.Key).second)
        All.push_back(std::move(Header));
    if (IsComplete(Slots[I]))
      continue;
    Slots[I].Facts.reset();
    Slots[I].LostReason = "facts of functions in its headers are missing";
  }
  llvm::sort(All, [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  });
}

ExtractedUnits Extraction::merge() {
  ExtractedUnits All;
  All.Headers = Headers.take();
  addMissingHeaders(All.Headers);
  for (size_t I = 0; I != Units.size(); ++I) {
    if (Slots[I].Refused)
      All.Refused.push_back({displayName(Units[I]), Slots[I].Refused.text()});
    All.UnitsWithPrelude +=
        Preludes[I].Headers && Slots[I].Facts && !Slots[I].Refused;
    if (Slots[I].Facts)
      All.Units.push_back(std::move(*Slots[I].Facts));
    else
      All.Lost.push_back(
          {displayName(Units[I]), Slots[I].LostReason, Units[I].Output});
  }
  canonicaliseHeaders(All.Units, All.Headers);
  All.Read = Files->digests();
  return All;
}

Expected<ExtractResult>
extractSource(const ExtractRequest &Request, HeaderRegistry *Headers,
              IntrusiveRefCntPtr<vfs::FileSystem> Files) {
  std::string Path = absolutePath(Request.File, Request.Directory);
  ErrorOr<vfs::Status> Status = Files->status(Path);
  if (!Status)
    return makeError(StringRef(Status.getError().message()).lower() +
                     "; capture the tree again if it has changed");
  if (!Status->isRegularFile() && Path != "/dev/null")
    return makeError((Status->isDirectory() ? "this is a folder"
                                            : "this is no regular file") +
                     Twine("; capture the tree again if it has changed"));
  return extractUnit(Request, Headers, std::move(Files));
}

Expected<ExtractedUnits>
extractAll(ArrayRef<ExtractRequest> Units, const UnitExtractor &Extract,
           unsigned Threads, const PreludeOptions &Preludes, TreeCache *Cache) {
  CrashRecoveryContext::Enable();
  Extraction Run(Units, Extract, Cache);
  Run.recall(Threads);
  Run.run(Preludes, Threads);
  Run.retryCrashed();
  if (Error E = checkInterrupt())
    return std::move(E);
  return Run.merge();
}

} // namespace bootorder
