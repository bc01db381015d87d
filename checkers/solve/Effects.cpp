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

/// Blocks of \p F in which a macro is used that is such an effect.
const llvm::BitVector &EffectSearch::macroBlocks(FunctionId F,
                                                 const RuleWindow &Effect) {
  auto [It, IsNew] = MacroBlocks.try_emplace({F, &Effect});
  if (!IsNew)
    return It->second;
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  const Function &Body = *P[F].Body;
  It->second.resize(Body.Blocks.size());
  auto IsEffect = [&](const Event &E) {
    return E.Macro.isValid() &&
           llvm::any_of(Effect.Sinks, [&](const ResolvedSink &S) {
             return isInMacro(Facts, E.Macro, S.Source->Macros) &&
                    isHeldBy(P, *S.Source, F);
           });
  };
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    Range Events = Body.Blocks[B].Events;
    const Event *First = Body.Events.data() + Events.First;
    if (std::any_of(First, First + Events.Count, IsEffect))
      It->second.set(B);
  }
  return It->second;
}

/// Whether \p C itself has such an effect, or leads to contexts that may: then
/// they are in \p Next.
bool EffectSearch::isEffect(const Context &C, std::optional<uint32_t> Step,
                            const RuleWindow &Effect,
                            std::vector<ContextId> &Next) {
  if (P[C.Function].Body && C.Blocks.anyCommon(macroBlocks(C.Function, Effect)))
    return true;
  for (const ContextCall &Call : C.Calls) {
    if (Call.Edge.IsCrash || (Step && !Call.When.contains(*Step)))
      continue;
    if (effectOf(Call.Edge, C.Function, Effect))
      return true;
    Next.push_back(Call.To);
  }
  return false;
}

/// Breadth first; neither boundaries nor crash paths count. In a world without
/// masks contexts are evaluated as they come, so that a search there may grow
/// too large: it is taken to come to an effect, so that the call is counted as
/// masked and not lost.
bool EffectSearch::search(ContextTable &World, ContextId Root, uint32_t Step,
                          const RuleWindow &Effect) {
  static constexpr size_t MaxVisited = 4096;
  bool IsReal = &World == &Walk.Contexts;
  llvm::DenseSet<uint32_t> Seen{Root.Value};
  std::vector<ContextId> Queue{Root}, Next;
  for (size_t I = 0; I < Queue.size(); ++I) {
    if (!IsReal && I == MaxVisited)
      return true;
    if (!IsReal && !World[Queue[I]].IsFresh)
      World.evaluate(Queue[I], Step);
    const Context &C = World[Queue[I]];
    if ((Rules.isBoundary(C.Function) && I != 0) ||
        Rules.isRestoring(C.Function))
      continue;
    Next.clear();
    if (isEffect(C, IsReal ? std::optional(Step) : std::nullopt, Effect, Next))
      return true;
    for (ContextId Callee : Next)
      if (Seen.insert(Callee.Value).second)
        Queue.push_back(Callee);
  }
  return false;
}

/// What the walk has seen does not change any more: asked once.
bool EffectSearch::happens(ContextId Root, uint32_t Step,
                           const RuleWindow &Effect) {
  auto [Answer, IsNew] = Known.try_emplace({Root, Step, &Effect}, false);
  if (IsNew)
    Answer->second = search(Walk.Contexts, Root, Step, Effect);
  return Answer->second;
}

EffectSearch::AnswerKind
EffectSearch::find(const CallHop &Hop, uint32_t Step,
                   const std::vector<std::string> &Effects) {
  if (Effects.empty() || !Hop.To.isValid())
    return AnswerKind::Happens;
  const RuleWindow &Effect = resolve(Effects);
  if (happens(Hop.To, Step, Effect))
    return AnswerKind::Happens;
  const Context &Callee = Walk.Contexts[Hop.To];
  ContextId Free = Unmasked.find(Callee.Function, Callee.Args);
  return search(Unmasked, Free, Step, Effect) ? AnswerKind::Masked
                                              : AnswerKind::Never;
}
