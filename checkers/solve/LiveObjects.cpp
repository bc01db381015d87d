//===- LiveObjects.cpp - mentions, initial values and linker tables -------===//

#include "solve/LiveCode.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// An address that is only compared with does not get anywhere.
static bool isCompared(const ExprPool &Exprs, const Expr &E, uint32_t I) {
  auto Op = static_cast<BinaryKind>(E.Op);
  return E.Kind == ExprKind::Binary &&
         (Op == BinaryKind::Equal || Op == BinaryKind::NotEqual) &&
         Exprs[Exprs.operand(E, I)].Kind == ExprKind::Object;
}

void LiveCode::mention(FunctionId F, ExprId Root) {
  if (!Root.isValid())
    return;
  const ExprPool &Exprs = P[F].Body->Exprs;
  const Expr &E = Exprs[Root];
  if (E.Kind == ExprKind::Object) {
    ObjectId O = P.moduleOf(F).object(Exprs.symbol(Root));
    makeObjectLive(O);
    for (uint32_t Table : Rules.tablesBounded(O))
      MentionedTables.push_back(Table);
  }
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    if (!isCompared(Exprs, E, I))
      mention(F, Exprs.operand(E, I));
}

void LiveCode::mentionAll(FunctionId F, const Event &E) {
  const Function &Body = *P[F].Body;
  mention(F, E.Target);
  mention(F, E.Value);
  mention(F, E.Size);
  for (uint32_t I = 0; I < E.Args.Count; ++I)
    mention(F, Body.Exprs.Operands[E.Args.First + I]);
  if (E.Kind != EventKind::Asm)
    return;
  const AsmStatement &Asm = Body.Asms[E.Asm];
  for (uint32_t I = 0; I < Asm.Inputs.Count; ++I)
    mention(F, Body.Exprs.Operands[Asm.Inputs.First + I]);
}

void LiveCode::makeObjectLive(ObjectId O) {
  if (LiveObjects[O.Value])
    return;
  LiveObjects[O.Value] = true;
  PendingObjects.push_back(O);
  if (PendingObjects.size() > 1)
    return; // an outer call is emptying the list
  while (!PendingObjects.empty()) {
    ObjectId Next = PendingObjects.back();
    const Object *Definition = P[Next].Definition;
    for (uint32_t I = 0; Definition && I < Definition->Initial.size(); ++I)
      readInitialValue(Next, I);
    for (uint32_t I = 0; I < P[Next].AsmWords.size(); ++I)
      if (P[Next].AsmWords[I].Object.isValid())
        makeObjectLive(P[Next].AsmWords[I].Object);
      else
        Flow.add(Cells.object(Next), {P[Next].AsmWords[I].Function, CellId(),
                                      evidence({Evidence::EvidenceKind::Initial,
                                                Next, FunctionId(), I})});
    PendingObjects.erase(llvm::find(PendingObjects, Next));
  }
}

void LiveCode::readInitialValue(ObjectId O, uint32_t Index) {
  const Object &Definition = *P[O].Definition;
  const InitialValue &V = Definition.Initial[Index];
  FieldId Field;
  for (uint32_t I = 0; I < V.Path.Count; ++I)
    if (FieldId Step = Definition.Path[V.Path.First + I].Field; Step.isValid())
      Field = Step;
  if (Definition.Exprs[V.Value].Kind == ExprKind::Constant)
    return;
  CellId To = Field.isValid() ? Cells.field(P.moduleOf(O).field(Field))
                              : Cells.object(O);
  EvidenceId Reason =
      evidence({Evidence::EvidenceKind::Initial, O, FunctionId(), Index});
  readInitialTree(O, V.Value, To, Reason);
  if (Field.isValid() && Rules.isStaticCallKey(O))
    readInitialTree(O, V.Value, Cells.object(O), Reason);
}

bool LiveCode::isAwaiting(FunctionId Callback) const {
  auto Awaited = CalledWith.find(Callback);
  return Awaited != CalledWith.end() &&
         llvm::none_of(Awaited->second,
                       [this](FunctionId F) { return HasBegun[F.Value]; });
}

/// \p Value is in \p To, at the latest when something may call it.
void LiveCode::addCallback(CellId To, const FlowValue &Value) {
  if (!isAwaiting(Value.Function))
    return Flow.add(To, Value);
  for (FunctionId F : CalledWith.find(Value.Function)->second)
    Held[F].push_back({To, Value});
}

void LiveCode::readInitialTree(ObjectId O, ExprId Root, CellId To,
                               EvidenceId Reason) {
  const Object &Definition = *P[O].Definition;
  const ProgramModule &M = P.moduleOf(O);
  const Expr &E = Definition.Exprs[Root];
  if (E.Kind == ExprKind::Function && !CalledEntries.count(O.Value)) {
    addCallback(To,
                {M.function(Definition.Exprs.symbol(Root)), CellId(), Reason});
  } else if (E.Kind == ExprKind::Object) {
    ObjectId Pointee = M.object(Definition.Exprs.symbol(Root));
    makeObjectLive(Pointee);
    if (Pointee != O) // what only points to itself is not handed out
      Addressed.push_back(Pointee);
    if (Cells.isWorthPointingTo(Pointee))
      Flow.add(To, {FunctionId(), Cells.object(Pointee), Reason});
  }
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    readInitialTree(O, Definition.Exprs.operand(E, I), To, Reason);
}

void LiveCode::dispatchEntry(FunctionId F, EventId At, uint32_t Index,
                             uint32_t Step) {
  const TableEntry &Entry = P.TableEntries[Index];
  if (Entry.Object.isValid()) {
    makeObjectLive(Entry.Object);
    Addressed.push_back(Entry.Object);
  }
  if (Rules.rules().Tables[Entry.Table].Mode == TableMode::Ops)
    return;
  for (FunctionId Callback : Entry.Callbacks) {
    CallEdge Edge;
    Edge.To = Callback;
    Edge.Event = At;
    Edge.Kind = WitnessEdgeKind::Table;
    Edge.Why = evidence({Evidence::EvidenceKind::Table, ObjectId(), F, Index});
    Edge.Since = Step;
    Edges[F.Value].push_back(Edge);
  }
}

void LiveCode::dispatch(FunctionId F, EventId At, uint32_t Table,
                        const std::string *Key, uint32_t Step) {
  for (uint32_t Entry : Rules.entriesOf(Table, Key))
    dispatchEntry(F, At, Entry, Step);
}

void LiveCode::dispatchMentioned(FunctionId F, uint32_t Step) {
  llvm::sort(MentionedTables);
  MentionedTables.erase(
      std::unique(MentionedTables.begin(), MentionedTables.end()),
      MentionedTables.end());
  for (uint32_t Table : MentionedTables)
    dispatch(F, EventId(), Table, nullptr, Step);
  MentionedTables.clear();
}
