//===- SpineBlocks.cpp - the blocks and events of a spine function --------===//

#include "solve/DecisionLog.h"
#include "solve/SpineWalker.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

Value SpineWalker::walkFunction(FunctionId F, uint32_t Step,
                                llvm::ArrayRef<Value> Args) {
  OnSpine[F.Value] = true;
  Stack.push_back(F);
  Walk.visit(F, Step);
  Walk.Code.begin(F);
  History.Steps[Step].IsDescended = true;
  History.Steps[Step].Args = Args.vec();
  Frame Values(Walk.State, F, Walk.Contexts.shape(F).Counters, Args, ReaderId(),
               F.Value);
  // A task that other tasks run beside decides nothing for them, but what it
  // does in order is still in order.
  Place At;
  At.In = F;
  At.Parent = Step;
  At.Depth = History.Steps[Step].Depth + 1;
  At.IsCertain = !IsOtherWay;
  At.Values = &Values;
  SpineGuards Guards(Values, Walk.Contexts.shape(F).Guards);
  At.Guards = &Guards;
  walkTables(At, F, FunctionId());
  Value Result = walkBlocks(At);
  Stack.pop_back();
  History.Steps[Step].End = History.Steps.size() - 1;
  return Result;
}

/// The first block in order that has not been walked; none if all have.
static BlockId nextBlock(const FlowGraph &Graph,
                         const llvm::BitVector &Walked) {
  auto Next = llvm::find_if(Graph.Order,
                            [&](BlockId B) { return !Walked.test(B.Value); });
  return Next == Graph.Order.end() ? BlockId() : *Next;
}

/// What the function returns at the end of \p B; nothing if it does not.
static Value returned(Frame &Values, const Block &B) {
  Value Result;
  for (uint32_t I = 0; I < B.Events.Count; ++I) {
    const Event &E = Values.body().Events[B.Events.First + I];
    if (E.Kind == EventKind::Return && E.Value.isValid())
      Result = join(Result, Values.evaluate(E.Value));
  }
  return Result;
}

void SpineWalker::logReturns(Frame &Values, BlockId B) const {
  DecisionLog *Log = Walk.State.Log;
  Range Events = Values.body().Blocks[B.Value].Events;
  for (uint32_t I = 0; Log && I < Events.Count; ++I) {
    const Event &E = Values.body().Events[Events.First + I];
    if (E.Kind == EventKind::Return && E.Value.isValid())
      Log->addSpineReturn(Values, EventId(Events.First + I),
                          History.Steps.size());
  }
}

/// Walks the blocks in order. A condition that memory decides cuts the edges
/// that are not taken, and with them what was uncertain because of them. A loop
/// whose values turn out to change from round to round is walked again without
/// them.
Value SpineWalker::walkBlocks(Place At) {
  const Function &Body = *P[At.In].Body;
  NoReturnCalls Ends(Rules, At.In);
  llvm::BitVector Cut(Body.Edges.size()), Walked(Body.Blocks.size());
  FlowGraph Graph = analyseFlow(Body, Ends);
  std::vector<ContextId> OuterRoots = std::exchange(LoopRoots, {});
  LoopAtHand In;
  Value Result;
  while (true) {
    BlockId B = nextBlock(Graph, Walked);
    uint32_t Loop = B.isValid() ? Graph.Blocks[B.Value].Loop
                                : FlowGraph::BlockFacts::NoLoop;
    if (Loop != In.Loop) {
      if (!leaveLoop(At, Graph, In) && !In.IsForgotten) {
        forgetLoop(At, Graph, In);
        for (BlockId Again : Graph.Order)
          if (In.isIn(Graph, Again))
            Walked.reset(Again.Value);
        continue;
      }
      In = {};
      In.Loop = Loop;
      enterLoop(At, Graph, In);
    }
    if (!B.isValid())
      break;
    Walked.set(B.Value);
    walkBlock(At, Graph, B);
    Result = join(Result, returned(*At.Values, Body.Blocks[B.Value]));
    logReturns(*At.Values, B);
    if (!In.IsForgotten)
      At.Guards->test(B);
    bool IsLoop = Loop != FlowGraph::BlockFacts::NoLoop;
    At.Guards->enter(B);
    if (Walk.State.Log && !IsLoop)
      Walk.State.Log->addSpineBranch(*At.Values, B, History.Steps.size());
    if (!IsLoop && decide(At, B, Cut))
      Graph = analyseFlow(Body, Ends, &Cut);
  }
  LoopRoots = std::move(OuterRoots);
  return Result;
}

void SpineWalker::walkBlock(Place &At, const FlowGraph &Graph, BlockId B) {
  const Function &Body = *P[At.In].Body;
  At.IsCertain = Graph.Blocks[B.Value].IsCertain && !IsOtherWay;
  At.IsCrash = Graph.Blocks[B.Value].IsCrash && Walk.State.Has.CrashPaths;
  At.IsInLoop = Graph.Blocks[B.Value].Loop != FlowGraph::BlockFacts::NoLoop;
  At.Guards->enter(B);
  Range Events = Body.Blocks[B.Value].Events;
  for (uint32_t I = 0; I < Events.Count; ++I) {
    At.Event = EventId(Events.First + I);
    walkEvent(At);
  }
  Walk.Code.mention(At.In, Body.Blocks[B.Value].Condition);
}

/// Cuts the edges that control does not take out of \p B; true if any.
bool SpineWalker::decide(const Place &At, BlockId Id, llvm::BitVector &Cut) {
  const Function &Body = *P[At.In].Body;
  const Block &B = Body.Blocks[Id.Value];
  if (!B.Condition.isValid() || B.Edges.Count < 2)
    return false;
  Value Condition = At.Values->evaluate(B.Condition);
  bool IsCut = false;
  for (uint32_t I = 0; I < B.Edges.Count; ++I) {
    const Edge &E = Body.Edges[B.Edges.First + I];
    if (Condition.isNothing() || At.Values->isTaken(B, E, Condition))
      continue;
    Cut.set(B.Edges.First + I);
    IsCut = true;
  }
  return IsCut;
}

void SpineWalker::walkEvent(const Place &At) {
  size_t Before = Walk.Code.edges(At.In).size();
  uint32_t Next = History.Steps.size();
  const Event &E = P[At.In].Body->Events[At.Event.Value];
  if (E.Kind == EventKind::Call)
    if (auto Stated =
            Walk.Contexts.statedResult(*At.Values, At.Event, ReaderId())) {
      At.Values->addResult(At.Event, *Stated);
      return;
    }
  Walk.Code.makeEventLive(At.In, At.Event, At.IsCrash, Next);
  Walk.settle(Next);
  if (E.Kind == EventKind::Define)
    At.Values->addResult(At.Event, At.Values->evaluate(E.Value));
  else if (E.Kind == EventKind::Asm)
    At.Values->addResult(At.Event, Value::unknown());
  WayList Ways = Index.byEvent(At.In, At.Event);
  if (!Ways.empty() && E.Kind == EventKind::Write)
    Walk.State.Memory.mark(Next); // its step begins before the store
  if (!At.IsCrash)
    Walk.Contexts.applyEffect(*At.Values, At.Event,
                              At.IsCertain && Walk.State.Has.CertainWrites);
  std::vector<CallEdge> Flowed = edgesOf(At, Before);
  llvm::SmallVector<CallEdge, 4> Targets(Flowed.begin(), Flowed.end());
  Walk.Contexts.narrow(*At.Values, At.Event, Targets);
  if (E.Kind == EventKind::Call || !Targets.empty()) {
    walkCall(At, Targets);
    if (!Ways.empty() && Next < History.Steps.size())
      complete(Ways, Next, History.Steps.size(), At);
    return;
  }
  if (!Ways.empty())
    return completeHere(At, Ways);
  History.Others.push_back({At.In, At.Event, Next, At.Parent, At.IsCrash});
}

/// A store or a macro that completes milestones gets a step of its own.
void SpineWalker::completeHere(const Place &At, const WayList &Ways) {
  if (!At.IsCertain)
    return;
  uint32_t Step = addStep(At);
  History.Steps[Step].Function = At.In;
  complete(Ways, Step, Step + 1, At);
}
