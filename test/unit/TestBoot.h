//===- TestBoot.h - five-line kernels in C, walked and judged -------------===//

#ifndef BOOTORDER_TEST_UNIT_TESTBOOT_H
#define BOOTORDER_TEST_UNIT_TESTBOOT_H

#include "TestTu.h"
#include "link/Link.h"
#include "solve/Solve.h"

namespace bootorder {

/// A kernel that boots through `start` and is ready once `ready` has returned.
/// Rule `early` says what must not come before that.
class TestBoot {
public:
  /// \p Code: main.c, without Frame.
  explicit TestBoot(llvm::StringRef Code) { unit("main.c", Code); }

  /// Declared before the code of every unit.
  static const char Frame[];
  /// The usual boot, for main.c: `first`, then `ready`.
  static const char Start[];

  TestBoot &unit(llvm::StringRef Name, llvm::StringRef Code);
  /// `sink()` must not come early.
  TestBoot &forbidSink();
  /// `alloc(flags)` must not come early with bit WAIT; it matters for what
  /// reaches `enable()` if \p MattersForEnabling.
  TestBoot &forbidAlloc(bool MattersForEnabling = false);
  /// What the rules say of functions \p Names beyond their C code.
  TestBoot &state(FunctionEffect::EffectKind Kind,
                  const std::vector<std::string> &Names);

  /// Joins the units; the rules cannot change what they are made of later.
  const Program &link(bool IsReversed = false);
  SolveResult solve(bool IsReversed = false);
  /// `function: sink`, with `?` for a value that is not known, and `masked` or
  /// `latent`; a finding's other places follow it.
  std::vector<std::string> findings(bool IsReversed = false);
  /// Functions with a body that the boot reaches.
  std::vector<std::string> reached();

  ObjectId object(llvm::StringRef Name) const {
    return Linked.objectsNamed(Name).front();
  }
  FunctionId function(llvm::StringRef Name) const {
    return Linked.functionsNamed(Name).front();
  }
  FieldKey field(llvm::StringRef Record, llvm::StringRef Name) const;

  RuleSet Rules;
  SolveOptions Options;

private:
  std::map<std::string, ExtractResult> Units; ///< by name
  TestHeaders Headers;
  Program Linked;
};

} // namespace bootorder

#endif // BOOTORDER_TEST_UNIT_TESTBOOT_H
