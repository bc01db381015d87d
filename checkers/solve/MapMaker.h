//===- MapMaker.h - the parts of making a phase map -----------------------===//

#ifndef BOOTORDER_SOLVE_MAPMAKER_H
#define BOOTORDER_SOLVE_MAPMAKER_H

#include "model/PhaseMap.h"
#include "solve/Witness.h"

namespace bootorder {

/// Globals whose values are followed while the boot is walked.
struct FollowedGlobals {
  std::vector<ObjectId> Objects;
  std::vector<Value> First, Last; ///< of each: at the start, and so far
  uint64_t Clock = ~uint64_t(0);  ///< of memory, when they were last looked at
  std::vector<MapChange> Changes; ///< Global is an index in Objects
};

/// Scalars that other units can read, themselves or by functions that only tell
/// what they hold.
FollowedGlobals findGlobals(const Program &P);

/// Notes what has changed in \p Globals up to the end of the step before
/// \p Next.
void followGlobals(FollowedGlobals &Globals, Machine &State, uint32_t Next);

/// Fills in Globals, Changes and Shared of \p Map.
void writeGlobals(const FollowedGlobals &Globals, const Program &P,
                  PhaseMap &Map);

/// Whether \p F, which has a body, only tells what globals hold.
bool isAccessor(const Program &P, FunctionId F);

/// Fills in Functions and Frames of \p Map.
void writeEntries(const RuleIndex &Rules, const BootHistory &History,
                  const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows,
                  const ReportSteps &Steps, const WitnessWriter &Writer,
                  PhaseMap &Map);

/// Fills in Effects of \p Map.
void writeEffects(const RuleIndex &Rules, BootWalk &Walk,
                  llvm::ArrayRef<RuleWindow> Windows, const ReportSteps &Steps,
                  EffectSearch &Effects, uint32_t StepCount, PhaseMap &Map);

/// \p Steps as intervals, looking at [0, \p End).
std::vector<MapSteps> intervalsOf(const StepSet &Steps, uint32_t End);

} // namespace bootorder

#endif
