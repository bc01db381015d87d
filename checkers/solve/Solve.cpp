//===- Solve.cpp - the abstract boot: program + rules -> findings ---------===//

#include "solve/Solve.h"
#include "solve/ExprText.h"
#include "solve/Group.h"
#include "solve/GuardNotes.h"
#include "solve/MapFindings.h"
#include "solve/Witness.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/TimeProfiler.h"
#include <set>

using namespace bootorder;

bool bootorder::isBefore(const Finding &A, const Finding &B) {
  return std::tie(A.Place.File, A.Place.Line, A.Place.Column, A.Rule, A.Sink,
                  A.Function, A.NeedsAfter) <
         std::tie(B.Place.File, B.Place.Line, B.Place.Column, B.Rule, B.Sink,
                  B.Function, B.NeedsAfter);
}

namespace {

using VerdictsByStep = std::multimap<uint32_t, const Verdict *>;

/// One run; members in the order they depend on each other.
class Solver {
public:
  Solver(const Program &P, const RuleSet &Rules, const SolveOptions &Options)
      : P(P), Options(Options), Kept(keptRules(Rules, Options.Has)),
        Rules(P, Kept), Milestones(this->Rules, Options.Constants),
        Walk(P, this->Rules, Options.Has), History(walk()),
        Windows(findAllWindows(this->Rules, Options.In, Options.Constants,
                               History, Walk)) {}

  SolveResult run();

  const Program &P;
  const SolveOptions &Options;
  const RuleSet Kept;
  RuleIndex Rules;
  MilestoneIndex Milestones;
  BootWalk Walk;
  BootHistory History;
  std::vector<RuleWindow> Windows;
  std::optional<ReportWalk> Report;

private:
  BootHistory walk() {
    llvm::TimeTraceScope Timed("solve: walk the boot");
    Walk.State.Map = Options.Map;
    return walkBoot(Rules, Milestones, Walk);
  }
  void findReport() {
    llvm::TimeTraceScope Timed("solve: steps of findings");
    Report.emplace(Rules, History, Walk, Windows);
  }
  VerdictList judge() {
    llvm::TimeTraceScope Timed("solve: judge uses");
    return decide(Rules, Walk, *Report, Windows, Options.Constants);
  }
  void listSteps(const WitnessWriter &Writer, SolveResult &Result) const;
  void listReached(SolveResult &Result) const;
  void listUnresolved(Ledger &Summary) const;
  void fillLedger(Ledger &Summary) const;
  void countBranches(Ledger &Summary) const;
  bool isSuppressed(const Finding &F) const;
  void noteGuards(WitnessWriter &Writer, const VerdictsByStep &Verdicts,
                  std::vector<Finding> &Findings) const;
};

} // namespace

/// Whether \p Step stands for a linker table, not for a call.
static bool runsTable(const BootStep &Step) {
  return !Step.Function.isValid() && !Step.Roots.empty() &&
         Step.Roots.front().Edge.Kind == WitnessEdgeKind::Table;
}

void Solver::listSteps(const WitnessWriter &Writer, SolveResult &Result) const {
  for (uint32_t I = 0; I < History.Steps.size(); ++I) {
    StepRow Row;
    Row.Step = Writer.stepPlace(I);
    Row.IsCertain = History.Steps[I].IsCertain;
    Row.Depth = History.Steps[I].Depth;
    if (const BootStep &Step = History.Steps[I]; !runsTable(Step)) {
      Row.In = Step.In.Value;
      Row.Event = Step.Event.Value;
    }
    for (uint32_t M : History.Steps[I].Milestones)
      Row.Milestones.push_back(Rules.rules().Milestones[M].Name);
    Result.Steps.push_back(std::move(Row));
  }
}

void Solver::listReached(SolveResult &Result) const {
  for (uint32_t F = 0; F < P.Functions.size(); ++F) {
    auto Steps = Walk.span(FunctionId(F));
    const ProgramFunction &Function = P.Functions[F];
    if (!Steps || (!Function.Body && !Function.IsAssembly))
      continue;
    Result.Reached.push_back(
        {Function.Name.str(), Function.File.str(), Steps->First, Steps->Last});
  }
  llvm::sort(Result.Reached, [](const ReachedRow &A, const ReachedRow &B) {
    return std::tie(A.Function, A.File, A.FirstStep) <
           std::tie(B.Function, B.File, B.FirstStep);
  });
}

void Solver::listUnresolved(Ledger &Summary) const {
  for (const CallSite &Site : Walk.Code.sites()) {
    if (!Site.Event.isValid() || !Walk.span(Site.Owner) ||
        !Rules.dispatchersIn(Site.Owner).empty())
      continue;
    ++Summary.IndirectCalls;
    if (Site.Targets != 0)
      continue;
    const Function &Body = *P[Site.Owner].Body;
    const Event &E = Body.Events[Site.Event.Value];
    const FactsModule &Facts = *P.moduleOf(Site.Owner).Facts;
    Summary.UnresolvedCalls.push_back(
        {P[Site.Owner].Name.str(),
         {Facts.str(E.Loc.File).str(), E.Loc.Line, E.Loc.Column},
         describePointer(P, Site.Owner, E.Target)});
  }
  llvm::sort(Summary.UnresolvedCalls,
             [](const UnresolvedCall &A, const UnresolvedCall &B) {
               return std::tie(A.Place.File, A.Place.Line, A.Place.Column,
                               A.Function, A.Through) <
                      std::tie(B.Place.File, B.Place.Line, B.Place.Column,
                               B.Function, B.Through);
             });
}

void Solver::fillLedger(Ledger &Summary) const {
  for (const ProgramFunction &F : P.Functions)
    Summary.Functions += F.Body != nullptr;
  Summary.DuplicateDefinitions = P.Ledger.Duplicates.size();
  Summary.Duplicates = P.Ledger.Duplicates;
  Summary.MissingEntryPoints = History.MissingEntryPoints;
  std::vector<uint32_t> FirstSteps; // of functions with a body
  for (uint32_t F = 0; F < P.Functions.size(); ++F)
    if (auto Steps = Walk.span(FunctionId(F)); P.Functions[F].Body && Steps)
      FirstSteps.push_back(Steps->First);
  const std::vector<Milestone> &List = Rules.rules().Milestones;
  for (uint32_t M = 0; M < List.size(); ++M) {
    const MilestoneTime &Time = History.Milestones[M];
    if (!Time.IsKnown) {
      if (!List[M].Optional)
        Summary.MissingMilestones.push_back(List[M].Name);
      continue;
    }
    Summary.ReachedBefore[List[M].Name] = llvm::count_if(
        FirstSteps, [&](uint32_t First) { return First < Time.From; });
  }
  std::set<std::string> Assumed;
  for (uint32_t F = 0; F < P.Functions.size(); ++F)
    if (Rules.isBoundary(FunctionId(F)) && Walk.span(FunctionId(F)))
      Assumed.insert(Rules.boundaryName(FunctionId(F)));
  Summary.Assumed.assign(Assumed.begin(), Assumed.end());
  listUnresolved(Summary);
  countBranches(Summary);
}

/// Branches of reached contexts, and those one side of which is never taken.
void Solver::countBranches(Ledger &Summary) const {
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    const Context &C = Walk.Contexts[ContextId(I)];
    if (!Walk.isReached(ContextId(I)))
      continue;
    for (uint32_t B : C.Blocks.set_bits()) {
      const Function &Body = *P[C.Function].Body;
      const Block &Here = Body.Blocks[B];
      if (!Here.Condition.isValid() || Here.Edges.Count < 2)
        continue;
      ++Summary.Branches;
      const Edge *Out = &Body.Edges[Here.Edges.First];
      Summary.BranchesDecided +=
          std::any_of(Out, Out + Here.Edges.Count, [&](const Edge &E) {
            return !C.Blocks.test(E.To.Value);
          });
    }
  }
  Summary.ValuesRead = Walk.State.Memory.readCount();
  Summary.ValuesKnown = Walk.State.Memory.knownCount();
}

bool Solver::isSuppressed(const Finding &F) const {
  auto Agrees = [](const GlobSet &Names, llvm::StringRef Name) {
    return Names.empty() || Names.matches(Name);
  };
  return llvm::any_of(Rules.rules().Suppressions, [&](const Suppression &S) {
    return S.Rules.matches(F.Rule) && Agrees(S.Functions, F.Function) &&
           Agrees(S.Files, F.Place.File) && Agrees(S.Sinks, F.Sink);
  });
}

/// \p Findings are those of \p Verdicts, in their order.
void Solver::noteGuards(WitnessWriter &Writer, const VerdictsByStep &Verdicts,
                        std::vector<Finding> &Findings) const {
  std::vector<GuardedChain> Chains;
  size_t Next = 0;
  for (const auto &[Step, V] : Verdicts) {
    Finding &Of = Findings[Next++];
    if (Of.Class == FindingClass::Violation ||
        (Of.Class == FindingClass::Latent && Options.WithLatentGuards))
      Chains.push_back({&Of, Writer.wholePath(*V), V->Step});
  }
  explainGuards(Kept, Rules, Options, Chains);
}

SolveResult Solver::run() {
  SolveResult Result;
  findReport();
  WitnessWriter Writer(Rules, Walk, *Report);
  VerdictList List = judge();
  llvm::TimeTraceScope Timed("solve: findings in words");
  // Neighbours in time share the walk that finds their witness paths.
  VerdictsByStep ByStep;
  for (const Verdict &V : List.Verdicts)
    ByStep.emplace(V.Step, &V);
  for (const auto &[Step, V] : ByStep)
    Result.Findings.push_back(Writer.write(*V, Options.AllRoots));
  if (Options.WithGuards)
    noteGuards(Writer, ByStep, Result.Findings);
  if (Options.Map)
    for (Finding &F : Result.Findings)
      tellChain(*Options.Map, Walk.State.Origins, F);
  size_t Written = Result.Findings.size();
  llvm::erase_if(Result.Findings,
                 [this](const Finding &F) { return isSuppressed(F); });
  Result.Summary.Suppressed = Written - Result.Findings.size();
  llvm::sort(Result.Findings, isBefore);
  groupByDecision(Result.Findings);
  listSteps(Writer, Result);
  listReached(Result);
  fillLedger(Result.Summary);
  Result.Summary.HeldBack = List.HeldBack;
  return Result;
}

SolveResult bootorder::solve(const Program &P, const RuleSet &Rules,
                             const SolveOptions &Options) {
  llvm::TimeTraceScope Timed("solve");
  auto S = std::make_unique<Solver>(P, Rules, Options);
  SolveResult Result = S->run();
  if (Options.DisableFree)
    llvm::BuryPointer(std::move(S));
  return Result;
}

void bootorder::forEachEdge(const Program &P, const RuleSet &Rules,
                            const SolveOptions &Options,
                            llvm::function_ref<void(const GraphEdge &)> Visit) {
  Solver S(P, Rules, Options);
  for (uint32_t F = 0; F < P.Functions.size(); ++F)
    for (const CallEdge &Edge : S.Walk.Code.edges(FunctionId(F))) {
      const ProgramFunction &To = P[Edge.To];
      Visit({P.Functions[F].Name.str(), P.Functions[F].File.str(),
             To.Name.str(), To.File.str(), Edge.Kind, Edge.Since});
    }
}
