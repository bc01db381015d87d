//===- FindingText.h - the parts of a finding in words --------------------===//
//
// Whoever shows findings, on a terminal or in an editor, says the same of them.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_FINDINGTEXT_H
#define BOOTORDER_SOLVE_FINDINGTEXT_H

#include "solve/Finding.h"

namespace bootorder {

/// `init/main.c:623`; the file alone if there is no line.
std::string placeText(const SourcePlace &Place);

/// `calls ppc_md.init_IRQ`, `runs pmac_setup at scope exit`.
std::string actionText(const WitnessFrame &Frame);

/// `= pmac_pic_init, from mach_powermac (setup.c:12)`; empty for a plain call.
std::string evidenceText(const WitnessFrame &Frame);

/// `GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10)`.
std::string valueText(const OffendingValue &Value);

/// `runs in 'init_IRQ' (init/main.c:623); needs milestone irqs_on: ... (init/main.c:635),
/// which comes later`.
std::string orderText(const Finding &F);

} // namespace bootorder

#endif
