//===- FlowGraph.h - which blocks of a function run, and when -------------===//

#ifndef BOOTORDER_SOLVE_FLOWGRAPH_H
#define BOOTORDER_SOLVE_FLOWGRAPH_H

#include "model/Function.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

/// What the flow graph of one function says about its blocks.
struct FlowGraph {
  struct BlockFacts {
    bool IsFeasible = false; ///< some path of undecided conditions leads here
    /// Every path from here ends in a call that does not return or in an
    /// endless loop. Where the whole function is like that, the way that goes
    /// deepest counts as its normal end.
    bool IsCrash = false;
    bool IsCertain = false; ///< on every non-crashing path, outside loops
    uint32_t Loop = NoLoop; ///< number of the loop it is in
    BlockId Dominator;      ///< immediate; none for the entry
    BlockId OnlyFrom;       ///< the block that alone leads here, if one does
    static constexpr uint32_t NoLoop = ~0u;
  };
  std::vector<BlockFacts> Blocks; ///< by BlockId
  /// Feasible blocks, each after all that precede it outside loops.
  std::vector<BlockId> Order;
};

/// Whether an event never returns, beyond what the facts say.
using NoReturnTest = llvm::function_ref<bool(const Event &)>;

/// Feasible and crash blocks of \p F; IsCertain and Order stay empty.
FlowGraph findCrashBlocks(const Function &F, NoReturnTest IsNoReturn);

/// Whether some path through \p F comes back to its caller.
bool canReturn(const Function &F, NoReturnTest IsNoReturn);

/// All of FlowGraph. Linear but for dominators, which are near linear.
/// \p Cut: edges that are known not to be taken, by index in Function::Edges;
/// may be null.
FlowGraph analyseFlow(const Function &F, NoReturnTest IsNoReturn,
                      const llvm::BitVector *Cut = nullptr);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FLOWGRAPH_H
