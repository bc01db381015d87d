//===- Evaluate.cpp - one context against memory and its callees ----------===//

#include "solve/DecisionLog.h"
#include "solve/Evaluation.h"
#include "solve/Fields.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace bootorder;

/// Evaluations within one step before results only grow.
static constexpr uint32_t MaxRounds = 8;

/// Whether the call \p E hands out the address of a local: what the callee
/// writes to it is read right after.
static bool givesLocal(const Frame &In, EventId Id) {
  const Function &Body = In.body();
  Range Args = Body.Events[Id.Value].Args;
  for (uint32_t I = 0; I < Args.Count; ++I) {
    const Expr *X = &Body.Exprs[Body.Exprs.Operands[Args.First + I]];
    while (X->Kind == ExprKind::Field || X->Kind == ExprKind::Cast)
      X = &Body.Exprs[Body.Exprs.operand(*X, 0)];
    if (X->Kind == ExprKind::Local)
      return true;
  }
  return false;
}

void ContextTable::addReturn(Evaluation &At, ExprId Returned) {
  Value V = At.In.evaluate(Returned);
  At.In.expose(Returned);
  Value Joined = join(At.Result, V);
  if (!Joined.isSet() || !M.Has.Results) {
    shareAll(At.Result);
    shareAll(V);
  }
  At.Result = Joined;
}

/// Whether memory may read otherwise to \p At than at \p Since.
bool ContextTable::hasMemoryChanged(const Evaluation &At,
                                    const BlockRun &Since) const {
  if (M.Places.nameCount() != Since.Names)
    return true;
  if (M.Memory.clock() == Since.Clock)
    return false;
  return Mode != ModeKind::Real || M.Memory.isStale(At.Id) ||
         M.Memory.constClock() != Since.ConstClock;
}

/// Whether running \p B again may give something new.
bool ContextTable::isDue(const Evaluation &At, uint32_t B) const {
  const BlockRun &Last = At.Runs[B];
  if (!Last.IsRun || Last.WasPlain != Contexts[At.Id.Value].IsPlain ||
      hasMemoryChanged(At, Last))
    return true;
  bool HasNewValue = Last.Changes != At.Changes &&
                     llvm::any_of(At.Shape.Uses[B], [&](EventId Used) {
                       return At.ChangedAt[Used.Value] > Last.Changes;
                     });
  if (HasNewValue)
    return true;
  return llvm::any_of(Last.Callees, [this](const BlockRun::Callee &Asked) {
    const Context &Now = Contexts[Asked.Context.Value];
    return (!Now.IsFresh && !Now.IsBusy) ||
           Now.ResultChanges != Asked.ResultChanges ||
           ByFunction[Now.Function.Value].Merges != Asked.Merges;
  });
}

/// \p B is about to be run.
void ContextTable::noteRun(Evaluation &At, uint32_t B) const {
  BlockRun &Run = At.Runs[B];
  Run.IsRun = true;
  Run.WasPlain = Contexts[At.Id.Value].IsPlain;
  Run.Changes = At.Changes;
  Run.Names = M.Places.nameCount();
  Run.Clock = M.Memory.clock();
  Run.ConstClock = M.Memory.constClock();
  Run.Callees.clear();
  Run.Known.clear();
  Run.Arguments.clear();
  At.Block = B;
}

/// Joins \p V into what \p Id yields; true if that changed it.
static bool addResult(ContextTable::Evaluation &At, EventId Id,
                      const Value &V) {
  if (!At.In.addResult(Id, V))
    return false;
  At.ChangedAt[Id.Value] = ++At.Changes;
  return true;
}

/// Values and successors of one block; true if something new came of it.
bool ContextTable::runBlock(Evaluation &At, uint32_t B) {
  const Function &Body = At.In.body();
  const Block &Here = Body.Blocks[B];
  noteRun(At, B);
  if (!At.In.enterBlock(At.Shape.Guards[B]))
    return false;
  At.Entered.set(B);
  llvm::ArrayRef<Frame::Assumption> Known = At.In.assumptions();
  At.Runs[B].Known.assign(Known.begin(), Known.end());
  bool IsNew = false;
  for (uint32_t I = 0; I < Here.Events.Count; ++I) {
    EventId Id(Here.Events.First + I);
    const Event &E = Body.Events[Id.Value];
    if (At.Shape.Ends.test(Id.Value)) {
      At.Reached[B] = I + 1;
      return IsNew;
    }
    if (At.In.isTrap(E)) {
      At.Reached[B] = I;
      return IsNew;
    }
    bool IsUsed = At.Shape.UsedResults.test(Id.Value);
    if (E.Kind == EventKind::Define) {
      At.In.expose(E.Value);
      IsNew |= addResult(At, Id, At.In.evaluate(E.Value));
    } else if (E.Kind == EventKind::Call && (IsUsed || givesLocal(At.In, Id))) {
      IsInCrash = At.Shape.Flow.Blocks[B].IsCrash && M.Has.CrashPaths;
      IsNew |= addResult(At, Id, callResult(At, Id));
    } else if (E.Kind == EventKind::Write && isLocalWrite(At.In.body(), E))
      applyEffect(At.In, Id, /*IsCertain=*/false);
    else if (E.Kind == EventKind::Asm && IsUsed)
      IsNew |= addResult(At, Id, Value::unknown());
    else if (E.Kind == EventKind::Return && E.Value.isValid())
      addReturn(At, E.Value);
  }
  At.Reached[B] = Here.Events.Count;
  if (Here.IsNoReturn || At.In.isTrap(Here.Condition))
    return IsNew;
  Value Condition = Here.Condition.isValid() ? At.In.evaluate(Here.Condition)
                                             : Value::unknown();
  for (uint32_t I = 0; I < Here.Edges.Count; ++I) {
    const Edge &Out = Body.Edges[Here.Edges.First + I];
    if (At.Feasible.test(Out.To.Value) || !At.In.isTaken(Here, Out, Condition))
      continue;
    At.Feasible.set(Out.To.Value);
    IsNew = true;
  }
  return IsNew;
}

void ContextTable::addCall(Evaluation &At, const CallEdge &Edge, ContextId To) {
  At.Calls.push_back({To, Edge, {At.Step, StepInterval::NoEnd}});
}

void ContextTable::narrow(Frame &In, EventId Id,
                          llvm::SmallVectorImpl<CallEdge> &Targets) {
  const Event &E = In.body().Events[Id.Value];
  if (E.Kind != EventKind::Call || E.Call != CallKind::Indirect ||
      !E.Target.isValid() || !M.Has.Narrowing)
    return;
  Value Pointer = In.evaluate(E.Target);
  if (!Pointer.isSet() || !llvm::all_of(Pointer.atoms(), [](Atom A) {
        return A.isZero() || A.Kind == Atom::AtomKind::Function;
      }))
    return;
  llvm::SmallVector<CallEdge, 2> Kept;
  Pointer = Code.fitting(In.function(), Id, Pointer);
  for (Atom A : Pointer.atoms()) {
    if (A.isZero())
      continue; // a call through it would be a crash
    CallEdge Edge;
    Edge.To = FunctionId(static_cast<uint32_t>(A.Bits));
    Edge.Event = Id;
    Edge.Kind = WitnessEdgeKind::Pointer;
    for (const CallEdge &Flowed : Targets)
      if (Flowed.To == Edge.To)
        Edge = Flowed;
    Kept.push_back(Edge);
  }
  if (!Kept.empty())
    Targets.assign(Kept.begin(), Kept.end());
}

/// The arguments of call \p Id in \p B, which has been run.
std::vector<Value> ContextTable::givenArguments(Evaluation &At, uint32_t B,
                                                EventId Id) {
  const BlockRun &Last = At.Runs[B];
  if (!hasMemoryChanged(At, Last))
    for (const auto &[Call, Args] : Last.Arguments)
      if (Call == Id)
        return Args;
  return passed(At.In, Id);
}

void ContextTable::emitCall(Evaluation &At, uint32_t B, EventId Id,
                            bool IsCrash) {
  if (statedResult(At.In, Id, Mode == ModeKind::Real ? At.Id : ReaderId()))
    return;
  const Event &E = At.In.body().Events[Id.Value];
  std::vector<Value> Args = givenArguments(At, B, Id);
  if (hasNothing(Args))
    return;
  if (E.Call == CallKind::Indirect)
    narrow(At.In, Id, At.Targets[Id.Value]);
  auto Targets = At.Targets.find(Id.Value);
  if (Targets == At.Targets.end() || Targets->second.empty())
    return handOver(At.In, Id, Args);
  for (CallEdge Edge : Targets->second) {
    Edge.IsCrash = IsCrash;
    if (!P[Edge.To].Body)
      handOver(At.In, Id, Args);
    addCall(At, Edge, find(Edge.To, Args));
  }
}

void ContextTable::emitBlock(Evaluation &At, uint32_t B) {
  const Function &Body = At.In.body();
  const Block &Here = Body.Blocks[B];
  bool IsCrash = At.Shape.Flow.Blocks[B].IsCrash && M.Has.CrashPaths;
  // What is written on the way to a crash, only that way sees.
  bool IsSeen =
      Mode != ModeKind::Real || (Contexts[At.Id.Value].IsPlain && !IsCrash);
  if (hasMemoryChanged(At, At.Runs[B]))
    At.In.enterBlock(At.Shape.Guards[B]);
  else
    At.In.assume(At.Runs[B].Known);
  for (uint32_t I = 0; I < At.Reached[B]; ++I) {
    EventId Id(Here.Events.First + I);
    const Event &E = Body.Events[Id.Value];
    if (E.Kind == EventKind::Call)
      emitCall(At, B, Id, IsCrash);
    else if (IsSeen)
      applyEffect(At.In, Id, /*IsCertain=*/false);
    if (At.Shape.Ends.test(Id.Value))
      return;
  }
}

/// Calls that no event makes: tables, assembly, what rules say.
void ContextTable::emitOtherCalls(Evaluation &At) {
  for (const CallEdge &Edge : Code.edges(Contexts[At.Id.Value].Function))
    if ((!Edge.Event.isValid() || Edge.Kind == WitnessEdgeKind::Table) &&
        Edge.Since <= AtStep)
      addCall(At, Edge, find(Edge.To, {}));
}

/// Makes live the events of \p B that control comes to. True if that was all of
/// them: what rules say a call yields may hold for a time only.
bool ContextTable::makeBlockLive(Evaluation &At, uint32_t B) {
  const Function &Body = At.In.body();
  Range Events = Body.Blocks[B].Events;
  bool IsAll = At.Reached[B] == Events.Count;
  for (uint32_t I = 0; I < At.Reached[B]; ++I) {
    EventId Id(Events.First + I);
    const Event &E = Body.Events[Id.Value];
    if (E.Kind == EventKind::Call && statement(At.In, E))
      IsAll = false;
    else
      Code.makeEventLive(At.In.function(), Id, At.Shape.Flow.Blocks[B].IsCrash,
                         At.Step);
    if (At.Shape.Ends.test(Id.Value))
      break;
  }
  return IsAll;
}

/// Makes live what the feasible blocks hold.
void ContextTable::makeLive(Evaluation &At) {
  FunctionId F = At.In.function();
  llvm::BitVector &LiveBlocks = Shapes[F.Value]->LiveBlocks;
  for (uint32_t B : At.Entered.set_bits()) {
    bool IsLive = LiveBlocks.test(B) && !Code.hasMentions();
    if (!IsLive && makeBlockLive(At, B))
      LiveBlocks.set(B);
    Code.mention(F, At.In.body().Blocks[B].Condition);
  }
}

/// Gathers what each call is known to lead to.
void ContextTable::indexTargets(Evaluation &At) {
  const Function &Body = At.In.body();
  for (const CallEdge &Edge : Code.edges(At.In.function()))
    if (Edge.Event.isValid() && Edge.Kind != WitnessEdgeKind::Table &&
        Edge.Since <= AtStep)
      At.Targets[Edge.Event.Value].push_back(Edge);
  if (Mode == ModeKind::Real)
    return;
  // Calls that were never live are known only if the code names the callee.
  for (uint32_t I = 0; I < Body.Events.size(); ++I) {
    FunctionId Callee = directCallee(P, At.In, Body.Events[I]);
    if (Body.Events[I].Kind != EventKind::Call || !Callee.isValid() ||
        At.Targets.count(I))
      continue;
    CallEdge Edge;
    Edge.To = Callee;
    Edge.Event = EventId(I);
    At.Targets[I].push_back(Edge);
  }
}

/// Keeps the calls that went on, ends those that are gone, adds new ones.
void ContextTable::storeCalls(ContextId Id, std::vector<ContextCall> New,
                              uint32_t Step) {
  std::vector<ContextCall> &Calls = Contexts[Id.Value].Calls;
  auto KeyOf = [](const ContextCall &Call) {
    return std::tuple(Call.To.Value, Call.Edge.Event.Value, Call.Edge.To.Value);
  };
  llvm::SmallDenseMap<std::tuple<uint32_t, uint32_t, uint32_t>, ContextCall *>
      Fresh;
  for (ContextCall &Call : New)
    Fresh.try_emplace(KeyOf(Call), &Call);
  for (ContextCall &Old : Calls)
    if (Old.When.Last == StepInterval::NoEnd && !Fresh.erase(KeyOf(Old)))
      Old.When.Last = Old.When.First == Step ? Step : Step - 1;
  for (ContextCall &Call : New)
    if (Fresh.lookup(KeyOf(Call)) == &Call)
      Calls.push_back(Call);
  for (const ContextCall &Call : Calls)
    if (Contexts[Id.Value].IsPlain && !Call.Edge.IsCrash)
      markPlain(Call.To);
  llvm::SmallDenseSet<uint32_t> Listed;
  Callees[Id.Value].clear();
  for (const ContextCall &Call : Calls)
    if (Call.When.Last == StepInterval::NoEnd &&
        Listed.insert(Call.To.Value).second)
      Callees[Id.Value].push_back(Call.To);
}

void ContextTable::markPlain(ContextId C) {
  if (std::exchange(Contexts[C.Value].IsPlain, true))
    return;
  invalidate(C);
}

void ContextTable::setResult(ContextId Id, const Value &Result) {
  Context &C = Contexts[Id.Value];
  if (C.Result == Result)
    return;
  C.Result = Result;
  ++C.ResultChanges;
  for (ContextId Waiter : C.Waiters)
    invalidate(Waiter);
}

void ContextTable::invalidate(ContextId C) {
  if (!Contexts[C.Value].IsFresh)
    return;
  Contexts[C.Value].IsFresh = false;
  Changed.push_back(C);
}

/// Values and feasible blocks to their fixpoint, then what they lead to.
void ContextTable::evaluateBody(Evaluation &At) {
  if (At.Feasible.size() != 0)
    At.Feasible.set(0);
  for (bool IsNew = true; IsNew;) {
    IsNew = false;
    for (BlockId B : At.Shape.Flow.Order)
      if (At.Feasible.test(B.Value) && isDue(At, B.Value))
        IsNew |= runBlock(At, B.Value);
  }
  if (Mode == ModeKind::Real)
    makeLive(At);
  indexTargets(At);
  for (BlockId B : At.Shape.Flow.Order)
    if (At.Entered.test(B.Value))
      emitBlock(At, B.Value);
  emitOtherCalls(At);
}

void ContextTable::evaluate(ContextId Id, uint32_t Step) {
  Context &C = Contexts[Id.Value];
  bool IsReal = Mode == ModeKind::Real;
  llvm::SaveAndRestore Unmasked(M.IsUnmasked, Mode == ModeKind::Unmasked);
  llvm::SaveAndRestore WhatIf(M.IsWhatIf, !IsReal);
  if (IsReal)
    Code.enter(C.Function, Step);
  C.IsFresh = true;
  if (!P[C.Function].Body)
    return evaluateUnseen(Id, Step);
  llvm::SaveAndRestore Busy(C.IsBusy, true);
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  llvm::SaveAndRestore Crash(IsInCrash, false);
  Evaluation At(Id,
                Frame(M, C.Function, shape(C.Function).Counters, C.Args,
                      IsReal ? Id : ReaderId(),
                      uint64_t(Number) << 32 | Id.Value),
                shape(C.Function), Step);
  evaluateBody(At);
  if (M.Log && IsReal)
    M.Log->addEvaluation(At.In, Id, At.Shape, At.Entered, Step);
  storeCalls(Id, std::move(At.Calls), Step);
  C.Blocks |= At.Entered;
  // From a first guess that was too high the iteration might never settle.
  C.Rounds = C.LastStep == Step ? C.Rounds + 1 : 0;
  C.LastStep = Step;
  setResult(Id, C.Rounds > MaxRounds ? join(C.Result, At.Result) : At.Result);
}
