//===- ReportWalk.h - where findings can be, and how they are reached -----===//

#ifndef BOOTORDER_SOLVE_REPORTWALK_H
#define BOOTORDER_SOLVE_REPORTWALK_H

#include "solve/ReportSteps.h"

namespace bootorder {

/// \p Caller makes the call \p Edge.
struct CallHop {
  FunctionId Caller;
  CallEdge Edge;
  ContextId From;     ///< of Caller; none: as a function of the spine
  ContextId To;       ///< of Edge.To; none: it is walked call by call
  uint32_t Since = 0; ///< step from which on control can come to the call
  uint32_t Until = StepInterval::NoEnd; ///< last step at which it can
};

class ReportWalk {
public:
  static constexpr uint32_t AnyRoot = ~0u;

  ReportWalk(const RuleIndex &Rules, const BootHistory &History,
             const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows);

  /// The first step of \p W, not before \p Since, that reports in \p C.
  std::optional<uint32_t> firstStep(ContextId C, const RuleWindow &W,
                                    uint32_t Since = 0) const;
  /// The same, looking only at the steps of \p Among.
  std::optional<uint32_t> firstStep(ContextId C, const RuleWindow &W,
                                    uint32_t Since, const StepSet &Among) const;
  /// Whether \p C is reached in \p W only below sinks that an argument decides:
  /// what it does is then what they matter for, and their callers' business.
  bool isPartOfSink(ContextId C, const RuleWindow &W) const;
  /// Whether \p C is reached in \p W, but only below boundaries and crashes.
  bool isHeldIn(ContextId C, const RuleWindow &W) const;
  /// Calls of \p C by contexts that findings may be in or spine functions.
  llvm::ArrayRef<CallHop> callers(ContextId C) const {
    return Callers[C.Value];
  }
  /// The step in which spine function \p F is walked call by call.
  uint32_t spineRow(FunctionId F) const { return SpineRows.at(F); }
  /// The step of a spine function's call, or the one that follows its other
  /// events; none if \p F is not on the spine.
  std::optional<uint32_t> spineStep(FunctionId F, EventId E) const;
  bool isOnSpine(FunctionId F) const { return SpineFunctions.test(F.Value); }

  /// Shortest chain from the spine to \p C at \p Step: the spine's calls, the
  /// root, then what leads to C. Empty if C is not reached.
  /// \p Root: begin with that one of the step's roots only.
  std::vector<CallHop> pathTo(ContextId C, uint32_t Step,
                              uint32_t Root = AnyRoot);
  /// The calls that lead to spine step \p Step, its own included; empty for an
  /// entry point.
  std::vector<CallHop> spinePath(uint32_t Step) const;

  const BootHistory &history() const { return History; }

private:
  /// How a walk came to each context.
  struct Trace {
    uint32_t Step = BootStep::NoStep;
    uint32_t Root = AnyRoot;
    llvm::BitVector Reached; ///< by ContextId
    std::vector<CallHop> By; ///< by ContextId, where reached
    std::vector<ContextId> Queue;
  };

  void indexSpine();
  void findCallers();
  llvm::BitVector closedAt(uint32_t Step) const;
  void trace(uint32_t Step, uint32_t OnlyRoot);
  void enter(const CallHop &Hop);
  void leave(ContextId C, bool IsRoot, const llvm::BitVector &Closed);

  const RuleIndex &Rules;
  const BootHistory &History;
  const BootWalk &Walk;
  llvm::ArrayRef<RuleWindow> Windows;
  ReportSteps Steps;
  std::vector<std::vector<CallHop>> Callers;
  std::map<std::pair<FunctionId, EventId>, uint32_t> SpineSteps;
  std::map<FunctionId, uint32_t> SpineRows;
  llvm::BitVector SpineFunctions;
  Trace Last;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_REPORTWALK_H
