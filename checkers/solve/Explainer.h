//===- Explainer.h - a walked boot, asked about one function --------------===//
//
// Private to explain().
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_EXPLAINER_H
#define BOOTORDER_SOLVE_EXPLAINER_H

#include "solve/Decide.h"
#include "solve/DecisionLog.h"
#include "solve/Explain.h"
#include "solve/GuardNotes.h"
#include "solve/Witness.h"

namespace bootorder {

/// A boot that was walked with a log; members in the order they depend on each
/// other.
struct ExplainSession {
  /// \p LastStep: nobody will ask about later ones, or about rules.
  ExplainSession(const Program &P, const RuleSet &Rules,
                 const SolveOptions &Options, llvm::BitVector Watched,
                 std::optional<uint32_t> LastStep = std::nullopt);

  const Program &P;
  const SolveOptions &Options;
  RuleIndex Rules;
  MilestoneIndex Milestones;
  BootWalk Walk;
  DecisionLog Log;
  BootHistory History;
  std::vector<RuleWindow> Windows;
  ReportWalk Report;
  WitnessWriter Writer;
};

/// A call that is in the source, whether or not control comes to it.
struct WrittenCall {
  FunctionId Caller;
  CallEdge Edge;
};

/// Calls of \p F by name, and those through pointers that live code is known
/// to make; in the order of events.
std::vector<WrittenCall> writtenCalls(const ExplainSession &S, FunctionId F);

/// The steps of \p Record in which a context that runs in \p Reach runs; none:
/// never.
std::optional<StepRange> stepsOf(const FrameRecord &Record,
                                 llvm::ArrayRef<StepInterval> Reach);

/// What keeps control from a call.
struct Obstacle {
  std::string Text;
  std::vector<ReasonLine> Why;
};

class Explainer {
public:
  Explainer(ExplainSession &S, FunctionId F, uint32_t Line)
      : S(S), P(S.P), Walk(S.Walk), F(F), Line(Line) {}

  /// All but the answers about a rule.
  Explanation explain();
  /// What \p W says of its sinks in the function and below it.
  RuleExplanation explainRule(const RuleWindow &W);
  /// Why \p Guard in the function lets control pass at \p Step; none if memory
  /// has no part in it. \p IsOnSpine: where the spine walks it call by call.
  std::optional<GuardNote> guardNote(const GuardBlock &Guard, uint32_t Step,
                                     bool IsOnSpine) const;
  /// Functions whose decisions were asked for.
  const std::vector<FunctionId> &asked() const { return Asked; }

private:
  /// A chain in one step, and why findings on it are held back.
  struct Chain {
    std::vector<CallHop> Path;
    std::string HeldBack;
  };

  void explainSteps(Explanation &Out) const;
  void explainPhases(Explanation &Out);
  PhaseRun phaseRun(uint32_t Begin, uint32_t End);
  void explainContexts(Explanation &Out) const;
  void addResultRow(const FrameRecord &Record, ContextId C,
                    std::vector<ExplainedResult> &Rows) const;
  void explainBranches(Explanation &Out);
  void explainCalls(Explanation &Out) const;
  void explainAbsence(Explanation &Out);
  ExplainedObstacle obstacleAt(const WrittenCall &Call,
                               const std::vector<WrittenCall> &Rest);

  Chain chainTo(FunctionId Target, uint32_t Step) const;
  std::vector<WitnessFrame> frames(llvm::ArrayRef<CallHop> Path) const;
  std::string outcome(FunctionId G, const BranchRecord &Branch) const;
  std::string branchText(FunctionId G, const BranchRecord &Branch) const;

  void addReasons(FunctionId G, ContextId C, const FrameRecord &Record,
                  const std::vector<Reason> &Why, uint32_t Step, uint32_t Depth,
                  std::vector<ReasonLine> &Out);
  void addMemory(FunctionId G, const Reason &R, uint32_t Depth,
                 std::vector<ReasonLine> &Out) const;
  void addArgument(FunctionId G, ContextId C, const Reason &R, uint32_t Step,
                   uint32_t Depth, std::vector<ReasonLine> &Out);
  std::optional<GuardNote> guardNoteIn(const FrameRecord &Record,
                                       const GuardBlock &Guard,
                                       uint32_t Step) const;
  /// A function, and what it decided; null if that was not noted.
  struct CalledRecord {
    FunctionId Function;
    const FrameRecord *Record = nullptr;
  };
  CalledRecord calledBy(FunctionId G, const FrameRecord &Record, EventId E,
                        uint32_t Step) const;
  std::optional<std::pair<FunctionId, Reason>>
  readingOf(FunctionId G, const FrameRecord &Record,
            const std::vector<Reason> &Why, uint32_t Step,
            uint32_t Depth) const;
  std::optional<WrittenCall> callerOf(ContextId C, uint32_t Step) const;
  void addReturns(FunctionId Callee, ContextId C, const FrameRecord &Record,
                  uint32_t Step, uint32_t Depth, std::vector<ReasonLine> &Out);
  void addResult(FunctionId G, const FrameRecord &Record, const Reason &R,
                 uint32_t Step, uint32_t Depth, std::vector<ReasonLine> &Out);

  Obstacle obstacle(FunctionId G, llvm::ArrayRef<ContextId> Contexts,
                    const CallEdge &Edge, StepRange Steps);
  const BranchRecord *cutOnTheWay(FunctionId G, const FrameRecord &Record,
                                  EventId E) const;
  std::optional<Obstacle> cutIn(FunctionId G, ContextId C,
                                const FrameRecord &Record, EventId E,
                                uint32_t Step);

  struct Below;
  void collectUses(const RuleWindow &W, const Below &In, RuleExplanation &Out);
  void collectGuarded(const RuleWindow &W, const Below &In,
                      RuleExplanation &Out);
  Below below(const RuleWindow &W) const;

  ExplainSession &S;
  const Program &P;
  BootWalk &Walk;
  FunctionId F;
  uint32_t Line;
  std::vector<FunctionId> Asked;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EXPLAINER_H
