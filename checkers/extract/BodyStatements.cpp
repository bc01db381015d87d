//===- BodyStatements.cpp - statements with side effects to events --------===//

#include "extract/BodyLowering.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Builtins.h"

using namespace bootorder;
using namespace clang;

void BodyLowering::lowerStatement(const Stmt &S) {
  if (const auto *C = dyn_cast<CallExpr>(&S))
    return lowerCall(*C);
  if (const auto *B = dyn_cast<BinaryOperator>(&S)) {
    if (B->isAssignmentOp())
      lowerAssignment(*B);
    return;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(&S)) {
    if (U->isIncrementDecrementOp())
      lowerStep(*U);
    return;
  }
  if (const auto *D = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *Declared : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Declared))
        lowerDeclaration(*V, S);
    return;
  }
  if (const auto *R = dyn_cast<ReturnStmt>(&S))
    return lowerReturn(*R);
  if (const auto *A = dyn_cast<GCCAsmStmt>(&S))
    return lowerAsm(*A);
  if (const auto *A = dyn_cast<AtomicExpr>(&S))
    return lowerAtomic(*A);
  if (const auto *L = dyn_cast<CompoundLiteralExpr>(&S))
    lowerLiteral(*L);
}

ExprId BodyLowering::define(const VarDecl &V, ExprId Value, const Stmt &S) {
  Event &E = addEvent(EventKind::Define, S.getBeginLoc());
  E.Value = Value;
  E.Variable = LocalId(LocalIndex.lookup(&V));
  uint32_t Site = Flow->siteOf(&V, &S);
  EventOfSite[Site] = lastEvent();
  CurrentSite[&V] = Site;
  return reference(lastEvent(), V.getType());
}

void BodyLowering::store(ExprId Place, ExprId Value, QualType T,
                         SourceLocation Loc) {
  Event &E = addEvent(EventKind::Write, Loc);
  E.Write = T->isRecordType() ? WriteKind::Record : WriteKind::Store;
  E.Target = Place;
  E.Value = Value;
}

/// Scalar local that \p Place names; null if it is memory.
static const VarDecl *scalarLocal(const clang::Expr &Place,
                                  const LocalsOfBody &Locals) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Place.IgnoreParens());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || V->hasGlobalStorage() || Locals.InMemory.count(V))
    return nullptr;
  return V;
}

/// Gives \p Place the value; the result is what the assignment yields.
ExprId BodyLowering::assign(const clang::Expr &Place, ExprId Value,
                            const Stmt &S) {
  const VarDecl *V = Flow ? scalarLocal(Place, Locals) : nullptr;
  if (V && LocalIndex.count(V))
    return define(*V, Value, S);
  ExprId Address = Values.address(&Place);
  store(Address, Value, Place.getType(), S.getBeginLoc());
  return Value;
}

void BodyLowering::lowerDeclaration(const VarDecl &V, const Stmt &S) {
  const clang::Expr *Init = V.getInit();
  if (V.hasGlobalStorage() || !Init)
    return;
  if (Flow && !Locals.InMemory.count(&V)) {
    define(V, Values.value(Init), S);
    return;
  }
  initialize(Values.leaf(ExprKind::Local, LocalIndex.lookup(&V), V.getType()),
             V.getType(), *Init);
}

void BodyLowering::initialize(ExprId Place, QualType T,
                              const clang::Expr &Init) {
  const clang::Expr *Plain = plainExpression(&Init);
  if (const auto *List = dyn_cast<InitListExpr>(Plain)) {
    if (List->isSyntacticForm() && List->getSemanticForm())
      List = List->getSemanticForm();
    if (!T->isRecordType() && !T->isArrayType())
      return List->getNumInits() ? initialize(Place, T, *List->getInit(0))
                                 : void();
    Event &E = addEvent(EventKind::Write, Init.getBeginLoc());
    E.Write = WriteKind::Zero;
    E.Target = Place;
    return initializeParts(Place, *List);
  }
  if (isa<ImplicitValueInitExpr, NoInitExpr>(Plain) || T->isArrayType())
    return;
  ExprId Value = Values.value(&Init);
  store(Place, Value, T, Init.getBeginLoc());
}

/// Longer tables keep only that they were cleared and written.
static constexpr unsigned MaxLocalElements = 256;

void BodyLowering::initializeParts(ExprId Place, const InitListExpr &List) {
  QualType T = List.getType();
  if (const auto *Record = T->getAsRecordDecl()) {
    if (Record->isUnion()) {
      if (List.getInitializedFieldInUnion() && List.getNumInits())
        initialize(Values.member(Place, *List.getInitializedFieldInUnion()),
                   List.getInitializedFieldInUnion()->getType(),
                   *List.getInit(0));
      return;
    }
    unsigned Index = 0;
    for (const FieldDecl *Part : Record->fields()) {
      if (Part->isUnnamedBitField() || Index >= List.getNumInits())
        continue;
      const clang::Expr *Init = List.getInit(Index++);
      if (!isa<ImplicitValueInitExpr>(Init))
        initialize(Values.member(Place, *Part), Part->getType(), *Init);
    }
    return;
  }
  unsigned Count = std::min(List.getNumInits(), MaxLocalElements);
  for (unsigned I = 0; I < Count; ++I) {
    const clang::Expr *Init = List.getInit(I);
    if (isa<ImplicitValueInitExpr>(Init))
      continue;
    ExprId Index = Values.constant(I, Names.Unit.Ast.IntTy);
    ExprId Element =
        Values.node(ExprKind::Element, 0, {Place, Index}, Init->getType());
    initialize(Element, Init->getType(), *Init);
  }
}

void BodyLowering::lowerLiteral(const CompoundLiteralExpr &L) {
  if (!L.isFileScope())
    initialize(literalAddress(L), L.getType(), *L.getInitializer());
}

void BodyLowering::lowerAssignment(const BinaryOperator &B) {
  ExprId Value;
  if (B.isCompoundAssignmentOp()) {
    ExprId Old;
    if (const VarDecl *V = scalarLocal(*B.getLHS(), Locals))
      Old = localValue(*V);
    if (!Old.isValid())
      Old = Values.load(Values.address(B.getLHS()), B.getLHS()->getType());
    ExprId Operand = Values.value(B.getRHS());
    Value = Values.compound(B, Old, Operand);
  } else {
    Value = Values.value(B.getRHS());
  }
  Results[&B] = assign(*B.getLHS(), Value, B);
}

void BodyLowering::lowerStep(const UnaryOperator &U) {
  QualType T = U.getType();
  ExprId Old;
  if (const VarDecl *V = scalarLocal(*U.getSubExpr(), Locals))
    Old = localValue(*V);
  if (!Old.isValid())
    Old = Values.load(Values.address(U.getSubExpr()), T);
  ExprId One =
      Values.constant(U.isIncrementOp() ? 1 : -1, Names.Unit.Ast.IntTy);
  ExprId New = T->isPointerType()
                   ? Values.node(ExprKind::Element, 0, {Old, One}, T)
                   : Values.binary(BinaryKind::Add, Old, One, T);
  ExprId Assigned = assign(*U.getSubExpr(), New, U);
  Results[&U] = U.isPostfix() ? Old : Assigned;
}

/// Builtins that stand for a value and do nothing.
bool BodyLowering::lowerLookThrough(const CallExpr &C, unsigned Builtin) {
  switch (Builtin) {
  case Builtin::BI__builtin_expect:
  case Builtin::BI__builtin_expect_with_probability:
  case Builtin::BI__builtin_assume_aligned:
  case Builtin::BI__builtin_launder:
    Results[&C] = Values.value(C.getArg(0));
    return true;
  case Builtin::BI__builtin_constant_p:
  case Builtin::BI__builtin_object_size:
  case Builtin::BI__builtin_dynamic_object_size: {
    clang::Expr::EvalResult Known;
    Results[&C] =
        C.EvaluateAsInt(Known, Names.Unit.Ast)
            ? Values.constant(lowBits(Known.Val.getInt()), C.getType())
            : Values.unknown(UnknownKind::Unsupported, C.getType());
    return true;
  }
  default:
    return false;
  }
}

void BodyLowering::lowerCall(const CallExpr &C) {
  if (unsigned Builtin = C.getBuiltinCallee())
    if (lowerLookThrough(C, Builtin))
      return;
  llvm::SmallVector<ExprId, 6> Arguments;
  for (const clang::Expr *Argument : C.arguments())
    Arguments.push_back(Values.value(Argument));
  ExprId Callee = Values.callee(C.getCallee());
  Range Run = Values.operands(Arguments);
  Event &E = addEvent(EventKind::Call, C.getBeginLoc());
  E.Call = Out.Exprs[Callee].Kind == ExprKind::Function ? CallKind::Direct
                                                        : CallKind::Indirect;
  E.Target = Callee;
  E.Args = Run;
  EventId Call = lastEvent();
  Results[&C] = reference(Call, C.getType());
  lowerMemoryCall(C, Call);
}

/// memcpy and friends also write; Clang knows them by their C names.
void BodyLowering::lowerMemoryCall(const CallExpr &C, EventId Call) {
  const FunctionDecl *Callee = C.getDirectCallee();
  if (!Callee || C.getNumArgs() < 3)
    return;
  WriteKind Kind;
  switch (Callee->getMemoryFunctionKind()) {
  case Builtin::BImemcpy:
  case Builtin::BImemmove:
  case Builtin::BImempcpy:
    Kind = WriteKind::Copy;
    break;
  case Builtin::BImemset:
    Kind = WriteKind::Fill;
    break;
  default:
    return;
  }
  Range Arguments = Out.Events[Call.Value].Args;
  Event &E = addEvent(EventKind::Write, C.getBeginLoc());
  E.Write = Kind;
  E.Target = Out.Exprs.Operands[Arguments.First];
  E.Value = Out.Exprs.Operands[Arguments.First + 1];
  E.Size = Out.Exprs.Operands[Arguments.First + 2];
}

void BodyLowering::lowerAtomic(const AtomicExpr &A) {
  QualType T = A.getType();
  ExprId Place = Values.value(A.getPtr());
  Results[&A] = Values.load(Place, T);
  switch (A.getOp()) {
  case AtomicExpr::AO__atomic_load_n:
  case AtomicExpr::AO__atomic_load:
  case AtomicExpr::AO__c11_atomic_load:
    return;
  case AtomicExpr::AO__atomic_store_n:
  case AtomicExpr::AO__c11_atomic_store:
    return store(Place, Values.value(A.getVal1()), A.getVal1()->getType(),
                 A.getBeginLoc());
  default:
    return store(Place, Values.unknown(UnknownKind::Unsupported, T), T,
                 A.getBeginLoc());
  }
}

void BodyLowering::lowerCleanup(const CFGCleanupFunction &C) {
  const VarDecl &V = *C.getVarDecl();
  ExprId Destructor = Values.leaf(ExprKind::Function,
                                  Names.function(*C.getFunctionDecl()).Value);
  Range Arguments = Values.operands(localAddress(V));
  Event &E = addEvent(EventKind::Call, V.getLocation());
  E.Call = CallKind::Cleanup;
  E.Target = Destructor;
  E.Args = Arguments;
}

void BodyLowering::lowerReturn(const ReturnStmt &R) {
  ExprId Value;
  if (const clang::Expr *Result = R.getRetValue())
    if (!Result->getType()->isVoidType())
      Value = Values.value(Result);
  addEvent(EventKind::Return, R.getBeginLoc()).Value = Value;
}
