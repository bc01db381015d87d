//===- EffectSteps.cpp - when a call does what makes it matter ------------===//
//
// What a call comes to changes as the boot goes on: an allocator that has no
// cache yet returns early. So for each context it is computed at which steps it
// comes to an effect, from the effects up to their callers.
//
//===----------------------------------------------------------------------===//

#include "solve/Effects.h"

using namespace bootorder;

std::vector<StepSet> EffectSearch::findSteps(const RuleWindow &Effect) {
  const uint32_t Count = Walk.Contexts.size();
  const StepSet All({0, static_cast<uint32_t>(History.Steps.size()) - 1});
  std::vector<llvm::SmallVector<std::pair<uint32_t, StepInterval>, 2>> Callers(
      Count);
  std::vector<StepSet> Found(Count);
  std::vector<uint32_t> Queue;
  for (uint32_t I = 0; I < Count; ++I) {
    const Context &Here = Walk.Contexts[ContextId(I)];
    if (Rules.isRestoring(Here.Function))
      continue;
    if (macroUse(ContextId(I), Here, Effect))
      Found[I] = All;
    if (const MapEffect *Told = toldEffect(Here, Effect))
      for (uint32_t S = 0; S < History.Steps.size(); ++S)
        if (isToldAt(*Told, S))
          Found[I].add(StepInterval{S, S});
    for (const ContextCall &Call : Here.Calls) {
      if (Call.Edge.IsCrash)
        continue;
      if (effectOf(Call.Edge, Here.Function, Effect))
        Found[I].addCommon(All, All, Call.When);
      else
        Callers[Call.To.Value].push_back({I, Call.When});
    }
    if (!Found[I].empty())
      Queue.push_back(I);
  }
  while (!Queue.empty()) {
    uint32_t Callee = Queue.back();
    Queue.pop_back();
    if (Rules.isBoundary(Walk.Contexts[ContextId(Callee)].Function))
      continue; // what it does counts only if it is asked itself
    for (auto [Caller, When] : Callers[Callee])
      if (Caller != Callee && Found[Caller].addCommon(Found[Callee], All, When))
        Queue.push_back(Caller);
  }
  return Found;
}

const StepSet &EffectSearch::stepsOf(ContextId C, const Effects &Names) {
  auto [It, IsNew] = Steps.try_emplace(Names);
  if (IsNew)
    It->second = findSteps(resolve(Names));
  return It->second[C.Value];
}
