//===- FlowOrder.h - what comes before what within a function -------------===//

#ifndef BOOTORDER_MODEL_FLOWORDER_H
#define BOOTORDER_MODEL_FLOWORDER_H

#include "model/Function.h"
#include "llvm/ADT/BitVector.h"

namespace bootorder {

/// A place between two events of a block: in front of the event that is number
/// Index there. Index is the number of events at the block's end, where its
/// condition is tested.
struct FlowSpot {
  BlockId Block;
  uint32_t Index = 0;
};

/// The spot in front of \p E; without a block if no block of \p Body has it.
FlowSpot spotOf(const Function &Body, EventId E);

/// Answers questions about the order of \p Body, which must outlive it and not
/// change. Each question costs one pass over the edges.
class FlowOrder {
public:
  explicit FlowOrder(const Function &Body) : Body(Body) {}

  /// Whether control that is at \p From can come to \p To later.
  bool reaches(FlowSpot From, FlowSpot To) const;
  /// Whether control has been at \p Before whenever it comes to \p To.
  bool dominates(FlowSpot Before, FlowSpot To) const;

private:
  /// Blocks that control can come to from the end of \p From without entering
  /// \p Avoided, which may be none.
  llvm::BitVector blocksAfter(BlockId From, BlockId Avoided) const;

  const Function &Body;
};

} // namespace bootorder

#endif
