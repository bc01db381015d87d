//===- ReportWalk.cpp - where findings can be at each step ----------------===//

#include "solve/ReportWalk.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

ReportWalk::ReportWalk(const RuleIndex &Rules, const BootHistory &History,
                       const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows)
    : Rules(Rules), History(History), Walk(Walk), Windows(Windows) {
  size_t Count = Rules.program().Functions.size();
  Open.resize(Count);
  Held.resize(Count);
  Callers.resize(Count);
  OpenStamp.resize(Count);
  HeldStamp.resize(Count);
  SpineFunctions.resize(Count);
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
    if (Step < End)
      walkStep(Step, closedAt(Step), /*Remember=*/false);
  }
  for (const BootHistory::SpineEvent &E : History.Others)
    SpineSteps.try_emplace({E.In, E.Event}, E.Step);
  for (uint32_t F = 0; F < Count; ++F)
    for (const CallEdge &Edge : Walk.Code.edges(FunctionId(F)))
      if (!Edge.IsCrash && (!Open[F].empty() || SpineFunctions.test(F)))
        Callers[Edge.To.Value].push_back({FunctionId(F), Edge});
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

void ReportWalk::enter(FunctionId F, uint32_t Step, bool IsHeld) {
  if (Rules.isEntryPoint(F) || OpenStamp[F.Value] == Round ||
      (IsHeld && HeldStamp[F.Value] == Round))
    return;
  (IsHeld ? HeldStamp : OpenStamp)[F.Value] = Round;
  (IsHeld ? HeldQueue : Queue).push_back(F);
}

void ReportWalk::spread(FunctionId F, uint32_t Step, bool IsHeld, bool IsRoot,
                        const llvm::BitVector &Closed, bool Remember) {
  if (Closed.test(F.Value))
    return;
  bool IsBootStep = IsRoot && Rules.isCalledOnce(F);
  bool HoldsBelow = IsHeld || (Rules.isBoundary(F) && !IsBootStep);
  if (!Remember)
    extend((IsHeld ? Held : Open)[F.Value], Step);
  for (const CallEdge &Edge : Walk.Code.edges(F)) {
    if (Edge.Since > Step)
      continue;
    bool IsNew = Remember && OpenStamp[Edge.To.Value] != Round;
    bool HoldsThis = HoldsBelow || Edge.IsCrash;
    if (IsNew && !HoldsThis)
      Last.By[Edge.To.Value] = {F, Edge};
    if (!Remember || !HoldsThis)
      enter(Edge.To, Step, HoldsThis);
  }
}

void ReportWalk::walkStep(uint32_t Step, const llvm::BitVector &Closed,
                          bool Remember, uint32_t OnlyRoot) {
  const BootStep &S = History.Steps[Step];
  ++Round;
  Queue.clear();
  HeldQueue.clear();
  for (uint32_t I = 0; I < S.Roots.size(); ++I) {
    const CallEdge &Root = S.Roots[I];
    if (OnlyRoot != AnyRoot && OnlyRoot != I)
      continue;
    if (Remember && OpenStamp[Root.To.Value] != Round)
      Last.By[Root.To.Value] = {S.In, Root};
    enter(Root.To, Step, S.IsCrash);
  }
  size_t RootCount = Queue.size();
  for (size_t I = 0; I < Queue.size(); ++I)
    spread(Queue[I], Step, /*IsHeld=*/false, I < RootCount, Closed, Remember);
  for (size_t I = 0; I < HeldQueue.size(); ++I)
    if (OpenStamp[HeldQueue[I].Value] != Round)
      spread(HeldQueue[I], Step, /*IsHeld=*/true, false, Closed, Remember);
}

static std::optional<uint32_t> firstIn(llvm::ArrayRef<StepInterval> Steps,
                                       uint32_t Begin, uint32_t End) {
  for (const StepInterval &I : Steps)
    if (I.Last >= Begin && I.First < End)
      return std::max(I.First, Begin);
  return std::nullopt;
}

std::optional<uint32_t> ReportWalk::firstStep(FunctionId F, const RuleWindow &W,
                                              uint32_t Since) const {
  return firstIn(Open[F.Value], std::max(W.Begin, Since), W.End);
}

bool ReportWalk::isHeldIn(FunctionId F, const RuleWindow &W) const {
  return !firstIn(Open[F.Value], W.Begin, W.End) &&
         firstIn(Held[F.Value], W.Begin, W.End);
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

std::vector<CallHop> ReportWalk::pathTo(FunctionId F, uint32_t Step,
                                        uint32_t Root) {
  if (Last.Step != Step || Last.Root != Root) {
    Last.Step = Step;
    Last.Root = Root;
    Last.By.resize(Rules.program().Functions.size());
    walkStep(Step, closedAt(Step), /*Remember=*/true, Root);
    Last.Round = Round;
  }
  if (OpenStamp[F.Value] != Last.Round)
    return {};
  std::vector<CallHop> Path;
  const BootStep &S = History.Steps[Step];
  for (FunctionId At = F; Path.size() < Last.By.size();) {
    const CallHop &Hop = Last.By[At.Value];
    Path.push_back(Hop);
    bool IsRoot =
        Hop.Caller == S.In &&
        llvm::any_of(S.Roots, [&](const CallEdge &R) { return R.To == At; });
    if (IsRoot)
      break;
    At = Hop.Caller;
  }
  std::vector<CallHop> Whole;
  if (S.Parent != BootStep::NoStep)
    Whole = spinePath(S.Parent);
  Whole.insert(Whole.end(), Path.rbegin(), Path.rend());
  return Whole;
}
