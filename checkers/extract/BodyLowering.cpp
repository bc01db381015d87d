//===- BodyLowering.cpp - flow graph, locals and references ---------------===//

#include "extract/BodyLowering.h"
#include "extract/FunctionLowering.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace bootorder;
using namespace clang;

BodyLowering::BodyLowering(const FunctionDecl &F, Naming &Names)
    : F(F), Names(Names), Values(Names, Out.Exprs, this),
      Locals(findLocals(F)) {}

Event &BodyLowering::addEvent(EventKind Kind, SourceLocation Loc) {
  Event E;
  E.Kind = Kind;
  E.Loc = Names.location(Loc);
  E.Macro = Names.macro(Loc);
  Out.Events.push_back(E);
  return Out.Events.back();
}

ExprId BodyLowering::reference(EventId Event, QualType T) {
  return Values.leaf(ExprKind::Reference, Event.Value, T);
}

void BodyLowering::declareLocals() {
  for (const VarDecl *V : Locals.Variables) {
    LocalVariable L;
    L.Name = Names.Facts.string(Names.Unit.stableName(*V));
    L.ValueType = Names.type(V->getType());
    L.IsMemory = Locals.InMemory.count(V);
    LocalIndex[V] = Out.Locals.size();
    Out.Locals.push_back(L);
  }
}

ExprId BodyLowering::resultOf(const clang::Expr &E) {
  auto Found = Results.find(&E);
  return Found == Results.end() ? ExprId() : Found->second;
}

ExprId BodyLowering::localAddress(const VarDecl &V) {
  if (const auto *P = dyn_cast<ParmVarDecl>(&V))
    return Values.leaf(ExprKind::ParamSlot, P->getFunctionScopeIndex(),
                       V.getType());
  auto Found = LocalIndex.find(&V);
  if (Found == LocalIndex.end())
    return Values.unknown(UnknownKind::Unsupported, V.getType());
  return Values.leaf(ExprKind::Local, Found->second, V.getType());
}

ExprId BodyLowering::literalAddress(const CompoundLiteralExpr &L) {
  auto [It, IsNew] = Literals.try_emplace(&L);
  if (!IsNew)
    return It->second;
  LocalVariable Variable;
  Variable.Name = Names.Facts.string("(literal)");
  Variable.ValueType = Names.type(L.getType());
  Variable.IsMemory = true;
  Out.Locals.push_back(Variable);
  ExprId Address =
      Values.leaf(ExprKind::Local, Out.Locals.size() - 1, L.getType());
  Literals[&L] = Address;
  return Address;
}

ExprId BodyLowering::localValue(const VarDecl &V) {
  if (!Flow || Locals.InMemory.count(&V) || !LocalIndex.count(&V))
    return {};
  llvm::SmallVector<uint32_t, 4> Sites;
  if (auto Here = CurrentSite.find(&V); Here != CurrentSite.end())
    Sites.push_back(Here->second);
  else
    Sites = Flow->reaching(Current, &V);
  llvm::SmallVector<ExprId, 4> Reaching;
  for (uint32_t Site : Sites) {
    if (Flow->sites()[Site].Where) {
      Reaching.push_back(Values.leaf(ExprKind::Reference, Site, V.getType()));
      SiteReferences.push_back({Reaching.back(), Site});
    } else if (const auto *P = dyn_cast<ParmVarDecl>(&V)) {
      Reaching.push_back(Values.leaf(ExprKind::Param,
                                     P->getFunctionScopeIndex(), V.getType()));
    } else if (Sites.size() == 1) {
      Reaching.push_back(
          Values.unknown(UnknownKind::Uninitialized, V.getType()));
    }
  }
  if (Reaching.empty())
    return Values.unknown(UnknownKind::Uninitialized, V.getType());
  if (Reaching.size() == 1)
    return Reaching.front();
  return Values.node(ExprKind::Join, 0, Reaching, V.getType());
}

void BodyLowering::addressTaken(ExprId Symbol, SourceLocation Loc) {
  int64_t Which = Out.Exprs[Symbol].Value;
  Location Place = Names.location(Loc);
  if (!TakenHere.insert({Which, Place.Line}).second)
    return;
  addEvent(EventKind::AddressTaken, Loc).Target = Symbol;
}

/// Sites were numbered before their events existed.
void BodyLowering::bindReferences() {
  for (auto [Node, Site] : SiteReferences)
    Out.Exprs.Nodes[Node.Value].Value = EventOfSite[Site].Value;
}

void BodyLowering::addCaseEdge(const CFGBlock &To) {
  Edge E;
  E.To = BlockId(BlockIndex.lookup(&To));
  E.Kind = EdgeKind::Default;
  if (const auto *Case = dyn_cast_or_null<CaseStmt>(To.getLabel())) {
    E.Kind = EdgeKind::Case;
    E.Low = lowBits(Case->getLHS()->EvaluateKnownConstInt(Names.Unit.Ast));
    E.High = E.Low;
    if (const clang::Expr *High = Case->getRHS())
      E.High = lowBits(High->EvaluateKnownConstInt(Names.Unit.Ast));
  }
  Out.Edges.push_back(E);
}

/// The expression whose value picks the successor of \p Block.
static const clang::Expr *conditionOf(const CFGBlock &Block) {
  if (Block.succ_size() < 2)
    return nullptr;
  if (const auto *Switch =
          dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt()))
    return Switch->getCond();
  if (const clang::Expr *Last = Block.getLastCondition())
    return Last;
  return dyn_cast_or_null<clang::Expr>(Block.getTerminatorCondition());
}

void BodyLowering::lowerEdges(const CFGBlock &Block) {
  bootorder::Block &Result = Out.Blocks.back();
  const Stmt *Terminator = Block.getTerminatorStmt();
  bool IsSwitch = isa_and_nonnull<SwitchStmt>(Terminator);
  bool IsAsm = isa_and_nonnull<GCCAsmStmt>(Terminator);
  bool IsComputed = isa_and_nonnull<IndirectGotoStmt>(Terminator);
  llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 4> Successors;
  unsigned Position = 0;
  for (const auto &Successor : Block.succs()) {
    if (const CFGBlock *To = Successor.getReachableBlock())
      Successors.push_back({To, Position});
    ++Position;
  }
  bool IsBranch = Successors.size() > 1 && !IsAsm && !IsComputed;
  if (const clang::Expr *Condition = IsBranch ? conditionOf(Block) : nullptr) {
    Result.Condition = Values.value(Condition);
    Result.ConditionLoc = Names.location(Condition->getBeginLoc());
    Result.ConditionMacro = Names.macro(Condition->getBeginLoc());
  }
  Result.Edges.First = Out.Edges.size();
  for (auto [To, At] : Successors) {
    if (IsSwitch && Result.Condition.isValid()) {
      addCaseEdge(*To);
      continue;
    }
    EdgeKind Kind = EdgeKind::Always;
    if (IsAsm || IsComputed)
      Kind = IsAsm ? EdgeKind::AsmLabel : EdgeKind::Computed;
    else if (Result.Condition.isValid())
      Kind = At == 0 ? EdgeKind::True : EdgeKind::False;
    Out.Edges.push_back({BlockId(BlockIndex.lookup(To)), Kind});
  }
  Result.Edges.Count = Out.Edges.size() - Result.Edges.First;
}

void BodyLowering::lowerBlock(const CFGBlock &Block) {
  Current = &Block;
  CurrentSite.clear();
  TakenHere.clear();
  Out.Blocks.emplace_back();
  uint32_t First = Out.Events.size();
  for (const CFGElement &Element : Block) {
    if (auto Statement = Element.getAs<CFGStmt>()) {
      const Stmt *S = Statement->getStmt();
      if (!Locals.Unevaluated.count(S))
        lowerStatement(*S);
      if (const DoStmt *Idle = Locals.IdleMacros.lookup(S))
        addEvent(EventKind::MacroUse, Idle->getBeginLoc());
    } else if (auto Cleanup = Element.getAs<CFGCleanupFunction>()) {
      lowerCleanup(*Cleanup);
    }
  }
  if (const auto *Goto =
          dyn_cast_or_null<GCCAsmStmt>(Block.getTerminatorStmt()))
    lowerStatement(*Goto); // an asm goto is no element of its block
  lowerEdges(Block);
  bootorder::Block &Result = Out.Blocks.back();
  Result.Events = {First, static_cast<uint32_t>(Out.Events.size()) - First};
  Result.IsNoReturn = Block.hasNoReturnElement();
}

void BodyLowering::lowerGraph(const CFG &Graph) {
  std::vector<const CFGBlock *> Blocks = reachableBlocks(Graph);
  Flow = std::make_unique<LocalFlow>(Locals, Blocks);
  EventOfSite.resize(Flow->sites().size());
  for (const CFGBlock *Block : Blocks)
    BlockIndex[Block] = BlockIndex.size();
  for (const CFGBlock *Block : Blocks)
    lowerBlock(*Block);
  bindReferences();
}

namespace {

/// Statements in the order of the text, operands before what uses them.
class TextOrder : public RecursiveASTVisitor<TextOrder> {
public:
  explicit TextOrder(llvm::function_ref<void(const Stmt &)> Visit)
      : Visit(Visit) {}
  bool shouldTraversePostOrder() const { return true; }
  bool VisitStmt(Stmt *S) {
    Visit(*S);
    return true;
  }

private:
  llvm::function_ref<void(const Stmt &)> Visit;
};

} // namespace

void BodyLowering::lowerInTextOrder() {
  Out.IsFlowLost = true;
  for (LocalVariable &L : Out.Locals)
    L.IsMemory = true;
  Out.Blocks.emplace_back();
  TextOrder([this](const Stmt &S) {
    if (!Locals.Unevaluated.count(&S))
      lowerStatement(S);
  }).TraverseStmt(F.getBody());
  Out.Blocks.back().Events.Count = Out.Events.size();
}

Function BodyLowering::run() {
  Out.Symbol = Names.function(F);
  Out.Loc = Names.location(F.getLocation());
  Out.EndLine = Names.location(F.getBodyRBrace()).Line;
  if (const auto *Section = F.getAttr<SectionAttr>())
    Out.Section = Names.Facts.string(Section->getName());
  Out.IsInline = F.isInlined();
  declareLocals();
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true;
  Options.setAllAlwaysAdd();
  if (auto Graph = CFG::buildCFG(&F, F.getBody(), &Names.Unit.Ast, Options))
    lowerGraph(*Graph);
  else
    lowerInTextOrder();
  return std::move(Out);
}

void bootorder::lowerFunction(const FunctionDecl &F, Naming &Names) {
  BodyLowering Body(F, Names);
  Function Lowered = Body.run();
  Names.Facts.Module.Functions.push_back(std::move(Lowered));
  for (const VarDecl *Static : Body.locals().Statics)
    lowerObject(*Static, Names);
}
