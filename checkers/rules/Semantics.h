#ifndef BOOTORDER_RULES_SEMANTICS_H
#define BOOTORDER_RULES_SEMANTICS_H

#include "rules/KernelCondition.h"
#include "support/Glob.h"
#include "support/SourceRange.h"
#include <optional>
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

/// Objects of which every processor has a copy, at an address that is computed
/// from that of the object.
struct CopiedObjects {
  GlobSet Sections; ///< of the objects
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
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

} // namespace bootorder

#endif // BOOTORDER_RULES_SEMANTICS_H
