//===- ReportWalk.cpp - where findings can be at each step ----------------===//

#include "solve/ReportWalk.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

ReportWalk::ReportWalk(const RuleIndex &Rules, const BootHistory &History,
                       const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows)
    : Rules(Rules), History(History), Walk(Walk), Windows(Windows),
      Steps(findReportSteps(Rules, History, Walk, Windows)),
      Callers(Walk.Contexts.size()),
      SpineFunctions(Rules.program().Functions.size()) {
  indexSpine();
  findCallers();
}

void ReportWalk::indexSpine() {
  for (uint32_t Step = 0; Step < History.Steps.size(); ++Step) {
    const BootStep &S = History.Steps[Step];
    if (S.In.isValid() && S.Event.isValid())
      SpineSteps.try_emplace({S.In, S.Event}, Step);
    if (S.IsDescended) {
      SpineFunctions.set(S.Function.Value);
      SpineRows.try_emplace(S.Function, Step);
    }
  }
  for (const BootHistory::SpineEvent &E : History.Others)
    SpineSteps.try_emplace({E.In, E.Event}, E.Step);
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
    if (Steps.Open[I].empty())
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

std::optional<uint32_t> ReportWalk::firstStep(ContextId C, const RuleWindow &W,
                                              uint32_t Since) const {
  return Steps.Open[C.Value].firstIn(std::max(W.Begin, Since), W.End);
}

std::optional<uint32_t> ReportWalk::firstStep(ContextId C, const RuleWindow &W,
                                              uint32_t Since,
                                              const StepSet &Among) const {
  StepSet Both = Steps.Open[C.Value];
  Both.keep(Among);
  return Both.firstIn(std::max(W.Begin, Since), W.End);
}

bool ReportWalk::isPartOfSink(ContextId C, const RuleWindow &W) const {
  return !Steps.Plain[C.Value].firstIn(W.Begin, W.End);
}

bool ReportWalk::isHeldIn(ContextId C, const RuleWindow &W) const {
  return !Steps.Open[C.Value].firstIn(W.Begin, W.End) &&
         Steps.Held[C.Value].firstIn(W.Begin, W.End);
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

void ReportWalk::enter(const CallHop &Hop) {
  if (Last.Reached.test(Hop.To.Value) ||
      !Steps.Runs[Hop.To.Value].contains(Last.Step))
    return;
  Last.Reached.set(Hop.To.Value);
  Last.By[Hop.To.Value] = Hop;
  Last.Queue.push_back(Hop.To);
}

/// Enters what \p C calls, unless findings below it are held back.
void ReportWalk::leave(ContextId C, bool IsRoot,
                       const llvm::BitVector &Closed) {
  FunctionId F = Walk.Contexts[C].Function;
  bool IsBootStep = IsRoot && Rules.isCalledOnce(F);
  if (Closed.test(F.Value) || (Rules.isBoundary(F) && !IsBootStep))
    return;
  for (const ContextCall &Call : Walk.Contexts[C].Calls)
    if (Call.When.contains(Last.Step) && !Call.Edge.IsCrash)
      enter({F, Call.Edge, C, Call.To, Last.Step});
}

/// Walks what \p Step opens, breadth first.
void ReportWalk::trace(uint32_t Step, uint32_t OnlyRoot) {
  const BootStep &S = History.Steps[Step];
  Last.Step = Step;
  Last.Root = OnlyRoot;
  Last.Reached.clear();
  Last.Reached.resize(Walk.Contexts.size());
  Last.By.resize(Walk.Contexts.size());
  Last.Queue.clear();
  for (uint32_t I = 0; I < S.Roots.size() && !S.IsCrash; ++I)
    if (OnlyRoot == AnyRoot || OnlyRoot == I)
      enter({S.In, S.Roots[I].Edge, ContextId(), S.Roots[I].To, Step});
  size_t RootCount = Last.Queue.size();
  llvm::BitVector Closed = closedAt(Step);
  for (size_t I = 0; I < Last.Queue.size(); ++I)
    leave(Last.Queue[I], I < RootCount, Closed);
}

std::vector<CallHop> ReportWalk::pathTo(ContextId C, uint32_t Step,
                                        uint32_t Root) {
  if (Last.Step != Step || Last.Root != Root)
    trace(Step, Root);
  if (!Last.Reached.test(C.Value))
    return {};
  std::vector<CallHop> Path;
  for (ContextId At = C; At.isValid(); At = Path.back().From)
    Path.push_back(Last.By[At.Value]);
  std::vector<CallHop> Whole;
  if (uint32_t Parent = History.Steps[Step].Parent; Parent != BootStep::NoStep)
    Whole = spinePath(Parent);
  Whole.insert(Whole.end(), Path.rbegin(), Path.rend());
  return Whole;
}
