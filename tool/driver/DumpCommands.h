//===- DumpCommands.h - what Clang is run with ----------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_DUMPCOMMANDS_H
#define BOOTORDER_TOOL_DRIVER_DUMPCOMMANDS_H

#include "tool/driver/Analysis.h"

namespace bootorder {

/// Prints the units of vmlinux as a compile database, with the arguments that
/// they are parsed with: those of the build less what Clang does not know.
void dumpCommands(const AnalysisOptions &Options, CommandResult &Result);

} // namespace bootorder

#endif
