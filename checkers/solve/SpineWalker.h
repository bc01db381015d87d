//===- SpineWalker.h - walks the spine ------------------------------------===//

#ifndef BOOTORDER_SOLVE_SPINEWALKER_H
#define BOOTORDER_SOLVE_SPINEWALKER_H

#include "solve/Spine.h"
#include "solve/SpineGuards.h"

namespace bootorder {

/// One walk of the boot; private to walkBoot().
class SpineWalker {
public:
  SpineWalker(const RuleIndex &Rules, MilestoneIndex &Milestones,
              BootWalk &Walk)
      : Rules(Rules), P(Rules.program()), Index(Milestones), Walk(Walk),
        OnSpine(P.Functions.size()), Called(P.Functions.size()) {
    History.Milestones.resize(Rules.rules().Milestones.size());
    findNeeded();
  }

  BootHistory run();

private:
  /// One event of a spine function, with what is known about its place.
  struct Place {
    FunctionId In;
    EventId Event;
    uint32_t Parent = BootStep::NoStep;
    uint32_t Depth = 0;
    bool IsCertain = true, IsCrash = false, IsInLoop = false;
    Frame *Values = nullptr; ///< of In; none for entry points
    SpineGuards *Guards = nullptr; ///< with Values
  };

  /// The loop that is being walked, if any.
  struct LoopAtHand {
    uint32_t Loop = FlowGraph::BlockFacts::NoLoop;
    /// What its definitions were taken to be.
    std::vector<std::pair<EventId, Value>> Settled;
    bool IsForgotten = false; ///< nothing is taken for granted

    bool isIn(const FlowGraph &Graph, BlockId B) const {
      return Loop != FlowGraph::BlockFacts::NoLoop &&
             Graph.Blocks[B.Value].Loop == Loop;
    }
  };

  struct MapReplay;
  void readMap();
  void readMapEntries();
  void replayAll();
  void replay(uint32_t Begin, uint32_t End);
  void replayFunction(uint32_t At, FunctionId F);
  void addMapStep(uint32_t At);
  void enterFromMap(uint32_t Step, uint32_t Begin, uint32_t End);
  void changeGlobals(uint32_t Begin, uint32_t End);
  void completeFromMap(uint32_t Before, uint32_t Within = BootStep::NoStep);
  void noteOrigin();
  /// The call of \p F begins, or has ended, in step \p Step.
  uint32_t beginMapCall(FunctionId F, uint32_t Step);
  void endMapCall(FunctionId F, uint32_t Step, uint32_t Outer);

  void findNeeded();
  bool isPastNeed() const;
  void enterTask(const EntryPoint &Entry);
  void enterProcessors(FunctionId SpawnedBy);
  Value walkFunction(FunctionId F, uint32_t Step, llvm::ArrayRef<Value> Args);
  Value walkBlocks(Place At);
  void logReturns(Frame &Values, BlockId B) const;
  void walkBlock(Place &At, const FlowGraph &Graph, BlockId B);
  bool decide(const Place &At, BlockId B, llvm::BitVector &Cut);
  void enterLoop(const Place &At, const FlowGraph &Graph, LoopAtHand &In);
  bool leaveLoop(const Place &At, const FlowGraph &Graph, const LoopAtHand &In);
  void forgetLoop(const Place &At, const FlowGraph &Graph, LoopAtHand &In);
  void walkEvent(const Place &At);
  void yield(const Place &At, llvm::ArrayRef<CallEdge> Targets,
             const Value &Result);
  std::vector<ContextId> contexts(const Place &At,
                                  llvm::ArrayRef<CallEdge> Targets);
  void walkCall(const Place &At, llvm::ArrayRef<CallEdge> Targets);
  void walkTables(const Place &At, FunctionId F, FunctionId Callee);
  bool isDispatched(const TableDispatcher &D, const Place &At,
                    FunctionId Callee) const;
  void walkTableKey(const Place &At, uint32_t Table, const std::string *Key);
  void completeHere(const Place &At, const WayList &Ways);
  bool descends(const Place &At, FunctionId F);
  uint32_t addStep(const Place &At);
  void walkLeaf(const Place &At, uint32_t Step, llvm::ArrayRef<CallEdge> Roots);
  void visitStack(uint32_t Step);
  void complete(const WayList &Ways, uint32_t Step, uint32_t From,
                const Place &At);
  /// What the event at \p At calls, and the table entries that came after the
  /// first \p Before edges. The function may have been live before the spine
  /// came to it: then its calls are known already.
  std::vector<CallEdge> edgesOf(const Place &At, size_t Before) const;

  const RuleIndex &Rules;
  const Program &P;
  MilestoneIndex &Index;
  BootWalk &Walk;
  BootHistory History;
  std::vector<bool> OnSpine, Called;
  std::vector<uint32_t> Needed;     ///< milestones that some rule waits for
  bool IsAllNeeded = false;         ///< some rule judges what comes late
  std::vector<FunctionId> Stack;    ///< spine functions being walked
  std::vector<ContextId> LoopRoots; ///< of the leaf steps in the loop at hand
  TaskKind Task = TaskKind::Boot;
  bool IsOtherWay = false; ///< in an entry point that joins the main way in
  std::shared_ptr<MapReplay> Replay; ///< null: the program is all there is
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SPINEWALKER_H
