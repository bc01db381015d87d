//===- SolveResult.h - what the abstract boot concludes -------------------===//

#ifndef BOOTORDER_SOLVE_SOLVERESULT_H
#define BOOTORDER_SOLVE_SOLVERESULT_H

#include "solve/Finding.h"
#include "solve/Ledger.h"

namespace bootorder {

struct StepRow {
  StepPlace Step;
  bool IsCertain = true;
  uint32_t Depth = 0;                  ///< nesting in the spine
  std::vector<std::string> Milestones; ///< completed by this step
  /// The event: ids of the program and of the function's body. None for entry
  /// points, for what a linker table runs, and in answers from the cache.
  uint32_t In = ~0u, Event = ~0u;
};

struct ReachedRow {
  std::string Function;
  std::string File;
  uint32_t FirstStep = 0;
  uint32_t LastStep = 0;
};

struct SolveResult {
  std::vector<Finding> Findings;   ///< sorted by place, then rule
  std::vector<StepRow> Steps;      ///< in order
  std::vector<ReachedRow> Reached; ///< sorted by function, file
  Ledger Summary; ///< capture's part is filled in by the caller
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SOLVERESULT_H
