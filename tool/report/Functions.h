//===- Functions.h - the functions of a linked program --------------------===//

#ifndef BOOTORDER_TOOL_REPORT_FUNCTIONS_H
#define BOOTORDER_TOOL_REPORT_FUNCTIONS_H

#include "link/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// `function<TAB>file:line<TAB>events`, one per function with a body, sorted.
void printFunctions(llvm::raw_ostream &OS, const Program &P);

} // namespace bootorder

#endif
