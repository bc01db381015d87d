//===- UnitVerdicts.h - one unit judged alone -----------------------------===//
//
// What clang-tidy has parsed becomes facts, a program of one unit, and
// findings, by the passes that `bootorder check` runs on a whole tree.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TIDY_UNITVERDICTS_H
#define BOOTORDER_TIDY_UNITVERDICTS_H

#include "rules/KernelTree.h"
#include "solve/Finding.h"
#include "tidy/Remarks.h"
#include <memory>
#include <optional>

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace bootorder {

class PhaseMapFile;

/// What the user asks for; the same for all checks.
struct TidyOptions {
  std::string Rules = "linux"; ///< names or files, separated by commas
  std::string Profile = "default";
  std::string PhaseMap;    ///< file; empty: none
  bool WithMasked = false; ///< show what a mask in memory hides, too
};

/// A unit as clang-tidy has it.
struct TidyUnit {
  clang::ASTContext &Ast;
  clang::Preprocessor &PP;
  std::string File;      ///< main file, absolute
  std::string Directory; ///< where its command runs
};

/// What there is to say about a unit.
struct UnitVerdicts {
  std::string SourceRoot;        ///< of the kernel; places are relative to it
  std::vector<Finding> Findings; ///< sorted by place, then rule
  std::vector<Remark> Remarks;
};

/// Judges \p Unit by \p Rules, which have not been selected for its tree.
///
/// Everything that the unit does not define is code without a body. With \p Map
/// (may be null) it is what the map says it is, and findings are those in the
/// unit's own files; without it, only what the unit's own entry points of the
/// boot reach is judged.
/// Errors: the tree or its configuration cannot be read.
llvm::Expected<UnitVerdicts> judgeUnit(const TidyUnit &Unit,
                                       const RuleSet &Rules, Profile Wanted,
                                       const PhaseMapFile *Map);

} // namespace bootorder

#endif
