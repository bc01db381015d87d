//===- Suppressions.h - suppressions as a report has them -----------------===//

#ifndef BOOTORDER_TOOL_REPORT_SUPPRESSIONS_H
#define BOOTORDER_TOOL_REPORT_SUPPRESSIONS_H

#include "tool/report/Report.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// What suppressions are held against.
struct SuppressionContext {
  /// Every rule there is, also those that do not apply to this tree.
  llvm::ArrayRef<std::string> KnownRules;
  llvm::ArrayRef<ChainSuppression> ByChain;
};

/// Sets the standing of findings that a comment at their place, or at the call
/// they are owed to, allows, or a chain of the rules: then every chain of the
/// finding has to match. Adds findings for comments that are wrong
/// (`bad-suppression`, an error) and, if the analysis is complete, for those
/// that allow nothing any more (`stale-suppression`, a warning).
void applySuppressions(const SuppressionContext &Context, Report &R);

} // namespace bootorder

#endif
