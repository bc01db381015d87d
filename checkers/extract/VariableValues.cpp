#include "extract/VariableValues.h"

#include "clang/AST/Decl.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace bootorder {

/// Forms that by themselves are never folded; within others they may be.
static bool isNeverConstant(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return !isa<EnumConstantDecl>(Ref->getDecl());
  return isa<CallExpr, MemberExpr, ArraySubscriptExpr, StmtExpr>(E) &&
         !(isa<CallExpr>(E) && cast<CallExpr>(E)->getBuiltinCallee());
}

/// Whether \p E reads a variable that may change, or calls a function: no value
/// wherever it stands.
static bool isVariableLeaf(const Expr *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<VarDecl>(Ref->getDecl()) &&
           E->getType()->isIntegralOrEnumerationType() &&
           !E->getType().isConstQualified();
  return isa<CallExpr>(E) && !cast<CallExpr>(E)->getBuiltinCallee();
}

/// Whether \p B has no value unless its operands have: both, but for `&&` and
/// `||`, of which one may be enough.
static bool restsOnOperands(const BinaryOperator *B) {
  return B->isMultiplicativeOp() || B->isAdditiveOp() || B->isShiftOp() ||
         B->isComparisonOp() || B->isBitwiseOp() || B->isLogicalOp();
}

bool VariableValues::isVariableSum(const Expr *E) {
  SmallVector<const BinaryOperator *, 8> Sums; // outermost first
  bool Answer = false;
  while (true) {
    E = E->IgnoreParenCasts();
    const auto *B = dyn_cast<BinaryOperator>(E);
    if (!B || !restsOnOperands(B)) {
      Answer = isVariableLeaf(E);
      break;
    }
    if (auto Found = Known.find(B); Found != Known.end()) {
      Answer = Found->second;
      break;
    }
    Sums.push_back(B);
    E = B->getLHS();
  }
  for (const BinaryOperator *B : reverse(Sums)) {
    if (Answer == B->isLogicalOp()) // the other operand decides
      Answer = isVariableSum(B->getRHS());
    Known[B] = Answer;
  }
  return Answer;
}

bool VariableValues::isVariable(const Expr *E) {
  return isNeverConstant(E) || (isa<BinaryOperator>(E) && isVariableSum(E));
}

} // namespace bootorder
