//===- GuardNotes.h - why the guards on a finding's way do not help -------===//
//
// Private to solve(). What a guard found in memory is known only while the boot
// is walked, so the boot is walked once more, with a log of the functions that
// have guards on the chain of some finding.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_GUARDNOTES_H
#define BOOTORDER_SOLVE_GUARDNOTES_H

#include "solve/ReportWalk.h"
#include "solve/Solve.h"

namespace bootorder {

/// The chain of one finding, to which notes are added.
struct GuardedChain {
  Finding *Of = nullptr;
  std::vector<CallHop> Path; ///< to the sink, folded calls included
  uint32_t Step = 0;
};

/// A block that decides whether control comes to an event.
struct GuardBlock {
  BlockId Block;
  /// Edges out of it from which control does not come there; never empty.
  llvm::SmallVector<uint32_t, 2> Away;
};

/// The guards of \p E in \p F, outermost first. Tests of which one outcome is a
/// crash only are none.
std::vector<GuardBlock> guardsOf(const RuleIndex &Rules, FunctionId F,
                                 EventId E);

/// Fills Finding::Guards of every chain; one more walk of the boot, unless no
/// chain has a guard that asks memory.
void explainGuards(const RuleSet &Kept, const RuleIndex &Rules,
                   const SolveOptions &Options,
                   llvm::ArrayRef<GuardedChain> Chains);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_GUARDNOTES_H
