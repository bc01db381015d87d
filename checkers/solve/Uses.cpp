//===- Uses.cpp - events that are sinks of a rule -------------------------===//

#include "solve/Uses.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

std::optional<uint32_t> bootorder::stepOfEvent(const ReportWalk &Report,
                                               const RuleWindow &W,
                                               const CallHop &Hop,
                                               uint32_t Since) {
  if (Hop.From.isValid()) {
    auto Step = Report.firstStep(Hop.From, W, std::max(Since, Hop.Since));
    return Step && *Step <= Hop.Until ? Step : std::nullopt;
  }
  if (W.Time.In == Hop.Caller && W.Time.Event == Hop.Edge.Event)
    return std::nullopt;
  auto Step = Report.spineStep(Hop.Caller, Hop.Edge.Event);
  return Step && W.contains(*Step) ? Step : std::nullopt;
}

bool bootorder::isHeldBy(const Program &P, const Sink &S, FunctionId F) {
  llvm::StringRef Name = P[F].Name, File = P[F].File;
  return (S.Callers.empty() || S.Callers.matches(Name)) &&
         !S.NotCallers.matches(Name) &&
         (S.Files.empty() || S.Files.matches(File)) &&
         !S.NotFiles.matches(File);
}

bool bootorder::passesFilters(const Program &P, const Sink &S, FunctionId F,
                              const BootStep &Step) {
  return isHeldBy(P, S, F) &&
         (S.Tasks.empty() || llvm::is_contained(S.Tasks, Step.Task));
}

namespace {

class UseFinder {
public:
  UseFinder(const RuleIndex &Rules, const BootWalk &Walk,
            const ReportWalk &Report, const RuleWindow &W)
      : Rules(Rules), P(Rules.program()), Walk(Walk), Report(Report), W(W) {
    for (const ResolvedSink &S : W.Sinks)
      HasMacros |= !S.Source->Macros.empty();
  }

  UseList find() {
    readSpine();
    for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
      ContextId C(I);
      // Nearly all contexts hold none: that is seen sooner than when they run.
      bool CallsSink = callsSink(C), UsesMacro = usesMacro(C);
      if (!CallsSink && !UsesMacro)
        continue;
      bool IsHeld =
          Report.isHeldIn(C, W) || Rules.isBoundary(Walk.Contexts[C].Function);
      if (!IsHeld && !Report.firstStep(C, W))
        continue;
      readCalls(C, IsHeld);
      if (UsesMacro)
        readMacros(C, IsHeld);
    }
    return std::move(Found);
  }

private:
  void readSpine();
  void readCall(const CallHop &Hop, bool IsHeld);
  void readCalls(ContextId C, bool IsHeld);
  void readMacros(ContextId C, bool IsHeld);
  void readMacro(const CallHop &Hop, bool IsHeld);
  bool callsSink(ContextId C) const;
  bool usesMacro(ContextId C);
  /// A plain sink below one that an argument decides is what that matters for.
  bool isDecidedAbove(const ResolvedSink &S, const CallHop &Hop) const {
    return S.Source->MattersFor.empty() && Hop.From.isValid() &&
           !Report.isHeldIn(Hop.From, W) && Report.isPartOfSink(Hop.From, W);
  }
  void add(const SinkUse &Use, bool IsHeld) {
    (IsHeld ? Found.Held : Found.Uses).push_back(Use);
  }

  const RuleIndex &Rules;
  const Program &P;
  const BootWalk &Walk;
  const ReportWalk &Report;
  const RuleWindow &W;
  bool HasMacros = false;
  /// By function: whether some event of it is in a macro that is a sink.
  llvm::DenseMap<uint32_t, bool> UsesMacros;
  UseList Found;
};

} // namespace

bool UseFinder::callsSink(ContextId C) const {
  return llvm::any_of(Walk.Contexts[C].Calls, [this](const ContextCall &Call) {
    return W.SinkFunctions.test(Call.Edge.To.Value);
  });
}

bool UseFinder::usesMacro(ContextId C) {
  FunctionId F = Walk.Contexts[C].Function;
  if (!HasMacros || !P[F].Body)
    return false;
  auto [It, IsNew] = UsesMacros.try_emplace(F.Value);
  if (IsNew)
    It->second = llvm::any_of(P[F].Body->Events, [&](const Event &E) {
      return llvm::any_of(W.Sinks, [&](const ResolvedSink &S) {
        return isInMacro(*P.moduleOf(F).Facts, E.Macro, S.Source->Macros);
      });
    });
  return It->second;
}

void UseFinder::readCall(const CallHop &Hop, bool IsHeld) {
  uint32_t To = Hop.Edge.To.Value;
  if (!W.SinkFunctions.test(To) || !Hop.Edge.Event.isValid())
    return;
  bool IsCleanup = Hop.Edge.Kind == WitnessEdgeKind::Cleanup;
  for (const ResolvedSink &S : W.Sinks) {
    if (!S.Functions.test(To) && !(IsCleanup && S.Cleanups.test(To)))
      continue;
    if (!isDecidedAbove(S, Hop))
      add({&S, Hop, "", ContextId()}, IsHeld || Hop.Edge.IsCrash);
    return;
  }
}

/// Calls and macros of the functions that are walked call by call.
void UseFinder::readSpine() {
  const BootHistory &History = Report.history();
  for (uint32_t Step = 0; Step < History.Steps.size(); ++Step) {
    const BootStep &S = History.Steps[Step];
    if (!W.contains(Step) || !S.In.isValid() || !S.Event.isValid())
      continue;
    for (const ContextCall &Root : S.Roots)
      readCall({S.In, Root.Edge, ContextId(), Root.To, Step}, S.IsCrash);
    CallEdge Here;
    Here.Event = S.Event;
    readMacro({S.In, Here, ContextId(), ContextId(), Step}, S.IsCrash);
  }
  for (const BootHistory::SpineEvent &E : History.Others) {
    CallEdge Here;
    Here.Event = E.Event;
    if (W.contains(E.Step))
      readMacro({E.In, Here, ContextId(), ContextId(), E.Step}, E.IsCrash);
  }
}

void UseFinder::readCalls(ContextId C, bool IsHeld) {
  const Context &Caller = Walk.Contexts[C];
  for (const ContextCall &Call : Caller.Calls)
    if (Call.When.Last >= W.Begin && Call.When.First < W.End)
      readCall({Caller.Function, Call.Edge, C, Call.To, Call.When.First,
                Call.When.Last},
               IsHeld);
}

void UseFinder::readMacro(const CallHop &Hop, bool IsHeld) {
  if (!HasMacros)
    return;
  const FactsModule &Facts = *P.moduleOf(Hop.Caller).Facts;
  MacroId Innermost = P[Hop.Caller].Body->Events[Hop.Edge.Event.Value].Macro;
  for (const ResolvedSink &S : W.Sinks)
    for (MacroId M = Innermost; M.isValid(); M = Facts[M].Parent) {
      llvm::StringRef Name = Facts.str(Facts[M].Name);
      if (!S.Source->Macros.matches(Name))
        continue;
      if (!isDecidedAbove(S, Hop))
        add({&S, Hop, Name, ContextId()}, IsHeld);
      return;
    }
}

void UseFinder::readMacros(ContextId C, bool IsHeld) {
  const Context &Here = Walk.Contexts[C];
  const Function &Body = *P[Here.Function].Body;
  FlowGraph Graph = findCrashBlocks(Body, NoReturnCalls(Rules, Here.Function));
  for (uint32_t B : Here.Blocks.set_bits()) {
    Range Events = Body.Blocks[B].Events;
    for (uint32_t I = 0; I < Events.Count; ++I) {
      CallEdge Edge;
      Edge.Event = EventId(Events.First + I);
      readMacro({Here.Function, Edge, C, ContextId()},
                IsHeld ||
                    (Graph.Blocks[B].IsCrash && Walk.State.Has.CrashPaths));
    }
  }
}

UseList bootorder::findUses(const RuleIndex &Rules, const BootWalk &Walk,
                            const ReportWalk &Report, const RuleWindow &W) {
  return UseFinder(Rules, Walk, Report, W).find();
}
