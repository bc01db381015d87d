//===- JsonParts.h - what several JSON reports have in common -------------===//

#ifndef BOOTORDER_TOOL_REPORT_JSONPARTS_H
#define BOOTORDER_TOOL_REPORT_JSONPARTS_H

#include "solve/Finding.h"
#include "tool/report/ReadReport.h"
#include "llvm/Support/JSON.h"

namespace bootorder {

/// JSON text must be UTF-8; source text need not be.
llvm::json::Value text(llvm::StringRef S);

void writeList(llvm::json::OStream &J, llvm::StringRef Key,
               const std::vector<std::string> &List);
/// The members of the object at hand that say which step it is.
void writeStep(llvm::json::OStream &J, const StepPlace &Step);
/// The members of the object at hand that say which finding it is.
void writeFinding(llvm::json::OStream &J, const KnownFinding &F);
/// A frame of a chain, as an object.
void writeFrame(llvm::json::OStream &J, const WitnessFrame &Frame);

} // namespace bootorder

#endif
