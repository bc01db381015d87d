//===- Lint.h - how well the rules fit a tree -----------------------------===//

#ifndef BOOTORDER_SOLVE_LINT_H
#define BOOTORDER_SOLVE_LINT_H

#include "link/Program.h"
#include "rules/RuleSet.h"
#include "support/Error.h"
#include <map>

namespace bootorder {

/// Reports what \p Rules say that the kernel image \p P does not bear out, each
/// complaint at the rule that makes it:
///
/// - names that the tree lacks and no `names` entry explains,
/// - milestones that the boot never completes, or completes again and again,
/// - tables without an entry or without a dispatcher,
/// - rules that share a sink and a milestone,
/// - milestones that come in another order than expected.
///
/// \p Rules must have been selected for the tree, and \p Constants are their
/// values there. Walks the boot once, as far as rules of the default profile
/// need.
DiagnosticList lintRules(const Program &P, const RuleSet &Rules,
                         const std::map<std::string, int64_t> &Constants);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_LINT_H
