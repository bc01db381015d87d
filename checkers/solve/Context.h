//===- Context.h - a function with what is known of its arguments ---------===//

#ifndef BOOTORDER_SOLVE_CONTEXT_H
#define BOOTORDER_SOLVE_CONTEXT_H

#include "solve/Guards.h"
#include "solve/LiveCode.h"
#include "solve/Memory.h"
#include "solve/StepSet.h"
#include <map>
#include <set>

namespace bootorder {

/// Contexts are who reads memory.
using ContextId = ReaderId;

/// A call as one context makes it.
struct ContextCall {
  ContextId To;
  CallEdge Edge;
  StepInterval When; ///< steps at which control can come to it
};

/// What a walk asks every context in every step stands first, so that it is in
/// one line of the processor's cache.
struct Context {
  FunctionId Function;
  bool IsFresh = false; ///< nothing it rests on has changed since
  bool IsBusy = false;
  /// Control comes to it by some way that need not end in a crash.
  bool IsPlain = false;
  uint32_t LastStep = StepInterval::NoEnd, Rounds = 0;
  uint32_t ResultChanges = 0;     ///< how often Result has changed
  std::vector<Value> Args;        ///< without unknown ones at the end
  Value Result;                   ///< nothing: it has not returned yet
  std::vector<ContextCall> Calls; ///< those that are gone included
  /// Blocks that control came to at some step.
  llvm::BitVector Blocks;
  std::vector<ContextId> Waiters; ///< that use Result
};

/// How the contexts of one function are told apart.
struct FunctionContexts {
  std::vector<ContextId> Contexts;
  std::set<std::vector<Value>> ToldApart; ///< without callers' locals
  /// By argument: the join of all its values since contexts stopped being told
  /// apart by it.
  std::map<size_t, Value> Merged;
  uint32_t Merges = 0; ///< changes of Merged
};

/// What the flow graph of a function says, whatever its arguments.
struct FunctionShape {
  FlowGraph Flow;
  llvm::BitVector UsedResults; ///< by EventId: some expression refers to it
  llvm::BitVector Ends;        ///< by EventId: control does not come past it
  llvm::BitVector Counters;    ///< findCounters()
  GuardTable Guards;
  UseTable Uses;
  llvm::BitVector LiveBlocks; ///< by BlockId: all events in it are live
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CONTEXT_H
