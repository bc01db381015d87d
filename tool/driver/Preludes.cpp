#include "tool/driver/Preludes.h"

#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/Progress.h"
#include "tool/driver/SafeRun.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace bootorder {

/// Units whose headers are listed before a prelude is made: enough to see what
/// a few in a hundred share, few enough to cost little of what is saved.
static constexpr size_t MinimumSample = 40, MaximumSample = 320;

/// The same where a prelude of a wider group is there already, and before that,
/// to see whether there is anything to gain. Folders are hundreds.
static constexpr size_t MinimumNarrowSample = 8, NarrowProbe = 2;

/// With a prelude a header is read once more, and written: that many units have
/// to use it before it pays.
static constexpr size_t MinimumUsers = 2;

static size_t sampleSize(const PreludeGroup &Group) {
  size_t Minimum = Group.Wider ? MinimumNarrowSample : MinimumSample;
  size_t Size = std::clamp(Group.Units.size() / 4, Minimum, MaximumSample);
  return std::min(Size, Group.Units.size());
}

/// Users among \p Sample of \p Units that speak for enough users in all.
static size_t usersInSample(size_t Sample, size_t Units) {
  return std::max<size_t>(2, divideCeil(MinimumUsers * Sample, Units));
}

/// The command that all of \p Group can share the headers of.
ExtractRequest PreludeMaker::commandOf(const PreludeGroup &Group,
                                       size_t Number) const {
  ExtractRequest Like = Units[Group.Units.front()];
  Like.Arguments = Group.Arguments;
  Like.File = Like.Directory + "/bootorder-prelude-" + utostr(Number) + ".c";
  Like.Output.clear();
  return Like;
}

/// Headers of a unit are those that the command of the group finds.
std::vector<ChosenHeader> PreludeMaker::headersFor(const PreludeGroup &Group,
                                                   const ExtractRequest &Like,
                                                   size_t SampleSize,
                                                   HeaderLister &Lister) {
  std::vector<size_t> Sample = sampleOf(Group.Units, SampleSize);
  std::vector<std::vector<IncludedHeader>> Lists(Sample.size());
  Progress Shown(Sample.size());
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (size_t I = 0; I != Sample.size(); ++I)
    Pool.async([&, I] {
      if (isInterrupted())
        return;
      ExtractRequest Unit = Like;
      Unit.File = Units[Sample[I]].File;
      runSafely([&] {
        auto Listed =
            Lister.list(Unit, SharedFiles::open(Files, Unit.Directory));
        if (Listed)
          Lists[I] = std::move(*Listed);
        else
          consumeError(Listed.takeError()); // its own parse will say why
      });
      Shown.finished("choosing common headers");
    });
  Pool.wait();
  return chooseHeaders(Lists, usersInSample(Sample.size(), Group.Units.size()));
}

Expected<UnitPrelude> PreludeMaker::build(const PreludeRequest &Request) {
  InputLog Log;
  std::string Failure = "the parser crashed";
  UnitPrelude Result;
  std::optional<int> Crash = runSafely([&] {
    auto Built =
        buildPrelude(Request, SharedFiles::open(Files, Request.Like.Directory,
                                                IsLogged ? &Log : nullptr));
    if (Built)
      Result.Headers = std::move(*Built);
    else
      Failure = toString(Built.takeError());
  });
  if (Crash || !Result.Headers)
    return makeError(Failure);
  if (IsLogged)
    Result.Log = std::make_shared<const InputLog>(std::move(Log));
  return Result;
}

/// Groups of indices into Units.
std::vector<PreludeGroup> PreludeMaker::group(ArrayRef<size_t> Wanted) const {
  std::vector<ExtractRequest> Chosen;
  for (size_t Unit : Wanted)
    Chosen.push_back(Units[Unit]);
  std::vector<PreludeGroup> Groups =
      groupForPreludes(Chosen, Options.MinimumUnits);
  for (PreludeGroup &Group : Groups)
    for (size_t &Unit : Group.Units)
      Unit = Wanted[Unit];
  return Groups;
}

/// Headers for a group that gains enough by a prelude of its own, where there
/// is one of \p Wider; else none.
std::vector<ChosenHeader> PreludeMaker::narrowHeaders(
    const PreludeGroup &Group, const ExtractRequest &Like,
    ArrayRef<ChosenHeader> Wider, HeaderLister &Lister) {
  std::vector<ChosenHeader> Chosen;
  for (size_t Size :
       {std::min(NarrowProbe, Group.Units.size()), sampleSize(Group)}) {
    Chosen = headersFor(Group, Like, Size, Lister);
    if (!pays(Chosen, double(Group.Units.size()) / Size, Wider))
      return {};
  }
  return Chosen;
}

void PreludeMaker::makeFor(std::vector<PreludeGroup> Groups,
                           std::vector<UnitPrelude> &Out) {
  HeaderLister Lister;
  std::vector<PreludeRequest> Requests(Groups.size());
  std::vector<std::vector<ChosenHeader>> Chosen;
  for (size_t I = 0; I != Groups.size(); ++I) {
    PreludeGroup &Group = Groups[I];
    Requests[I].Like = commandOf(Group, Made++);
    if (!Group.Wider) {
      Chosen.push_back(
          headersFor(Group, Requests[I].Like, sampleSize(Group), Lister));
      continue;
    }
    Chosen.push_back(
        narrowHeaders(Group, Requests[I].Like, Chosen[*Group.Wider], Lister));
    if (Chosen.back().empty()) {
      std::vector<size_t> &Units = Groups[*Group.Wider].Units;
      Units.insert(Units.end(), Group.Units.begin(), Group.Units.end());
      Group.Units.clear();
    }
  }
  std::vector<Expected<UnitPrelude>> Built;
  for (size_t I = 0; I != Groups.size(); ++I) {
    Built.push_back(UnitPrelude());
    for (ChosenHeader &Header : Chosen[I])
      Requests[I].Headers.push_back(std::move(Header.Path));
  }
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (size_t I = 0; I != Groups.size(); ++I)
    if (!Requests[I].Headers.empty())
      Pool.async([&, I] {
        if (!isInterrupted())
          Built[I] = build(Requests[I]);
      });
  Pool.wait();
  for (size_t I = 0; I != Groups.size(); ++I) {
    if (!Built[I]) {
      errs() << "bootorder: note: " << utostr(Groups[I].Units.size())
             << " units are parsed without a prelude: "
             << toString(Built[I].takeError()) << "\n";
      continue;
    }
    for (size_t Unit : Groups[I].Units)
      Out[Unit] = *Built[I];
  }
}

void PreludeMaker::make(ArrayRef<size_t> Wanted,
                        std::vector<UnitPrelude> &Out) {
  if (Options.AreWanted)
    makeFor(group(Wanted), Out);
}

/// Whether a prelude of \p Group may do for units that were refused for \p Why.
static bool mayHelp(const PreludeGroup &Group, const Conflict &Why) {
  // A macro that the unit itself makes of a name, no prelude knows; one that
  // all commands of the group define, theirs does.
  return Why.Kind != ConflictKind::NameIsMacro ||
         any_of(Group.Arguments, [&](StringRef Argument) {
           return Argument.consume_front("-D") &&
                  Argument.split('=').first == Why.Subject;
         });
}

void PreludeMaker::makeAnew(ArrayRef<Refusal> Refused,
                            std::vector<UnitPrelude> &Out) {
  std::map<std::string, std::vector<const Refusal *>> Alike;
  for (const Refusal &R : Refused)
    Alike[R.second.text()].push_back(&R);
  std::vector<PreludeGroup> Groups;
  for (const auto &[Reason, Members] : Alike) {
    std::vector<size_t> Wanted;
    for (const Refusal *R : Members)
      Wanted.push_back(R->first);
    for (PreludeGroup &Group : group(Wanted))
      if (mayHelp(Group, Members.front()->second)) {
        Group.Wider = std::nullopt;
        Groups.push_back(std::move(Group));
      }
  }
  makeFor(std::move(Groups), Out);
}

} // namespace bootorder
