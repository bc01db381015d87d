//===- Evaluation.h - one context being evaluated -------------------------===//
//
// Blocks are run in passes until nothing new comes of it. Most functions settle
// in the first pass, and the next would only confirm it. So each block remembers
// what it rested on when it was last run, and is run again only if some of that
// has changed: half of all runs of blocks are saved.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_EVALUATION_H
#define BOOTORDER_SOLVE_EVALUATION_H

#include "solve/Contexts.h"

namespace bootorder {

/// What a block of one evaluation rested on when it was last run.
struct BlockRun {
  /// A context whose result was asked for.
  struct Callee {
    ContextId Context;
    uint32_t ResultChanges = 0; ///< its Context::ResultChanges
    uint32_t Merges = 0; ///< how often its function's arguments had been merged
  };
  bool IsRun = false;
  bool WasPlain = false;   ///< of the context
  uint32_t Changes = 0;    ///< Evaluation::Changes
  uint32_t Names = 0;      ///< PlaceTable::nameCount()
  uint64_t Clock = 0;      ///< Memory::clock()
  uint64_t ConstClock = 0; ///< Memory::constClock()
  std::vector<Callee> Callees;
  /// What the guards of the block say, and the arguments of calls in it: while
  /// nothing has changed, these are not computed again.
  std::vector<Frame::Assumption> Known;
  std::vector<std::pair<EventId, std::vector<Value>>> Arguments;
};

struct ContextTable::Evaluation {
  Evaluation(ContextId Id, Frame In, const FunctionShape &Shape, uint32_t Step)
      : Id(Id), In(std::move(In)), Shape(Shape), Step(Step),
        Feasible(Shape.Flow.Blocks.size()), Entered(Shape.Flow.Blocks.size()),
        Reached(Shape.Flow.Blocks.size()), Runs(Shape.Flow.Blocks.size()),
        ChangedAt(this->In.body().Events.size()) {}

  ContextId Id;
  Frame In;
  const FunctionShape &Shape;
  uint32_t Step;
  llvm::BitVector Feasible;
  llvm::BitVector Entered; ///< of Feasible, where all guards can hold
  /// By block: events that control comes to.
  std::vector<uint32_t> Reached;
  std::vector<BlockRun> Runs; ///< by block
  uint32_t Changes = 0;       ///< of results of events, so far
  /// By event: what Changes was when its result changed last.
  std::vector<uint32_t> ChangedAt;
  uint32_t Block = 0;         ///< the one that is being run
  std::vector<ContextCall> Calls = {};
  Value Result = {};
  llvm::SmallDenseMap<uint32_t, llvm::SmallVector<CallEdge, 1>> Targets{};
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EVALUATION_H
