#ifndef BOOTORDER_RULES_SINK_H
#define BOOTORDER_RULES_SINK_H

#include "rules/Milestone.h"
#include "support/Glob.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// The argument that decides whether a call is a sink.
///
/// Either Index or TypeName is set. By type: every parameter of the called
/// function whose type was written with that typedef.
struct SinkArgument {
  std::optional<unsigned> Index; ///< from 0
  std::string TypeName;          ///< a typedef, such as `gfp_t`
  /// Names of RuleSet::Constants: the call counts if the argument may contain
  /// any of those bits. Constants that the tree lacks do not count.
  std::vector<std::string> HasAnyBit;
  /// Numbers or names of RuleSet::Constants: the call counts if the argument
  /// is known to be one of those; NULL is 0. Instead of HasAnyBit.
  std::vector<std::string> IsAnyOf;
  SourceRange Where;
};

/// The argument that tells which object a call is about: the one it points to,
/// or, with a path, the one that the last of these pointer fields points to.
struct ObjectArgument {
  unsigned Index = 0; ///< from 0
  /// `device_driver.bus`: a record and its field each.
  std::vector<std::string> Path;
  SourceRange Where;
};

/// The calls that make an object what its users need.
struct Provider {
  GlobSet Functions;
  ObjectArgument Object;
  SourceRange Where;
};

/// Something that must not happen too early or too late.
///
/// A use matches if its function, macro or cleanup is among the names and all
/// the filters agree; an empty filter agrees with everything.
struct Sink {
  GlobSet Functions;
  GlobSet Macros;
  /// Functions named by `__attribute__((cleanup))`, as called at a scope's end:
  /// what `guard()` and `scoped_guard()` leave behind.
  GlobSet CleanupOf;
  /// Names of RuleSet::Effects: everything that has the effect is this sink.
  /// Empty after readRules(), which puts the uses of the effect, narrowed by
  /// the filters of this sink, in its place.
  std::vector<std::string> Having;
  std::optional<SinkArgument> Argument;
  /// Of rules with a provider: the object that has to be provided.
  std::optional<ObjectArgument> Object;
  /// Names of RuleSet::Effects that make the call matter: one whose callee
  /// reaches none of them, with the argument's value if that is stated, is
  /// harmless. Empty: the call itself is the trouble.
  std::vector<std::string> MattersFor;
  /// Functions that hold the use, and files relative to the kernel root.
  GlobSet Callers, NotCallers, Files, NotFiles;
  /// Any of these tasks; empty: all.
  std::vector<TaskKind> Tasks;
  KernelCondition When;
  /// Why the filters are there; mandatory with NotCallers or NotFiles.
  std::string Reason;
  SourceRange Where;
};

/// A named effect: the uses that have it.
struct Effect {
  std::string Name;
  /// For messages: "interrupts are enabled".
  std::string Means;
  std::vector<Sink> Uses;
  SourceRange Where;
};

} // namespace bootorder

#endif // BOOTORDER_RULES_SINK_H
