//===- DumpFacts.h - the facts of one unit, readably ----------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_DUMPFACTS_H
#define BOOTORDER_TOOL_DRIVER_DUMPFACTS_H

#include "tool/driver/Analysis.h"

namespace bootorder {

/// Prints the facts in \p File: a `.facts` file, or a source that the compile
/// database of \p Options lists, which is then parsed. The header functions
/// that such a source uses follow its own.
void dumpFacts(const AnalysisOptions &Options, llvm::StringRef File,
               CommandResult &Result);

} // namespace bootorder

#endif
