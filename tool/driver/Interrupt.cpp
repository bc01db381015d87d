#include "tool/driver/Interrupt.h"

#include "support/Error.h"
#include "llvm/Support/Signals.h"
#include <atomic>

using namespace llvm;

namespace bootorder {

/// A signal handler can reach nothing but a global.
static std::atomic<bool> HasInterrupt{false};

void watchInterrupts() {
  sys::SetInterruptFunction([] { HasInterrupt = true; });
}

bool isInterrupted() { return HasInterrupt; }

Error checkInterrupt() {
  if (!isInterrupted())
    return Error::success();
  return makeError("interrupted; no result was written");
}

} // namespace bootorder
