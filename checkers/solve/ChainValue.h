//===- ChainValue.h - an argument's value along a chain of calls ----------===//
//
// Follows flags as bits from a sink's argument up through the calls that lead
// to it: constants, `|`, `&`, `~`, conditionals, locals, and parameters bound
// by the callers on the chain. What memory or a call yields is opaque.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_CHAINVALUE_H
#define BOOTORDER_SOLVE_CHAINVALUE_H

#include "link/Program.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace bootorder {

/// One call of the chain; Event is none where no expression makes the call.
struct ChainFrame {
  FunctionId Function;
  EventId Event;
};

/// Where on the chain a constant is written.
struct ValueOrigin {
  uint32_t Frame = ~0u; ///< index in the chain; none if no constant matters
  ExprId Constant;
};

/// What is known of each bit of a value.
struct BitValue {
  uint64_t Must = 0;   ///< certainly one
  uint64_t May = 0;    ///< one by some constant; contains Must
  uint64_t Opaque = 0; ///< depends on something that is not followed
  uint64_t Param = 0;  ///< depends on a parameter of the chain's first function
  bool IsBottom = false; ///< no value at all: a loop's own contribution
  ValueOrigin Origin;    ///< of a constant that has a bit of the mask

  bool isConstant() const {
    return !IsBottom && (Opaque | Param) == 0 && May == Must;
  }
  uint64_t possible() const { return May | Opaque | Param; }
};

/// Evaluates \p Value, a tree of the last function of \p Chain.
///
/// The chain is outermost call first. \p Mask: the bits whose origin is asked.
BitValue evaluateChain(const Program &P, llvm::ArrayRef<ChainFrame> Chain,
                       ExprId Value, uint64_t Mask);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CHAINVALUE_H
