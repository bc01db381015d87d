//===- ChainObject.h - which object a call is about, along a chain --------===//
//
// Contexts of a function that hundreds call are joined, and with them which
// object each call was about. A chain of calls still tells: the argument leads
// through parameters to the address of an object, and a field of what it points
// to was stored by a function of the chain, or is what memory holds.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_CHAINOBJECT_H
#define BOOTORDER_SOLVE_CHAINOBJECT_H

#include "solve/ChainValue.h"
#include "solve/Memory.h"

namespace bootorder {

struct ChainObject {
  enum class AnswerKind {
    Known,      ///< it is at Where, in a global object
    AskCallers, ///< a parameter of the chain's first function says it
    Unknown,
  };
  AnswerKind Answer = AnswerKind::Unknown;
  PlaceId Where;
};

/// The object that the pointer \p Value, a tree of the last function of
/// \p Chain, points to; with \p Path the one that the last of these fields
/// points to, each a pointer in the record that the one before it points to.
///
/// The chain is outermost call first. \p State is that of the walk's end.
ChainObject objectOnChain(const Program &P, Memory &State, PlaceTable &Places,
                          llvm::ArrayRef<ChainFrame> Chain, ExprId Value,
                          llvm::ArrayRef<FieldKey> Path);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CHAINOBJECT_H
