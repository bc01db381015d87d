#include "tool/driver/Interrupt.h"

#include "support/Error.h"
#include "tool/ExitStatus.h"
#include "llvm/Support/Signals.h"
#include <atomic>
#include <unistd.h>

using namespace llvm;

namespace bootorder {

/// A signal handler can reach nothing but a global.
static std::atomic<bool> HasInterrupt{false};

void watchInterrupts() {
  sys::SetInterruptFunction([] { HasInterrupt = true; });
}

Error endOnInterrupt() {
  sys::SetInterruptFunction([] {
    // What a signal handler may call: no stream, no memory, no destructor.
    constexpr char Line[] =
        "bootorder: error: interrupted; no result was written\n";
    ssize_t Ignored = ::write(STDERR_FILENO, Line, sizeof(Line) - 1);
    (void)Ignored;
    ::_exit(static_cast<int>(ExitStatus::InternalError));
  });
  return checkInterrupt();
}

bool isInterrupted() { return HasInterrupt; }

Error checkInterrupt() {
  if (!isInterrupted())
    return Error::success();
  return makeError("interrupted; no result was written");
}

} // namespace bootorder
