//===- SpineLoops.cpp - loops of spine functions --------------------------===//
//
// A loop is walked once. So what its rounds compute is settled before, by
// joining the definitions of all rounds; and what its rounds write is checked
// after.
//
//===----------------------------------------------------------------------===//

#include "solve/SpineWalker.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Calls \p Visit for the events of the blocks in \p Loop.
static void eachEvent(const Function &Body, const FlowGraph &Graph,
                      uint32_t Loop,
                      llvm::function_ref<void(EventId, const Event &)> Visit) {
  if (Loop == FlowGraph::BlockFacts::NoLoop)
    return;
  for (BlockId B : Graph.Order) {
    if (Graph.Blocks[B.Value].Loop != Loop)
      continue;
    Range Events = Body.Blocks[B.Value].Events;
    for (uint32_t I = 0; I < Events.Count; ++I)
      Visit(EventId(Events.First + I), Body.Events[Events.First + I]);
  }
}

/// What its rounds define, joined; unknown if it does not settle on anything.
static void settle(Frame &Values, const FlowGraph &Graph, uint32_t Loop) {
  const Function &Body = Values.body();
  eachEvent(Body, Graph, Loop, [&](EventId Id, const Event &E) {
    Values.setResult(Id,
                     E.Kind == EventKind::Define ? Value() : Value::unknown());
  });
  for (bool IsNew = true; IsNew;) {
    IsNew = false;
    eachEvent(Body, Graph, Loop, [&](EventId Id, const Event &E) {
      if (E.Kind == EventKind::Define)
        IsNew |= Values.addResult(Id, Values.evaluate(E.Value));
    });
  }
  eachEvent(Body, Graph, Loop, [&](EventId Id, const Event &) {
    if (Values.result(Id).isNothing())
      Values.setResult(Id, Value::unknown());
  });
}

/// What the loop writes itself may be there from its second round on.
void SpineWalker::enterLoop(const Place &At, const FlowGraph &Graph,
                            LoopAtHand &In) {
  const Function &Body = *P[At.In].Body;
  eachEvent(Body, Graph, In.Loop, [&](EventId Id, const Event &) {
    Walk.Contexts.blur(*At.Values, Id);
  });
  At.Values->assume({});
  settle(*At.Values, Graph, In.Loop);
  In.Settled.clear();
  eachEvent(Body, Graph, In.Loop, [&](EventId Id, const Event &E) {
    if (E.Kind == EventKind::Define)
      In.Settled.push_back({Id, At.Values->result(Id)});
  });
}

/// A later round sees what earlier ones wrote. False if it also computes other
/// values, or comes by other ways, than were taken for granted.
bool SpineWalker::leaveLoop(const Place &At, const FlowGraph &Graph,
                            const LoopAtHand &In) {
  std::vector<ContextId> Roots = std::exchange(LoopRoots, {});
  if (!Roots.empty() && !isPastNeed())
    Walk.walk(History.Steps.size() - 1, Roots);
  bool IsSettled = true;
  const Function &Body = *P[At.In].Body;
  At.Values->assume({});
  for (const auto &[Id, Before] : In.Settled)
    IsSettled &=
        hull(Before, At.Values->evaluate(Body.Events[Id.Value].Value)) ==
        Before;
  for (BlockId B : Graph.Order)
    if (In.isIn(Graph, B))
      IsSettled &= !At.Guards->test(B);
  return IsSettled;
}

/// Takes nothing in the loop for granted any more.
void SpineWalker::forgetLoop(const Place &At, const FlowGraph &Graph,
                             LoopAtHand &In) {
  const Function &Body = *P[At.In].Body;
  In.IsForgotten = true;
  In.Settled.clear();
  eachEvent(Body, Graph, In.Loop, [&](EventId Id, const Event &) {
    At.Values->setResult(Id, Value::unknown());
  });
  for (BlockId B : Graph.Order)
    if (In.isIn(Graph, B))
      At.Guards->forget(B);
}
