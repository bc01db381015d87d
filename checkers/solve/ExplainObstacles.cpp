//===- ExplainObstacles.cpp - what keeps control from a call --------------===//

#include "solve/Explainer.h"
#include "solve/ValueText.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Calls in reached code that are shown for a function that is not.
static constexpr size_t MaxObstacles = 3;

std::vector<WrittenCall> bootorder::writtenCalls(const ExplainSession &S,
                                                 FunctionId F) {
  std::vector<WrittenCall> Calls;
  for (const CallEdge &Edge : S.Walk.Code.edges(F))
    Calls.push_back({F, Edge});
  const Function *Body = S.P[F].Body;
  for (uint32_t I = 0; Body && I < Body->Events.size(); ++I) {
    const Event &E = Body->Events[I];
    if (E.Kind != EventKind::Call || !E.Target.isValid() ||
        Body->Exprs[E.Target].Kind != ExprKind::Function ||
        S.Walk.Code.isLive(F, EventId(I)))
      continue;
    CallEdge Edge;
    Edge.To = S.P.moduleOf(F).function(Body->Exprs.symbol(E.Target));
    Edge.Event = EventId(I);
    if (E.Call == CallKind::Cleanup)
      Edge.Kind = WitnessEdgeKind::Cleanup;
    Calls.push_back({F, Edge});
  }
  llvm::sort(Calls, [](const WrittenCall &A, const WrittenCall &B) {
    return std::tie(A.Edge.Event.Value, A.Edge.To.Value) <
           std::tie(B.Edge.Event.Value, B.Edge.To.Value);
  });
  return Calls;
}

static uint32_t blockOf(const Function &Body, EventId E) {
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    Range Events = Body.Blocks[B].Events;
    if (Events.First <= E.Value && E.Value < Events.First + Events.Count)
      return B;
  }
  return 0;
}

/// The edges of a shortest way from the entry to block \p To, decisions aside.
static std::vector<std::pair<uint32_t, uint32_t>> wayTo(const Function &Body,
                                                        uint32_t To) {
  std::vector<std::pair<uint32_t, uint32_t>> Way; // block, edge out of it
  std::map<uint32_t, std::pair<uint32_t, uint32_t>> By;
  std::vector<uint32_t> Queue{0};
  for (size_t I = 0; I < Queue.size(); ++I) {
    Range Edges = Body.Blocks[Queue[I]].Edges;
    for (uint32_t E = Edges.First; E < Edges.First + Edges.Count; ++E) {
      uint32_t Next = Body.Edges[E].To.Value;
      if (Next != 0 && By.try_emplace(Next, Queue[I], E).second)
        Queue.push_back(Next);
    }
  }
  for (uint32_t B = To; B != 0 && By.count(B); B = Way.back().first)
    Way.push_back(By[B]);
  std::reverse(Way.begin(), Way.end());
  return Way;
}

/// The first decision that keeps control from \p E; null if there is none on
/// the shortest way.
const BranchRecord *Explainer::cutOnTheWay(FunctionId G,
                                           const FrameRecord &Record,
                                           EventId E) const {
  const Function &Body = *P[G].Body;
  for (auto [Block, Edge] : wayTo(Body, blockOf(Body, E)))
    for (const BranchRecord &Branch : Record.Branches)
      if (Branch.Block.Value == Block && llvm::is_contained(Branch.Cut, Edge))
        return &Branch;
  return nullptr;
}

std::optional<Obstacle> Explainer::cutIn(FunctionId G, ContextId C,
                                         const FrameRecord &Record, EventId E,
                                         uint32_t Step) {
  const BranchRecord *Branch = cutOnTheWay(G, Record, E);
  if (!Branch)
    return std::nullopt;
  const Function &Body = *P[G].Body;
  const Location &Loc = Body.Blocks[Branch->Block.Value].ConditionLoc;
  Obstacle Found;
  ReasonLine Line;
  Line.Text = "'" + branchText(G, *Branch) + "' " + outcome(G, *Branch);
  Line.Place = {P.moduleOf(G).Facts->str(Loc.File).str(), Loc.Line, Loc.Column};
  Found.Text = "a branch of '" + P[G].Name.str() + "' keeps control away";
  Found.Why.push_back(std::move(Line));
  addReasons(G, C, Record, Branch->Why, Step, 1, Found.Why);
  return Found;
}

/// The call \p Edge of \p G is not made, or not entered, in \p Steps.
Obstacle Explainer::obstacle(FunctionId G, llvm::ArrayRef<ContextId> Contexts,
                             const CallEdge &Edge, StepRange Steps) {
  Asked.push_back(G);
  std::string Callee = P[Edge.To].Name.str();
  if (S.Rules.isUncontended(Edge.To))
    return {"'" + Callee + "' only waits for another task, says a rule", {}};
  if (auto Until = S.Rules.deferredUntil(Edge.To))
    return {"'" + Callee + "' cannot run before '" +
                S.Rules.rules().Milestones[*Until].Name + "', says a rule",
            {}};
  if (S.Rules.statedResult(Edge.To))
    return {"a rule says what '" + Callee + "' returns; it is not entered", {}};
  if (const FrameRecord *Spine = S.Log.spineRecord(G))
    if (auto Cut = cutIn(G, ContextId(), *Spine, Edge.Event, Spine->First))
      return *Cut;
  for (ContextId C : Contexts)
    for (const FrameRecord &Record : S.Log.records(C)) {
      uint32_t Step = std::max(Record.First, Steps.First);
      if (!Edge.Event.isValid() || Record.First > Steps.Last ||
          Record.Last < Steps.First)
        continue;
      if (auto Cut = cutIn(G, C, Record, Edge.Event, Step))
        return *Cut;
    }
  if (Edge.Kind == WitnessEdgeKind::Ops ||
      Edge.Kind == WitnessEdgeKind::Pointer)
    return {"in these steps the pointer does not lead there", {}};
  return {"control does not come to the call in '" + P[G].Name.str() + "'", {}};
}

//===----------------------------------------------------------------------===//
// Functions that do not run
//===----------------------------------------------------------------------===//

ExplainedObstacle Explainer::obstacleAt(const WrittenCall &Call,
                                        const std::vector<WrittenCall> &Rest) {
  ExplainedObstacle Found;
  CallHop Hop;
  Hop.Caller = Call.Caller;
  Hop.Edge = Call.Edge;
  Found.Call = S.Writer.frame(Hop);
  for (const WrittenCall &Next : Rest) {
    Hop.Caller = Next.Caller;
    Hop.Edge = Next.Edge;
    Found.Path.push_back(S.Writer.frame(Hop));
  }
  StepRange Always{0, static_cast<uint32_t>(S.History.Steps.size())};
  std::vector<ContextId> Contexts;
  for (ContextId C : Walk.Contexts.contextsOf(Call.Caller))
    if (!Walk.reach(C).empty())
      Contexts.push_back(C);
  Obstacle What = obstacle(Call.Caller, Contexts, Call.Edge, Always);
  Found.Text = What.Text;
  Found.Why = What.Why;
  return Found;
}

/// Objects that start with the address of \p F, live ones marked.
static std::vector<std::string> holders(const ExplainSession &S, FunctionId F) {
  std::vector<std::string> Names;
  for (uint32_t I = 0; I < S.P.Objects.size(); ++I) {
    const ProgramObject &O = S.P.Objects[I];
    if (!O.Definition)
      continue;
    const ProgramModule &M = S.P[O.Module];
    bool Holds = llvm::any_of(O.Definition->Exprs.Nodes, [&](const Expr &E) {
      return E.Kind == ExprKind::Function &&
             M.function(SymbolId(static_cast<uint32_t>(E.Value))) == F;
    });
    if (Holds)
      Names.push_back(O.Name.str() +
                      (S.Walk.Code.isLive(ObjectId(I))
                           ? ", which is live"
                           : ", which no code that runs mentions"));
  }
  llvm::sort(Names);
  return Names;
}

/// From the function up to the nearest calls in code that runs.
void Explainer::explainAbsence(Explanation &Out) {
  std::map<FunctionId, std::vector<WrittenCall>> Callers;
  for (uint32_t G = 0; G < P.Functions.size(); ++G)
    for (const WrittenCall &Call : writtenCalls(S, FunctionId(G)))
      Callers[Call.Edge.To].push_back(Call);
  std::map<FunctionId, std::vector<WrittenCall>> Ways{{F, {}}};
  std::vector<FunctionId> Queue{F};
  for (size_t I = 0; I < Queue.size(); ++I)
    for (const WrittenCall &Call : Callers[Queue[I]]) {
      if (Out.Obstacles.size() >= MaxObstacles)
        return;
      const std::vector<WrittenCall> Rest = Ways[Queue[I]];
      if (!Walk.reach(Call.Caller).empty()) {
        Out.Obstacles.push_back(obstacleAt(Call, Rest));
        continue;
      }
      std::vector<WrittenCall> Longer{Call};
      Longer.insert(Longer.end(), Rest.begin(), Rest.end());
      if (Ways.try_emplace(Call.Caller, std::move(Longer)).second)
        Queue.push_back(Call.Caller);
    }
  if (Out.Obstacles.empty())
    Out.HeldBy = holders(S, F);
}
