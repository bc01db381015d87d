//===- Guards.h - which conditions hold where in a function ---------------===//
//
// Inside `if (x == 3)` the analysis knows that x is 3. A guard is a condition
// together with the block that control comes to by one of its outcomes; it
// holds in all blocks that the block dominates, for every value that cannot
// have changed in between.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_GUARDS_H
#define BOOTORDER_SOLVE_GUARDS_H

#include "solve/FlowGraph.h"
#include "llvm/ADT/BitVector.h"

namespace bootorder {

/// Control came from \p From, by its condition, to \p To and from nowhere else.
struct Guard {
  BlockId From;
  BlockId To;
};

/// A value that is used in a block in which guards over it hold.
struct GuardedValue {
  ExprId Subject;            ///< a Reference, Param or Join
  std::vector<Guard> Guards; ///< outermost first
};

/// By BlockId.
using GuardTable = std::vector<std::vector<GuardedValue>>;

/// The guards of \p F that hold for what its blocks use. Loads are left out:
/// what is in memory may have changed since it was tested.
GuardTable findGuards(const Function &F, const FlowGraph &Graph);

/// By BlockId: events whose results the block uses, also in what its guards
/// test; sorted, unique.
using UseTable = std::vector<std::vector<EventId>>;
UseTable findUsedResults(const Function &F, const GuardTable &Guards);

/// By EventId: definitions that rest on what they yield themselves, as a loop's
/// counter does. At least one is in each circle of definitions.
llvm::BitVector findCounters(const Function &F);

/// Whether two trees of \p Exprs read the same.
bool isSameExpr(const ExprPool &Exprs, ExprId A, ExprId B);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_GUARDS_H
