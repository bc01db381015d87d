//===- ReportWalk.cpp - where findings can be at each step ----------------===//

#include "solve/ReportWalk.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

ReportWalk::ReportWalk(const RuleIndex &Rules, const BootHistory &History,
                       const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows)
    : Rules(Rules), History(History), Walk(Walk), Windows(Windows) {
  size_t Count = Walk.Contexts.size();
  Open.resize(Count);
  Plain.resize(Count);
  PlainStamp.resize(Count);
  Deciding.resize(Rules.program().Functions.size());
  for (const RuleWindow &W : Windows)
    for (const ResolvedSink &S : W.Sinks)
      if (!S.Source->MattersFor.empty())
        Deciding |= S.Functions;
  Held.resize(Count);
  Callers.resize(Count);
  OpenStamp.resize(Count);
  HeldStamp.resize(Count);
  SpineFunctions.resize(Rules.program().Functions.size());
  uint32_t End = 0;
  for (const RuleWindow &W : Windows)
    End = std::max(End, W.End);
  for (uint32_t Step = 0; Step < History.Steps.size(); ++Step) {
    const BootStep &S = History.Steps[Step];
    if (S.In.isValid() && S.Event.isValid())
      SpineSteps.try_emplace({S.In, S.Event}, Step);
    if (S.IsDescended) {
      SpineFunctions.set(S.Function.Value);
      SpineRows.try_emplace(S.Function, Step);
    }
    if (Step >= End)
      continue;
    llvm::BitVector Closed = closedAt(Step);
    walkStep(Step, Closed, /*Remember=*/false);
    walkPlain(Step, Closed);
  }
  for (const BootHistory::SpineEvent &E : History.Others)
    SpineSteps.try_emplace({E.In, E.Event}, E.Step);
  findCallers();
}

void ReportWalk::findCallers() {
  for (uint32_t Step = 0; Step < History.Steps.size(); ++Step) {
    const BootStep &S = History.Steps[Step];
    for (const ContextCall &Root : S.Roots)
      if (!Root.Edge.IsCrash && S.In.isValid())
        Callers[Root.To.Value].push_back(
            {S.In, Root.Edge, ContextId(), Root.To, Step});
  }
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    const Context &C = Walk.Contexts[ContextId(I)];
    if (Open[I].empty())
      continue;
    for (const ContextCall &Call : C.Calls)
      if (!Call.Edge.IsCrash)
        Callers[Call.To.Value].push_back({C.Function, Call.Edge, ContextId(I),
                                          Call.To, Call.When.First,
                                          Call.When.Last});
  }
}

llvm::BitVector ReportWalk::closedAt(uint32_t Step) const {
  llvm::BitVector Closed(Rules.program().Functions.size());
  for (const RuleWindow &W : Windows)
    if (W.contains(Step))
      Closed |= W.Closed;
  return Closed;
}

static void extend(std::vector<StepInterval> &Steps, uint32_t Step) {
  if (!Steps.empty() && Steps.back().Last + 1 >= Step)
    Steps.back().Last = Step;
  else
    Steps.push_back({Step, Step});
}

void ReportWalk::enter(ContextId C, uint32_t Step, bool IsHeld) {
  bool Runs = llvm::any_of(Walk.reach(C), [Step](const StepInterval &I) {
    return I.contains(Step);
  });
  if (!Runs) // it waits for something that does not happen yet
    return;
  if (OpenStamp[C.Value] == Round || (IsHeld && HeldStamp[C.Value] == Round))
    return;
  (IsHeld ? HeldStamp : OpenStamp)[C.Value] = Round;
  (IsHeld ? HeldQueue : Queue).push_back(C);
}

void ReportWalk::spread(ContextId C, uint32_t Step, bool IsHeld, bool IsRoot,
                        const llvm::BitVector &Closed, bool Remember) {
  FunctionId F = Walk.Contexts[C].Function;
  if (Closed.test(F.Value))
    return;
  bool IsBootStep = IsRoot && Rules.isCalledOnce(F);
  bool HoldsBelow = IsHeld || (Rules.isBoundary(F) && !IsBootStep);
  if (!Remember)
    extend((IsHeld ? Held : Open)[C.Value], Step);
  for (const ContextCall &Call : Walk.Contexts[C].Calls) {
    if (!Call.When.contains(Step))
      continue;
    bool IsNew = Remember && OpenStamp[Call.To.Value] != Round;
    bool HoldsThis = HoldsBelow || Call.Edge.IsCrash;
    if (IsNew && !HoldsThis)
      Last.By[Call.To.Value] = {F, Call.Edge, C, Call.To, Step};
    if (!Remember || !HoldsThis)
      enter(Call.To, Step, HoldsThis);
  }
}

void ReportWalk::walkStep(uint32_t Step, const llvm::BitVector &Closed,
                          bool Remember, uint32_t OnlyRoot) {
  const BootStep &S = History.Steps[Step];
  ++Round;
  Queue.clear();
  HeldQueue.clear();
  for (uint32_t I = 0; I < S.Roots.size(); ++I) {
    const ContextCall &Root = S.Roots[I];
    if (OnlyRoot != AnyRoot && OnlyRoot != I)
      continue;
    if (Remember && OpenStamp[Root.To.Value] != Round)
      Last.By[Root.To.Value] = {S.In, Root.Edge, ContextId(), Root.To, Step};
    enter(Root.To, Step, S.IsCrash);
  }
  size_t RootCount = Queue.size();
  for (size_t I = 0; I < Queue.size(); ++I)
    spread(Queue[I], Step, /*IsHeld=*/false, I < RootCount, Closed, Remember);
  for (size_t I = 0; I < HeldQueue.size(); ++I)
    if (OpenStamp[HeldQueue[I].Value] != Round)
      spread(HeldQueue[I], Step, /*IsHeld=*/true, false, Closed, Remember);
}

/// What the step reaches without entering a sink that matters for effects.
void ReportWalk::walkPlain(uint32_t Step, const llvm::BitVector &Closed) {
  PlainQueue.clear();
  auto Enter = [&](ContextId C) {
    FunctionId F = Walk.Contexts[C].Function;
    if (PlainStamp[C.Value] == Round || OpenStamp[C.Value] != Round ||
        Deciding.test(F.Value) || Closed.test(F.Value))
      return;
    PlainStamp[C.Value] = Round;
    extend(Plain[C.Value], Step);
    PlainQueue.push_back(C);
  };
  for (const ContextCall &Root : History.Steps[Step].Roots)
    Enter(Root.To);
  for (size_t I = 0; I < PlainQueue.size(); ++I)
    for (const ContextCall &Call : Walk.Contexts[PlainQueue[I]].Calls)
      if (Call.When.contains(Step) && !Call.Edge.IsCrash)
        Enter(Call.To);
}

static std::optional<uint32_t> firstIn(llvm::ArrayRef<StepInterval> Steps,
                                       uint32_t Begin, uint32_t End) {
  for (const StepInterval &I : Steps)
    if (I.Last >= Begin && I.First < End)
      return std::max(I.First, Begin);
  return std::nullopt;
}

std::optional<uint32_t> ReportWalk::firstStep(ContextId C, const RuleWindow &W,
                                              uint32_t Since) const {
  return firstIn(Open[C.Value], std::max(W.Begin, Since), W.End);
}

bool ReportWalk::isPartOfSink(ContextId C, const RuleWindow &W) const {
  return !firstIn(Plain[C.Value], W.Begin, W.End);
}

bool ReportWalk::isHeldIn(ContextId C, const RuleWindow &W) const {
  return !firstIn(Open[C.Value], W.Begin, W.End) &&
         firstIn(Held[C.Value], W.Begin, W.End);
}

std::optional<uint32_t> ReportWalk::spineStep(FunctionId F, EventId E) const {
  auto Found = SpineSteps.find({F, E});
  if (Found == SpineSteps.end())
    return std::nullopt;
  return Found->second;
}

std::vector<CallHop> ReportWalk::spinePath(uint32_t Step) const {
  std::vector<CallHop> Path;
  for (uint32_t S = Step; S != BootStep::NoStep; S = History.Steps[S].Parent) {
    const BootStep &Call = History.Steps[S];
    if (!Call.In.isValid())
      continue;
    CallHop Hop;
    Hop.Caller = Call.In;
    for (const CallEdge &Edge : Walk.Code.edges(Call.In))
      if (Edge.Event == Call.Event && Edge.To == Call.Function)
        Hop.Edge = Edge;
    Path.push_back(Hop);
  }
  std::reverse(Path.begin(), Path.end());
  return Path;
}

std::vector<CallHop> ReportWalk::pathTo(ContextId C, uint32_t Step,
                                        uint32_t Root) {
  if (Last.Step != Step || Last.Root != Root) {
    Last.Step = Step;
    Last.Root = Root;
    Last.By.resize(Walk.Contexts.size());
    walkStep(Step, closedAt(Step), /*Remember=*/true, Root);
    Last.Round = Round;
  }
  if (OpenStamp[C.Value] != Last.Round)
    return {};
  std::vector<CallHop> Path;
  const BootStep &S = History.Steps[Step];
  for (ContextId At = C; Path.size() < Last.By.size();) {
    const CallHop &Hop = Last.By[At.Value];
    Path.push_back(Hop);
    if (!Hop.From.isValid())
      break;
    At = Hop.From;
  }
  std::vector<CallHop> Whole;
  if (S.Parent != BootStep::NoStep)
    Whole = spinePath(S.Parent);
  Whole.insert(Whole.end(), Path.rbegin(), Path.rend());
  return Whole;
}
