//===- Bounds.h - numbers between two others ------------------------------===//

#ifndef BOOTORDER_SOLVE_BOUNDS_H
#define BOOTORDER_SOLVE_BOUNDS_H

#include "solve/Value.h"

namespace bootorder {

/// How a comparison of two values of type \p Type comes out, as far as their
/// bounds say.
std::optional<bool> compareBounds(BinaryKind Op, const Value &A, const Value &B,
                                  const Expr &Type);

/// A sum or a difference by the bounds of its parts; unknown for other
/// operators, and if it may be out of the range of \p Result.
Value combineBounds(BinaryKind Op, const Value &A, const Value &B,
                    const Expr &Result);

/// The numbers between the bounds of \p A if type \p Result holds all of them,
/// else unknown.
Value castBounds(const Value &A, const Expr &Result);

/// Something above both \p Before and \p After, a later guess at it: a bound
/// that has moved goes as far as its type lets it. \p Type is that of the
/// value.
Value widen(const Value &Before, const Value &After, const Expr &Type);

/// What \p Left must be if `Left Op Right` comes out as \p Outcome; unknown if
/// the comparison says nothing. \p Type is that of the left operand.
Value impliedByOrder(BinaryKind Op, const Value &Right, const Expr &Type,
                     bool Outcome);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_BOUNDS_H
