#include "tool/driver/Preludes.h"

#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/PreludeChoice.h"
#include "tool/driver/Progress.h"
#include "tool/driver/SafeRun.h"
#include "tool/driver/TreeCache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bootorder {

/// Units looked at before a prelude is made: enough for the shares to settle,
/// few enough to cost a few percent of what is saved.
static constexpr size_t MinimumSample = 8, MaximumSample = 32;

static size_t sampleSize(size_t Units) {
  return std::clamp(Units / 8, MinimumSample, MaximumSample);
}

/// Header lists of \p Sample; that of a unit that cannot be read is empty.
static std::vector<std::vector<IncludedHeader>>
listSamples(ArrayRef<ExtractRequest> Units, ArrayRef<size_t> Sample,
            const std::shared_ptr<SharedFiles> &Files, unsigned Threads) {
  std::vector<std::vector<IncludedHeader>> Lists(Sample.size());
  Progress Shown(Sample.size());
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (size_t I = 0; I != Sample.size(); ++I)
    Pool.async([&, I] {
      const ExtractRequest &Unit = Units[Sample[I]];
      if (isInterrupted())
        return;
      runSafely([&] {
        auto Listed =
            listHeaders(Unit, SharedFiles::open(Files, Unit.Directory));
        if (Listed)
          Lists[I] = std::move(*Listed);
        else
          consumeError(Listed.takeError()); // its own parse will say why
      });
      Shown.finished("choosing common headers");
    });
  Pool.wait();
  return Lists;
}

/// The command that all of \p Group can share the headers of.
static ExtractRequest commandOf(const PreludeGroup &Group, size_t Number,
                                ArrayRef<ExtractRequest> Units) {
  ExtractRequest Like = Units[Group.Units.front()];
  Like.Arguments = Group.Arguments;
  Like.File = Like.Directory + "/bootorder-prelude-" + utostr(Number) + ".c";
  Like.Output.clear();
  return Like;
}

static Expected<UnitPrelude>
makePrelude(const PreludeRequest &Request, HeaderRegistry &Headers,
            const std::shared_ptr<SharedFiles> &Files, TreeCache *Cache) {
  UnitRecorder Recorder(Cache, Request.Like, Headers);
  std::string Failure = "the parser crashed";
  UnitPrelude Result;
  std::optional<int> Crash = runSafely([&] {
    auto Built = buildPrelude(
        Request, &Recorder,
        SharedFiles::open(Files, Request.Like.Directory, Recorder.log()));
    if (Built)
      Result.Headers = std::move(*Built);
    else
      Failure = toString(Built.takeError());
  });
  // Even of a prelude that failed, units skip the functions it published.
  if (!Crash)
    Recorder.keepHeaders();
  if (!Result.Headers)
    return makeError(Failure);
  if (const InputLog *Log = Recorder.log())
    Result.Log = std::make_shared<const InputLog>(*Log);
  return Result;
}

/// Groups of indices into \p Units, of those that are \p Wanted.
static std::vector<PreludeGroup> groupWanted(ArrayRef<ExtractRequest> Units,
                                             const std::vector<bool> &Wanted,
                                             size_t MinimumUnits) {
  std::vector<ExtractRequest> Chosen;
  std::vector<size_t> Indices;
  for (size_t I = 0; I != Units.size(); ++I) {
    if (!Wanted[I])
      continue;
    Chosen.push_back(Units[I]);
    Indices.push_back(I);
  }
  std::vector<PreludeGroup> Groups = groupForPreludes(Chosen, MinimumUnits);
  for (PreludeGroup &Group : Groups)
    for (size_t &Unit : Group.Units)
      Unit = Indices[Unit];
  return Groups;
}

std::vector<UnitPrelude> makePreludes(ArrayRef<ExtractRequest> Units,
                                      const std::vector<bool> &Wanted,
                                      HeaderRegistry &Headers,
                                      std::shared_ptr<SharedFiles> Files,
                                      const PreludeOptions &Options,
                                      unsigned Threads, TreeCache *Cache) {
  std::vector<UnitPrelude> Result(Units.size());
  if (!Options.AreWanted)
    return Result;
  std::vector<PreludeGroup> Groups =
      groupWanted(Units, Wanted, Options.MinimumUnits);
  for (size_t I = 0; I != Groups.size() && !isInterrupted(); ++I) {
    std::vector<size_t> Sample =
        sampleOf(Groups[I].Units, sampleSize(Groups[I].Units.size()));
    PreludeRequest Request;
    Request.Like = commandOf(Groups[I], I, Units);
    Request.Headers = chooseHeaders(listSamples(Units, Sample, Files, Threads),
                                    Options.Share);
    if (Request.Headers.empty())
      continue;
    auto Made = makePrelude(Request, Headers, Files, Cache);
    if (!Made) {
      errs() << "bootorder: note: " << utostr(Groups[I].Units.size())
             << " units are parsed without a prelude: "
             << toString(Made.takeError()) << "\n";
      continue;
    }
    for (size_t Unit : Groups[I].Units)
      Result[Unit] = *Made;
  }
  return Result;
}

} // namespace bootorder
