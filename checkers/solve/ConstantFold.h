//===- ConstantFold.h - what a tree is worth without knowing the program --===//

#ifndef BOOTORDER_SOLVE_CONSTANTFOLD_H
#define BOOTORDER_SOLVE_CONSTANTFOLD_H

#include "model/Function.h"
#include <optional>

namespace bootorder {

/// \p Value cut to \p Bits and extended again; 0 bits means 64.
int64_t truncate(int64_t Value, uint8_t Bits, bool IsSigned);

/// One operator over two constants; none for a division by zero or a shift out
/// of range. \p Result says the width and signedness of the result.
std::optional<int64_t> foldBinary(BinaryKind Op, int64_t Left, int64_t Right,
                                  const Expr &LeftType, const Expr &Result);

/// The value of \p Root if it is the same whatever the program does: constants
/// and what is made of them, locals with a single constant definition included.
std::optional<int64_t> foldConstant(const Function &F, ExprId Root);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CONSTANTFOLD_H
