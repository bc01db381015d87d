//===- ExplainReach.cpp - in which steps a function runs, through whom ----===//

#include "solve/Explainer.h"
#include "solve/ValueText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace bootorder;

static bool runsAt(llvm::ArrayRef<StepInterval> Steps, uint32_t Step) {
  return llvm::any_of(
      Steps, [Step](const StepInterval &I) { return I.contains(Step); });
}

void Explainer::explainSteps(Explanation &Out) const {
  const ProgramFunction &Known = P[F];
  Out.Function = Known.Name.str();
  Out.Place = {Known.File.str(), Known.Line, 0};
  Out.HasBody = Known.Body != nullptr;
  Out.IsOnSpine = S.Report.isOnSpine(F);
  Out.StepCount = S.History.Steps.size();
  Out.WalkedSteps = std::min(S.History.WalkedSteps, Out.StepCount);
  for (const StepInterval &I : Walk.reach(F))
    Out.Steps.push_back({I.First, I.Last});
  const std::vector<Milestone> &List = S.Rules.rules().Milestones;
  for (uint32_t M = 0; M < List.size(); ++M) {
    const MilestoneTime &Time = S.History.Milestones[M];
    if (!Time.IsKnown)
      continue;
    MilestoneAnswer &Answer = Out.Milestones.emplace_back();
    Answer.Milestone = List[M].Name;
    Answer.Step = S.Writer.stepPlace(Time.Step);
    Answer.RunsBefore =
        !Out.Steps.empty() && Out.Steps.front().First < Time.From;
    Answer.RunsAfter = !Out.Steps.empty() && Out.Steps.back().Last >= Time.From;
  }
  llvm::sort(Out.Milestones, [](const auto &A, const auto &B) {
    return std::tie(A.Step.Number, A.Milestone) <
           std::tie(B.Step.Number, B.Milestone);
  });
}

namespace {

/// Breadth first through one step: first on chains that findings may be on,
/// then on the others.
class ChainSearch {
public:
  ChainSearch(const ExplainSession &S, uint32_t Step)
      : S(S), Here(S.History.Steps[Step]), Step(Step) {}

  /// A chain to a context of \p Target; none: empty.
  std::vector<CallHop> find(FunctionId Target) {
    for (const ContextCall &Root : Here.Roots)
      enter({Here.In, Root.Edge, ContextId(), Root.To, Step}, Here.IsCrash);
    for (size_t I = 0; I < Open.size(); ++I)
      if (visit(Open[I], Target, /*IsHeld=*/false))
        return pathTo(Open[I]);
    for (size_t I = 0; I < Held.size(); ++I)
      if (visit(Held[I], Target, /*IsHeld=*/true))
        return pathTo(Held[I]);
    return {};
  }

  /// Why findings on \p Path are held back; empty if they are not.
  std::string reason(llvm::ArrayRef<CallHop> Path) const {
    for (size_t I = 0; I < Path.size(); ++I) {
      if (Path[I].Edge.IsCrash)
        return "a crash follows in '" + S.P[Path[I].Caller].Name.str() + "'";
      if (I != 0 && isBoundary(Path[I].Caller, !Path[I - 1].From.isValid()))
        return "below '" + S.P[Path[I].Caller].Name.str() + "', a boundary";
    }
    return "";
  }

private:
  bool isBoundary(FunctionId F, bool IsRoot) const {
    return S.Rules.isBoundary(F) && !(IsRoot && S.Rules.isCalledOnce(F));
  }

  void enter(const CallHop &Hop, bool IsHeld) {
    if (!runsAt(S.Walk.reach(Hop.To), Step))
      return;
    bool IsNew = By.try_emplace(Hop.To.Value, Hop).second;
    if (IsNew)
      (IsHeld ? Held : Open).push_back(Hop.To);
  }

  /// Whether \p C is a context of \p Target; else queues what it calls. What
  /// is held back is entered once everything else has been.
  bool visit(ContextId C, FunctionId Target, bool IsHeld) {
    const Context &From = S.Walk.Contexts[C];
    if (From.Function == Target)
      return true;
    bool IsRoot = !By.find(C.Value)->second.From.isValid();
    if (!IsHeld && isBoundary(From.Function, IsRoot)) {
      Held.push_back(C);
      return false;
    }
    for (const ContextCall &Call : From.Calls) {
      if (!Call.When.contains(Step))
        continue;
      CallHop Hop{From.Function, Call.Edge, C, Call.To, Step};
      if (Call.Edge.IsCrash && !IsHeld)
        Late.push_back(Hop);
      else
        enter(Hop, IsHeld);
    }
    if (!IsHeld && C == Open.back())
      for (const CallHop &Hop : Late)
        enter(Hop, /*IsHeld=*/true);
    return false;
  }

  std::vector<CallHop> pathTo(ContextId C) const {
    std::vector<CallHop> Path;
    for (ContextId At = C; At.isValid(); At = Path.back().From)
      Path.push_back(By.find(At.Value)->second);
    std::reverse(Path.begin(), Path.end());
    return Path;
  }

  const ExplainSession &S;
  const BootStep &Here;
  const uint32_t Step;
  llvm::DenseMap<uint32_t, CallHop> By; ///< by ContextId: how it was entered
  std::vector<ContextId> Open, Held;
  std::vector<CallHop> Late; ///< before a crash
};

} // namespace

Explainer::Chain Explainer::chainTo(FunctionId Target, uint32_t Step) const {
  Chain Found;
  const BootStep &Here = S.History.Steps[Step];
  if (S.Report.isOnSpine(Target)) {
    Found.Path = S.Report.spinePath(S.Report.spineRow(Target));
    return Found;
  }
  ChainSearch Search(S, Step);
  std::vector<CallHop> Path = Search.find(Target);
  Found.HeldBack = Search.reason(Path);
  if (Here.Parent != BootStep::NoStep)
    Found.Path = S.Report.spinePath(Here.Parent);
  Found.Path.insert(Found.Path.end(), Path.begin(), Path.end());
  return Found;
}

std::vector<WitnessFrame>
Explainer::frames(llvm::ArrayRef<CallHop> Path) const {
  std::vector<WitnessFrame> Frames;
  for (const CallHop &Hop : Path)
    if (Hop.Caller.isValid())
      Frames.push_back(S.Writer.frame(Hop));
  return Frames;
}

/// The function in the steps [\p Begin, \p End); no steps if it does not run.
PhaseRun Explainer::phaseRun(uint32_t Begin, uint32_t End) {
  PhaseRun Run;
  for (const StepInterval &I : Walk.reach(F)) {
    uint32_t First = std::max(I.First, Begin), Last = std::min(I.Last, End - 1);
    if (First > Last)
      continue;
    if (Run.StepCount == 0)
      Run.Steps.First = First;
    Run.Steps.Last = Last;
    Run.StepCount += Last - First + 1;
  }
  return Run;
}

void Explainer::explainPhases(Explanation &Out) {
  std::map<uint32_t, std::string> Ends; ///< first step after -> milestones
  const std::vector<Milestone> &List = S.Rules.rules().Milestones;
  for (uint32_t M = 0; M < List.size(); ++M)
    if (const MilestoneTime &Time = S.History.Milestones[M]; Time.IsKnown) {
      std::string &Names = Ends[Time.From];
      Names += (Names.empty() ? "" : ", ") + List[M].Name;
    }
  Ends[S.History.Steps.size()]; // the last phase has no end
  uint32_t Begin = 0;
  std::string After;
  for (const auto &[End, Before] : Ends) {
    PhaseRun Run = phaseRun(Begin, End);
    Run.After = After;
    Run.Before = Before;
    if (Run.StepCount != 0) {
      Run.Step = S.Writer.stepPlace(Run.Steps.First);
      if (!Out.IsOnSpine || Out.Phases.empty()) {
        Chain Way = chainTo(F, Run.Steps.First);
        Run.Path = frames(Way.Path);
        Run.HeldBack = Way.HeldBack;
      }
      Out.Phases.push_back(std::move(Run));
    }
    Begin = End;
    After = Before;
  }
}

/// `gfp_t 0xcc0`; `*` if nothing is known.
static std::string argumentText(const Machine &M, FunctionId F, uint32_t I,
                                const Value &V) {
  if (V.isUnknown())
    return "*";
  if (auto Hidden = M.Agreeing.firstHidden(F); Hidden && I >= *Hidden) {
    const ParamTest &Test = M.Agreeing.testsOf(F)[I - *Hidden];
    return M.P[Test.Predicate].Name.str() + "(arg" +
           std::to_string(Test.Param + 1) + ") is " + describeValue(M, V);
  }
  std::string Type;
  const ProgramFunction &Known = M.P[F];
  if (Known.Signature.isValid()) {
    const FactsModule &Facts = *M.P.moduleOf(F).Facts;
    const std::vector<bootorder::Type> &Params = Facts[Known.Signature].Params;
    if (I < Params.size() && Params[I].Name.isValid())
      Type = Facts.str(Params[I].Name).str() + " ";
  }
  return Type + describeValue(M, V);
}

/// What \p Record says that context \p C returns.
void Explainer::addResultRow(const FrameRecord &Record, ContextId C,
                             std::vector<ExplainedResult> &Rows) const {
  auto Steps = stepsOf(Record, Walk.reach(C));
  if (!Steps || Record.Returns.empty())
    return;
  Value Either;
  for (const ReturnRecord &Return : Record.Returns)
    Either = join(Either, Return.Returned);
  std::string Text = describeValue(Walk.State, Either);
  if (!Rows.empty() && Rows.back().Value == Text)
    Rows.back().Steps.Last = Steps->Last;
  else
    Rows.push_back({Text, *Steps});
}

void Explainer::explainContexts(Explanation &Out) const {
  for (ContextId C : Walk.Contexts.contextsOf(F)) {
    if (Walk.reach(C).empty())
      continue;
    const Context &Known = Walk.Contexts[C];
    ExplainedContext &Row = Out.Contexts.emplace_back();
    for (uint32_t I = 0; I < Known.Args.size(); ++I)
      Row.Arguments.push_back(argumentText(Walk.State, F, I, Known.Args[I]));
    for (const FrameRecord &Record : S.Log.records(C))
      addResultRow(Record, C, Row.Results);
    for (const StepInterval &I : Walk.reach(C))
      Row.Steps.push_back({I.First, I.Last});
  }
}

/// What control can take through each pointer that the function calls.
void Explainer::explainCalls(Explanation &Out) const {
  const Function &Body = *P[F].Body;
  std::map<uint32_t, std::map<FunctionId, ExplainedTarget>> Found;
  auto Add = [&](const CallEdge &Edge, StepRange Steps) {
    CallHop Hop;
    Hop.Caller = F;
    Hop.Edge = Edge;
    auto [It, IsNew] = Found[Edge.Event.Value].try_emplace(
        Edge.To, ExplainedTarget{S.Writer.frame(Hop), Steps});
    It->second.Steps.First = std::min(It->second.Steps.First, Steps.First);
    It->second.Steps.Last = std::max(It->second.Steps.Last, Steps.Last);
  };
  for (ContextId C : Walk.Contexts.contextsOf(F))
    for (const ContextCall &Call : Walk.Contexts[C].Calls)
      if (Call.Edge.Event.isValid() && !Walk.reach(C).empty())
        Add(Call.Edge, {Call.When.First,
                        std::min(Call.When.Last, Walk.reach(C).back().Last)});
  for (uint32_t I = 0; I < S.History.Steps.size(); ++I)
    if (const BootStep &Step = S.History.Steps[I];
        Step.In == F && Step.Event.isValid())
      for (const CallEdge &Edge : Walk.Code.edges(F))
        if (Edge.Event == Step.Event &&
            (!Step.Function.isValid() || Edge.To == Step.Function))
          Add(Edge, {I, Step.End});
  for (uint32_t E = 0; E < Body.Events.size(); ++E) {
    const Event &Here = Body.Events[E];
    if (Here.Kind != EventKind::Call || Here.Call != CallKind::Indirect ||
        (Line != 0 && Here.Loc.Line != Line))
      continue;
    ExplainedCall &Call = Out.Calls.emplace_back();
    Call.Place = S.Writer.eventPlace(F, EventId(E));
    Call.Through = describeTree(P, F, Here.Target);
    for (const CallEdge &Edge : Walk.Code.edges(F))
      Call.FlowTargets += Edge.Event == EventId(E);
    Call.IsReached = Walk.Code.isLive(F, EventId(E));
    for (auto &[To, Target] : Found[E])
      Call.Targets.push_back(std::move(Target));
  }
}

Explanation Explainer::explain() {
  Explanation Out;
  explainSteps(Out);
  explainPhases(Out);
  explainContexts(Out);
  if (Out.HasBody) {
    explainBranches(Out);
    explainCalls(Out);
  }
  if (Out.Steps.empty())
    explainAbsence(Out);
  return Out;
}
