//===- Effects.cpp - whether a call does what makes it matter -------------===//

#include "solve/Effects.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

EffectSearch::EffectSearch(const RuleIndex &Rules, BootWalk &Walk,
                           const std::map<std::string, int64_t> &Constants)
    : Rules(Rules), P(Rules.program()), Walk(Walk), Constants(Constants),
      Unmasked(Walk.State, Walk.Code, ContextTable::ModeKind::Unmasked) {}

const RuleWindow &
EffectSearch::resolve(const std::vector<std::string> &Effects) {
  auto [It, IsNew] = Resolved.try_emplace(Effects);
  if (IsNew)
    It->second = effectWindow(Rules, Effects, Constants);
  return It->second;
}

const ResolvedSink *EffectSearch::effectOf(const CallEdge &Edge,
                                           FunctionId Caller,
                                           const RuleWindow &Effect) const {
  if (!Effect.SinkFunctions.test(Edge.To.Value))
    return nullptr;
  for (const ResolvedSink &S : Effect.Sinks) {
    bool IsCleanup = Edge.Kind == WitnessEdgeKind::Cleanup;
    if ((S.Functions.test(Edge.To.Value) ||
         (IsCleanup && S.Cleanups.test(Edge.To.Value))) &&
        isHeldBy(P, *S.Source, Caller))
      return &S;
  }
  return nullptr;
}

bool EffectSearch::usesMacro(FunctionId F, const llvm::BitVector &Blocks,
                             const RuleWindow &Effect) const {
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  const Function &Body = *P[F].Body;
  for (uint32_t B : Blocks.set_bits())
    for (uint32_t I = 0; I < Body.Blocks[B].Events.Count; ++I) {
      MacroId M = Body.Events[Body.Blocks[B].Events.First + I].Macro;
      if (!M.isValid())
        continue;
      for (const ResolvedSink &S : Effect.Sinks)
        if (isInMacro(Facts, M, S.Source->Macros) && isHeldBy(P, *S.Source, F))
          return true;
    }
  return false;
}

/// Breadth first; neither boundaries nor crash paths count.
bool EffectSearch::happens(ContextId Root, uint32_t Step,
                           const RuleWindow &Effect) {
  auto [It, IsNew] = Known.try_emplace({Root, Step, &Effect}, false);
  if (!IsNew)
    return It->second;
  llvm::DenseSet<uint32_t> Seen{Root.Value};
  std::vector<ContextId> Queue{Root};
  for (size_t I = 0; I < Queue.size(); ++I) {
    const Context &C = Walk.Contexts[Queue[I]];
    if ((Rules.isBoundary(C.Function) && I != 0) ||
        Rules.isRestoring(C.Function))
      continue;
    if (P[C.Function].Body && usesMacro(C.Function, C.Blocks, Effect))
      return It->second = true;
    for (const ContextCall &Call : C.Calls) {
      if (!Call.When.contains(Step) || Call.Edge.IsCrash)
        continue;
      if (effectOf(Call.Edge, C.Function, Effect))
        return It->second = true;
      if (Seen.insert(Call.To.Value).second)
        Queue.push_back(Call.To);
    }
  }
  return false;
}

/// The same in a world without masks; contexts are evaluated as they come. A
/// search that grows too large is taken to come to an effect, so that the call
/// is counted as masked and not lost.
bool EffectSearch::couldHappen(const CallHop &Hop, uint32_t Step,
                               const RuleWindow &Effect) {
  static constexpr size_t MaxVisited = 4096;
  const Context &Callee = Walk.Contexts[Hop.To];
  std::vector<ContextId> Queue{Unmasked.find(Callee.Function, Callee.Args)};
  llvm::DenseSet<uint32_t> Seen{Queue.front().Value};
  for (size_t I = 0; I < Queue.size(); ++I) {
    if (I == MaxVisited)
      return true;
    if (!Unmasked[Queue[I]].IsFresh)
      Unmasked.evaluate(Queue[I], Step);
    const Context &C = Unmasked[Queue[I]];
    if ((Rules.isBoundary(C.Function) && I != 0) ||
        Rules.isRestoring(C.Function))
      continue;
    if (P[C.Function].Body && usesMacro(C.Function, C.Blocks, Effect))
      return true;
    for (const ContextCall &Call : C.Calls) {
      if (Call.Edge.IsCrash)
        continue;
      if (effectOf(Call.Edge, C.Function, Effect))
        return true;
      if (Seen.insert(Call.To.Value).second)
        Queue.push_back(Call.To);
    }
  }
  return false;
}

EffectSearch::AnswerKind
EffectSearch::find(const CallHop &Hop, uint32_t Step,
                   const std::vector<std::string> &Effects) {
  if (Effects.empty() || !Hop.To.isValid())
    return AnswerKind::Happens;
  const RuleWindow &Effect = resolve(Effects);
  if (happens(Hop.To, Step, Effect))
    return AnswerKind::Happens;
  return couldHappen(Hop, Step, Effect) ? AnswerKind::Masked
                                        : AnswerKind::Never;
}
