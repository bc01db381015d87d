//===- Interrupt.h - a clean stop on Ctrl-C -------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_INTERRUPT_H
#define BOOTORDER_TOOL_DRIVER_INTERRUPT_H

#include "llvm/Support/Error.h"

namespace bootorder {

/// From now on the first interrupt (SIGINT, SIGTERM, SIGHUP) only makes
/// interrupted() true; the next one ends the process at once.
void watchInterrupts();

/// Whether an interrupt came since watchInterrupts(). Any thread may ask.
bool isInterrupted();

/// An error if an interrupt came: passes ask between steps, so that a stopped
/// run leaves no file behind.
llvm::Error checkInterrupt();

} // namespace bootorder

#endif
