#include "tool/driver/Preludes.h"

#include "support/Error.h"
#include "support/Paths.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/Progress.h"
#include "tool/driver/SafeRun.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace bootorder {

/// With a prelude a header is read once more, and written: that many units have
/// to use it before it pays.
static constexpr size_t MinimumUsers = 3;

/// The command that all of \p Group can share the headers of.
ExtractRequest PreludeMaker::commandOf(const PreludeGroup &Group,
                                       size_t Number) const {
  ExtractRequest Like = Units[Group.Units.front()];
  Like.Arguments = Group.Arguments;
  Like.File = Like.Directory + "/bootorder-prelude-" + utostr(Number) + ".c";
  Like.Output.clear();
  return Like;
}

/// What the text of \p Unit includes. A name in quotes that is a file beside it
/// becomes that file's path.
static std::vector<IncludeName> includesIn(const ExtractRequest &Unit,
                                           vfs::FileSystem &Files) {
  std::string Path = absolutePath(Unit.File, Unit.Directory);
  auto Text = Files.getBufferForFile(Path);
  if (!Text)
    return {}; // its own parse will say why
  std::vector<IncludeName> Names = includesOf((*Text)->getBuffer());
  for (IncludeName &Name : Names) {
    SmallString<128> Beside = sys::path::parent_path(Path);
    sys::path::append(Beside, Name.Name);
    if (!Name.IsAngled && Files.exists(Beside))
      Name.Name = Beside.str();
  }
  return Names;
}

void PreludeMaker::readIncludes(ArrayRef<PreludeGroup> Groups) {
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (const PreludeGroup &Group : Groups)
    for (size_t Unit : Group.Units)
      if (!Includes[Unit])
        Pool.async([&, Unit] {
          const ExtractRequest &Request = Units[Unit];
          Includes[Unit] =
              includesIn(Request, *SharedFiles::open(Files, Request.Directory));
        });
  Pool.wait();
}

/// Headers that enough units of \p Group share. Empty if they cannot be read:
/// the units' own parses will say why.
std::vector<ChosenHeader> PreludeMaker::headersFor(const PreludeGroup &Group,
                                                   const ExtractRequest &Like) {
  std::map<IncludeName, uint32_t> Users;
  for (size_t Unit : Group.Units)
    for (const IncludeName &Name : *Includes[Unit])
      ++Users[Name];
  std::vector<IncludeName> Names;
  for (const auto &[Name, Count] : Users)
    if (Count >= MinimumUsers)
      Names.push_back(Name);
  // What most units begin with prepares the ground for what few include.
  llvm::sort(Names, [&](const IncludeName &A, const IncludeName &B) {
    return Users[A] != Users[B] ? Users[A] > Users[B] : A < B;
  });
  std::optional<HeaderGraph> Graph;
  runSafely([&] {
    auto Read =
        readHeaders(Like, Names, SharedFiles::open(Files, Like.Directory));
    if (Read)
      Graph = std::move(*Read);
    else
      consumeError(Read.takeError());
  });
  if (!Graph)
    return {};
  std::map<IncludeName, uint32_t> Found;
  for (size_t I = 0; I != Names.size(); ++I)
    if (Graph->Asked[I])
      Found[Names[I]] = *Graph->Asked[I];
  std::vector<std::vector<uint32_t>> Lists;
  for (size_t Unit : Group.Units) {
    std::vector<uint32_t> Direct;
    for (const IncludeName &Name : *Includes[Unit])
      if (auto Header = Found.find(Name); Header != Found.end())
        Direct.push_back(Header->second);
    Lists.push_back(reachedFrom(*Graph, Direct));
  }
  return chooseHeaders(Graph->Headers, Lists, MinimumUsers);
}

Expected<UnitPrelude> PreludeMaker::build(const Plan &P) {
  PreludeRequest Request;
  Request.Like = P.Like;
  for (const ChosenHeader &Header : P.Headers)
    Request.Headers.push_back(Header.Path);
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

std::vector<PreludeMaker::Plan>
PreludeMaker::plan(std::vector<PreludeGroup> Groups) {
  readIncludes(Groups);
  std::vector<Plan> Plans;
  for (PreludeGroup &Group : Groups) {
    Plans.emplace_back();
    Plans.back().Like = commandOf(Group, Made++);
    Plans.back().Group = std::move(Group);
  }
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  Progress Shown(Plans.size());
  for (Plan &P : Plans)
    Pool.async([&] {
      if (!isInterrupted())
        P.Headers = headersFor(P.Group, P.Like);
      Shown.finished("choosing common headers");
    });
  Pool.wait();
  for (Plan &P : Plans) {
    if (!P.Group.Wider || pays(P.Headers, Plans[*P.Group.Wider].Headers))
      continue;
    append_range(Plans[*P.Group.Wider].Group.Units, P.Group.Units);
    P.Group.Units.clear();
    P.Headers.clear();
  }
  return Plans;
}

void PreludeMaker::makeFor(std::vector<PreludeGroup> Groups,
                           std::vector<UnitPrelude> &Out) {
  std::vector<Plan> Plans = plan(std::move(Groups));
  std::vector<Expected<UnitPrelude>> Built;
  for (size_t I = 0; I != Plans.size(); ++I)
    Built.push_back(UnitPrelude());
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (size_t I = 0; I != Plans.size(); ++I)
    if (!Plans[I].Headers.empty())
      Pool.async([&, I] {
        if (!isInterrupted())
          Built[I] = build(Plans[I]);
      });
  Pool.wait();
  for (size_t I = 0; I != Plans.size(); ++I) {
    const std::vector<size_t> &Members = Plans[I].Group.Units;
    if (!Built[I]) {
      errs() << "bootorder: note: " << utostr(Members.size())
             << " units are parsed without a prelude: "
             << toString(Built[I].takeError()) << "\n";
      continue;
    }
    for (size_t Unit : Members)
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
