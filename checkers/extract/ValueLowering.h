//===- ValueLowering.h - Clang expressions to expression trees ------------===//

#ifndef BOOTORDER_EXTRACT_VALUELOWERING_H
#define BOOTORDER_EXTRACT_VALUELOWERING_H

#include "extract/Naming.h"
#include "extract/VariableValues.h"
#include "clang/AST/Expr.h"

namespace bootorder {

/// What a function body knows that an expression alone does not. Initializers
/// of globals are lowered without one.
class BodyScope {
public:
  virtual ~BodyScope();
  /// The value \p E had when its side effect happened; none if it has none.
  virtual ExprId resultOf(const clang::Expr &E) = 0;
  /// Current value of a scalar local or parameter; none if it is memory.
  virtual ExprId localValue(const clang::VarDecl &V) = 0;
  /// Address of a local or parameter that lives in memory.
  virtual ExprId localAddress(const clang::VarDecl &V) = 0;
  /// The place a compound literal creates.
  virtual ExprId literalAddress(const clang::CompoundLiteralExpr &L) = 0;
  /// \p Symbol (Function or Object) flows somewhere as a value.
  virtual void addressTaken(ExprId Symbol, clang::SourceLocation Loc) = 0;
};

/// Builds trees in one pool. Pure: side effects must have been lowered before.
class ValueLowering {
public:
  ValueLowering(Naming &Names, ExprPool &Pool, BodyScope *Scope)
      : Names(Names), Pool(Pool), Scope(Scope) {}

  /// Value of \p E; for a record, the address it is copied from.
  ExprId value(const clang::Expr *E);
  /// Address of the place \p E designates.
  ExprId address(const clang::Expr *E);
  /// Value of \p Callee as a call target: a Function without being taken.
  ExprId callee(const clang::Expr *Callee);

  ExprId unknown(UnknownKind Why, clang::QualType T = {});
  ExprId constant(int64_t Value, clang::QualType T);
  ExprId leaf(ExprKind Kind, int64_t Value, clang::QualType T = {});
  ExprId node(ExprKind Kind, int64_t Value, llvm::ArrayRef<ExprId> Operands,
              clang::QualType T = {}, uint8_t Op = 0);
  ExprId load(ExprId Address, clang::QualType T);
  ExprId binary(BinaryKind Op, ExprId A, ExprId B, clang::QualType T);
  /// Value of `Old Op= Operand`.
  ExprId compound(const clang::BinaryOperator &B, ExprId Old, ExprId Operand);
  ExprId member(ExprId Record, const clang::FieldDecl &F);
  /// A run of operands in the pool.
  Range operands(llvm::ArrayRef<ExprId> Ids);

private:
  ExprId foldedValue(const clang::Expr *E, const clang::Expr *Written);
  ExprId castValue(const clang::CastExpr *C);
  ExprId unaryValue(const clang::UnaryOperator *U);
  ExprId binaryValue(const clang::BinaryOperator *B);
  ExprId pointerOffset(const clang::BinaryOperator *B);
  ExprId containerOf(const clang::BinaryOperator *B);
  ExprId conditionalValue(const clang::AbstractConditionalOperator *C);
  ExprId structuralValue(const clang::Expr *E);
  ExprId literalValue(const clang::Expr *E);
  ExprId takenAddress(const clang::Expr *E);
  ExprId variableAddress(const clang::VarDecl &V);
  ExprId memberAddress(const clang::MemberExpr *M);
  ExprId namedAddress(const clang::DeclRefExpr *Ref);
  ExprId elementAddress(const clang::ArraySubscriptExpr *A);
  ExprId stringAddress(const clang::StringLiteral *S);
  ExprId dereferenced(const clang::Expr *Pointer);
  void setType(Expr &E, clang::QualType T);

  Naming &Names;
  ExprPool &Pool;
  BodyScope *Scope;
  VariableValues Variables;
};

/// \p E without parentheses and the wrappers Clang puts around constants.
const clang::Expr *plainExpression(const clang::Expr *E);

/// The value of a statement expression: its last statement, if that is one.
const clang::Expr *lastExpression(const clang::StmtExpr &E);

} // namespace bootorder

#endif
