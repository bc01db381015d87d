//===- CallShape.h - what a call through a pointer may be made for --------===//

#ifndef BOOTORDER_SOLVE_CALLSHAPE_H
#define BOOTORDER_SOLVE_CALLSHAPE_H

#include "link/Program.h"
#include "llvm/ADT/DenseSet.h"

namespace bootorder {

/// Tells calls through pointers by what they pass. A pointer kept as `void *`
/// may hold functions of many types, but a call means one: Linux forbids calls
/// by another type than the function's (kCFI, `CONFIG_CFI_CLANG`,
/// arch/Kconfig, v6.1 on).
class CallShapes {
public:
  explicit CallShapes(const Program &P);

  /// Whether call \p E of \p Caller passes what \p Callee takes: as many
  /// arguments, numbers as wide, and no pointer to another record. What is not
  /// known fits.
  bool fits(FunctionId Caller, EventId E, FunctionId Callee) const;

private:
  llvm::StringRef recordOf(const FactsModule &Facts, const Type &T) const;
  llvm::StringRef recordPassed(FunctionId Caller, ExprId Argument) const;
  bool isHandedOn(FunctionId Caller, EventId E, uint32_t I) const;

  const Program &P;
  llvm::DenseSet<llvm::StringRef> Records; ///< that have fields
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CALLSHAPE_H
