//===- Interrupt.h - a clean stop on Ctrl-C -------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_INTERRUPT_H
#define BOOTORDER_TOOL_DRIVER_INTERRUPT_H

#include "llvm/Support/Error.h"

namespace bootorder {

/// From now on the first interrupt (SIGINT, SIGTERM, SIGHUP) only makes
/// isInterrupted() true; the next one ends the process at once.
void watchInterrupts();

/// From now on an interrupt ends the process at once, with exit status 4 and a
/// message: for passes that write nothing, so that none of their loops has to
/// ask. A file that is being written is removed. This is the one end of the
/// process that main() does not see; watchInterrupts() takes it back.
///
/// Errors: an interrupt came before, and nobody has asked.
llvm::Error endOnInterrupt();

/// A descriptor that can be read from once isInterrupted() is true, for who
/// waits for more than an interrupt; never to be closed. -1 if the system has
/// none left.
int interruptBell();

/// Whether an interrupt came since watchInterrupts(). Any thread may ask.
bool isInterrupted();

/// An error if an interrupt came: passes ask between steps, so that a stopped
/// run leaves no file behind.
llvm::Error checkInterrupt();

} // namespace bootorder

#endif
