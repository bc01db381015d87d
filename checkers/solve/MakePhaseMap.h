//===- MakePhaseMap.h - the abstract boot as a phase map ------------------===//

#ifndef BOOTORDER_SOLVE_MAKEPHASEMAP_H
#define BOOTORDER_SOLVE_MAKEPHASEMAP_H

#include "model/PhaseMap.h"
#include "solve/Solve.h"

namespace bootorder {

/// Walks the abstract boot of \p P as solve() does and writes down what a unit
/// that is judged alone has to know: see PhaseMap. The caller fills in what it
/// says of the tree and of files. Deterministic.
PhaseMap makePhaseMap(const Program &P, const RuleSet &Rules,
                      const SolveOptions &Options);

} // namespace bootorder

#endif
