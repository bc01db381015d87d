//===- MapEffects.cpp - what calls of sinks come to -----------------------===//

#include "solve/MapMaker.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace bootorder;

namespace {

/// One function that is a sink by an argument, and matters for effects.
struct SinkAtHand {
  FunctionId Function;
  uint32_t Argument = 0;
  uint64_t Mask = 0;
  const std::vector<std::string> *MattersFor = nullptr;
  const RuleWindow *Window = nullptr;
};

/// What was seen of calls.
struct Observed {
  StepSet Runs, Happens;
  std::string Effect, Use; ///< empty: they come to none

  void add(const Observed &Other) {
    Runs.add(Other.Runs);
    Happens.add(Other.Happens);
    if (Effect.empty()) {
      Effect = Other.Effect;
      Use = Other.Use;
    }
  }
};

} // namespace

static std::vector<SinkAtHand> findSinks(const Program &P,
                                         llvm::ArrayRef<RuleWindow> Windows) {
  std::vector<SinkAtHand> Found;
  std::map<std::tuple<uint32_t, uint32_t, uint64_t>, bool> Seen;
  for (const RuleWindow &W : Windows)
    for (const ResolvedSink &S : W.Sinks) {
      if (!S.Source->Argument || S.Source->MattersFor.empty() || S.Mask == 0)
        continue;
      for (uint32_t F : S.Functions.set_bits()) {
        auto Position = argumentIndex(P, *S.Source, FunctionId(F));
        if (Position && P.Functions[F].Body && !P.Functions[F].IsHeader &&
            Seen.try_emplace({F, *Position, S.Mask}).second)
          Found.push_back(
              {FunctionId(F), *Position, S.Mask, &S.Source->MattersFor, &W});
      }
    }
  return Found;
}

/// Whether a call of \p S by \p C has one of the bits.
static bool hasBits(const Context &C, const SinkAtHand &S) {
  return S.Argument >= C.Args.size() ||
         (C.Args[S.Argument].possible() & S.Mask) != 0;
}

/// Adds to \p Seen when calls of \p S ran, and when they came to an effect.
static void observe(const SinkAtHand &S, BootWalk &Walk,
                    const ReportSteps &Steps, EffectSearch &Effects,
                    Observed &Seen) {
  for (ContextId C : Walk.Contexts.contextsOf(S.Function)) {
    if (!Walk.isReached(C) || !hasBits(Walk.Contexts[C], S) ||
        C.Value >= Steps.Runs.size())
      continue;
    StepSet Both = Effects.stepsOf(C, *S.MattersFor);
    Both.keep(Steps.Runs[C.Value]);
    Seen.Runs.add(Steps.Runs[C.Value]);
    Seen.Happens.add(Both);
    if (!Seen.Effect.empty())
      continue;
    auto First = (Both.empty() ? Steps.Runs[C.Value] : Both).firstIn(0, ~0u);
    if (!First)
      continue;
    CallHop Hop;
    Hop.To = C;
    EffectSearch::Answer Answer =
        Effects.find(Hop, *First, *S.Window, *S.MattersFor);
    Seen.Effect = Answer.Way.Effect;
    Seen.Use = Answer.Way.Use;
  }
}

/// Steps at which a call would come to an effect: memory changes seldom, so
/// between calls that were seen it does as it did at the one before.
static StepSet fill(const StepSet &Runs, const StepSet &Happens, uint32_t End) {
  StepSet Filled;
  auto First = Runs.firstIn(0, End);
  bool Does = First && Happens.contains(*First);
  for (uint32_t S = 0; S < End; ++S) {
    if (Runs.contains(S))
      Does = Happens.contains(S);
    if (Does)
      Filled.add(StepInterval{S, S});
  }
  return Filled;
}

void bootorder::writeEffects(const RuleIndex &Rules, BootWalk &Walk,
                             llvm::ArrayRef<RuleWindow> Windows,
                             const ReportSteps &Steps, EffectSearch &Effects,
                             uint32_t StepCount, PhaseMap &Map) {
  const Program &P = Rules.program();
  std::map<std::vector<std::string>, Observed> Groups;
  std::vector<std::pair<SinkAtHand, Observed>> All;
  for (const SinkAtHand &S : findSinks(P, Windows)) {
    Observed Seen;
    observe(S, Walk, Steps, Effects, Seen);
    Groups[*S.MattersFor].add(Seen);
    All.push_back({S, std::move(Seen)});
  }
  for (auto &[S, Seen] : All) {
    if (Seen.Runs.empty())
      Seen = Groups[*S.MattersFor];
    MapEffect Out;
    Out.Effect = Seen.Effect;
    Out.Use = Seen.Use;
    StepSet When = fill(Seen.Runs, Seen.Happens, StepCount);
    if (Seen.Runs
            .empty()) { // nobody calls any of them: not known is either way
      Out.Effect = Out.Use = S.MattersFor->front();
      When.add(StepInterval{0, StepCount - 1});
    }
    if (Out.Effect.empty())
      continue;
    Out.Function = P[S.Function].Name.str();
    Out.Argument = S.Argument;
    Out.Mask = S.Mask;
    Out.Steps = intervalsOf(When, StepCount);
    Map.Effects.push_back(std::move(Out));
  }
  llvm::sort(Map.Effects, [](const MapEffect &A, const MapEffect &B) {
    return std::tie(A.Function, A.Argument, A.Mask) <
           std::tie(B.Function, B.Argument, B.Mask);
  });
}
