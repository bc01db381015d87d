//===- Effects.cpp - whether a call does what makes it matter -------------===//

#include "solve/Effects.h"
#include "model/PhaseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

EffectSearch::EffectSearch(const RuleIndex &Rules, BootWalk &Walk,
                           const BootHistory &History,
                           const std::map<std::string, int64_t> &Constants)
    : Rules(Rules), P(Rules.program()), Walk(Walk), History(History),
      Constants(Constants) {
  if (!Walk.State.Map)
    return;
  for (const MapEffect &E : Walk.State.Map->Effects)
    for (FunctionId F : P.functionsNamed(E.Function))
      if (!P[F].Body)
        Told[F].push_back(&E);
}

EffectSearch::~EffectSearch() {
  if (At)
    travel(StepInterval::NoEnd);
}

/// Memory, and which milestones are complete, as of the beginning of \p Step.
void EffectSearch::travel(uint32_t Step) {
  Walk.State.Memory.travel(Step);
  for (uint32_t M = 0; M < History.Milestones.size(); ++M)
    Walk.State.Completed[M] =
        History.Milestones[M].IsKnown && History.Milestones[M].From <= Step;
}

EffectSearch::Moment &EffectSearch::momentAt(uint32_t Step) {
  if (!At || At->Step != Step) {
    At.emplace(Walk.Contexts, Step);
    travel(Step);
  }
  return *At;
}

ContextTable &EffectSearch::whatIf(uint32_t Step) {
  return momentAt(Step).Masked;
}

ContextTable &EffectSearch::glance(uint32_t Step) {
  return momentAt(Step).Glance;
}

uint32_t EffectSearch::lastMoment(const RuleWindow &W) const {
  return W.NeedsAfter ? W.Time.Step : W.End;
}

/// The effect of \p Effect that a phase map says the call of \p C comes to.
const MapEffect *EffectSearch::toldEffect(const Context &C,
                                          const RuleWindow &Effect) const {
  auto Known = Told.find(C.Function);
  if (Known == Told.end())
    return nullptr;
  for (const MapEffect *E : Known->second) {
    bool HasBits = E->Argument >= C.Args.size() ||
                   (C.Args[E->Argument].possible() & E->Mask) != 0;
    if (HasBits && llvm::any_of(Effect.Sinks, [&](const ResolvedSink &S) {
          return nameOf(S) == E->Effect;
        }))
      return E;
  }
  return nullptr;
}

bool EffectSearch::isToldAt(const MapEffect &E, uint32_t Step) const {
  return Step < Walk.State.Origins.size() &&
         llvm::any_of(
             E.Steps,
             [&](MapSteps S) { return S.contains(Walk.State.Origins[Step]); });
}

const RuleWindow &EffectSearch::resolve(const std::vector<std::string> &Names) {
  auto [It, IsNew] = Resolved.try_emplace(Names);
  if (IsNew)
    It->second = effectWindow(Rules, Names, Constants);
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

/// The effect of the rules that \p S is a use of.
std::string EffectSearch::nameOf(const ResolvedSink &S) const {
  for (const Effect &E : Rules.rules().Effects)
    if (llvm::any_of(E.Uses, [&](const Sink &Use) { return &Use == S.Source; }))
      return E.Name;
  return "";
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

/// The first macro in \p Here that has the effect.
EffectSearch::FoundWay EffectSearch::macroUse(ContextId C, const Context &Here,
                                              const RuleWindow &Effect) {
  if (!P[Here.Function].Body ||
      !Here.Blocks.anyCommon(macroBlocks(Here.Function, Effect)))
    return std::nullopt;
  const FactsModule &Facts = *P.moduleOf(Here.Function).Facts;
  const Function &Body = *P[Here.Function].Body;
  for (uint32_t B : Here.Blocks.set_bits())
    for (uint32_t I = 0; I < Body.Blocks[B].Events.Count; ++I) {
      CallHop Hop;
      Hop.Caller = Here.Function;
      Hop.From = C;
      Hop.Edge.Event = EventId(Body.Blocks[B].Events.First + I);
      for (MacroId M = Body.Events[Hop.Edge.Event.Value].Macro; M.isValid();
           M = Facts[M].Parent)
        for (const ResolvedSink &S : Effect.Sinks)
          if (S.Source->Macros.matches(Facts.str(Facts[M].Name)) &&
              isHeldBy(P, *S.Source, Here.Function))
            return EffectWay{nameOf(S), Facts.str(Facts[M].Name).str(), {Hop}};
    }
  return std::nullopt;
}

/// The effect that \p C has itself; else what it calls is queued.
EffectSearch::FoundWay
EffectSearch::wayFrom(ContextTable &Table, ContextId C, uint32_t Step,
                      const RuleWindow &Effect, std::vector<ContextId> &Queue,
                      llvm::DenseMap<uint32_t, CallHop> &By) {
  bool IsReal = &Table == &Walk.Contexts;
  const Context &Here = Table[C];
  if (FoundWay Use = macroUse(C, Here, Effect))
    return Use;
  for (const ContextCall &Call : Here.Calls) {
    if ((IsReal && !Call.When.contains(Step)) || Call.Edge.IsCrash)
      continue;
    CallHop Hop{Here.Function, Call.Edge, C, Call.To, Step};
    if (const ResolvedSink *S = effectOf(Call.Edge, Here.Function, Effect))
      return EffectWay{nameOf(*S), P[Call.Edge.To].Name.str(), {Hop}};
    if (By.try_emplace(Call.To.Value, Hop).second)
      Queue.push_back(Call.To);
  }
  return std::nullopt;
}

/// Breadth first; neither boundaries nor crash paths count. Contexts of what
/// might be are evaluated as they come. A search without masks that grows too
/// large is taken to come to an effect, so that the call is counted as masked
/// and not lost.
EffectSearch::FoundWay EffectSearch::search(ContextTable &Table, ContextId Root,
                                            uint32_t Step,
                                            const RuleWindow &Effect) {
  static constexpr size_t MaxVisited = 4096;
  bool IsReal = &Table == &Walk.Contexts;
  bool IsUnmasked = At && &Table == &At->Unmasked;
  std::vector<ContextId> Queue{Root};
  llvm::DenseMap<uint32_t, CallHop> By{{Root.Value, CallHop()}};
  for (size_t I = 0; I < Queue.size(); ++I) {
    if (!IsReal && I == MaxVisited)
      return IsUnmasked ? FoundWay(EffectWay()) : std::nullopt;
    FunctionId F = Table[Queue[I]].Function;
    if (!IsReal && Walk.State.isIdle(F))
      continue; // the walk of the boot does not enter it, either
    if (!IsReal && !Table[Queue[I]].IsFresh)
      Table.evaluate(Queue[I], Step);
    if ((Rules.isBoundary(F) && I != 0) || Rules.isRestoring(F))
      continue;
    FoundWay Way = wayFrom(Table, Queue[I], Step, Effect, Queue, By);
    const MapEffect *Told = toldEffect(Table[Queue[I]], Effect);
    if (!Way && Told &&
        (IsUnmasked || isToldAt(*Told, IsReal ? Step : At->Step)))
      Way = EffectWay{Told->Effect, Told->Use, {}};
    if (!Way)
      continue;
    for (ContextId C = Queue[I]; C != Root; C = By[C.Value].From)
      Way->Path.insert(Way->Path.begin(), By[C.Value]);
    return Way;
  }
  return std::nullopt;
}

const EffectSearch::FoundWay &
EffectSearch::happens(ContextId Root, uint32_t Step, const RuleWindow &Effect) {
  auto [It, IsNew] = Known.try_emplace({Root, Step, &Effect});
  if (IsNew)
    It->second = search(Walk.Contexts, Root, Step, Effect);
  return It->second;
}

EffectSearch::Answer EffectSearch::find(const CallHop &Hop, uint32_t Step,
                                        const RuleWindow &W,
                                        const std::vector<std::string> &Names) {
  if (Names.empty() || !Hop.To.isValid())
    return {AnswerKind::Happens, {}};
  const RuleWindow &Effect = resolve(Names);
  if (const FoundWay &Way = happens(Hop.To, Step, Effect))
    return {AnswerKind::Happens, *Way};
  uint32_t Moment = lastMoment(W);
  bool IsEarlier = W.NeedsAfter && Step < Moment;
  ContextTable &Later = whatIf(IsEarlier ? Moment : W.End);
  const Context &Callee = Walk.Contexts[Hop.To];
  if (IsEarlier)
    if (auto Way = search(Later, Later.find(Callee.Function, Callee.Args), Step,
                          Effect))
      return {AnswerKind::Latent, *Way};
  if (auto Way =
          search(At->Unmasked, At->Unmasked.find(Callee.Function, Callee.Args),
                 Step, Effect))
    return {AnswerKind::Masked, *Way};
  return {};
}

EffectSearch::Answer
EffectSearch::findLater(ContextId Callee, const RuleWindow &W,
                        const std::vector<std::string> &Names) {
  if (Names.empty())
    return {AnswerKind::Latent, {}};
  uint32_t Moment = lastMoment(W);
  if (auto Way = search(whatIf(Moment), Callee, Moment, resolve(Names)))
    return {AnswerKind::Latent, *Way};
  return {};
}
