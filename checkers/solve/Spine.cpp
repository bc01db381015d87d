//===- Spine.cpp - the calls made once and for certain, in order ----------===//

#include "solve/ExprText.h"
#include "solve/SpineWalker.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

BootHistory SpineWalker::run() {
  if (Walk.State.Map) {
    replayAll();
    return std::move(History);
  }
  for (const EntryPoint &Entry : Rules.rules().EntryPoints)
    enterTask(Entry);
  return std::move(History);
}

void SpineWalker::enterTask(const EntryPoint &Entry) {
  Task = Entry.Task;
  IsOtherWay = !Entry.Joins.empty();
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
  At.IsCertain = !IsOtherWay;
  uint32_t Step = addStep(At);
  History.Steps[Step].Function = F;
  complete(Index.byFunction(F, At.In, MilestoneEvent::EventKind::Calls), Step,
           Step, At);
  walkFunction(F, Step, {});
  complete(Index.byFunction(F, At.In, MilestoneEvent::EventKind::Returns), Step,
           History.Steps.size(), At);
}

/// Further processors begin while the call that starts them waits.
void SpineWalker::enterProcessors(FunctionId SpawnedBy) {
  TaskKind Outer = Task;
  for (const EntryPoint &Entry : Rules.rules().EntryPoints)
    if (Entry.Task == TaskKind::SecondaryCpu &&
        P[SpawnedBy].Name == Entry.SpawnedBy)
      enterTask(Entry);
  Task = Outer;
}

uint32_t SpineWalker::addStep(const Place &At) {
  if (Walk.State.BeforeStep)
    Walk.State.BeforeStep(History.Steps.size());
  BootStep &Step = History.Steps.emplace_back();
  uint32_t Number = History.Steps.size() - 1;
  Walk.State.Memory.mark(Number);
  Step.In = At.In;
  Step.Event = At.Event;
  Step.Parent = At.Parent;
  Step.Depth = At.Depth;
  Step.End = Number;
  Step.IsCertain = At.IsCertain;
  Step.IsCrash = At.IsCrash;
  Step.Task = Task;
  noteOrigin();
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
    if (!At.IsCertain || !Counts)
      continue;
    Time.IsRepeated |= Time.IsKnown && Time.Way == W.Event;
    if (Time.IsKnown && Time.Way <= W.Event)
      continue;
    Time = {true, From, Step, W.Event, /*IsRepeated=*/false, At.In, At.Event};
    Walk.State.Completed.set(W.Milestone);
    Walk.Contexts.complete(W.Milestone);
  }
}

/// Whether the tree \p Root loads from memory.
static bool readsMemory(const Function &Body, ExprId Root) {
  if (!Root.isValid())
    return false;
  const Expr &E = Body.Exprs[Root];
  if (E.Kind == ExprKind::Load)
    return true;
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    if (readsMemory(Body, Body.Exprs.operand(E, I)))
      return true;
  return false;
}

std::vector<ContextId> SpineWalker::contexts(const Place &At,
                                             llvm::ArrayRef<CallEdge> Targets) {
  std::vector<ContextId> Found;
  std::vector<Value> Args;
  bool IsCall = At.Values && At.Event.isValid() &&
                P[At.In].Body->Events[At.Event.Value].Kind == EventKind::Call;
  if (IsCall)
    Args = Walk.Contexts.arguments(*At.Values, At.Event);
  for (size_t I = 0; I < Args.size(); ++I) {
    const Event &E = P[At.In].Body->Events[At.Event.Value];
    bool MayChange =
        At.IsInLoop &&
        readsMemory(*P[At.In].Body,
                    P[At.In].Body->Exprs.Operands[E.Args.First + I]);
    if (Args[I].isNothing() || MayChange)
      Args[I] = Value::unknown();
  }
  for (const CallEdge &Target : Targets) {
    bool HasArgs = IsCall && Target.Kind != WitnessEdgeKind::Table;
    if (HasArgs && !P[Target.To].Body)
      Walk.Contexts.handOver(*At.Values, At.Event, Args);
    Found.push_back(Walk.Contexts.find(
        Target.To, HasArgs ? llvm::ArrayRef<Value>(Args) : std::nullopt));
    if (!At.IsCrash)
      Walk.Contexts.markPlain(Found.back());
  }
  return Found;
}

/// The call at \p At yields \p Result.
void SpineWalker::yield(const Place &At, llvm::ArrayRef<CallEdge> Targets,
                        const Value &Result) {
  bool IsDirect =
      Targets.size() == 1 && P[Targets[0].To].Body && Walk.State.Has.Results;
  if (Targets.size() == 1 && Rules.returnsFresh(Targets[0].To))
    At.Values->addResult(At.Event, Walk.Contexts.freshMemory(At.In, At.Event));
  else
    At.Values->addResult(At.Event, IsDirect ? Result : Value::unknown());
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

bool SpineWalker::descends(const Place &At, FunctionId F) {
  if (!At.IsCertain || !P[F].Body || OnSpine[F.Value] || Called[F.Value])
    return false;
  // Sinks and wrappers are judged as calls, not walked as parts of the boot.
  bool IsPlain = !Rules.isNamedSink(F) && !Rules.isWrapper(F);
  return (IsPlain && Rules.isNamedOnce(F)) || Index.isOnTheWay(F) ||
         !Rules.dispatchersIn(F).empty();
}

void SpineWalker::walkLeaf(const Place &At, uint32_t Step,
                           llvm::ArrayRef<CallEdge> Roots) {
  std::vector<ContextId> Entered = contexts(At, Roots);
  for (size_t I = 0; I < Roots.size(); ++I)
    History.Steps[Step].Roots.push_back({Entered[I], Roots[I], {Step, Step}});
  if (isPastNeed()) {
    History.WalkedSteps = std::min(History.WalkedSteps, Step);
    return;
  }
  Walk.walk(Step, Entered);
  if (At.IsInLoop)
    LoopRoots.insert(LoopRoots.end(), Entered.begin(), Entered.end());
  if (!At.Event.isValid() || Entered.empty())
    return;
  bool IsWalked = History.WalkedSteps == BootStep::NoStep;
  yield(At, Roots,
        IsWalked ? Walk.Contexts[Entered.front()].Result : Value::unknown());
}

void SpineWalker::findNeeded() {
  const RuleSet &All = Rules.rules();
  for (const Rule &R : All.Rules) {
    IsAllNeeded |= (!R.Before.empty() && R.Until.empty()) || R.MadeBy;
    for (uint32_t M = 0; M < All.Milestones.size(); ++M)
      if (All.Milestones[M].Name == R.After ||
          All.Milestones[M].Name == R.Until)
        Needed.push_back(M);
  }
}

/// Whether no rule cares for what runs from here on. A milestone that a less
/// preferred event completed may be completed anew while its function runs.
bool SpineWalker::isPastNeed() const {
  if (History.Steps.size() > Walk.State.LastStep + 1ull)
    return true;
  if (IsAllNeeded || Needed.empty())
    return false;
  return llvm::all_of(Needed, [this](uint32_t M) {
    const MilestoneTime &Time = History.Milestones[M];
    return Time.IsKnown &&
           (Time.Way == 0 || !llvm::is_contained(Stack, Time.In));
  });
}

void SpineWalker::walkCall(const Place &At, llvm::ArrayRef<CallEdge> Targets) {
  FunctionId Only = Targets.size() == 1 ? Targets[0].To : FunctionId();
  if (Targets.empty() || (Only.isValid() && P[Only].IsBuiltin)) {
    // Nothing that the program knows is called here.
    At.Values->addResult(At.Event, Value::unknown());
    return Walk.Contexts.handOver(
        *At.Values, At.Event, Walk.Contexts.arguments(*At.Values, At.Event));
  }
  if (IsOtherWay && Only.isValid() && Rules.isJoined(Only)) {
    At.Values->addResult(At.Event, Value::unknown());
    return;
  }
  uint32_t Step = addStep(At);
  const Event &E = P[At.In].Body->Events[At.Event.Value];
  History.Steps[Step].Function = Only;
  if (Targets[0].Kind != WitnessEdgeKind::Direct && E.Target.isValid())
    History.Steps[Step].Label = describePointer(P, At.In, E.Target);
  if (Only.isValid())
    complete(Index.byFunction(Only, At.In, MilestoneEvent::EventKind::Calls),
             Step, Step, At);
  uint32_t Outer = beginMapCall(Only, Step);
  if (Only.isValid() && descends(At, Only)) {
    Walk.settle(Step);
    yield(At, Targets,
          walkFunction(Only, Step,
                       Walk.Contexts.arguments(*At.Values, At.Event)));
    Called[Only.Value] = true;
  } else {
    walkLeaf(At, Step, Targets);
    if (Only.isValid())
      Called[Only.Value] = Called[Only.Value] || At.IsCertain;
  }
  endMapCall(Only, Step, Outer);
  if (Only.isValid()) {
    if (At.IsCertain)
      enterProcessors(Only);
    walkTables(At, At.In, Only);
    complete(Index.byFunction(Only, At.In, MilestoneEvent::EventKind::Returns),
             Step, History.Steps.size(), At);
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
  WayList Ways = Index.byTable(Table, Key ? llvm::StringRef(*Key) : "");
  if (Roots.empty() && Ways.empty())
    return;
  uint32_t Step = addStep(At);
  History.Steps[Step].Label = Rules.rules().Tables[Table].Name +
                              (Key && !Key->empty() ? " " + *Key : "");
  walkLeaf(At, Step, Roots);
  complete(Ways, Step, History.Steps.size(), At);
}

BootHistory bootorder::walkBoot(const RuleIndex &Rules,
                                MilestoneIndex &Milestones, BootWalk &Walk) {
  BootHistory History = SpineWalker(Rules, Milestones, Walk).run();
  for (uint32_t M = 0; M < History.Milestones.size(); ++M)
    if (const MilestoneTime &Time = History.Milestones[M]; Time.IsKnown)
      History.Steps[Time.Step].Milestones.push_back(M);
  return History;
}
