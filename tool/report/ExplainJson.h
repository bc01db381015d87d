//===- ExplainJson.h - one function, for programs -------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_EXPLAINJSON_H
#define BOOTORDER_TOOL_REPORT_EXPLAINJSON_H

#include "solve/Explanation.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// One JSON object; docs/explain.md names its members.
void printExplanationJson(llvm::raw_ostream &OS, const Explanation &E,
                          llvm::StringRef Version);

} // namespace bootorder

#endif
