//===- Allowances.h - findings that the source says are right -------------===//
//
//   /* bootorder: allow RULE[, RULE]: REASON */
//
// on the lines of the statement, or alone above it. docs/suppressions.md says
// what that does, and what else there is.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_ALLOWANCES_H
#define BOOTORDER_SOLVE_ALLOWANCES_H

#include "rules/Statements.h"
#include "solve/Finding.h"
#include "support/SourceComments.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

/// What a comment says, or what is wrong with it.
struct AllowComment {
  std::vector<std::string> Rules;
  std::string Reason;
  std::string Mistake; ///< empty: none
};

/// The allowances in the text of one comment; empty if it has none.
std::vector<AllowComment> parseAllowances(llvm::StringRef Comment);

/// A comment of the tree.
struct Allowance {
  AllowComment Says;
  SourcePlace Place;
  uint32_t FirstLine = 0, LastLine = 0; ///< of the code it speaks of
};

/// Something wrong with a comment.
struct AllowanceMistake {
  const Allowance *Of = nullptr;
  std::string Rule; ///< that does not exist; empty: something else is wrong
  std::string Message;
};

/// The allowances of one file, taken from its content.
class AllowingFile {
public:
  AllowingFile(llvm::StringRef Path, llvm::StringRef Content);

  /// In the order of the file.
  llvm::ArrayRef<Allowance> allowances() const { return Allowances; }

  /// The comment by which the statement at \p Line and \p Column is allowed to
  /// do what \p Rule forbids; null: none.
  const Allowance *find(uint32_t Line, uint32_t Column,
                        llvm::StringRef Rule) const;

  /// Comments that suppress nothing, but were meant to: no rule, no reason, or
  /// a rule that is not among \p KnownRules.
  std::vector<AllowanceMistake>
  mistakes(llvm::ArrayRef<std::string> KnownRules) const;

private:
  CommentedSource Source; ///< empty without allowances
  std::vector<Allowance> Allowances;
};

/// The allowances of a file, by its path in a finding; null: it has none.
using FindAllowingFile =
    llvm::function_ref<const AllowingFile *(llvm::StringRef Path)>;

/// The comment that allows \p F, where it is reported or at the call that it is
/// owed to; null: none.
const Allowance *findAllowance(const Finding &F, FindAllowingFile FileOf);

/// Whether every chain that leads to \p F is one that \p By speaks of.
bool isSuppressedBy(const Finding &F, const ChainSuppression &By);

} // namespace bootorder

#endif
