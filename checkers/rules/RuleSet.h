#ifndef BOOTORDER_RULES_RULESET_H
#define BOOTORDER_RULES_RULESET_H

#include "rules/LinkerTable.h"
#include "rules/Milestone.h"
#include "rules/Sink.h"
#include <string>
#include <vector>

namespace bootorder {

/// What a function or macro does that its C code does not show.
struct FunctionEffect {
  enum class EffectKind {
    EnablesIrqs,
    DisablesIrqs,
    SavesIrqs,    ///< disables them, after noting the state
    RestoresIrqs, ///< back to a noted state: never an enabling
    Uncontended,  ///< waits only for another task; on the boot CPU it returns
    NoReturn,     ///< does not come back
    Returns,      ///< the result is what Result says
  };
  /// `enabled(arg0) xor arg1`, `enabled(arg0)`, `fresh`, `&object`, or an
  /// integer.
  struct ReturnValue {
    enum class ValueKind {
      Constant,
      KeyEnabled,
      Fresh,   ///< memory that nothing else points to, or NULL
      Address, ///< of the global Object
    };
    ValueKind Kind = ValueKind::Constant;
    int64_t Constant = 0;
    unsigned KeyArgument = 0; ///< position of the static key
    std::optional<unsigned> XorArgument;
    std::string Object;
  };
  EffectKind Kind = EffectKind::EnablesIrqs;
  GlobSet Functions;
  GlobSet Macros;
  ReturnValue Result; ///< for Returns only
  /// Milestone from which on Result is not to be relied on; empty: none.
  std::string Until;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// How this tree names the parts of `static_call()`; both empty: it has none.
struct StaticCallNames {
  std::string TrampolinePrefix;
  std::string KeyPrefix;
};

/// How this tree keeps the state of a static key; empty: it has none.
struct StaticKeyNames {
  /// `record.field`, from the key to the number that is 0 while it is off.
  std::vector<std::string> EnabledPath;
};

/// Functions that call a function-pointer argument before they return, though
/// no C code shows it.
struct CallsNow {
  GlobSet Functions;
  unsigned Argument = 0; ///< from 0
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// Functions that exist to report trouble. They are walked, but findings below
/// them are held back. Never applies to a step of the spine.
struct Boundary {
  GlobSet Functions;
  GlobSet Files;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// Functions that cannot run before a milestone, though code that runs earlier
/// calls them: what they wait for does not happen yet.
struct Deferral {
  GlobSet Functions;
  std::string After; ///< a milestone
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// Out-of-line functions that only pass a request on: a finding below them is
/// placed at their caller, as it is for header inlines.
struct Wrapper {
  GlobSet Functions;
  KernelCondition When;
  std::string Reason;
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

enum class Severity { Error, Warning, Note };
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
  Severity Level = Severity::Error;
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
  std::vector<CallsNow> ImmediateCallers;
  std::vector<Boundary> Boundaries;
  std::vector<Deferral> Deferrals;
  std::vector<Wrapper> Wrappers;
  std::vector<ConstantRequest> Constants;
  std::vector<Effect> Effects;
  std::vector<Rule> Rules;
  std::vector<ChainSuppression> Suppressions;
  /// Files read, in the order of inclusion.
  std::vector<std::string> Files;

  const Milestone *findMilestone(llvm::StringRef Name) const;
  const Effect *findEffect(llvm::StringRef Name) const;
  const Rule *findRule(llvm::StringRef Id) const;
};

/// What of \p Rules applies to \p Tree: whatever has a condition that does not
/// hold there is gone, at every depth.
RuleSet selectFor(const RuleSet &Rules, const TreeInfo &Tree);

} // namespace bootorder

#endif // BOOTORDER_RULES_RULESET_H
