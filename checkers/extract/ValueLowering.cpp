//===- ValueLowering.cpp - Clang expressions to expression trees ----------===//

#include "extract/ValueLowering.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

using namespace bootorder;
using namespace clang;

using bootorder::Expr;

BodyScope::~BodyScope() = default;

void ValueLowering::setType(Expr &E, QualType T) {
  if (T.isNull() || T->isDependentType() || T->isIncompleteType())
    return;
  E.IsPointer = T->isPointerType() || T->isArrayType() || T->isFunctionType();
  if (!T->isIntegralOrEnumerationType() && !T->isPointerType())
    return;
  E.Bits = std::min<uint64_t>(Names.Unit.Ast.getTypeSize(T), 255);
  E.IsSigned = T->isSignedIntegerOrEnumerationType();
}

Range ValueLowering::operands(llvm::ArrayRef<ExprId> Ids) {
  Range Run{static_cast<uint32_t>(Pool.Operands.size()),
            static_cast<uint32_t>(Ids.size())};
  Pool.Operands.insert(Pool.Operands.end(), Ids.begin(), Ids.end());
  return Run;
}

ExprId ValueLowering::node(ExprKind Kind, int64_t Value,
                           llvm::ArrayRef<ExprId> Operands, QualType T,
                           uint8_t Op) {
  Expr E;
  E.Kind = Kind;
  E.Op = Op;
  E.Value = Value;
  setType(E, T);
  if (!Operands.empty())
    E.Operands = operands(Operands);
  Pool.Nodes.push_back(E);
  return ExprId(Pool.Nodes.size() - 1);
}

ExprId ValueLowering::leaf(ExprKind Kind, int64_t Value, QualType T) {
  return node(Kind, Value, {}, T);
}

ExprId ValueLowering::unknown(UnknownKind Why, QualType T) {
  return node(ExprKind::Unknown, 0, {}, T, static_cast<uint8_t>(Why));
}

ExprId ValueLowering::constant(int64_t Value, QualType T) {
  return leaf(ExprKind::Constant, Value, T);
}

ExprId ValueLowering::load(ExprId Address, QualType T) {
  return node(ExprKind::Load, 0, Address, T);
}

ExprId ValueLowering::binary(BinaryKind Op, ExprId A, ExprId B, QualType T) {
  return node(ExprKind::Binary, 0, {A, B}, T, static_cast<uint8_t>(Op));
}

ExprId ValueLowering::member(ExprId Record, const FieldDecl &F) {
  if (F.isAnonymousStructOrUnion())
    return Record;
  return node(ExprKind::Field, Names.field(F).Value, Record, F.getType());
}

const clang::Expr *bootorder::plainExpression(const clang::Expr *E) {
  while (true) {
    E = E->IgnoreParens();
    const auto *Full = dyn_cast<FullExpr>(E);
    if (!Full)
      return E;
    E = Full->getSubExpr();
  }
}

const clang::Expr *bootorder::lastExpression(const StmtExpr &E) {
  const CompoundStmt *Body = E.getSubStmt();
  if (Body->body_empty())
    return nullptr;
  const Stmt *Last = Body->body_back();
  while (true) {
    if (const auto *Label = dyn_cast<LabelStmt>(Last))
      Last = Label->getSubStmt();
    else if (const auto *Attributed = dyn_cast<AttributedStmt>(Last))
      Last = Attributed->getSubStmt();
    else
      return dyn_cast<clang::Expr>(Last);
  }
}

/// Folds \p E; \p Written is how the source has it, parentheses included.
ExprId ValueLowering::foldedValue(const clang::Expr *E,
                                  const clang::Expr *Written) {
  QualType T = E->getType();
  if (T->isVoidType() || E->isValueDependent() || Variables.isVariable(E))
    return {};
  int64_t Number = 0;
  clang::Expr::EvalResult Result;
  if (T->isIntegralOrEnumerationType()) {
    if (!E->EvaluateAsInt(Result, Names.Unit.Ast))
      return {};
    Number = lowBits(Result.Val.getInt());
  } else if (T->isPointerType() && !isa<StringLiteral>(E->IgnoreParenCasts())) {
    if (!E->EvaluateAsRValue(Result, Names.Unit.Ast) ||
        !Result.Val.isLValue() || Result.Val.getLValueBase())
      return {};
    Number = Result.Val.getLValueOffset().getQuantity();
  } else {
    return {};
  }
  StringId Macro = Names.spelling(*Written);
  if (Names.Facts.str(Macro) == "__COUNTER__") // differs between parses
    return unknown(UnknownKind::Unsupported, T);
  ExprId Folded = constant(Number, T);
  const clang::Expr *Plain = E->IgnoreParenImpCasts();
  if (Macro.isValid())
    Pool.Nodes.back().Spelling = Macro;
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
    Pool.Nodes.back().Spelling = Names.Facts.string(Ref->getDecl()->getName());
  return Folded;
}

ExprId ValueLowering::value(const clang::Expr *E) {
  const clang::Expr *Written = E;
  E = plainExpression(E);
  if (Scope)
    if (ExprId Result = Scope->resultOf(*E); Result.isValid())
      return Result;
  if (ExprId Folded = foldedValue(E, Written); Folded.isValid())
    return Folded;
  if (E->isLValue())
    return E->getType()->isFunctionType() ? takenAddress(E) : address(E);
  return structuralValue(E);
}

ExprId ValueLowering::structuralValue(const clang::Expr *E) {
  if (const auto *C = dyn_cast<CastExpr>(E))
    return castValue(C);
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return unaryValue(U);
  if (const auto *B = dyn_cast<BinaryOperator>(E))
    return binaryValue(B);
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(E))
    return conditionalValue(C);
  if (const auto *S = dyn_cast<StmtExpr>(E)) {
    const clang::Expr *Last = lastExpression(*S);
    return Last ? value(Last) : unknown(UnknownKind::Unsupported, E->getType());
  }
  if (const auto *C = dyn_cast<ChooseExpr>(E))
    return value(C->getChosenSubExpr());
  if (const auto *G = dyn_cast<GenericSelectionExpr>(E))
    return value(G->getResultExpr());
  if (const auto *O = dyn_cast<OpaqueValueExpr>(E))
    return value(O->getSourceExpr());
  return literalValue(E);
}

ExprId ValueLowering::literalValue(const clang::Expr *E) {
  QualType T = E->getType();
  if (T->isFloatingType())
    return unknown(UnknownKind::Floating, T);
  if (const auto *Label = dyn_cast<AddrLabelExpr>(E))
    return unknown(UnknownKind::Unsupported, Label->getType());
  if (T->isRecordType() || T->isVectorType() || T->isArrayType())
    return unknown(UnknownKind::Aggregate, T);
  return unknown(UnknownKind::Unsupported, T);
}

ExprId ValueLowering::castValue(const CastExpr *C) {
  const clang::Expr *Sub = C->getSubExpr();
  QualType T = C->getType();
  switch (C->getCastKind()) {
  case CK_LValueToRValue: {
    if (T->isRecordType())
      return address(Sub);
    const auto *Ref = dyn_cast<DeclRefExpr>(Sub->IgnoreParens());
    if (const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr)
      if (Scope && !V->hasGlobalStorage())
        if (ExprId Local = Scope->localValue(*V); Local.isValid())
          return Local;
    return load(address(Sub), T);
  }
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay:
  case CK_BuiltinFnToFnPtr:
    return takenAddress(Sub);
  case CK_PointerToBoolean:
  case CK_IntegralToBoolean:
    return binary(BinaryKind::NotEqual, value(Sub), constant(0, Sub->getType()),
                  T);
  case CK_IntegralCast:
    return node(ExprKind::Cast, 0, value(Sub), T);
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_FloatingCast:
  case CK_FloatingToBoolean:
    return unknown(UnknownKind::Floating, T);
  default:
    return value(Sub);
  }
}

ExprId ValueLowering::unaryValue(const UnaryOperator *U) {
  QualType T = U->getType();
  auto Apply = [&](UnaryKind Op) {
    return node(ExprKind::Unary, 0, value(U->getSubExpr()), T,
                static_cast<uint8_t>(Op));
  };
  switch (U->getOpcode()) {
  case UO_AddrOf:
    return takenAddress(U->getSubExpr());
  case UO_Minus:
    return Apply(UnaryKind::Minus);
  case UO_Not:
    return Apply(UnaryKind::BitNot);
  case UO_LNot:
    return Apply(UnaryKind::LogicalNot);
  case UO_Plus:
  case UO_Extension:
    return value(U->getSubExpr());
  default:
    return unknown(UnknownKind::Unsupported, T);
  }
}

static std::optional<BinaryKind> binaryKind(BinaryOperatorKind Op) {
  switch (Op) {
  case BO_Mul:
  case BO_MulAssign:
    return BinaryKind::Mul;
  case BO_Div:
  case BO_DivAssign:
    return BinaryKind::Div;
  case BO_Rem:
  case BO_RemAssign:
    return BinaryKind::Rem;
  case BO_Add:
  case BO_AddAssign:
    return BinaryKind::Add;
  case BO_Sub:
  case BO_SubAssign:
    return BinaryKind::Sub;
  case BO_Shl:
  case BO_ShlAssign:
    return BinaryKind::Shl;
  case BO_Shr:
  case BO_ShrAssign:
    return BinaryKind::Shr;
  case BO_And:
  case BO_AndAssign:
    return BinaryKind::And;
  case BO_Or:
  case BO_OrAssign:
    return BinaryKind::Or;
  case BO_Xor:
  case BO_XorAssign:
    return BinaryKind::Xor;
  case BO_LT:
    return BinaryKind::Less;
  case BO_LE:
    return BinaryKind::LessEqual;
  case BO_GT:
    return BinaryKind::Greater;
  case BO_GE:
    return BinaryKind::GreaterEqual;
  case BO_EQ:
    return BinaryKind::Equal;
  case BO_NE:
    return BinaryKind::NotEqual;
  case BO_LAnd:
    return BinaryKind::LogicalAnd;
  case BO_LOr:
    return BinaryKind::LogicalOr;
  default:
    return std::nullopt;
  }
}

ExprId ValueLowering::compound(const BinaryOperator &B, ExprId Old,
                               ExprId Operand) {
  if (B.getType()->isPointerType()) {
    if (B.getOpcode() == BO_SubAssign)
      Operand = node(ExprKind::Unary, 0, Operand, B.getRHS()->getType(),
                     static_cast<uint8_t>(UnaryKind::Minus));
    return node(ExprKind::Element, 0, {Old, Operand}, B.getType());
  }
  std::optional<BinaryKind> Kind = binaryKind(B.getOpcode());
  return Kind ? binary(*Kind, Old, Operand, B.getType())
              : unknown(UnknownKind::Unsupported, B.getType());
}

ExprId ValueLowering::binaryValue(const BinaryOperator *B) {
  if (B->getOpcode() == BO_Comma)
    return value(B->getRHS());
  if (ExprId Outer = containerOf(B); Outer.isValid())
    return Outer;
  if (B->getType()->isPointerType() && B->isAdditiveOp())
    return pointerOffset(B);
  std::optional<BinaryKind> Kind = binaryKind(B->getOpcode());
  bool IsPointerDifference =
      B->getOpcode() == BO_Sub && B->getLHS()->getType()->isPointerType();
  if (!Kind || IsPointerDifference)
    return unknown(UnknownKind::Unsupported, B->getType());
  ExprId Left = value(B->getLHS());
  return binary(*Kind, Left, value(B->getRHS()), B->getType());
}

/// `p + n`, also through compound assignment: an element of what p points to.
ExprId ValueLowering::pointerOffset(const BinaryOperator *B) {
  const clang::Expr *Pointer = B->getLHS(), *Index = B->getRHS();
  if (!Pointer->getType()->isPointerType())
    std::swap(Pointer, Index);
  ExprId Base = value(Pointer), Offset = value(Index);
  if (B->getOpcode() == BO_Sub || B->getOpcode() == BO_SubAssign)
    Offset = node(ExprKind::Unary, 0, Offset, Index->getType(),
                  static_cast<uint8_t>(UnaryKind::Minus));
  return node(ExprKind::Element, 0, {Base, Offset}, B->getType());
}

/// `(char *)p - offsetof(struct s, member)`, as container_of() writes it.
ExprId ValueLowering::containerOf(const BinaryOperator *B) {
  if (B->getOpcode() != BO_Sub)
    return {};
  const auto *Offset = dyn_cast<OffsetOfExpr>(B->getRHS()->IgnoreParenCasts());
  if (!Offset)
    return {};
  ExprId Result = value(B->getLHS());
  for (unsigned I = Offset->getNumComponents(); I-- > 0;) {
    const OffsetOfNode &Step = Offset->getComponent(I);
    if (Step.getKind() != OffsetOfNode::Field ||
        Step.getField()->isAnonymousStructOrUnion())
      continue;
    Result = node(ExprKind::Container, Names.field(*Step.getField()).Value,
                  Result, B->getType());
  }
  return Result;
}

/// Whether two trees of \p Pool have the same value: no event lies between
/// them.
static bool isSameTree(const ExprPool &Pool, ExprId A, ExprId B) {
  bootorder::Expr Left = Pool[A], Right = Pool[B];
  uint32_t Count = Left.Operands.Count;
  if (Right.Operands.Count != Count)
    return false;
  for (uint32_t I = 0; I < Count; ++I)
    if (!isSameTree(Pool, Pool.operand(Left, I), Pool.operand(Right, I)))
      return false;
  Left.Operands = Right.Operands = Range();
  Left.Spelling = Right.Spelling = StringId();
  return Left == Right && Left.Kind != ExprKind::Unknown;
}

/// A choice between equal values is that value: `_OF_DECLARE` of
/// include/linux/of.h (6.12) compares types by `(fn == NULL) ? fn : fn`.
ExprId ValueLowering::conditionalValue(const AbstractConditionalOperator *C) {
  size_t Nodes = Pool.Nodes.size(), Operands = Pool.Operands.size();
  ExprId Condition = value(C->getCond());
  ExprId Then = value(C->getTrueExpr()), Else = value(C->getFalseExpr());
  if (!isSameTree(Pool, Then, Else))
    return node(ExprKind::Conditional, 0, {Condition, Then, Else},
                C->getType());
  if (Scope)
    return Then; // events may refer to what was lowered with it
  Pool.Nodes.resize(Nodes);
  Pool.Operands.resize(Operands);
  return value(C->getTrueExpr());
}
