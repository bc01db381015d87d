//===- FileWatch.h - waits until a file changes ---------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_FILEWATCH_H
#define BOOTORDER_TOOL_DRIVER_FILEWATCH_H

#include "tool/driver/RunInputs.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <chrono>

namespace bootorder {

/// What a wait rests on.
struct WatchCounts {
  size_t Files = 0; ///< different paths
  /// That the system watches for us: where the files are, or where the next
  /// folder above is that exists.
  size_t Folders = 0;
};

/// Waits until one of \p Inputs is written, replaced, removed, or there at
/// last, and then until nothing more happens to them for \p Quiet: an editor
/// writes a file in several steps, and another program several files.
///
/// What has happened since \p Since, in nanoseconds as clockNow() counts, ends
/// the wait at once. \p Ready is called when nothing that happens from then on
/// can be missed. The result is sorted and unique; empty after an interrupt,
/// see watchInterrupts().
/// Errors: the system watches no more folders; the message says how many are
/// wanted and which setting to raise.
llvm::Expected<std::vector<std::string>>
waitForChange(llvm::ArrayRef<RunInput> Inputs, int64_t Since,
              llvm::function_ref<void(const WatchCounts &)> Ready,
              std::chrono::milliseconds Quiet = std::chrono::milliseconds(100));

/// The system would not watch one of \p Wanted folders; \p Limit is what it
/// says it watches for one user, 0 if it does not say.
llvm::Error tooManyFolders(size_t Wanted, uint64_t Limit);

} // namespace bootorder

#endif
