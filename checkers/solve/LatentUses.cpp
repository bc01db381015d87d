//===- LatentUses.cpp - sinks that memory keeps control from, so far ------===//

#include "solve/LatentUses.h"
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

/// Whether findings can be in \p C at some step of \p W before \p Moment.
bool LatentUses::runsInTime(ContextId C, const RuleWindow &W,
                            uint32_t Moment) const {
  if (Report.isHeldIn(C, W) || Rules.isBoundary(Walk.Contexts[C].Function) ||
      Report.isPartOfSink(C, W))
    return false;
  auto Step = Report.firstStep(C, W);
  return Step && *Step < Moment;
}

/// Whether control comes to the call at some step of \p W.
bool LatentUses::isMade(const Context &Here, EventId Event,
                        const RuleWindow &W) const {
  return llvm::any_of(Here.Calls, [&](const ContextCall &Call) {
    return Call.Edge.Event == Event && Call.When.Last >= W.Begin &&
           Call.When.First < W.End;
  });
}

void LatentUses::addUses(ContextId C, const RuleWindow &W, ContextTable &Later,
                         uint32_t Moment, std::vector<SinkUse> &Found) {
  const Context &Here = Walk.Contexts[C];
  ContextId Then = Later.find(Here.Function, Here.Args);
  if (!Later[Then].IsFresh)
    Later.evaluate(Then, Moment);
  for (const ContextCall &Call : Later[Then].Calls) {
    if (Call.Edge.IsCrash || !Call.Edge.Event.isValid() ||
        !W.SinkFunctions.test(Call.Edge.To.Value) ||
        isMade(Here, Call.Edge.Event, W))
      continue;
    auto Sink = llvm::find_if(W.Sinks, [&](const ResolvedSink &S) {
      return S.Functions.test(Call.Edge.To.Value);
    });
    if (Sink != W.Sinks.end())
      Found.push_back({&*Sink,
                       {Here.Function, Call.Edge, C, ContextId(), W.Begin},
                       "",
                       Call.To});
  }
}

std::vector<SinkUse> LatentUses::find(const RuleWindow &W,
                                      EffectSearch &Effects) {
  std::vector<SinkUse> Found;
  uint32_t Moment = Effects.lastMoment(W);
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    ContextId C(I);
    const Context &Here = Walk.Contexts[C];
    bool MissesSink =
        llvm::any_of(callsIn(Here.Function), [&](const SinkCall &Call) {
          return W.SinkFunctions.test(Call.Callee.Value) &&
                 !isMade(Here, Call.Event, W);
        });
    if (MissesSink && runsInTime(C, W, Moment))
      addUses(C, W, Effects.whatIf(Moment), Moment, Found);
  }
  return Found;
}
