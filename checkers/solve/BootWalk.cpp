//===- BootWalk.cpp - what each step of the boot reaches ------------------===//

#include "solve/BootWalk.h"

using namespace bootorder;

BootWalk::BootWalk(const Program &P, const RuleIndex &Rules,
                   const Mechanisms &Has)
    : State(P, Rules, Has), Code(P, Rules), Contexts(State, Code) {
  FunctionSteps.resize(P.Functions.size());
  EnteredFunctions.resize(P.Functions.size());
  if (!Has.Liveness)
    makeAllLive();
}

/// As if the whole program ran from the first step on.
void BootWalk::makeAllLive() {
  const Program &P = State.P;
  for (uint32_t O = 0; O < P.Objects.size(); ++O)
    Code.makeObjectLive(ObjectId(O));
  for (uint32_t F = 0; F < P.Functions.size(); ++F)
    if (const Function *Body = P.Functions[F].Body)
      for (uint32_t E = 0; E < Body->Events.size(); ++E)
        Code.makeEventLive(FunctionId(F), EventId(E), /*IsCrash=*/false, 0);
}

void BootWalk::visit(FunctionId F, uint32_t Step) {
  FunctionSteps.add(F.Value, Step);
}

/// For contexts that were made meanwhile.
void BootWalk::makeRoom() {
  if (Entered.size() == Contexts.size())
    return;
  ContextSteps.resize(Contexts.size());
  Entered.resize(Contexts.size());
}

void BootWalk::enter(ContextId C, uint32_t Step) {
  if (Entered.test(C.Value))
    return;
  FunctionId F = Contexts[C].Function;
  if (!EnteredFunctions.test(F.Value)) {
    if (State.isIdle(F))
      return;
    EnteredFunctions.set(F.Value);
    visit(F, Step);
  }
  Entered.set(C.Value);
  ContextSteps.add(C.Value, Step);
  Queue.push_back(C);
}

void BootWalk::enterCallees(ContextId C, uint32_t Step) {
  makeRoom();
  if (Contexts[C].LastStep != Step) {
    for (ContextId Callee : Contexts.callees(C))
      enter(Callee, Step);
    return;
  }
  // Calls may have come and gone in this very step.
  for (const ContextCall &Call : Contexts[C].Calls)
    if (Call.When.contains(Step))
      enter(Call.To, Step);
}

void BootWalk::requeue(ContextId C, uint32_t Step) {
  makeRoom();
  if (Entered.test(C.Value))
    Queue.push_back(C);
}

void BootWalk::settle(uint32_t Step) {
  Code.settle(Step, [&](FunctionId Owner, const CallEdge &) {
    for (ContextId C : Contexts.contextsOf(Owner))
      Contexts.invalidate(C);
  });
}

/// Everything that rests on what has changed is evaluated again: now, if it
/// runs in this step, else when it is entered.
void BootWalk::refresh(uint32_t Step) {
  settle(Step);
  for (ObjectId O : Code.takeAddressed())
    State.Memory.share(O);
  for (ContextId C : State.Memory.takeStale())
    Contexts.invalidate(C);
  for (ContextId C : Contexts.takeChanged())
    requeue(C, Step);
}

void BootWalk::walk(uint32_t Step, llvm::ArrayRef<ContextId> Roots) {
  if (std::exchange(EnteredAt, Step) != Step) {
    Entered.reset();
    EnteredFunctions.reset();
  }
  makeRoom();
  for (ContextId C : Roots)
    enter(C, Step);
  for (size_t Done = 0; Done < Queue.size();) {
    while (Done < Queue.size()) {
      ContextId C = Queue[Done++];
      if (!Contexts[C].IsFresh)
        Contexts.evaluate(C, Step);
      enterCallees(C, Step);
    }
    refresh(Step);
    // A local that nothing was seen to write may hold anything.
    if (Done == Queue.size() && State.Memory.fillEmptyReads())
      refresh(Step);
  }
  Queue.clear();
}
