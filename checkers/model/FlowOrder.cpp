//===- FlowOrder.cpp - what comes before what within a function -----------===//

#include "model/FlowOrder.h"
#include "llvm/ADT/SmallVector.h"

using namespace bootorder;

FlowSpot bootorder::spotOf(const Function &Body, EventId E) {
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    Range Events = Body.Blocks[B].Events;
    if (E.Value - Events.First < Events.Count)
      return {BlockId(B), E.Value - Events.First};
  }
  return {};
}

llvm::BitVector FlowOrder::blocksAfter(BlockId From, BlockId Avoided) const {
  llvm::BitVector Seen(Body.Blocks.size());
  llvm::SmallVector<BlockId, 16> Left{From};
  while (!Left.empty()) {
    Range Edges = Body.Blocks[Left.pop_back_val().Value].Edges;
    for (uint32_t I = 0; I < Edges.Count; ++I) {
      BlockId To = Body.Edges[Edges.First + I].To;
      if (To == Avoided || Seen.test(To.Value))
        continue;
      Seen.set(To.Value);
      Left.push_back(To);
    }
  }
  return Seen;
}

bool FlowOrder::reaches(FlowSpot From, FlowSpot To) const {
  if (From.Block == To.Block && From.Index <= To.Index)
    return true;
  return blocksAfter(From.Block, BlockId()).test(To.Block.Value);
}

bool FlowOrder::dominates(FlowSpot Before, FlowSpot To) const {
  if (Before.Block == To.Block)
    return Before.Index <= To.Index;
  if (Before.Block == BlockId(0))
    return true;
  return To.Block != BlockId(0) &&
         !blocksAfter(BlockId(0), Before.Block).test(To.Block.Value);
}
