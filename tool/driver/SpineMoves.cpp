#include "tool/driver/SpineMoves.h"

#include "solve/FindingText.h"
#include "support/Error.h"
#include "support/Suggest.h"
#include "tool/report/Report.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

Expected<SpineMove> parseSpineMove(StringRef Text) {
  for (auto [Word, Side] : {std::pair(":before:", MoveSide::Before),
                            std::pair(":after:", MoveSide::After)}) {
    auto [Call, Anchor] = Text.split(Word);
    if (!Call.empty() && !Anchor.empty())
      return SpineMove{Call.str(), Anchor.str(), Side};
  }
  return makeError("'" + Text +
                   "' is no move; write CALL:before:CALL or CALL:after:CALL, "
                   "as in 'trap_init:before:sched_init'");
}

/// The modules of \p Facts, by address: a program knows them as constants.
static DenseMap<const FactsModule *, FactsModule *>
modulesOf(TreeFacts &Facts) {
  DenseMap<const FactsModule *, FactsModule *> Modules;
  for (TuFacts &Unit : Facts.Units)
    Modules[&Unit.Module] = &Unit.Module;
  for (HeaderFacts &Header : Facts.Headers)
    Modules[&Header.Module] = &Header.Module;
  return Modules;
}

SpineMoves::SpineMoves(TreeFacts &Facts, const Program &P,
                       const SolveResult &Boot)
    : Boot(Boot) {
  DenseMap<const FactsModule *, FactsModule *> Modules = modulesOf(Facts);
  for (const StepRow &Row : Boot.Steps) {
    FunctionId In(Row.In);
    EventId Event(Row.Event);
    if (!In.isValid() || !Event.isValid() || !Row.IsCertain)
      continue;
    FactsModule *Module = Modules.lookup(P.moduleOf(In).Facts);
    uint32_t Function = P[In].Body - Module->Functions.data();
    addSite(Row, P[In].Name.str(), {Module, Function, Event});
  }
}

/// The macro that somebody wrote at \p Place; empty if it is none.
static std::string outermostMacro(const EventPlace &Place) {
  const FactsModule &Facts = *Place.Module;
  MacroId M = Place.body().Events[Place.Event.Value].Macro;
  while (M.isValid() && Facts[M].Parent.isValid())
    M = Facts[M].Parent;
  return M.isValid() ? Facts.str(Facts[M].Name).str() : "";
}

/// One event may be several steps: its call, and tables that it runs.
void SpineMoves::addSite(const StepRow &Row, const std::string &Caller,
                         const EventPlace &Place) {
  auto Known = find_if(Sites, [&](const Site &S) {
    return S.Place.isSameFunction(Place) && S.Place.Event == Place.Event;
  });
  if (Known != Sites.end()) {
    append_range(Known->Milestones, Row.Milestones);
    return;
  }
  Sites.push_back({Row.Step.Function, outermostMacro(Place), Row.Step.Place,
                   Caller, Row.Milestones, Place});
}

/// `init/main.c:623`, `main.c:623` and `623` all fit the end of \p Where.
static bool isAt(const SourcePlace &Where, StringRef Asked) {
  StringRef Full = Where.File;
  auto [File, Line] = Asked.rsplit(':');
  if (Line.empty())
    std::swap(File, Line);
  bool IsFile =
      File.empty() || Full == File ||
      (Full.ends_with(File) && Full.drop_back(File.size()).ends_with("/"));
  return IsFile && Line == utostr(Where.Line);
}

Error SpineMoves::unknown(StringRef Asked, StringRef Name) const {
  for (const StepRow &Row : Boot.Steps)
    if (Row.Step.Function == Name && Asked == Name && !Row.IsCertain)
      return makeError("the boot calls '" + Name + "' (" +
                       placeText(Row.Step.Place) +
                       "), but not once and for certain; only such calls can "
                       "be moved, 'bootorder dump steps' lists them");
  std::vector<StringRef> Known;
  for (const Site &S : Sites)
    Known.push_back(S.Name);
  std::string Hint = suggestWord(Name, Known);
  return makeError("'" + Asked +
                   "' is no call of the boot's spine; 'bootorder dump steps' "
                   "lists them" +
                   (Hint.empty() ? "" : "; " + Hint));
}

std::vector<SpineMoves::Site *> SpineMoves::find(StringRef Asked) {
  auto [Name, Where] = Asked.split('@');
  std::vector<Site *> Found;
  for (Site &S : Sites)
    if (S.Name == Name && (Where.empty() || isAt(S.Where, Where)))
      Found.push_back(&S);
  // A macro stands for all it makes, a milestone for what completes it.
  for (Site &S : Sites)
    if (S.Macro == Name && (Where.empty() || isAt(S.Where, Where)) &&
        (Found.empty() || placeText(Found.back()->Where) != placeText(S.Where)))
      Found.push_back(&S);
  for (Site &S : Sites)
    if (Found.empty() && Where.empty() && is_contained(S.Milestones, Name))
      Found.push_back(&S);
  return Found;
}

Error SpineMoves::severalOf(StringRef Asked, ArrayRef<Site *> Found) const {
  StringRef Name = Asked.split('@').first;
  std::string Places;
  for (const Site *S : Found)
    Places +=
        "\n  " + Name.str() + "@" + placeText(S->Where) + "  in " + S->Caller;
  return makeError("the spine calls '" + Name + "' " + utostr(Found.size()) +
                   " times; say which is meant:" + Places);
}

/// `'trap_init' (init/main.c:601)`.
static std::string describe(StringRef Asked, const SourcePlace &Where) {
  return ("'" + Asked.split('@').first + "' (" + placeText(Where) + ")").str();
}

Expected<std::pair<SpineMoves::Site *, SpineMoves::Site *>>
SpineMoves::findBoth(const SpineMove &Move) {
  std::vector<Site *> Calls = find(Move.Call), Anchors = find(Move.Anchor);
  if (Calls.empty() || Anchors.empty()) {
    StringRef Asked = Calls.empty() ? Move.Call : Move.Anchor;
    return unknown(Asked, Asked.split('@').first);
  }
  auto KeepBeside = [](std::vector<Site *> &Several, const Site *One) {
    auto IsBeside = [&](const Site *S) {
      return S->Place.isSameFunction(One->Place);
    };
    if (any_of(Several, IsBeside))
      erase_if(Several, [&](const Site *S) { return !IsBeside(S); });
  };
  if (Anchors.size() == 1)
    KeepBeside(Calls, Anchors.front());
  else if (Calls.size() == 1)
    KeepBeside(Anchors, Calls.front());
  if (Calls.size() > 1)
    return severalOf(Move.Call, Calls);
  if (Anchors.size() > 1)
    return severalOf(Move.Anchor, Anchors);
  return std::pair(Calls.front(), Anchors.front());
}

/// The sites follow their events.
void SpineMoves::follow(const EventPlace &From, const EventPlace &To,
                        const MovedEvents &Moved) {
  for (Site &S : Sites) {
    EventId Event = S.Place.Event;
    if (S.Place.isSameFunction(From) && Event == From.Event)
      S.Place = Moved.Call;
    else if (S.Place.isSameFunction(From))
      S.Place.Event = Moved.Source[Event.Value];
    else if (S.Place.isSameFunction(To))
      S.Place.Event = Moved.Target[Event.Value];
  }
  // What was an argument of the moved call went with it.
  erase_if(Sites, [](const Site &S) { return !S.Place.Event.isValid(); });
}

Expected<std::string> SpineMoves::apply(const SpineMove &Move) {
  auto Found = findBoth(Move);
  if (!Found)
    return Found.takeError();
  auto [Call, Anchor] = *Found;
  EventPlace From = Call->Place, To = Anchor->Place;
  if (From.body().Events[From.Event.Value].Kind != EventKind::Call)
    return makeError("'" + Move.Call + "' is no call; only calls can be moved");
  Expected<MovedEvents> Moved = moveCall(From, To, Move.Side);
  if (!Moved)
    return Moved.takeError();
  std::string Text = describe(Move.Call, Call->Where) +
                     (Move.Side == MoveSide::Before ? " before " : " after ") +
                     describe(Move.Anchor, Anchor->Where);
  Call->Caller = Anchor->Caller;
  follow(From, To, *Moved);
  return Text;
}

} // namespace bootorder
