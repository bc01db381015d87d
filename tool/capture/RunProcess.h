#ifndef BOOTORDER_TOOL_CAPTURE_RUNPROCESS_H
#define BOOTORDER_TOOL_CAPTURE_RUNPROCESS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <string>
#include <utility>
#include <vector>

namespace bootorder {

/// How a process ended.
struct ProcessResult {
  int ExitCode = 0; ///< 128 plus the signal if one ended it
  /// What it wrote to its output and error stream, interleaved as written; the
  /// last megabyte.
  std::string Output;
};

/// Variables added to the environment of a process.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// Runs \p Words (found through PATH) and waits. \p Tick is called a few times
/// a second. An interrupt of ours is passed on, and the process waited for.
/// Errors: a program that cannot be started, by name.
llvm::Expected<ProcessResult> runProcess(
    llvm::ArrayRef<std::string> Words, const Environment &Added,
    llvm::function_ref<void()> Tick = [] {});

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_RUNPROCESS_H
