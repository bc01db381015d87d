#include "tool/driver/Interrupt.h"

#include "support/Error.h"
#include "tool/ExitStatus.h"
#include "llvm/Support/Signals.h"
#include <atomic>
#include <fcntl.h>
#include <unistd.h>

using namespace llvm;

namespace bootorder {

/// A signal handler can reach nothing but a global.
static std::atomic<bool> HasInterrupt{false};
/// The end of interruptBell() that is written to; -1: nobody has asked.
static std::atomic<int> BellRope{-1};

void watchInterrupts() {
  sys::SetInterruptFunction([] {
    HasInterrupt = true;
    if (BellRope >= 0) {
      ssize_t Ignored = ::write(BellRope, "", 1);
      (void)Ignored;
    }
  });
}

int interruptBell() {
  static const int Bell = [] {
    int Ends[2];
    if (::pipe2(Ends, O_CLOEXEC | O_NONBLOCK) != 0)
      return -1;
    BellRope = Ends[1];
    return Ends[0];
  }();
  return Bell;
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
