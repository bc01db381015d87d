//===- BootWalk.h - what each step of the boot reaches --------------------===//

#ifndef BOOTORDER_SOLVE_BOOTWALK_H
#define BOOTORDER_SOLVE_BOOTWALK_H

#include "solve/LiveCode.h"

namespace bootorder {

/// Consecutive steps, both ends included.
struct StepInterval {
  uint32_t First = 0;
  uint32_t Last = 0;
};

/// Walks step after step, with the flow of function values known so far.
class BootWalk {
public:
  BootWalk(const Program &P, const RuleIndex &Rules);

  /// Everything that \p Roots reach at \p Step; steps never go back. What they
  /// register counts for this step as a whole.
  void walk(uint32_t Step, llvm::ArrayRef<FunctionId> Roots);
  /// \p F runs at \p Step, without what it calls.
  void visit(FunctionId F, uint32_t Step);

  /// Steps in which \p F may run, in order; empty if it is not reached.
  llvm::ArrayRef<StepInterval> reach(FunctionId F) const {
    return Reach[F.Value];
  }
  bool runsAt(FunctionId F, uint32_t Step) const;
  LiveCode Code;

private:
  void enter(FunctionId F, uint32_t Step);

  const RuleIndex &Rules;
  std::vector<std::vector<StepInterval>> Reach;
  std::vector<uint32_t> Stamp; ///< by FunctionId: last step walked, plus one
  std::vector<FunctionId> Queue;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_BOOTWALK_H
