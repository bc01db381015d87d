//===- FreshFields.h - what is filled in as soon as it is allocated -------===//
//
// Memory that a call allocates starts as 0. Most code fills it in before it
// shows it to anybody, so that nobody ever reads that 0.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_FRESHFIELDS_H
#define BOOTORDER_SOLVE_FRESHFIELDS_H

#include "model/Function.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace bootorder {

/// Fields that lead to a part of a record, from outside in.
using FieldWay = llvm::SmallVector<FieldId, 2>;

/// Parts of what the call \p Call of \p F yields that \p F writes before any
/// code can read them: those written on the one way that leads on from the
/// call, if it does not yield NULL, up to where the memory is first used for
/// anything else. Linear in the events of that way.
std::vector<FieldWay> fieldsFilledFirst(const Function &F, EventId Call);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FRESHFIELDS_H
