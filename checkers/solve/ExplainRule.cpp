//===- ExplainRule.cpp - why a rule does or does not report a use ---------===//

#include "solve/ChainValue.h"
#include "solve/Explainer.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Ways past a guard are followed into so many functions.
static constexpr size_t MaxFollowed = 20000;

/// Obstacles that are shown.
static constexpr size_t MaxGuarded = 12;

/// What runs below the function while the sinks are wrong, and how it is come
/// to.
struct Explainer::Below {
  std::vector<ContextId> Contexts;      ///< nearest first
  llvm::DenseMap<uint32_t, CallHop> By; ///< by ContextId; no hop: the function
  std::vector<uint32_t> Steps;          ///< of the spine, within the function

  bool has(ContextId C) const { return By.count(C.Value) != 0; }
  std::vector<CallHop> pathTo(ContextId C) const {
    std::vector<CallHop> Path;
    while (C.isValid()) {
      CallHop Hop = By.find(C.Value)->second;
      if (!Hop.Caller.isValid())
        break;
      Path.push_back(Hop);
      C = Hop.From;
    }
    std::reverse(Path.begin(), Path.end());
    return Path;
  }
};

static StepRange rangeOf(const ExplainSession &S, const RuleWindow &W) {
  uint32_t End = std::min<uint32_t>(W.End, S.History.Steps.size());
  return {W.Begin, End == 0 ? 0 : End - 1};
}

static bool runsIn(llvm::ArrayRef<StepInterval> Steps, StepRange Range) {
  return llvm::any_of(Steps, [&](const StepInterval &I) {
    return I.First <= Range.Last && Range.First <= I.Last;
  });
}

Explainer::Below Explainer::below(const RuleWindow &W) const {
  Below Found;
  StepRange Range = rangeOf(S, W);
  auto Enter = [&](const CallHop &Hop, ContextId C) {
    if (runsIn(Walk.reach(C), Range) &&
        Found.By.try_emplace(C.Value, Hop).second)
      Found.Contexts.push_back(C);
  };
  for (ContextId C : Walk.Contexts.contextsOf(F))
    Enter(CallHop(), C);
  if (S.Report.isOnSpine(F)) {
    uint32_t Row = S.Report.spineRow(F);
    for (uint32_t I = Row; I <= S.History.Steps[Row].End; ++I) {
      const BootStep &Step = S.History.Steps[I];
      if (!W.contains(I))
        continue;
      Found.Steps.push_back(I);
      for (const ContextCall &Root : Step.Roots)
        Enter({Step.In, Root.Edge, ContextId(), Root.To, I}, Root.To);
    }
  }
  for (size_t I = 0; I < Found.Contexts.size(); ++I) {
    ContextId C = Found.Contexts[I];
    const Context &From = Walk.Contexts[C];
    for (const ContextCall &Call : From.Calls)
      if (Call.When.First <= Range.Last && Call.When.Last >= Range.First)
        Enter({From.Function, Call.Edge, C, Call.To, Call.When.First}, Call.To);
  }
  return Found;
}

//===----------------------------------------------------------------------===//
// Uses that run
//===----------------------------------------------------------------------===//

static UseOutcomeKind outcomeOf(UseOutcome::OutcomeKind Kind) {
  switch (Kind) {
  case UseOutcome::OutcomeKind::Reported:
    return UseOutcomeKind::Reported;
  case UseOutcome::OutcomeKind::Masked:
    return UseOutcomeKind::Masked;
  case UseOutcome::OutcomeKind::Latent:
    return UseOutcomeKind::Latent;
  case UseOutcome::OutcomeKind::Harmless:
  case UseOutcome::OutcomeKind::PartOfSink:
  case UseOutcome::OutcomeKind::NoEffect:
    return UseOutcomeKind::Harmless;
  }
  llvm_unreachable("not an outcome");
}

static std::string textOf(const Program &P, const SinkUse &Use,
                          UseOutcome::OutcomeKind Kind) {
  switch (Kind) {
  case UseOutcome::OutcomeKind::Reported:
    return "";
  case UseOutcome::OutcomeKind::Masked:
    return "only without masks in memory would it come to what makes it matter";
  case UseOutcome::OutcomeKind::Latent:
    return Use.Later.isValid()
               ? "control does not come to it yet; with what memory holds "
                 "just before the milestone it would"
               : "it comes to nothing yet that makes it matter; with what "
                 "memory holds just before the milestone it would";
  case UseOutcome::OutcomeKind::Harmless:
    return Use.Sink->Source->Argument
               ? "its argument has none of the bits that the rule asks for"
               : "the rule leaves it out";
  case UseOutcome::OutcomeKind::PartOfSink:
    return "'" + P[Use.Hop.Caller].Name.str() +
           "' is a sink or part of one, and judged where it is called";
  case UseOutcome::OutcomeKind::NoEffect:
    return "with these arguments and this memory it comes to nothing that "
           "makes it matter";
  }
  llvm_unreachable("not an outcome");
}

void Explainer::collectUses(const RuleWindow &W, const Below &In,
                            RuleExplanation &Out) {
  auto IsBelow = [&](const SinkUse &Use) {
    if (Use.Hop.From.isValid())
      return In.has(Use.Hop.From);
    return !In.Steps.empty() &&
           (Use.Hop.Caller == F || llvm::is_contained(In.Steps, Use.Hop.Since));
  };
  auto Add = [&](const SinkUse &Use, UseOutcomeKind Outcome, std::string Text) {
    ExplainedUse &Row = Out.Uses.emplace_back();
    Row.Outcome = Outcome;
    Row.Sink =
        Use.Macro.empty() ? P[Use.Hop.Edge.To].Name.str() : Use.Macro.str();
    Row.Function = P[Use.Hop.Caller].Name.str();
    Row.Place = S.Writer.eventPlace(Use.Hop.Caller, Use.Hop.Edge.Event);
    Row.Text = std::move(Text);
    std::vector<CallHop> Path;
    if (Use.Hop.From.isValid())
      Path = In.pathTo(Use.Hop.From);
    Path.push_back(Use.Hop);
    Row.Path = frames(Path);
    Row.Path.back().Edge = WitnessEdgeKind::Sink;
    if (Row.Path.back().Callee.empty())
      Row.Path.back().Callee = Row.Sink;
  };
  std::vector<UseOutcome> Outcomes;
  decide(S.Rules, Walk, S.Report, W, S.Options.Constants, &Outcomes);
  for (const UseOutcome &One : Outcomes)
    if (IsBelow(One.Use))
      Add(One.Use, outcomeOf(One.Outcome), textOf(P, One.Use, One.Outcome));
  for (const SinkUse &Use : findUses(S.Rules, Walk, S.Report, W).Held)
    if (IsBelow(Use)) {
      std::string Why = "a crash follows";
      if (Use.Hop.From.isValid() && !Use.Hop.Edge.IsCrash) {
        uint32_t Step =
            std::max(Walk.reach(Use.Hop.From).front().First, W.Begin);
        Why = S.Rules.isBoundary(Use.Hop.Caller)
                  ? "in '" + P[Use.Hop.Caller].Name.str() + "', a boundary"
                  : chainTo(Use.Hop.Caller, Step).HeldBack;
      }
      Add(Use, UseOutcomeKind::HeldBack, Why);
    }
}

//===----------------------------------------------------------------------===//
// Uses that control does not come to
//===----------------------------------------------------------------------===//

/// Whether the call may be wrong, as far as it shows itself.
static bool mayMatter(const Program &P, const RuleWindow &W,
                      const WrittenCall &Call) {
  for (const ResolvedSink &Sink : W.Sinks) {
    bool IsCleanup = Call.Edge.Kind == WitnessEdgeKind::Cleanup;
    if (!Sink.Functions.test(Call.Edge.To.Value) &&
        !(IsCleanup && Sink.Cleanups.test(Call.Edge.To.Value)))
      continue;
    if (!isHeldBy(P, *Sink.Source, Call.Caller))
      return false;
    if (!Sink.Source->Argument || !Call.Edge.Event.isValid())
      return true;
    const Function &Body = *P[Call.Caller].Body;
    const Event &E = Body.Events[Call.Edge.Event.Value];
    auto Index = argumentIndex(P, *Sink.Source, Call.Edge.To);
    if (!Index || *Index >= E.Args.Count)
      return false;
    ChainFrame Frame{Call.Caller, Call.Edge.Event};
    BitValue V = evaluateChain(
        P, Frame, Body.Exprs.Operands[E.Args.First + *Index], Sink.Mask);
    return (V.possible() & Sink.Mask) != 0;
  }
  return false;
}

namespace {

/// A function past an obstacle.
struct Beyond {
  FunctionId Function;
  size_t Obstacle = 0;           ///< index of the call that is cut
  std::vector<WrittenCall> Path; ///< from that call on
};

/// A call that is not made, and the uses that it keeps from running.
struct CutCall {
  WrittenCall Call;
  std::vector<ContextId> Callers;
  std::vector<WrittenCall> Path; ///< from the call to the nearest use
  uint32_t Uses = 0;
};

} // namespace

/// Calls written in what runs below, that control does not come to.
static std::vector<CutCall>
cutCalls(const ExplainSession &S,
         const std::map<FunctionId, std::vector<ContextId>> &Running,
         const std::vector<FunctionId> &Order, StepRange Range) {
  std::vector<CutCall> Cuts;
  for (FunctionId G : Order) {
    const std::vector<ContextId> &Contexts = Running.at(G);
    for (const WrittenCall &Call : writtenCalls(S, G)) {
      auto Makes = [&](ContextId C) {
        return llvm::any_of(S.Walk.Contexts[C].Calls,
                            [&](const ContextCall &Made) {
                              return Made.Edge.Event == Call.Edge.Event &&
                                     Made.Edge.To == Call.Edge.To &&
                                     Made.When.First <= Range.Last &&
                                     Made.When.Last >= Range.First &&
                                     runsIn(S.Walk.reach(Made.To), Range);
                            });
      };
      bool IsOnSpine = S.Report.isOnSpine(G) &&
                       S.Report.spineStep(G, Call.Edge.Event).has_value();
      if (!IsOnSpine && llvm::none_of(Contexts, Makes))
        Cuts.push_back({Call, Contexts, {}, 0});
    }
  }
  return Cuts;
}

/// Follows \p Cuts, nearest first, to sinks of \p W. What runs anyway, and what
/// an earlier one led to, is not entered.
static void followCuts(const ExplainSession &S, const RuleWindow &W,
                       const std::map<FunctionId, std::vector<ContextId>> &Runs,
                       std::vector<CutCall> &Cuts) {
  llvm::DenseSet<uint32_t> Seen;
  std::vector<Beyond> Queue;
  auto Enter = [&](const WrittenCall &Call, size_t Cut,
                   std::vector<WrittenCall> Path) {
    Path.push_back(Call);
    if (W.SinkFunctions.test(Call.Edge.To.Value)) {
      if (!mayMatter(S.P, W, Call))
        return;
      if (Cuts[Cut].Uses++ == 0)
        Cuts[Cut].Path = std::move(Path);
      return;
    }
    if (S.P[Call.Edge.To].Body && !Runs.count(Call.Edge.To) &&
        Queue.size() < MaxFollowed && Seen.insert(Call.Edge.To.Value).second)
      Queue.push_back({Call.Edge.To, Cut, std::move(Path)});
  };
  for (size_t I = 0; I < Cuts.size(); ++I)
    Enter(Cuts[I].Call, I, {});
  for (size_t I = 0; I < Queue.size(); ++I) {
    const Beyond At = Queue[I];
    for (const WrittenCall &Call : writtenCalls(S, At.Function))
      Enter(Call, At.Obstacle, At.Path);
  }
}

/// Takes the latent use of the same call as \p Guarded out of \p Out: what is
/// known of its guard says more. True if there is one.
static bool dropLatent(RuleExplanation &Out, const ExplainedUse &Guarded) {
  size_t Before = Out.Uses.size();
  llvm::erase_if(Out.Uses, [&](const ExplainedUse &Use) {
    return Use.Outcome == UseOutcomeKind::Latent && Use.Sink == Guarded.Sink &&
           Use.Place.File == Guarded.Place.File &&
           Use.Place.Line == Guarded.Place.Line &&
           Use.Place.Column == Guarded.Place.Column;
  });
  return Out.Uses.size() != Before;
}

void Explainer::collectGuarded(const RuleWindow &W, const Below &In,
                               RuleExplanation &Out) {
  std::map<FunctionId, std::vector<ContextId>> Running;
  std::vector<FunctionId> Order;
  auto Add = [&](FunctionId G) -> std::vector<ContextId> & {
    auto [It, IsNew] = Running.try_emplace(G);
    if (IsNew && P[G].Body)
      Order.push_back(G);
    return It->second;
  };
  for (uint32_t Step : In.Steps)
    if (S.History.Steps[Step].IsDescended)
      Add(S.History.Steps[Step].Function);
  for (ContextId C : In.Contexts)
    Add(Walk.Contexts[C].Function).push_back(C);
  std::vector<CutCall> Cuts = cutCalls(S, Running, Order, rangeOf(S, W));
  followCuts(S, W, Running, Cuts);
  llvm::erase_if(Cuts, [](const CutCall &C) { return C.Uses == 0; });
  llvm::sort(Cuts, [](const CutCall &A, const CutCall &B) {
    auto Key = [](const CutCall &C) {
      return std::tuple(C.Path.size(), C.Call.Caller.Value,
                        C.Call.Edge.Event.Value, C.Call.Edge.To.Value);
    };
    return Key(A) < Key(B);
  });
  for (const CutCall &Cut : Cuts) {
    if (&Cut - Cuts.data() >= static_cast<ptrdiff_t>(MaxGuarded))
      break;
    Obstacle What =
        obstacle(Cut.Call.Caller, Cut.Callers, Cut.Call.Edge, rangeOf(S, W));
    const WrittenCall &Use = Cut.Path.back();
    ExplainedUse Row;
    Row.Sink = P[Use.Edge.To].Name.str();
    Row.Function = P[Use.Caller].Name.str();
    Row.Place = S.Writer.eventPlace(Use.Caller, Use.Edge.Event);
    Row.Outcome =
        dropLatent(Out, Row) ? UseOutcomeKind::Latent : UseOutcomeKind::Guarded;
    Row.Text = What.Text;
    Row.Why = What.Why;
    Row.Others = Cut.Uses - 1;
    std::vector<CallHop> Path;
    if (!Cut.Callers.empty())
      Path = In.pathTo(Cut.Callers.front());
    for (const WrittenCall &Call : Cut.Path) {
      CallHop Hop;
      Hop.Caller = Call.Caller;
      Hop.Edge = Call.Edge;
      Path.push_back(Hop);
    }
    Row.Path = frames(Path);
    Row.Path.back().Edge = WitnessEdgeKind::Sink;
    Out.Uses.push_back(std::move(Row));
  }
}

/// By outcome, nearest first; uses of several contexts that end alike are one.
static void sortUses(std::vector<ExplainedUse> &Uses) {
  auto Key = [](const ExplainedUse &U) {
    return std::tie(U.Outcome, U.Text, U.Place.File, U.Place.Line,
                    U.Place.Column, U.Sink);
  };
  llvm::sort(Uses, [&](const ExplainedUse &A, const ExplainedUse &B) {
    return std::tuple(Key(A), A.Path.size()) <
           std::tuple(Key(B), B.Path.size());
  });
  Uses.erase(std::unique(Uses.begin(), Uses.end(),
                         [&](const ExplainedUse &A, const ExplainedUse &B) {
                           return Key(A) == Key(B) && A.Others == B.Others;
                         }),
             Uses.end());
  llvm::sort(Uses, [&](const ExplainedUse &A, const ExplainedUse &B) {
    return std::tuple(A.Outcome, A.Path.size(), Key(A)) <
           std::tuple(B.Outcome, B.Path.size(), Key(B));
  });
}

RuleExplanation Explainer::explainRule(const RuleWindow &W) {
  RuleExplanation Out;
  Out.Rule = W.Source->Id;
  Out.Milestone = W.Needs;
  Out.NeedsAfter = W.NeedsAfter;
  Out.MilestoneStep = S.Writer.needsPlace(W);
  Below In = below(W);
  Out.RunsInWindow = !In.Contexts.empty() || !In.Steps.empty();
  if (!Out.RunsInWindow)
    return Out;
  collectUses(W, In, Out);
  collectGuarded(W, In, Out);
  sortUses(Out.Uses);
  return Out;
}
