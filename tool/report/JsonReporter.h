//===- JsonReporter.h - the report as one JSON object ---------------------===//

#ifndef BOOTORDER_TOOL_REPORT_JSONREPORTER_H
#define BOOTORDER_TOOL_REPORT_JSONREPORTER_H

#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// Writes \p R as one object and a line end.
///
/// Keys: `version`; `tree` {`kernel`, `arch`}; `complete` and `incomplete`
/// (reasons); `ledger` with the counts of the text report under fixed names,
/// `unitsLost` [{`unit`, `reason`}], `reachedBefore` {milestone: functions},
/// `assumed` and `missingMilestones` as lists; `findings`, each with `rule`,
/// `class`, `severity`, `confidence`, `message`, `sink`, `function`, `file`,
/// `line`, `column`, `step`, `needs`, `value` (null if the sink has none),
/// `fingerprint`, `roots` and `path`. `step` and `needs` are objects that name
/// function, file and line; `needs` also what the milestone `means`. `effect`
/// names what makes the sink matter, `effectMeans` says it in words, and
/// `onlyAfterFailureOf` is there if control comes to the sink only after an
/// allocation has failed. Lines and columns are 1-based, 0 means none.
///
/// Of \p Also, `masked` and `latent` list findings in the same form.
///
/// Scripts rely on the keys: they may be added to, never renamed.
void printJson(llvm::raw_ostream &OS, const Report &R, OnRequest Also = {});

} // namespace bootorder

#endif
