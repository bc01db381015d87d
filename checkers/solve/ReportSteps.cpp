//===- ReportSteps.cpp - when findings can be in each context -------------===//

#include "solve/ReportSteps.h"

using namespace bootorder;

namespace {

class ReportFlow {
public:
  ReportFlow(const RuleIndex &Rules, const BootHistory &History,
             const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows);

  ReportSteps run() &&;

private:
  void readWindows(llvm::ArrayRef<RuleWindow> Windows);
  void readWalk();
  void readRoots();
  void spreadOpen(ContextId C);
  void spreadHeld(ContextId C);
  void spreadPlain(ContextId C);
  void dropClosed();
  /// Calls \p Spread for every context that is pending, which may make others
  /// pending, until none is.
  template <typename SpreadT> void settle(SpreadT Spread);
  /// Adds to \p To the steps of \p From and \p When that \p Limit has, too.
  void pass(std::vector<StepSet> &Steps, ContextId To, const StepSet &From,
            const std::vector<StepSet> &Limit, StepInterval When) {
    if (Steps[To.Value].addCommon(From, Limit[To.Value], When))
      Pending.set(To.Value);
  }
  FunctionId functionOf(ContextId C) const { return Walk.Contexts[C].Function; }
  StepSet withoutClosed(const StepSet &Steps, ContextId C) const;
  StepSet openBelow(ContextId C) const;

  const RuleIndex &Rules;
  const BootHistory &History;
  const BootWalk &Walk;
  uint32_t End = 0; ///< steps from here on are in no window
  ReportSteps Steps;
  /// Steps at which a function is a sink whatever its arguments.
  llvm::DenseMap<uint32_t, StepSet> Closed;
  /// Steps whose roots a context is, if its function is called once.
  llvm::DenseMap<uint32_t, StepSet> BootSteps;
  llvm::BitVector Deciding; ///< sinks that matter for effects, by FunctionId
  llvm::BitVector Pending;  ///< by ContextId
};

} // namespace

ReportFlow::ReportFlow(const RuleIndex &Rules, const BootHistory &History,
                       const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows)
    : Rules(Rules), History(History), Walk(Walk),
      Deciding(Rules.program().Functions.size()),
      Pending(Walk.Contexts.size()) {
  for (auto *List : {&Steps.Open, &Steps.Plain, &Steps.Held, &Steps.Runs})
    List->resize(Walk.Contexts.size());
  readWindows(Windows);
  readWalk();
}

void ReportFlow::readWindows(llvm::ArrayRef<RuleWindow> Windows) {
  for (const RuleWindow &W : Windows)
    End = std::max(End, W.End);
  End = std::min<uint32_t>(End, History.Steps.size());
  for (const RuleWindow &W : Windows) {
    uint32_t Stop = std::min(End, W.End);
    for (uint32_t F : W.Closed.set_bits())
      if (W.Begin < Stop)
        Closed[F].add(StepInterval{W.Begin, Stop - 1});
    for (const ResolvedSink &S : W.Sinks)
      if (!S.Source->MattersFor.empty())
        Deciding |= S.Functions;
  }
}

void ReportFlow::readWalk() {
  for (uint32_t C = 0; C < Walk.Contexts.size(); ++C)
    for (StepInterval I : Walk.reach(ContextId(C)))
      if (I.First < End)
        Steps.Runs[C].add({I.First, std::min(I.Last, End - 1)});
}

/// Where the flow begins: what each step calls.
void ReportFlow::readRoots() {
  for (uint32_t Step = 0; Step < End; ++Step) {
    const BootStep &S = History.Steps[Step];
    auto &Reached = S.IsCrash ? Steps.Held : Steps.Open;
    StepSet Now(StepInterval{Step, Step});
    for (const ContextCall &Root : S.Roots) {
      pass(Reached, Root.To, Now, Steps.Runs, {Step, Step});
      if (!S.IsCrash && Rules.isCalledOnce(functionOf(Root.To)))
        BootSteps[Root.To.Value].add(Now);
    }
  }
}

StepSet ReportFlow::withoutClosed(const StepSet &From, ContextId C) const {
  StepSet Rest = From;
  auto Found = Closed.find(functionOf(C).Value);
  if (Found != Closed.end())
    Rest.remove(Found->second);
  return Rest;
}

/// Steps at which what \p C calls is as open as \p C.
StepSet ReportFlow::openBelow(ContextId C) const {
  StepSet Below = withoutClosed(Steps.Open[C.Value], C);
  if (Rules.isBoundary(functionOf(C)))
    Below.keep(BootSteps.lookup(C.Value));
  return Below;
}

template <typename SpreadT> void ReportFlow::settle(SpreadT Spread) {
  // Callers mostly have the lower number: they were found first.
  while (Pending.any())
    for (uint32_t C : Pending.set_bits()) {
      Pending.reset(C);
      Spread(ContextId(C));
    }
}

void ReportFlow::spreadOpen(ContextId C) {
  StepSet Below = openBelow(C);
  for (const ContextCall &Call : Walk.Contexts[C].Calls)
    if (!Call.Edge.IsCrash)
      pass(Steps.Open, Call.To, Below, Steps.Runs, Call.When);
}

/// Open has been found.
void ReportFlow::spreadHeld(ContextId C) {
  StepSet Crashes = withoutClosed(Steps.Open[C.Value], C);
  StepSet Below = withoutClosed(Steps.Held[C.Value], C);
  if (Rules.isBoundary(functionOf(C))) {
    Below.add(Crashes);
    Below.remove(openBelow(C));
  }
  Crashes.add(Below);
  for (const ContextCall &Call : Walk.Contexts[C].Calls)
    pass(Steps.Held, Call.To, Call.Edge.IsCrash ? Crashes : Below, Steps.Runs,
         Call.When);
}

void ReportFlow::spreadPlain(ContextId C) {
  for (const ContextCall &Call : Walk.Contexts[C].Calls)
    if (!Call.Edge.IsCrash && !Deciding.test(functionOf(Call.To).Value))
      pass(Steps.Plain, Call.To, Steps.Plain[C.Value], Steps.Open, Call.When);
}

/// Sinks that are wrong anyway are their callers' business.
void ReportFlow::dropClosed() {
  for (uint32_t C = 0; C < Walk.Contexts.size(); ++C) {
    StepSet &Open = Steps.Open[C], &Held = Steps.Held[C];
    Held.remove(Open);
    Held = withoutClosed(Held, ContextId(C));
    Open = withoutClosed(Open, ContextId(C));
  }
}

ReportSteps ReportFlow::run() && {
  readRoots();
  settle([this](ContextId C) { spreadOpen(C); });
  Pending.set(); // what is open leads to what is held, too
  settle([this](ContextId C) { spreadHeld(C); });
  dropClosed();
  for (uint32_t Step = 0; Step < End; ++Step)
    for (const ContextCall &Root : History.Steps[Step].Roots)
      if (!Deciding.test(functionOf(Root.To).Value))
        pass(Steps.Plain, Root.To, StepSet(StepInterval{Step, Step}),
             Steps.Open, {Step, Step});
  settle([this](ContextId C) { spreadPlain(C); });
  return std::move(Steps);
}

ReportSteps bootorder::findReportSteps(const RuleIndex &Rules,
                                       const BootHistory &History,
                                       const BootWalk &Walk,
                                       llvm::ArrayRef<RuleWindow> Windows) {
  return ReportFlow(Rules, History, Walk, Windows).run();
}
