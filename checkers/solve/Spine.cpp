//===- Spine.cpp - the calls made once and for certain, in order ----------===//

#include "solve/Spine.h"
#include "solve/ExprText.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

namespace {

class SpineWalker {
public:
  SpineWalker(const RuleIndex &Rules, MilestoneIndex &Milestones,
              BootWalk &Walk)
      : Rules(Rules), P(Rules.program()), Index(Milestones), Walk(Walk),
        OnSpine(P.Functions.size()), Called(P.Functions.size()) {
    History.Milestones.resize(Rules.rules().Milestones.size());
    findNeeded();
  }

  BootHistory run();

private:
  /// One event of a spine function, with what is known about its place.
  struct Place {
    FunctionId In;
    EventId Event;
    uint32_t Parent = BootStep::NoStep;
    uint32_t Depth = 0;
    bool IsCertain = true, IsCrash = false;
  };

  void findNeeded();
  bool isPastNeed() const;
  void enterTask(const EntryPoint &Entry);
  void walkFunction(FunctionId F, uint32_t Step);
  void walkEvent(const Place &At);
  void walkCall(const Place &At, llvm::ArrayRef<CallEdge> Targets);
  void walkTables(const Place &At, FunctionId F, FunctionId Callee);
  bool isDispatched(const TableDispatcher &D, const Place &At,
                    FunctionId Callee) const;
  void walkTableKey(const Place &At, uint32_t Table, const std::string *Key);
  void completeHere(const Place &At, const WayList &Ways);
  bool descends(const Place &At, FunctionId F);
  uint32_t addStep(const Place &At);
  void walkLeaf(uint32_t Step, llvm::ArrayRef<CallEdge> Roots);
  void visitStack(uint32_t Step);
  void complete(const WayList &Ways, uint32_t Step, uint32_t From,
                const Place &At);
  /// What the event at \p At calls, and the table entries that came after the
  /// first \p Before edges. The function may have been live before the spine
  /// came to it: then its calls are known already.
  std::vector<CallEdge> edgesOf(const Place &At, size_t Before) const;

  const RuleIndex &Rules;
  const Program &P;
  MilestoneIndex &Index;
  BootWalk &Walk;
  BootHistory History;
  std::vector<bool> OnSpine, Called;
  std::vector<uint32_t> Needed; ///< milestones that some rule waits for
  bool IsAllNeeded = false;     ///< some rule judges what comes late
  std::vector<FunctionId> Stack; ///< spine functions being walked
  TaskKind Task = TaskKind::Boot;
};

} // namespace

BootHistory SpineWalker::run() {
  for (const EntryPoint &Entry : Rules.rules().EntryPoints)
    enterTask(Entry);
  return std::move(History);
}

void SpineWalker::enterTask(const EntryPoint &Entry) {
  Task = Entry.Task;
  FunctionId F;
  for (FunctionId Named : P.functionsNamed(Entry.Function))
    if (P[Named].Body && !F.isValid())
      F = Named;
  if (!F.isValid()) {
    if (!Entry.Optional)
      History.MissingEntryPoints.push_back(Entry.Function);
    return;
  }
  if (OnSpine[F.Value])
    return;
  Place At;
  uint32_t Step = addStep(At);
  History.Steps[Step].Function = F;
  complete(Index.byFunction(F, MilestoneEvent::EventKind::Calls), Step, Step,
           At);
  walkFunction(F, Step);
  complete(Index.byFunction(F, MilestoneEvent::EventKind::Returns), Step,
           History.Steps.size(), At);
}

uint32_t SpineWalker::addStep(const Place &At) {
  BootStep &Step = History.Steps.emplace_back();
  uint32_t Number = History.Steps.size() - 1;
  Step.In = At.In;
  Step.Event = At.Event;
  Step.Parent = At.Parent;
  Step.Depth = At.Depth;
  Step.End = Number;
  Step.IsCertain = At.IsCertain;
  Step.IsCrash = At.IsCrash;
  Step.Task = Task;
  visitStack(Number);
  return Number;
}

void SpineWalker::visitStack(uint32_t Step) {
  for (FunctionId F : Stack)
    Walk.visit(F, Step);
}

void SpineWalker::complete(const WayList &Ways, uint32_t Step, uint32_t From,
                           const Place &At) {
  bool Counts = Task == TaskKind::Boot || Task == TaskKind::Pid1;
  for (MilestoneWay W : Ways) {
    MilestoneTime &Time = History.Milestones[W.Milestone];
    if (!At.IsCertain || !Counts || (Time.IsKnown && Time.Way <= W.Event))
      continue;
    Time = {true, From, Step, W.Event, At.In, At.Event};
  }
}

void SpineWalker::walkFunction(FunctionId F, uint32_t Step) {
  OnSpine[F.Value] = true;
  Stack.push_back(F);
  Walk.visit(F, Step);
  History.Steps[Step].IsDescended = true;
  const Function &Body = *P[F].Body;
  FlowGraph Graph = analyseFlow(Body, NoReturnCalls(Rules, F));
  // A task that other tasks run beside decides nothing for them, but what it
  // does in order is still in order.
  Place At;
  At.In = F;
  At.Parent = Step;
  At.Depth = History.Steps[Step].Depth + 1;
  walkTables(At, F, FunctionId());
  for (BlockId B : Graph.Order) {
    At.IsCertain = Graph.Blocks[B.Value].IsCertain;
    At.IsCrash = Graph.Blocks[B.Value].IsCrash;
    Range Events = Body.Blocks[B.Value].Events;
    for (uint32_t I = 0; I < Events.Count; ++I) {
      At.Event = EventId(Events.First + I);
      walkEvent(At);
    }
    Walk.Code.mention(F, Body.Blocks[B.Value].Condition);
  }
  Stack.pop_back();
  History.Steps[Step].End = History.Steps.size() - 1;
}

std::vector<CallEdge> SpineWalker::edgesOf(const Place &At,
                                           size_t Before) const {
  std::vector<CallEdge> Found;
  auto Edges = Walk.Code.edges(At.In);
  for (size_t I = 0; I < Edges.size(); ++I)
    if (Edges[I].Kind == WitnessEdgeKind::Table ? I >= Before
                                                : Edges[I].Event == At.Event)
      Found.push_back(Edges[I]);
  return Found;
}

void SpineWalker::walkEvent(const Place &At) {
  size_t Before = Walk.Code.edges(At.In).size();
  uint32_t Next = History.Steps.size();
  Walk.Code.makeEventLive(At.In, At.Event, At.IsCrash, Next);
  Walk.Code.settle(Next, [](FunctionId, const CallEdge &) {});
  std::vector<CallEdge> Targets = edgesOf(At, Before);
  const Event &E = P[At.In].Body->Events[At.Event.Value];
  WayList Ways = Index.byEvent(At.In, At.Event);
  if (E.Kind == EventKind::Call || !Targets.empty()) {
    walkCall(At, Targets);
    if (!Ways.empty() && Next < History.Steps.size())
      complete(Ways, Next, History.Steps.size(), At);
    return;
  }
  if (!Ways.empty())
    return completeHere(At, Ways);
  History.Others.push_back({At.In, At.Event, Next, At.Parent, At.IsCrash});
}

/// A store or a macro that completes milestones gets a step of its own.
void SpineWalker::completeHere(const Place &At, const WayList &Ways) {
  if (!At.IsCertain)
    return;
  uint32_t Step = addStep(At);
  History.Steps[Step].Function = At.In;
  complete(Ways, Step, Step + 1, At);
}

bool SpineWalker::descends(const Place &At, FunctionId F) {
  if (!At.IsCertain || !P[F].Body || OnSpine[F.Value] || Called[F.Value])
    return false;
  // Sinks and wrappers are judged as calls, not walked as parts of the boot.
  bool IsPlain = !Rules.isNamedSink(F) && !Rules.isWrapper(F);
  return (IsPlain && Rules.isCalledOnce(F)) || Index.isOnTheWay(F) ||
         !Rules.dispatchersIn(F).empty();
}

void SpineWalker::walkLeaf(uint32_t Step, llvm::ArrayRef<CallEdge> Roots) {
  std::vector<FunctionId> Functions;
  for (const CallEdge &Root : Roots)
    Functions.push_back(Root.To);
  History.Steps[Step].Roots.assign(Roots.begin(), Roots.end());
  if (isPastNeed()) {
    History.WalkedSteps = std::min(History.WalkedSteps, Step);
    return;
  }
  Walk.walk(Step, Functions);
}

void SpineWalker::findNeeded() {
  const RuleSet &All = Rules.rules();
  for (const Rule &R : All.Rules) {
    IsAllNeeded |= !R.Before.empty();
    for (uint32_t M = 0; M < All.Milestones.size(); ++M)
      if (All.Milestones[M].Name == R.After)
        Needed.push_back(M);
  }
}

/// Whether no rule cares for what runs from here on. A milestone that a less
/// preferred event completed may be completed anew while its function runs.
bool SpineWalker::isPastNeed() const {
  if (IsAllNeeded || Needed.empty())
    return false;
  return llvm::all_of(Needed, [this](uint32_t M) {
    const MilestoneTime &Time = History.Milestones[M];
    return Time.IsKnown &&
           (Time.Way == 0 || !llvm::is_contained(Stack, Time.In));
  });
}

void SpineWalker::walkCall(const Place &At, llvm::ArrayRef<CallEdge> Targets) {
  if (Targets.empty())
    return; // nothing that the program knows is called here
  FunctionId Only = Targets.size() == 1 ? Targets[0].To : FunctionId();
  if (Only.isValid() && P[Only].IsBuiltin)
    return;
  uint32_t Step = addStep(At);
  const Event &E = P[At.In].Body->Events[At.Event.Value];
  History.Steps[Step].Function = Only;
  if (Targets[0].Kind != WitnessEdgeKind::Direct && E.Target.isValid())
    History.Steps[Step].Label = describePointer(P, At.In, E.Target);
  if (Only.isValid())
    complete(Index.byFunction(Only, MilestoneEvent::EventKind::Calls), Step,
             Step, At);
  if (Only.isValid() && descends(At, Only)) {
    Walk.Code.settle(Step, [](FunctionId, const CallEdge &) {});
    walkFunction(Only, Step);
    Called[Only.Value] = true;
  } else {
    walkLeaf(Step, Targets);
    if (Only.isValid())
      Called[Only.Value] = Called[Only.Value] || At.IsCertain;
  }
  if (Only.isValid()) {
    walkTables(At, At.In, Only);
    complete(Index.byFunction(Only, MilestoneEvent::EventKind::Returns), Step,
             History.Steps.size(), At);
  }
}

static bool passesString(const Program &P, FunctionId F, EventId Id,
                         llvm::StringRef Text) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    ExprId Arg = Body.Exprs.Operands[E.Args.First + I];
    if (Arg.isValid() && Body.Exprs[Arg].Kind == ExprKind::String &&
        P.moduleOf(F).Facts->str(
            StringId(static_cast<uint32_t>(Body.Exprs[Arg].Value))) == Text)
      return true;
  }
  return false;
}

bool SpineWalker::isDispatched(const TableDispatcher &D, const Place &At,
                               FunctionId Callee) const {
  if (!Callee.isValid() || D.AtCall.empty())
    return D.AtCall.empty() == !Callee.isValid();
  return llvm::is_contained(P.functionsNamed(D.AtCall), Callee) &&
         (D.WithString.empty() ||
          passesString(P, At.In, At.Event, D.WithString));
}

/// Runs the tables that spine function \p F dispatches: where it begins
/// (\p Callee none) or at its call of \p Callee.
void SpineWalker::walkTables(const Place &At, FunctionId F, FunctionId Callee) {
  for (const DispatchPoint &Point : Rules.dispatchersIn(F)) {
    const TableDispatcher &D =
        Rules.rules().Tables[Point.Table].Dispatchers[Point.Dispatcher];
    if (!isDispatched(D, At, Callee))
      continue;
    for (const std::string &Key : D.Keys)
      walkTableKey(At, Point.Table, &Key);
    if (D.Keys.empty())
      walkTableKey(At, Point.Table, nullptr);
  }
}

void SpineWalker::walkTableKey(const Place &At, uint32_t Table,
                               const std::string *Key) {
  size_t Before = Walk.Code.edges(At.In).size();
  Walk.Code.dispatch(At.In, At.Event, Table, Key, History.Steps.size());
  auto Edges = Walk.Code.edges(At.In);
  std::vector<CallEdge> Roots(Edges.begin() + Before, Edges.end());
  if (Roots.empty())
    return;
  uint32_t Step = addStep(At);
  History.Steps[Step].Label = Rules.rules().Tables[Table].Name +
                              (Key && !Key->empty() ? " " + *Key : "");
  walkLeaf(Step, Roots);
}

BootHistory bootorder::walkBoot(const RuleIndex &Rules,
                                MilestoneIndex &Milestones, BootWalk &Walk) {
  BootHistory History = SpineWalker(Rules, Milestones, Walk).run();
  for (uint32_t M = 0; M < History.Milestones.size(); ++M)
    if (const MilestoneTime &Time = History.Milestones[M]; Time.IsKnown)
      History.Steps[Time.Step].Milestones.push_back(M);
  return History;
}
