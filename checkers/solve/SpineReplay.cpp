//===- SpineReplay.cpp - a boot of which one unit is there ----------------===//
//
// The steps of a phase map are gone through in order. At each, globals get the
// values that the whole kernel's boot found, and functions of the program are
// entered as other units enter them. Where the spine leads through a function
// of the program that function is walked as it is now; its calls of other
// units' functions are the map's steps below it.
//
//===----------------------------------------------------------------------===//

#include "model/PhaseMap.h"
#include "solve/MapValues.h"
#include "solve/SpineWalker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace bootorder;

struct SpineWalker::MapReplay {
  explicit MapReplay(const PhaseMap &Map) : Map(Map) {}

  /// A way into a function of the program.
  struct Entry {
    FunctionId Function;
    ContextId Context;
    const std::vector<MapSteps> *Steps;
    bool runsIn(uint32_t Begin, uint32_t End) const {
      return llvm::any_of(
          *Steps, [&](MapSteps S) { return S.First < End && Begin <= S.Last; });
    }
  };

  const PhaseMap &Map;
  std::vector<Entry> Entries;
  std::vector<ObjectId> Globals;    ///< by number in the map; none: not here
  std::vector<uint32_t> Milestones; ///< of the map, by RuleSet::Milestones
  llvm::BitVector Kept;             ///< steps at which something happens here
  FunctionId StandIn;               ///< for spine functions that are not here
  uint32_t Now =
      MapStep::None; ///< the map's step of the spine function at hand

  uint32_t nextKept(uint32_t Step) const {
    int Next = Kept.find_next(Step);
    return Next < 0 ? Map.Steps.size() : Next;
  }
};

/// The function \p Name of \p File, with a body; none if the program lacks it.
static FunctionId functionIn(const Program &P, llvm::StringRef Name,
                             llvm::StringRef File) {
  for (FunctionId F : P.functionsNamed(Name))
    if (P[F].Body && P[F].File == File)
      return F;
  return {};
}

static ObjectId globalNamed(const Program &P, llvm::StringRef Name) {
  auto [File, Own] = Name.split(':');
  for (ObjectId O : P.objectsNamed(Own.empty() ? Name : Own))
    if (P[O].Definition && (Own.empty() || P[O].File == File))
      return O;
  return {};
}

void SpineWalker::readMap() {
  const PhaseMap &Map = Replay->Map;
  Replay->Kept.resize(Map.Steps.size() + 2);
  for (FunctionId F : P.functionsNamed(PhaseMapStandIn))
    Replay->StandIn = F;
  for (const std::string &Name : Map.Globals)
    Replay->Globals.push_back(globalNamed(P, Name));
  for (const MapChange &Change : Map.Changes)
    if (Replay->Globals[Change.Global].isValid())
      Replay->Kept.set(Change.Step, Change.Step + 2);
  for (const Milestone &M : Rules.rules().Milestones) {
    auto Known = llvm::find_if(Map.Milestones, [&](const MapMilestone &Of) {
      return Of.Name == M.Name && Of.Step < Map.Steps.size();
    });
    bool IsKnown = Known != Map.Milestones.end();
    Replay->Milestones.push_back(IsKnown ? Known - Map.Milestones.begin()
                                         : MapStep::None);
    if (!IsKnown)
      continue;
    Replay->Kept.set(Known->Step);
    Replay->Kept.set(std::min<uint32_t>(Known->From, Map.Steps.size()));
  }
}

void SpineWalker::readMapEntries() {
  for (const MapFunction &Of : Replay->Map.Functions) {
    FunctionId F = functionIn(P, Of.Name, Of.File);
    for (const MapEntry &Entry : Of.Entries) {
      if (!F.isValid())
        continue;
      std::vector<Value> Args;
      for (const MapValue &V : Entry.Args)
        Args.push_back(valueOf(V));
      Replay->Entries.push_back({F, Walk.Contexts.find(F, Args), &Entry.Steps});
      for (MapSteps S : Entry.Steps)
        Replay->Kept.set(S.First);
    }
  }
}

void SpineWalker::replayAll() {
  Replay = std::make_shared<MapReplay>(*Walk.State.Map);
  readMap();
  readMapEntries();
  replay(0, Replay->Map.Steps.size());
  completeFromMap(/*Before=*/MapStep::None);
}

/// A step has been added; which of the map's is it part of?
void SpineWalker::noteOrigin() {
  if (Replay)
    Walk.State.Origins.push_back(Replay->Now);
}

/// The map's steps in [\p Begin, \p End).
void SpineWalker::replay(uint32_t Begin, uint32_t End) {
  const PhaseMap &Map = Replay->Map;
  for (uint32_t S = Begin; S < End;) {
    completeFromMap(S);
    const MapStep &Step = Map.Steps[S];
    FunctionId F = Step.IsDescended ? functionIn(P, Step.Function, Step.File)
                                    : FunctionId();
    if (F.isValid() && !OnSpine[F.Value]) {
      replayFunction(S, F);
      S = Step.End + 1;
      continue;
    }
    if (Replay->Kept.test(S))
      addMapStep(S);
    changeGlobals(S, S + 1);
    ++S;
  }
}

/// Walks \p F, a function of the spine, as it is in the program.
void SpineWalker::replayFunction(uint32_t S, FunctionId F) {
  llvm::SaveAndRestore<uint32_t> In(Replay->Now, S);
  llvm::SaveAndRestore<TaskKind> Of(Task, TaskKind(Replay->Map.Steps[S].Task));
  Place At;
  uint32_t Step = addStep(At);
  History.Steps[Step].Function = F;
  complete(Index.byFunction(F, At.In, MilestoneEvent::EventKind::Calls), Step,
           Step, At);
  std::vector<Value> Args;
  for (const MapValue &V : Replay->Map.Steps[S].Args)
    Args.push_back(valueOf(V));
  walkFunction(F, Step, Args);
  complete(Index.byFunction(F, At.In, MilestoneEvent::EventKind::Returns), Step,
           History.Steps.size(), At);
  changeGlobals(S, Replay->Map.Steps[S].End + 1);
}

/// A step in which no function of the spine is the program's.
void SpineWalker::addMapStep(uint32_t S) {
  llvm::SaveAndRestore<uint32_t> In(Replay->Now, S);
  const MapStep &From = Replay->Map.Steps[S];
  Place At;
  At.In = Replay->StandIn;
  At.IsCertain = From.IsCertain;
  Task = TaskKind(From.Task);
  uint32_t Step = addStep(At);
  History.Steps[Step].Label = From.Label.empty() ? From.Function : From.Label;
  enterFromMap(Step, S, Replay->nextKept(S));
}

/// Enters what other units enter in the map's steps [\p Begin, \p End).
void SpineWalker::enterFromMap(uint32_t Step, uint32_t Begin, uint32_t End) {
  std::vector<ContextId> Entered;
  for (const MapReplay::Entry &E : Replay->Entries) {
    if (OnSpine[E.Function.Value] || !E.runsIn(Begin, End))
      continue;
    CallEdge Edge;
    Edge.To = E.Function;
    Edge.Since = Step;
    History.Steps[Step].Roots.push_back({E.Context, Edge, {Step, Step}});
    Walk.Contexts.markPlain(E.Context);
    Entered.push_back(E.Context);
  }
  Walk.walk(Step, Entered);
}

/// What globals hold after the map's steps [\p Begin, \p End).
void SpineWalker::changeGlobals(uint32_t Begin, uint32_t End) {
  const std::vector<MapChange> &Changes = Replay->Map.Changes;
  auto Change = llvm::partition_point(
      Changes, [&](const MapChange &C) { return C.Step < Begin; });
  for (; Change != Changes.end() && Change->Step < End; ++Change)
    if (ObjectId O = Replay->Globals[Change->Global]; O.isValid())
      Walk.State.Memory.store(Walk.State.Places.whole(O),
                              valueOf(Change->Holds),
                              {Replay->StandIn, EventId()}, /*IsCertain=*/true);
}

/// Milestones that the map has complete at its step \p Before, unless the
/// program has completed them itself. What step \p Within completes, which is a
/// call of the program, the program is about to see.
void SpineWalker::completeFromMap(uint32_t Before, uint32_t Within) {
  for (uint32_t M = 0; M < History.Milestones.size(); ++M) {
    MilestoneTime &Time = History.Milestones[M];
    if (Time.IsKnown || Replay->Milestones[M] == MapStep::None)
      continue;
    const MapMilestone &Known = Replay->Map.Milestones[Replay->Milestones[M]];
    if (Before < Known.From || Known.Step == Within)
      continue;
    uint32_t Step = History.Steps.empty() ? 0 : History.Steps.size() - 1;
    for (uint32_t S = 0; S < Walk.State.Origins.size(); ++S)
      if (Walk.State.Origins[S] == Known.Step)
        Step = S;
    Time = {true, uint32_t(History.Steps.size()), Step, 0, false, {}, {}};
    Walk.State.Completed.set(M);
    Walk.Contexts.complete(M);
  }
}

uint32_t SpineWalker::beginMapCall(FunctionId F, uint32_t Step) {
  if (!Replay || Replay->Now == MapStep::None || !F.isValid())
    return MapStep::None;
  uint32_t Outer = Replay->Now;
  const std::vector<MapStep> &Steps = Replay->Map.Steps;
  for (uint32_t S = Outer + 1; S <= Steps[Outer].End; S = Steps[S].End + 1) {
    if (Steps[S].Parent != Outer || Steps[S].Function != P[F].Name)
      continue;
    Replay->Now = S;
    Walk.State.Origins[Step] = S;
    break;
  }
  return Outer;
}

void SpineWalker::endMapCall(FunctionId F, uint32_t Step, uint32_t Outer) {
  if (Outer == MapStep::None)
    return;
  uint32_t S = std::exchange(Replay->Now, Outer);
  if (S == Outer)
    return; // the kernel that the map was made of has no such call
  uint32_t End = Replay->Map.Steps[S].End + 1;
  if (!History.Steps[Step].IsDescended) {
    enterFromMap(Step, S, S + 1);
    replay(S + 1, End);
  }
  changeGlobals(S, End);
  completeFromMap(End, /*Within=*/S);
}
