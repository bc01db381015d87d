//===- LatentUses.cpp - sinks that memory keeps control from, so far ------===//

#include "solve/LatentUses.h"
#include "solve/ChainValue.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

LatentUses::LatentUses(const RuleIndex &Rules, const BootWalk &Walk,
                       const ReportWalk &Report,
                       llvm::ArrayRef<RuleWindow> Windows)
    : Rules(Rules), P(Rules.program()), Walk(Walk), Report(Report),
      AllSinks(P.Functions.size()), Calls(P.Functions.size()) {
  for (const RuleWindow &W : Windows)
    AllSinks |= W.SinkFunctions;
}

const std::vector<LatentUses::SinkCall> &LatentUses::callsIn(FunctionId F) {
  if (Calls[F.Value])
    return *Calls[F.Value];
  std::vector<SinkCall> &Found = Calls[F.Value].emplace();
  if (!P[F].Body)
    return Found;
  const Function &Body = *P[F].Body;
  for (uint32_t I = 0; I < Body.Events.size(); ++I) {
    const Event &E = Body.Events[I];
    if (E.Kind != EventKind::Call || !E.Target.isValid() ||
        Body.Exprs[E.Target].Kind != ExprKind::Function)
      continue;
    FunctionId Callee = P.moduleOf(F).function(Body.Exprs.symbol(E.Target));
    if (AllSinks.test(Callee.Value))
      Found.push_back({EventId(I), Callee});
  }
  return Found;
}

static const ResolvedSink *sinkOf(const RuleWindow &W, FunctionId Callee) {
  auto Found = llvm::find_if(W.Sinks, [&](const ResolvedSink &S) {
    return S.Functions.test(Callee.Value);
  });
  return Found == W.Sinks.end() ? nullptr : &*Found;
}

/// Whether control comes to the call at some step of \p W.
static bool isMade(const Context &Here, EventId Event, const RuleWindow &W) {
  return llvm::any_of(Here.Calls, [&](const ContextCall &Call) {
    return Call.Edge.Event == Event && Call.When.Last >= W.Begin &&
           Call.When.First < W.End;
  });
}

/// Whether the argument that \p S asks about can be wrong, as far as the call
/// itself and the arguments of \p Here say.
bool LatentUses::canBeWrong(const Context &Here, const SinkCall &Call,
                            const ResolvedSink &S) const {
  if (!S.Source->Argument || S.Mask == 0)
    return true;
  const Function &Body = *P[Here.Function].Body;
  const Event &E = Body.Events[Call.Event.Value];
  auto Position = argumentIndex(P, *S.Source, Call.Callee);
  if (!Position || *Position >= E.Args.Count)
    return false;
  ExprId Given = Body.Exprs.Operands[E.Args.First + *Position];
  const Expr &Tree = Body.Exprs[Given];
  if (Tree.Kind == ExprKind::Param) {
    auto Param = static_cast<uint32_t>(Tree.Value);
    return Param >= Here.Args.size() ||
           (Here.Args[Param].possible() & S.Mask) != 0;
  }
  ChainFrame Frame{Here.Function, Call.Event};
  return (evaluateChain(P, Frame, Given, S.Mask).possible() & S.Mask) != 0;
}

/// Whether \p Here has a call of a sink that is not made in time, though it
/// would be wrong at \p Step.
bool LatentUses::missesSink(const Context &Here, const RuleWindow &W,
                            uint32_t Step) {
  return llvm::any_of(callsIn(Here.Function), [&](const SinkCall &Call) {
    const ResolvedSink *S = sinkOf(W, Call.Callee);
    return S && !isMade(Here, Call.Event, W) &&
           passesFilters(P, *S->Source, Here.Function,
                         Report.history().step(Step)) &&
           canBeWrong(Here, Call, *S);
  });
}

/// Calls of sinks of \p W that \p C does not make in time, but makes in
/// \p Later.
std::vector<SinkUse> LatentUses::usesIn(ContextTable &Later, ContextId C,
                                        const RuleWindow &W, uint32_t Moment) {
  const Context &Here = Walk.Contexts[C];
  ContextId Then = Later.find(Here.Function, Here.Args);
  if (!Later[Then].IsFresh)
    Later.evaluate(Then, Moment);
  std::vector<SinkUse> Found;
  for (const ContextCall &Call : Later[Then].Calls) {
    const ResolvedSink *S = sinkOf(W, Call.Edge.To);
    if (S && !Call.Edge.IsCrash && Call.Edge.Event.isValid() &&
        !isMade(Here, Call.Edge.Event, W))
      Found.push_back({S,
                       {Here.Function, Call.Edge, C, ContextId(), W.Begin},
                       "",
                       Call.To});
  }
  return Found;
}

std::vector<SinkUse> LatentUses::find(const RuleWindow &W,
                                      EffectSearch &Effects) {
  std::vector<SinkUse> Found;
  uint32_t Moment = Effects.lastMoment(W);
  bool CanBeLatent = W.NeedsAfter && !W.Object.isValid();
  for (uint32_t I = 0; CanBeLatent && I < Walk.Contexts.size(); ++I) {
    ContextId C(I);
    FunctionId F = Walk.Contexts[C].Function;
    bool CanMiss = llvm::any_of(callsIn(F), [&](const SinkCall &Call) {
      return W.SinkFunctions.test(Call.Callee.Value);
    });
    if (!CanMiss || Rules.isBoundary(F) || Report.isHeldIn(C, W) ||
        Report.isPartOfSink(C, W))
      continue;
    auto Step = Report.firstStep(C, W);
    // At a glance, nearly all of them are seen to go on without the call.
    if (Step && *Step < Moment && missesSink(Walk.Contexts[C], W, *Step) &&
        !usesIn(Effects.glance(Moment), C, W, Moment).empty())
      llvm::append_range(Found, usesIn(Effects.whatIf(Moment), C, W, Moment));
  }
  return Found;
}
