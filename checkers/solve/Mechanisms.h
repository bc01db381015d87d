//===- Mechanisms.h - the parts of the analysis, for measuring them -------===//
//
// Each idea of the analysis can be left out, to see what it is worth: the
// table of docs/analysis.md is made so. Answers are worse without any of them;
// this is nothing that a user of the tool would want.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_MECHANISMS_H
#define BOOTORDER_SOLVE_MECHANISMS_H

#include "rules/RuleSet.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// Which parts are in use.
struct Mechanisms {
  bool InitialMemory = true; ///< globals start with what the source shows
  bool CertainWrites = true; ///< a certain write of the spine replaces
  bool Guards = true;        ///< conditions that values decide cut edges
  bool Contexts = true;      ///< a function is told apart by its arguments
  bool Tests = true;         ///< inside `if (x == 3)` x is 3
  bool Heap = true;          ///< what a call allocates is an object
  bool Results = true;       ///< what a callee returns is followed
  bool Liveness = true;      ///< a registration counts once live code makes it
  bool Narrowing = true;     ///< memory limits where a pointer can lead
  bool Masks = true;         ///< `flags & mask` with a mask read from memory
  bool CrashPaths = true;    ///< findings are held back before a crash
  bool Effects = true;       ///< a sink counts only if its effect is reached
  bool Boundaries = true;    ///< findings are held back below what rules name
  bool Waiting = true;       ///< what waits for a task or milestone is idle
};

/// A part by the name that `--without` takes.
struct MechanismName {
  llvm::StringLiteral Name;
  bool Mechanisms::*Part;
};

/// All parts, in the order of docs/analysis.md.
llvm::ArrayRef<MechanismName> mechanismNames();

/// \p Rules without the statements that belong to parts not in use.
RuleSet keptRules(RuleSet Rules, const Mechanisms &In);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_MECHANISMS_H
