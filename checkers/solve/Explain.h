//===- Explain.h - when a function can run, and what stops it -------------===//

#ifndef BOOTORDER_SOLVE_EXPLAIN_H
#define BOOTORDER_SOLVE_EXPLAIN_H

#include "solve/Explanation.h"
#include "solve/Solve.h"
#include "llvm/Support/Error.h"

namespace bootorder {

struct ExplainRequest {
  std::string Function;
  std::string File;  ///< where it is defined; a suffix is enough; may be empty
  std::string Rule;  ///< bare id; empty: none
  uint32_t Line = 0; ///< branches and calls on this line only; 0: all
};

/// Explains one function of \p P.
///
/// Walks the boot with a log of what is decided in that function and in those
/// that its conditions ask; twice if other functions turn out to stand in the
/// way. Errors: no or several functions of that name, no such rule; near names
/// or the files are in the message.
llvm::Expected<Explanation> explain(const Program &P, const RuleSet &Rules,
                                    const SolveOptions &Options,
                                    const ExplainRequest &Request);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EXPLAIN_H
