//===- UnitAllowances.h - what source and rules say of a unit's findings --===//

#ifndef BOOTORDER_TIDY_UNITALLOWANCES_H
#define BOOTORDER_TIDY_UNITALLOWANCES_H

#include "rules/RuleSet.h"
#include "tidy/UnitVerdicts.h"

namespace clang {
class SourceManager;
} // namespace clang

namespace bootorder {

/// Takes findings out of \p Verdicts that a comment, or a chain of \p Selected,
/// says are right, as `bootorder check` does, and adds those about comments
/// that are wrong (`bad-suppression`).
///
/// \p Own: the unit's own files, relative to the kernel root like all paths;
/// only their comments are looked through for mistakes. Whether a comment is
/// needed at all cannot be told from one unit.
void applyAllowances(clang::SourceManager &Sources, const RuleSet &Rules,
                     const RuleSet &Selected, llvm::ArrayRef<std::string> Own,
                     UnitVerdicts &Verdicts);

} // namespace bootorder

#endif
