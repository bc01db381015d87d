//===- FactsCheck.h - whether facts hang together -------------------------===//

#ifndef BOOTORDER_MODEL_FACTSCHECK_H
#define BOOTORDER_MODEL_FACTSCHECK_H

#include "model/Facts.h"
#include "llvm/Support/Error.h"

namespace bootorder {

/// Success if whoever walks \p Module needs no bounds checks and cannot loop:
///
/// - every index is none or inside its table, and is there where its owner has
///   no meaning without it (the target of a write, the name of a field);
/// - every range lies inside its table, enumerations have a value they name;
/// - macros come after their parents and symbols after their owners;
///   expressions come after their operands and have as many as their kind says;
/// - a function has a block, its edges lead to blocks, and blocks that branch
///   on a value have a condition;
/// - functions are functions and objects are objects.
///
/// The index of a Param is below MaxParams but may exceed the signature's,
/// which old-style declarations leave empty.
///
/// Errors: the first mistake, saying where and what. Linear in the facts.
llvm::Error checkFacts(const FactsModule &Module);

/// Also that keys are sorted.
llvm::Error checkFacts(const TuFacts &Facts);

/// Also that there is exactly one function.
llvm::Error checkFacts(const HeaderFacts &Facts);

constexpr int64_t MaxParams = 1024;

} // namespace bootorder

#endif
