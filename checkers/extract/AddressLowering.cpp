//===- AddressLowering.cpp - places that expressions designate ------------===//

#include "clang/AST/Decl.h"
#include "extract/ValueLowering.h"

using namespace bootorder;
using namespace clang;

ExprId ValueLowering::callee(const clang::Expr *Callee) {
  const clang::Expr *Plain = Callee->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return leaf(ExprKind::Function, Names.function(*F).Value, F->getType());
  return value(Callee);
}

/// Address of \p E as a value that flows on: what it names is taken.
ExprId ValueLowering::takenAddress(const clang::Expr *E) {
  ExprId Result = address(E);
  if (!Scope)
    return Result;
  ExprId Root = Result;
  while (Pool[Root].Kind == ExprKind::Field ||
         Pool[Root].Kind == ExprKind::Element)
    Root = Pool.operand(Root, 0);
  ExprKind Kind = Pool[Root].Kind;
  if (Kind == ExprKind::Function || Kind == ExprKind::Object)
    Scope->addressTaken(Root, E->getBeginLoc());
  return Result;
}

/// What a header function knows of \p V. Where the function stands, the bound
/// of an array may still be missing that a later declaration of some unit
/// gives; which units do must not show.
static QualType typeOf(const VarDecl &V, ModuleKind Kind) {
  return Kind == ModuleKind::HeaderFunction ? V.getCanonicalDecl()->getType()
                                            : V.getType();
}

ExprId ValueLowering::variableAddress(const VarDecl &V) {
  if (V.hasGlobalStorage())
    return leaf(ExprKind::Object, Names.object(V).Value,
                typeOf(V, Names.Kind));
  if (Scope)
    return Scope->localAddress(V);
  return unknown(UnknownKind::Unsupported, V.getType());
}

ExprId ValueLowering::memberAddress(const MemberExpr *M) {
  const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
  const clang::Expr *Base = M->getBase();
  const auto *Taken = dyn_cast<UnaryOperator>(Base->IgnoreParenCasts());
  ExprId Record;
  if (M->isArrow() && Taken && Taken->getOpcode() == UO_AddrOf)
    Record = address(Taken->getSubExpr()); // (&x)->f is x.f
  else if (M->isArrow() || !Base->isLValue())
    Record = value(Base);
  else
    Record = address(Base);
  return F ? member(Record, *F) : Record;
}

/// `*p` is where p points; `*&x`, as in READ_ONCE(x), is x.
ExprId ValueLowering::dereferenced(const clang::Expr *Pointer) {
  const auto *Taken = dyn_cast<UnaryOperator>(Pointer->IgnoreParenCasts());
  if (Taken && Taken->getOpcode() == UO_AddrOf)
    return address(Taken->getSubExpr());
  return value(Pointer);
}

ExprId ValueLowering::elementAddress(const ArraySubscriptExpr *A) {
  const clang::Expr *Base = A->getBase()->IgnoreParenImpCasts();
  ExprId Array = Base->getType()->isArrayType() && Base->isLValue()
                     ? address(Base)
                     : value(A->getBase());
  return node(ExprKind::Element, 0, {Array, value(A->getIdx())}, A->getType());
}

/// Longer literals keep their beginning.
static constexpr size_t MaxStringLength = 64;

ExprId ValueLowering::stringAddress(const StringLiteral *S) {
  bool IsKept = Names.KeepsStrings && S->getCharByteWidth() == 1;
  llvm::StringRef Text = IsKept ? S->getString() : "";
  StringId Kept = Names.Facts.string(Text.take_front(MaxStringLength));
  return leaf(ExprKind::String, Kept.Value, S->getType());
}

ExprId ValueLowering::namedAddress(const DeclRefExpr *Ref) {
  if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
    return leaf(ExprKind::Function, Names.function(*F).Value, F->getType());
  if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
    return variableAddress(*V);
  return unknown(UnknownKind::Unsupported, Ref->getType());
}

ExprId ValueLowering::address(const clang::Expr *E) {
  E = plainExpression(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return namedAddress(Ref);
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return memberAddress(M);
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_Extension || U->getOpcode() == UO_Real)
      return address(U->getSubExpr());
    if (U->getOpcode() == UO_Deref)
      return dereferenced(U->getSubExpr());
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return elementAddress(A);
  if (const auto *S = dyn_cast<StringLiteral>(E))
    return stringAddress(S);
  if (const auto *L = dyn_cast<CompoundLiteralExpr>(E); L && Scope)
    return Scope->literalAddress(*L);
  if (const auto *C = dyn_cast<CastExpr>(E))
    return C->getSubExpr()->isLValue() ? address(C->getSubExpr())
                                       : value(C->getSubExpr());
  if (const auto *P = dyn_cast<PredefinedExpr>(E); P && P->getFunctionName())
    return address(P->getFunctionName());
  if (E->isLValue())
    return unknown(UnknownKind::Unsupported, E->getType());
  return value(E); // a record returned by a call
}
