//===- MilestoneIndex.h - where in the program milestones can happen ------===//

#ifndef BOOTORDER_SOLVE_MILESTONEINDEX_H
#define BOOTORDER_SOLVE_MILESTONEINDEX_H

#include "solve/RuleIndex.h"

namespace bootorder {

/// One way a milestone may be completed.
struct MilestoneWay {
  uint32_t Milestone = 0; ///< in RuleSet::Milestones
  uint32_t Event = 0;     ///< in Milestone::Events
  friend bool operator==(MilestoneWay A, MilestoneWay B) {
    return A.Milestone == B.Milestone && A.Event == B.Event;
  }
};
using WayList = llvm::SmallVector<MilestoneWay, 2>;

/// Milestone events with their names resolved.
///
/// Cost: one pass over the events of the program, for stores; functions are
/// analysed for certain calls on demand.
class MilestoneIndex {
public:
  MilestoneIndex(const RuleIndex &Rules,
                 const std::map<std::string, int64_t> &Constants);

  /// Ways completed when \p F, called by \p Caller if that is known, returns or
  /// is called, as \p Kind says.
  WayList byFunction(FunctionId F, FunctionId Caller,
                     MilestoneEvent::EventKind Kind) const;
  /// Ways completed by event \p E of spine function \p F itself: a store, a
  /// macro, or a call through a pointer.
  WayList byEvent(FunctionId F, EventId E) const;
  /// Ways completed when the entries of \p Table with \p Key have run.
  WayList byTable(uint32_t Table, llvm::StringRef Key) const;
  /// Whether a certain call chain from \p F meets some milestone event.
  bool isOnTheWay(FunctionId F);

private:
  void resolve(uint32_t Milestone, uint32_t Event);
  void findWriters();
  bool isAllowedIn(const MilestoneEvent &E, FunctionId F) const;
  const MilestoneEvent &event(MilestoneWay W) const;
  bool storesValue(MilestoneWay W, const Function &Body, const Event &E) const;

  const RuleIndex &Rules;
  const Program &P;
  const std::map<std::string, int64_t> &Constants;
  std::map<FunctionId, WayList> Functions;
  std::map<ObjectId, WayList> Objects;
  WayList Macros, Dispatches;
  std::vector<bool> Holds; ///< by FunctionId: the body has such an event
  enum class StateKind : uint8_t { Unknown, Busy, No, Yes };
  std::vector<StateKind> OnTheWay;
};

/// The object that \p Address names as a whole, looking through casts.
ObjectId wholeObject(const Program &P, FunctionId F, ExprId Address);

/// Functions that the certain blocks of \p F call directly, in order.
std::vector<FunctionId> certainCallees(const RuleIndex &Rules, FunctionId F);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_MILESTONEINDEX_H
