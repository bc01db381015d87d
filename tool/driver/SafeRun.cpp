#include "tool/driver/SafeRun.h"

#include "llvm/Support/CrashRecoveryContext.h"

namespace bootorder {

/// Clang recurses deeply over long initialisers and nested expressions.
static constexpr unsigned StackBytes = 64 << 20;

std::optional<int> runSafely(llvm::function_ref<void()> Work) {
  llvm::CrashRecoveryContext Guard;
  if (Guard.RunSafelyOnThread(Work, StackBytes))
    return std::nullopt;
  return Guard.RetCode;
}

} // namespace bootorder
