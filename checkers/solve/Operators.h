//===- Operators.h - what C computes of values ----------------------------===//

#ifndef BOOTORDER_SOLVE_OPERATORS_H
#define BOOTORDER_SOLVE_OPERATORS_H

#include "solve/Value.h"

namespace bootorder {

/// One operator. \p Left describes the left operand, \p Result the outcome.
Value applyBinary(BinaryKind Op, const Value &A, const Value &B,
                  const Expr &Left, const Expr &Result);
Value applyUnary(UnaryKind Op, const Value &A, const Expr &Result);
Value applyCast(const Value &A, const Expr &Result);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_OPERATORS_H
