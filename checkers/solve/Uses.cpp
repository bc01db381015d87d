//===- Uses.cpp - events that are sinks of a rule -------------------------===//

#include "solve/Uses.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

std::optional<uint32_t> bootorder::stepOfEvent(const ReportWalk &Report,
                                               const RuleWindow &W,
                                               FunctionId F, EventId E,
                                               uint32_t Since) {
  if (!Report.isOnSpine(F))
    return Report.firstStep(F, W, Since);
  const MilestoneTime &Time = Report.history().Milestones[W.Milestone];
  if (Time.In == F && Time.Event == E)
    return std::nullopt;
  auto Step = Report.spineStep(F, E);
  if (Step && W.contains(*Step) && *Step >= Since)
    return Step;
  // A spine function may also be called from elsewhere.
  return Step ? Report.firstStep(F, W, Since) : std::nullopt;
}

bool bootorder::passesFilters(const Program &P, const Sink &S, FunctionId F,
                              const BootStep &Step) {
  llvm::StringRef Name = P[F].Name, File = P[F].File;
  return (S.Callers.empty() || S.Callers.matches(Name)) &&
         !S.NotCallers.matches(Name) &&
         (S.Files.empty() || S.Files.matches(File)) &&
         !S.NotFiles.matches(File) &&
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
    for (uint32_t F = 0; F < P.Functions.size(); ++F) {
      FunctionId Id(F);
      bool IsHeld = Report.isHeldIn(Id, W);
      if (!IsHeld && !Report.isOnSpine(Id) && !Report.firstStep(Id, W))
        continue;
      readCalls(Id, IsHeld);
      if (HasMacros && P[Id].Body)
        readMacros(Id, IsHeld);
    }
    return std::move(Found);
  }

private:
  void readCalls(FunctionId F, bool IsHeld);
  void readMacros(FunctionId F, bool IsHeld);
  void readMacro(FunctionId F, EventId E, bool IsHeld);
  void add(const SinkUse &Use, bool IsHeld) {
    if (IsHeld)
      ++Found.HeldBack;
    else
      Found.Uses.push_back(Use);
  }

  const RuleIndex &Rules;
  const Program &P;
  const BootWalk &Walk;
  const ReportWalk &Report;
  const RuleWindow &W;
  bool HasMacros = false;
  UseList Found;
};

} // namespace

void UseFinder::readCalls(FunctionId F, bool IsHeld) {
  for (const CallEdge &Edge : Walk.Code.edges(F)) {
    uint32_t To = Edge.To.Value;
    if (!W.SinkFunctions.test(To) || !Edge.Event.isValid())
      continue;
    bool IsCleanup = Edge.Kind == WitnessEdgeKind::Cleanup;
    for (const ResolvedSink &S : W.Sinks) {
      if (!S.Functions.test(To) && !(IsCleanup && S.Cleanups.test(To)))
        continue;
      SinkUse Use;
      Use.Sink = &S;
      Use.Holder = F;
      Use.Edge = Edge;
      add(Use, IsHeld || Edge.IsCrash);
      break;
    }
  }
}

void UseFinder::readMacro(FunctionId F, EventId E, bool IsHeld) {
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  MacroId Innermost = P[F].Body->Events[E.Value].Macro;
  for (const ResolvedSink &S : W.Sinks)
    for (MacroId M = Innermost; M.isValid(); M = Facts[M].Parent) {
      llvm::StringRef Name = Facts.str(Facts[M].Name);
      if (!S.Source->Macros.matches(Name))
        continue;
      SinkUse Use;
      Use.Sink = &S;
      Use.Holder = F;
      Use.Edge.Event = E;
      Use.Macro = Name;
      return add(Use, IsHeld);
    }
}

void UseFinder::readMacros(FunctionId F, bool IsHeld) {
  const Function &Body = *P[F].Body;
  if (llvm::none_of(Body.Events,
                    [](const Event &E) { return E.Macro.isValid(); }))
    return;
  FlowGraph Graph = findCrashBlocks(Body, NoReturnCalls(Rules, F));
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    if (!Graph.Blocks[B].IsFeasible)
      continue;
    Range Events = Body.Blocks[B].Events;
    for (uint32_t I = 0; I < Events.Count; ++I)
      readMacro(F, EventId(Events.First + I),
                IsHeld || Graph.Blocks[B].IsCrash);
  }
}

UseList bootorder::findUses(const RuleIndex &Rules, const BootWalk &Walk,
                            const ReportWalk &Report, const RuleWindow &W) {
  return UseFinder(Rules, Walk, Report, W).find();
}
