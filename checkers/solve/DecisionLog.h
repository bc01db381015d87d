//===- DecisionLog.h - what was decided, and why, for explanations --------===//
//
// Memory changes from step to step, so why a branch was pruned is only known
// while the boot is walked. A log keeps it, for the few functions that somebody
// asks about: a walk without a log does nothing for it.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_DECISIONLOG_H
#define BOOTORDER_SOLVE_DECISIONLOG_H

#include "solve/Contexts.h"

namespace bootorder {

/// One thing that a value rests on.
struct Reason {
  enum class ReasonKind : uint8_t {
    Memory,   ///< what is at Where
    Argument, ///< argument number Index
    Result,   ///< what the call Call yields
  };
  ReasonKind Kind = ReasonKind::Memory;
  ExprId Source; ///< in the function at hand; none for a static key
  Value Held;
  PlaceId Where;
  bool MayBeInitial = false; ///< nothing that is certain has replaced it
  bool IsShared = false;     ///< stores through other pointers count, too
  llvm::SmallVector<WriteSite, 2> Writers;
  uint32_t Index = 0;
  EventId Call;
};

/// A block's condition, and the edges that control did not take.
struct BranchRecord {
  BlockId Block;
  Value Condition;
  llvm::SmallVector<uint32_t, 2> Cut; ///< in Function::Edges; empty: undecided
  std::vector<Reason> Why;            ///< of decided ones
};

/// A value that was returned.
struct ReturnRecord {
  Value Returned;
  std::vector<Reason> Why;
};

/// One evaluation of a function, which holds for steps [First, Last].
struct FrameRecord {
  uint32_t First = 0, Last = StepInterval::NoEnd;
  llvm::BitVector Entered; ///< by BlockId; empty for a spine function
  std::vector<BranchRecord> Branches;
  std::vector<ReturnRecord> Returns;
  std::map<uint32_t, ContextId> Callees; ///< by EventId, of used results

  bool holdsAt(uint32_t Step) const { return First <= Step && Step <= Last; }
};

class DecisionLog {
public:
  DecisionLog(Machine &M, llvm::BitVector Watched)
      : M(M), Watched(std::move(Watched)) {}

  bool isWatched(FunctionId F) const { return Watched.test(F.Value); }
  /// A context was evaluated against memory as it is at \p Step.
  void addEvaluation(Frame &In, ContextId C, const FunctionShape &Shape,
                     const llvm::BitVector &Entered, uint32_t Step);
  /// In context \p C, the result of call \p E is that of \p Callee.
  void addCallee(FunctionId F, ContextId C, EventId E, ContextId Callee);
  /// A spine function has come to the end of block \p B.
  void addSpineBranch(Frame &In, BlockId B, uint32_t Step);
  /// A spine function has come to the return \p E.
  void addSpineReturn(Frame &In, EventId E, uint32_t Step);

  /// By step; empty if the context was never evaluated or is not watched.
  llvm::ArrayRef<FrameRecord> records(ContextId C) const;
  /// What \p F decided as a part of the spine; null if it is none.
  const FrameRecord *spineRecord(FunctionId F) const;

private:
  BranchRecord branch(Frame &In, BlockId B);
  ReturnRecord returned(Frame &In, EventId E);
  FrameRecord &spine(FunctionId F, uint32_t Step);
  void gather(Frame &In, ExprId E, std::vector<Reason> &Into);
  void gatherLoad(Frame &In, ExprId E, std::vector<Reason> &Into);
  void gatherCall(Frame &In, EventId E, ExprId Source,
                  std::vector<Reason> &Into);
  Reason reading(PlaceId Where);

  Machine &M;
  llvm::BitVector Watched; ///< by FunctionId
  std::map<ContextId, std::vector<FrameRecord>> Records;
  std::map<ContextId, std::map<uint32_t, ContextId>> Callees;
  std::map<FunctionId, FrameRecord> Spine;
  llvm::DenseSet<uint32_t> Seen; ///< expressions of the gathering at hand
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_DECISIONLOG_H
