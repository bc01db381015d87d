//===- SafeRun.h - a crash of the parser is not ours ----------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_SAFERUN_H
#define BOOTORDER_TOOL_DRIVER_SAFERUN_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace bootorder {

/// Runs \p Work on a stack deep enough for Clang. The status of the crash, if
/// it crashed; what it wrote may then be half-written.
/// llvm::CrashRecoveryContext must have been enabled.
std::optional<int> runSafely(llvm::function_ref<void()> Work);

} // namespace bootorder

#endif
