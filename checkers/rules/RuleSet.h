#ifndef BOOTORDER_RULES_RULESET_H
#define BOOTORDER_RULES_RULESET_H

#include "rules/LinkerTable.h"
#include "rules/Milestone.h"
#include "rules/Semantics.h"
#include "rules/Severity.h"
#include "rules/Sink.h"
#include "rules/Statements.h"
#include <string>
#include <vector>

namespace bootorder {

/// A macro or enumerator that Clang evaluates in the analysed tree.
struct ConstantRequest {
  std::string Name;
  /// As one includes it: "linux/gfp.h".
  std::string Header;
  /// True if trees that fit the conditions may lack it.
  bool Optional = false;
  KernelCondition When;
  SourceRange Where;
};

enum class Profile { Default, Strict };

/// Where a claim about the kernel can be read.
struct KernelReference {
  std::string File, Function, Version, Says;
};

/// One boot-order rule.
struct Rule {
  /// Bare, kebab-case, unique: `early-gfp-wait`.
  std::string Id;
  std::string Title;
  SeverityKind Level = SeverityKind::Error;
  Profile In = Profile::Default;
  std::string Why;
  std::string Fix;
  /// Relative to the project root: "docs/checks/early-gfp-wait.md".
  std::string Doc;
  /// Release of bootorder that first had it.
  std::string Since;
  std::vector<Sink> Sinks;
  /// Milestone the sink needs done; empty: none.
  std::string After;
  /// Milestone the sink must precede; empty: none. With After: a window.
  std::string Before;
  /// Milestone from which on nobody asks any more; only with Before.
  std::string Until;
  /// Instead of milestones: what has to be done with the same object first.
  std::optional<Provider> MadeBy;
  /// New in this release: its findings are warnings, whatever Level says.
  bool IsTrial = false;
  KernelCondition When;
  std::vector<KernelReference> References;
  SourceRange Where;
};

/// Everything a set of rule files says. Plain data; vectors keep file order.
/// Names that one part uses of another are checked by the reader.
struct RuleSet {
  std::string Name;
  std::vector<EntryPoint> EntryPoints; ///< by task, then order
  std::vector<Milestone> Milestones;
  std::vector<LinkerTable> Tables;
  std::vector<FunctionEffect> Semantics;
  StaticCallNames StaticCalls;
  StaticKeyNames StaticKeys;
  std::vector<CopiedObjects> Copies;
  std::vector<CallsNow> ImmediateCallers;
  std::vector<Boundary> Boundaries;
  std::vector<Deferral> Deferrals;
  std::vector<Wrapper> Wrappers;
  std::vector<ConstantRequest> Constants;
  std::vector<Effect> Effects;
  std::vector<Rule> Rules;
  std::vector<Suppression> Suppressions;
  std::vector<ChainSuppression> ChainSuppressions;
  std::vector<NameStatement> Names;
  std::vector<ExpectedOrder> Orders;
  /// Files read, in the order of inclusion.
  std::vector<std::string> Files;
  std::vector<std::string> Texts; ///< what each of Files said

  const Milestone *findMilestone(llvm::StringRef Name) const;
  const Effect *findEffect(llvm::StringRef Name) const;
  const Rule *findRule(llvm::StringRef Id) const;
};

/// What a rule's findings count as: Level, or less while the rule is new.
SeverityKind severityOf(const Rule &R);

/// What of \p Rules applies to \p Tree: whatever has a condition that does not
/// hold there is gone, at every depth.
RuleSet selectFor(const RuleSet &Rules, const TreeInfo &Tree);

} // namespace bootorder

#endif // BOOTORDER_RULES_RULESET_H
