//===- Group.h - one finding per decision ---------------------------------===//

#ifndef BOOTORDER_SOLVE_GROUP_H
#define BOOTORDER_SOLVE_GROUP_H

#include "solve/Finding.h"

namespace bootorder {

/// The call that a finding without an offending value is owed to.
struct Decision {
  uint32_t Frame = 0; ///< in Finding::Path
  /// The whole of what an entry of a linker table does is one decision.
  bool IsTableEntry = false;
};

/// Where on \p F's path it is decided that its sink runs early. Shared code that
/// enables interrupts is right to do so; who calls it too soon is not. So it is
/// the entry of a linker table if the path comes through one; else the call by
/// which control leaves the source file of the root, or the call of the function
/// with the sink if control stays there. The sink's own frame if \p F has a
/// value, which has an origin of its own, or if the root itself has the sink.
Decision decisionOf(const Finding &F);

/// Joins the findings of one rule that are owed to the same call: the one with
/// the shortest path stays, with the places of the others in Others and the roots
/// of all. \p Findings are sorted by place, before and after.
void groupByDecision(std::vector<Finding> &Findings);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_GROUP_H
