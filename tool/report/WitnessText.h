//===- WitnessText.h - the chain from the boot entry to the sink ----------===//

#ifndef BOOTORDER_TOOL_REPORT_WITNESSTEXT_H
#define BOOTORDER_TOOL_REPORT_WITNESSTEXT_H

#include "solve/FindingText.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// Prints one line per frame, columns aligned: place, function, what it does.
/// A frame whose call needs evidence gets a second line under the last column.
///
/// With \p MaxFrames other than 0 a longer path is folded where it is dull: its
/// ends and the calls through pointers and tables stay, and a line names the
/// functions that are left out. Every line starts with \p Indent spaces.
void printWitness(llvm::raw_ostream &OS, const std::vector<WitnessFrame> &Path,
                  unsigned MaxFrames, unsigned Indent);

} // namespace bootorder

#endif
