//===- WitnessText.h - the chain from the boot entry to the sink ----------===//

#ifndef BOOTORDER_TOOL_REPORT_WITNESSTEXT_H
#define BOOTORDER_TOOL_REPORT_WITNESSTEXT_H

#include "solve/Finding.h"
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

/// `calls ppc_md.init_IRQ`, `runs pmac_setup at scope exit`.
std::string actionText(const WitnessFrame &Frame);

/// `= pmac_pic_init, from mach_powermac (setup.c:12)`; empty for a plain call.
std::string evidenceText(const WitnessFrame &Frame);

/// `GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10)`.
std::string valueText(const OffendingValue &Value);

} // namespace bootorder

#endif
