//===- VariableValues.h - expressions that have no constant value ---------===//

#ifndef BOOTORDER_EXTRACT_VARIABLEVALUES_H
#define BOOTORDER_EXTRACT_VARIABLEVALUES_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"

namespace bootorder {

/// Tells expressions that Clang would evaluate in vain, before it does.
///
/// Clang looks for a value from the top of a tree, and lowering asks at every
/// level of it: a sum of thousands of terms would cost the square of their
/// number. Answers are kept, so that all levels together cost one walk.
class VariableValues {
public:
  /// Whether \p E certainly has no constant value.
  bool isVariable(const clang::Expr *E);

private:
  bool isVariableSum(const clang::Expr *E);

  llvm::DenseMap<const clang::BinaryOperator *, bool> Known;
};

} // namespace bootorder

#endif
