#ifndef BOOTORDER_RULES_STATEMENTS_H
#define BOOTORDER_RULES_STATEMENTS_H

#include "rules/KernelCondition.h"
#include "support/Glob.h"
#include "support/SourceRange.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// Findings that somebody has looked at and does not want to see again.
struct Suppression {
  /// Rules, functions and files that findings are placed in, and sinks; an
  /// empty set agrees with everything, Rules is never empty.
  GlobSet Rules, Functions, Files, Sinks;
  KernelCondition When;
  std::string Reason; ///< never empty
  SourceRange Where;
};

/// Findings that are known to be right where they are reached through certain
/// functions.
struct ChainSuppression {
  std::vector<std::string> Rules;
  /// Names and patterns of functions on the chain, from the boot's entry to the
  /// sink, with any others between them.
  std::vector<GlobSet> Chain;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// Where names of functions, macros and tables' symbols are to be found, so
/// that a name which a tree lacks is either explained or a mistake.
struct NameStatement {
  std::vector<std::string> Names; ///< as written where they are used
  KernelCondition When;
  /// True if even trees that fit the conditions may lack them.
  bool Optional = false;
  /// Whether When holds in the tree; selectFor() keeps all and sets this.
  bool Applies = true;
  std::string Reason;
  SourceRange Where;
};

/// Milestones that trees of this kind complete in this order: no rule uses it,
/// `rules lint` reports a tree where it is not so.
struct ExpectedOrder {
  std::vector<std::string> Milestones;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

} // namespace bootorder

#endif // BOOTORDER_RULES_STATEMENTS_H
