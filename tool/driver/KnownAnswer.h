//===- KnownAnswer.h - what an earlier run came to ------------------------===//
//
// Solving is a function of facts, description of the tree, rules, constants
// and options. When all of these are those of an earlier run, its result is
// taken from the cache, and facts are not even decoded. What follows, such as
// suppressions in comments of the source, baselines and formats, is no part of
// it and done anew each time.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_KNOWNANSWER_H
#define BOOTORDER_TOOL_DRIVER_KNOWNANSWER_H

#include "tool/driver/Analysis.h"

namespace bootorder {

/// The analysis of \p Tree that an earlier run kept; none if there is none, if
/// anything it depends on has changed, or if it must not be used.
std::optional<Analysis> recallAnalysis(const AnalysisOptions &Options,
                                       const Opened &Tree);

/// Keeps \p Done, which was analysed with \p Constants. Does nothing without a
/// cache, if a unit was lost, or if the tree was edited meanwhile.
void keepAnalysis(const AnalysisOptions &Options, const Opened &Tree,
                  const std::map<std::string, int64_t> &Constants,
                  const Analysis &Done);

} // namespace bootorder

#endif
