//===- LiveCode.cpp - functions and objects that count, and their edges ---===//

#include "solve/LiveCode.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace bootorder;

LiveCode::LiveCode(const Program &P, const RuleIndex &Rules)
    : P(P), Rules(Rules), Cells(P, Flow), Shapes(P), Live(P.Functions.size()),
      LiveObjects(P.Objects.size()), HasBegun(P.Functions.size()),
      Edges(P.Functions.size()) {
  readEntries();
}

/// What tables say of when the callbacks of their entries run.
void LiveCode::readEntries() {
  std::set<FunctionId> Free;
  for (const TableEntry &Entry : P.TableEntries) {
    if (Entry.Object.isValid() &&
        Rules.rules().Tables[Entry.Table].Mode == TableMode::Call)
      CalledEntries.insert(Entry.Object.Value);
    for (FunctionId Callback : Entry.Callbacks) {
      if (Entry.CalledWith.empty())
        Free.insert(Callback);
      else
        llvm::append_range(CalledWith[Callback], Entry.CalledWith);
    }
  }
  for (FunctionId Callback : Free)
    CalledWith.erase(Callback);
}

EvidenceId LiveCode::evidence(Evidence E) {
  Why.push_back(E);
  return EvidenceId(Why.size() - 1);
}

void LiveCode::begin(FunctionId F) {
  HasBegun[F.Value] = true;
  auto Waiting = Held.find(F);
  if (Waiting == Held.end())
    return;
  for (auto &[To, Value] : std::exchange(Waiting->second, {}))
    Flow.add(To, Value);
}

void LiveCode::enter(FunctionId F, uint32_t Step) {
  if (Live[F.Value])
    return;
  Live[F.Value] = true;
  begin(F);
  applyRules(F, Step);
  if (!P[F].Body)
    return readAssembly(F, Step);
  for (const DispatchPoint &D : Rules.dispatchersIn(F)) {
    const TableDispatcher &Dispatcher =
        Rules.rules().Tables[D.Table].Dispatchers[D.Dispatcher];
    for (const std::string &Key : Dispatcher.Keys)
      dispatch(F, EventId(), D.Table, &Key, Step);
    if (Dispatcher.Keys.empty())
      dispatch(F, EventId(), D.Table, nullptr, Step);
  }
}

void LiveCode::makeEventLive(FunctionId F, EventId E, bool IsCrash,
                             uint32_t Step) {
  ExprReader Reader(P, Cells, F);
  readEvent(Reader, F, E, IsCrash, Step);
  dispatchMentioned(F, Step);
}

void LiveCode::readEvent(ExprReader &Reader, FunctionId F, EventId Id,
                         bool IsCrash, uint32_t Step) {
  if (!LiveEvents.insert({F.Value, Id.Value}).second)
    return;
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  mentionAll(F, E);
  switch (E.Kind) {
  case EventKind::Call:
    return readCall(Reader, F, Id, IsCrash, Step);
  case EventKind::Write:
    return readWrite(Reader, F, Id);
  case EventKind::Return:
    if (!Cells.canHoldResult(F))
      return;
    return Reader.flowInto(
        Cells.result(F), Reader.values(E.Value),
        evidence({Evidence::EvidenceKind::Written, ObjectId(), F, Id.Value}));
  case EventKind::Asm:
    return Reader.flowInto(
        Cells.event(F, Id), Reader.asmInputs(Body.Asms[E.Asm]),
        evidence({Evidence::EvidenceKind::Written, ObjectId(), F, Id.Value}));
  case EventKind::Define:
  case EventKind::AddressTaken:
  case EventKind::MacroUse:
    return;
  }
}

void LiveCode::readWrite(ExprReader &Reader, FunctionId F, EventId Id) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  SourceList Values;
  switch (E.Write) {
  case WriteKind::Store:
    Values = Reader.values(E.Value);
    break;
  case WriteKind::Record:
  case WriteKind::Copy:
    for (CellId Place : Reader.places(E.Value))
      Values.push_back({Place, FunctionId(), CellId()});
    break;
  case WriteKind::AsmOutput:
    if (E.Asm != Id.None)
      Values = Reader.asmInputs(Body.Asms[E.Asm]);
    break;
  case WriteKind::Fill:
  case WriteKind::Zero:
    return;
  }
  if (!Values.empty())
    Reader.store(
        E.Target, Values,
        evidence({Evidence::EvidenceKind::Written, ObjectId(), F, Id.Value}));
}

/// How a callee expression reads its pointer.
static WitnessEdgeKind siteKind(const Function &Body, const Event &E) {
  if (E.Call == CallKind::AsmOperand || E.Call == CallKind::AsmTemplate)
    return WitnessEdgeKind::Assembly;
  const Expr *X = &Body.Exprs[E.Target];
  for (unsigned Hops = 0; Hops < 8; ++Hops) {
    if (X->Kind == ExprKind::Field)
      return WitnessEdgeKind::Ops;
    if (X->Kind == ExprKind::Reference) {
      const Event &Definition = Body.Events[X->Value];
      if (Definition.Kind != EventKind::Define)
        break;
      X = &Body.Exprs[Definition.Value];
    } else if (X->Operands.Count != 0) {
      X = &Body.Exprs[Body.Exprs.operand(*X, 0)];
    } else {
      break;
    }
  }
  return WitnessEdgeKind::Pointer;
}

void LiveCode::readCall(ExprReader &Reader, FunctionId F, EventId Id,
                        bool IsCrash, uint32_t Step) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  if (!E.Target.isValid())
    return;
  if (!Rules.rules().StaticCalls.KeyPrefix.empty())
    bindStaticCallKey(Reader, F, Id);
  if (Body.Exprs[E.Target].Kind != ExprKind::Function) {
    CallSite Site;
    Site.Owner = F;
    Site.Event = Id;
    Site.Kind = siteKind(Body, E);
    Site.IsCrash = IsCrash;
    Site.Target = Flow.newCell();
    Reader.flowInto(Site.Target, Reader.values(E.Target), EvidenceId());
    addSite(Site);
    return;
  }
  FunctionId Callee = P.moduleOf(F).function(Body.Exprs.symbol(E.Target));
  CallEdge Edge;
  Edge.To = Callee;
  Edge.Event = Id;
  Edge.IsCrash = IsCrash;
  Edge.Since = Step;
  if (E.Call == CallKind::Cleanup)
    Edge.Kind = WitnessEdgeKind::Cleanup;
  if (E.Call == CallKind::AsmOperand || E.Call == CallKind::AsmTemplate)
    Edge.Kind = WitnessEdgeKind::Assembly;
  Edges[F.Value].push_back(Edge);
  bindArguments(Reader, F, Id, Callee);
}

void LiveCode::bindArguments(ExprReader &Reader, FunctionId F, EventId Id,
                             FunctionId Callee) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  if (!P[Callee].Body && Rules.immediateArguments(Callee).empty())
    return;
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    if (!Cells.canHoldParam(Callee, I))
      continue;
    SourceList Values = Reader.values(Body.Exprs.Operands[E.Args.First + I]);
    if (!Values.empty())
      Reader.flowInto(
          Cells.param(Callee, I), Values,
          evidence({Evidence::EvidenceKind::Passed, ObjectId(), F, Id.Value}));
  }
}

/// `f(&__SCK__x, ..., fn)`: fn may become what the static call x calls.
void LiveCode::bindStaticCallKey(ExprReader &Reader, FunctionId F, EventId Id) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    ExprId Arg = Body.Exprs.Operands[E.Args.First + I];
    if (!Arg.isValid() || Body.Exprs[Arg].Kind != ExprKind::Object)
      continue;
    ObjectId Key = P.moduleOf(F).object(Body.Exprs.symbol(Arg));
    if (!Rules.isStaticCallKey(Key))
      continue;
    for (uint32_t J = 0; J < E.Args.Count; ++J)
      if (J != I)
        Reader.flowInto(Cells.object(Key),
                        Reader.values(Body.Exprs.Operands[E.Args.First + J]),
                        evidence({Evidence::EvidenceKind::Passed, ObjectId(), F,
                                  Id.Value}));
  }
}

void LiveCode::addSite(CallSite Site) {
  Sites.push_back(Site);
  Flow.watch(Site.Target, Sites.size() - 1);
}

void LiveCode::applyRules(FunctionId F, uint32_t Step) {
  CallSite Site;
  Site.Owner = F;
  if (ObjectId Key = Rules.staticCallKey(F); Key.isValid()) {
    makeObjectLive(Key);
    Site.Target = Cells.object(Key);
    Site.Kind = WitnessEdgeKind::Pointer;
    addSite(Site);
  }
  for (uint32_t Rule : Rules.immediateArguments(F)) {
    Site.Rule = Rule;
    Site.Target = Cells.param(F, Rules.rules().ImmediateCallers[Rule].Argument);
    Site.Kind = WitnessEdgeKind::Assumed;
    addSite(Site);
  }
}

void LiveCode::readAssembly(FunctionId F, uint32_t Step) {
  const std::vector<AsmReference> &References = P[F].AsmBody;
  for (uint32_t I = 0; I < References.size(); ++I) {
    CallEdge Edge;
    Edge.Kind = WitnessEdgeKind::Assembly;
    Edge.Since = Step;
    auto Add = [&](FunctionId To) {
      Edge.To = To;
      Edge.Why = evidence({Evidence::EvidenceKind::Assembly, ObjectId(), F, I});
      Edges[F.Value].push_back(Edge);
    };
    const AsmReference &R = References[I];
    if (R.Function.isValid())
      Add(R.Function);
    if (!R.Object.isValid())
      continue;
    makeObjectLive(R.Object);
    for (const AsmReference &Word : P[R.Object].AsmWords)
      if (Word.Function.isValid())
        Add(Word.Function);
  }
}

void LiveCode::addTarget(CallSite &Site, const FlowValue &Value, uint32_t Step,
                         NewEdge Found) {
  FunctionId Owner = Site.Owner;
  ++Site.Targets;
  CallEdge Edge;
  Edge.To = Value.Function;
  Edge.Event = Site.Event;
  Edge.Why = Value.Evidence;
  Edge.Kind = Site.Kind;
  Edge.IsCrash = Site.IsCrash;
  Edge.Since = Step;
  Edges[Owner.Value].push_back(Edge);
  if (Site.Event.isValid()) {
    EventId Event = Site.Event;
    ExprReader Reader(P, Cells, Owner);
    bindArguments(Reader, Owner, Event, Value.Function);
    if (Cells.canHoldResult(Value.Function))
      Flow.connect(Cells.result(Value.Function), Cells.event(Owner, Event));
  }
  Found(Owner, Edge);
}

void LiveCode::settle(uint32_t Step, NewEdge Found) {
  do {
    Flow.propagate([&](uint32_t Index, const FlowValue &Value) {
      CallSite &Site = Sites[Index];
      bool IsCall = Site.Event.isValid();
      if (!IsCall && Value.Function == Site.Owner)
        return;
      if (IsCall && !Shapes.fits(Site.Owner, Site.Event, Value.Function)) {
        Unfit.push_back({Index, Value});
        return;
      }
      Site.HasFit = true;
      addTarget(Site, Value, Step, Found);
    });
    // A call that none fits is not what it seems to be: it keeps them all.
    for (auto &[Index, Value] : std::exchange(Unfit, {}))
      if (!Sites[Index].HasFit)
        addTarget(Sites[Index], Value, Step, Found);
  } while (!Flow.isSettled());
}

Value LiveCode::fitting(FunctionId Caller, EventId E,
                        const Value &Pointer) const {
  auto FunctionOf = [](Atom A) {
    return FunctionId(static_cast<uint32_t>(A.Bits));
  };
  Value Callable = filter(Pointer, [&](Atom A) {
    return A.Kind == Atom::AtomKind::Function && !isAwaiting(FunctionOf(A));
  });
  Value Fit = filter(
      Callable, [&](Atom A) { return Shapes.fits(Caller, E, FunctionOf(A)); });
  return Fit.isNothing() ? Callable : Fit;
}
