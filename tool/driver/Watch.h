//===- Watch.h - a check that is run again when a file changes ------------===//

#ifndef BOOTORDER_TOOL_DRIVER_WATCH_H
#define BOOTORDER_TOOL_DRIVER_WATCH_H

#include "tool/Commands.h"
#include "tool/driver/RunInputs.h"
#include "tool/report/Report.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace bootorder {

/// One check, which has written its report; none if it failed, which it has
/// said and put into its result. What it rests on is added to \p Inputs.
/// \p IsFirst: it is not the answer to a change.
using WatchedCheck = llvm::function_ref<std::optional<Report>(
    RunInputs &Inputs, bool IsFirst, CommandResult &Result)>;

/// Runs \p Check, then again whenever what it rests on has changed, until an
/// interrupt. Says on the error stream what has changed, which findings are
/// new and fixed since the report before, and when it waits.
///
/// A check that fails is no end: what it rested on before it failed is still
/// looked out for. \p Result gets an error if the first check fails, if files
/// cannot be watched, and after an interrupt.
void watch(WatchedCheck Check, CommandResult &Result);

} // namespace bootorder

#endif
