//===- Ledger.h - what was seen, and what could not be --------------------===//

#ifndef BOOTORDER_SOLVE_LEDGER_H
#define BOOTORDER_SOLVE_LEDGER_H

#include "solve/SourcePlace.h"
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bootorder {

struct UnresolvedCall {
  std::string Function;
  SourcePlace Place;
  std::string Through; ///< the callee expression as text
};

struct LostUnit {
  std::string Unit;
  std::string Reason;
  /// The object it would have become; empty if facts were kept by a version of
  /// bootorder that did not say.
  std::string Output = {};
};

/// What was seen, and what could not be.
struct Ledger {
  uint32_t Units = 0; ///< that belong to vmlinux
  uint32_t UnitsParsed = 0;
  uint32_t UnitsWithNotes = 0; ///< parsed, but Clang complained
  uint32_t ModuleUnits = 0;    ///< left out: not part of vmlinux
  uint32_t AssemblyUnits = 0;
  std::vector<LostUnit> UnitsLost; ///< sorted
  uint32_t Functions = 0;          ///< with a body, after linking
  uint32_t DuplicateDefinitions = 0;
  std::vector<std::string> Duplicates; ///< names of those, sorted
  uint32_t FlowLostFunctions = 0;
  std::map<std::string, uint32_t> ReachedBefore; ///< milestone -> functions
  uint32_t IndirectCalls = 0;                    ///< in reached code
  std::vector<UnresolvedCall> UnresolvedCalls;   ///< of those, sorted
  std::vector<std::string> Assumed;           ///< rule assumptions used, sorted
  std::vector<std::string> MissingMilestones; ///< required, not found
  std::vector<std::string> MissingEntryPoints; ///< required, not found
  uint32_t HeldBack = 0;                       ///< findings below boundaries
  uint32_t Suppressed = 0;                     ///< findings rules do not want
  uint32_t Branches = 0;                       ///< of reached contexts
  uint32_t BranchesDecided = 0; ///< one side of which is never taken
  uint32_t ValuesRead = 0;      ///< places of globals that were read or written
  uint32_t ValuesKnown = 0;     ///< of them, those known to the end
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_LEDGER_H
