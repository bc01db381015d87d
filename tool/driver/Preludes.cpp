#include "tool/driver/Preludes.h"

#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/PreludeChoice.h"
#include "tool/driver/Progress.h"
#include "tool/driver/SafeRun.h"
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

static Expected<std::shared_ptr<const Prelude>>
makePrelude(const PreludeRequest &Request, HeaderRegistry &Headers,
            const std::shared_ptr<SharedFiles> &Files) {
  std::string Failure = "the parser crashed";
  std::shared_ptr<const Prelude> Result;
  runSafely([&] {
    auto Built = buildPrelude(Request, &Headers,
                              SharedFiles::open(Files, Request.Like.Directory));
    if (Built)
      Result = std::move(*Built);
    else
      Failure = toString(Built.takeError());
  });
  if (!Result)
    return makeError(Failure);
  return Result;
}

std::vector<std::shared_ptr<const Prelude>>
makePreludes(ArrayRef<ExtractRequest> Units, HeaderRegistry &Headers,
             std::shared_ptr<SharedFiles> Files, const PreludeOptions &Options,
             unsigned Threads) {
  std::vector<std::shared_ptr<const Prelude>> Result(Units.size());
  if (!Options.AreWanted)
    return Result;
  std::vector<PreludeGroup> Groups =
      groupForPreludes(Units, Options.MinimumUnits);
  for (size_t I = 0; I != Groups.size() && !isInterrupted(); ++I) {
    std::vector<size_t> Sample =
        sampleOf(Groups[I].Units, sampleSize(Groups[I].Units.size()));
    PreludeRequest Request;
    Request.Like = commandOf(Groups[I], I, Units);
    Request.Headers = chooseHeaders(listSamples(Units, Sample, Files, Threads),
                                    Options.Share);
    if (Request.Headers.empty())
      continue;
    auto Made = makePrelude(Request, Headers, Files);
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
