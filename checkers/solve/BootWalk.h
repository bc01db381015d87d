//===- BootWalk.h - what each step of the boot reaches --------------------===//

#ifndef BOOTORDER_SOLVE_BOOTWALK_H
#define BOOTORDER_SOLVE_BOOTWALK_H

#include "solve/Contexts.h"
#include "solve/StepLog.h"

namespace bootorder {

/// Walks step after step. Within a step, calls and writes are in no order:
/// contexts are evaluated until no value, target or cell changes any more.
class BootWalk {
public:
  BootWalk(const Program &P, const RuleIndex &Rules,
           const Mechanisms &Has = {});

  /// Everything that \p Roots reach at \p Step; steps never go back. What they
  /// register counts for this step as a whole.
  void walk(uint32_t Step, llvm::ArrayRef<ContextId> Roots);
  /// \p F runs at \p Step, without what it calls.
  void visit(FunctionId F, uint32_t Step);
  /// Lets function values flow, so that calls through pointers know them.
  void settle(uint32_t Step);

  /// Steps in which \p F may run, in order; empty if it is not reached.
  std::vector<StepInterval> reach(FunctionId F) const {
    return FunctionSteps.steps(F.Value);
  }
  /// The first and the last of them; none if \p F is not reached.
  std::optional<StepInterval> span(FunctionId F) const {
    return FunctionSteps.span(F.Value);
  }
  bool isReached(ContextId C) const { return !ContextSteps.isEmpty(C.Value); }
  /// Steps of a context.
  std::vector<StepInterval> reach(ContextId C) const {
    return ContextSteps.steps(C.Value);
  }

  Machine State;
  LiveCode Code;
  ContextTable Contexts;

private:
  void makeAllLive();
  void makeRoom();
  void enter(ContextId C, uint32_t Step);
  void enterCallees(ContextId C, uint32_t Step);
  void requeue(ContextId C, uint32_t Step);
  void refresh(uint32_t Step);

  StepLog FunctionSteps, ContextSteps;
  std::vector<ContextId> Queue;
  /// Contexts and functions entered at step EnteredAt. The logs know them, too,
  /// but what is asked for every call of a walk should stay in the processor's
  /// nearest cache.
  llvm::BitVector Entered, EnteredFunctions;
  uint32_t EnteredAt = StepInterval::NoEnd;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_BOOTWALK_H
