//===- StepLog.h - when things run, as the boot goes on -------------------===//

#ifndef BOOTORDER_SOLVE_STEPLOG_H
#define BOOTORDER_SOLVE_STEPLOG_H

#include "solve/StepSet.h"
#include <algorithm>

namespace bootorder {

/// The steps of each of many things, by their numbers. Steps never go back, so
/// that only the latest interval of each is at hand.
class StepLog {
public:
  void resize(size_t Count) { Latest.resize(Count); }

  void add(uint32_t Id, uint32_t Step) {
    Run &Now = Latest[Id];
    if (Now.Steps.Last == Step)
      return;
    if (Now.isEmpty() || Now.Steps.Last + 1 != Step) {
      if (Now.isEmpty()) {
        Now.Begin = Step;
      } else {
        Earlier.push_back(Now);
        Now.Before = Earlier.size() - 1;
      }
      Now.Steps.First = Step;
    }
    Now.Steps.Last = Step;
  }
  bool isEmpty(uint32_t Id) const {
    return Id >= Latest.size() || Latest[Id].isEmpty();
  }
  /// The first step and the last one of \p Id; none if it never runs.
  std::optional<StepInterval> span(uint32_t Id) const {
    if (isEmpty(Id))
      return std::nullopt;
    return StepInterval{Latest[Id].Begin, Latest[Id].Steps.Last};
  }
  /// In order; empty if it never runs.
  std::vector<StepInterval> steps(uint32_t Id) const {
    std::vector<StepInterval> Found;
    if (isEmpty(Id))
      return Found;
    Found.push_back(Latest[Id].Steps);
    for (uint32_t I = Latest[Id].Before; I != Run::None; I = Earlier[I].Before)
      Found.push_back(Earlier[I].Steps);
    std::reverse(Found.begin(), Found.end());
    return Found;
  }

private:
  struct Run {
    static constexpr uint32_t None = ~0u;
    StepInterval Steps{0, StepInterval::NoEnd}; ///< no end: none yet
    uint32_t Before = None;                     ///< in Earlier
    uint32_t Begin = 0;                         ///< the first step of all
    bool isEmpty() const { return Steps.Last == StepInterval::NoEnd; }
  };
  std::vector<Run> Latest; ///< by number
  std::vector<Run> Earlier;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_STEPLOG_H
