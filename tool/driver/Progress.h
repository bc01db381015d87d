//===- Progress.h - one line on a terminal while units are parsed ---------===//

#ifndef BOOTORDER_TOOL_DRIVER_PROGRESS_H
#define BOOTORDER_TOOL_DRIVER_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <mutex>
#include <string>

namespace bootorder {

/// `[ 812/2830] 34/s, 1m 02s left  mm/slub.c`, at most \p Columns wide.
std::string progressLine(size_t Done, size_t Total, double Seconds,
                         llvm::StringRef Unit, unsigned Columns);

/// Draws progressLine() on the error stream, over itself, ten times a second.
/// Draws nothing unless the error stream is a terminal. finished() may be
/// called from any thread.
class Progress {
public:
  explicit Progress(size_t Total);
  /// Wipes the line.
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// One more unit is done.
  void finished(llvm::StringRef Unit);

private:
  using Clock = std::chrono::steady_clock;
  const size_t Total;
  const bool IsShown;
  const Clock::time_point Start = Clock::now();
  std::mutex Mutex; ///< guards the members below and the error stream
  size_t Done = 0;
  Clock::time_point Drawn;
};

} // namespace bootorder

#endif
