//===- TestProgram.h - five-line kernels, built by hand -------------------===//

#ifndef BOOTORDER_TEST_TESTPROGRAM_H
#define BOOTORDER_TEST_TESTPROGRAM_H

#include "link/Link.h"
#include "model/FactsBuilder.h"
#include "solve/Solve.h"
#include <list>

namespace bootorder::test {

class TestUnit;

/// Adds a function's blocks and events. Begins in block 0; a block runs on to
/// nothing unless an edge is added.
class TestFunction {
public:
  TestFunction(TestUnit &Unit, uint32_t Index) : Unit(Unit), Index(Index) {
    body().Blocks.emplace_back();
  }

  /// Begins another block and returns its number.
  uint32_t block() {
    body().Blocks.emplace_back().Events.First = body().Events.size();
    return body().Blocks.size() - 1;
  }
  /// Edges of the current block; add them before the next block begins.
  TestFunction &go(std::initializer_list<uint32_t> To);
  /// True and False edges by \p Condition.
  TestFunction &branch(ExprId Condition, uint32_t True, uint32_t False);
  TestFunction &noReturn() {
    body().Blocks.back().IsNoReturn = true;
    return *this;
  }

  ExprId node(ExprKind Kind, int64_t Value = 0,
              std::initializer_list<ExprId> Operands = {}, uint8_t Op = 0);
  ExprId constant(int64_t Value, llvm::StringRef Spelling = "");
  ExprId unknown() { return node(ExprKind::Unknown); }
  ExprId param(unsigned I) { return node(ExprKind::Param, I); }
  ExprId fn(llvm::StringRef Name);
  ExprId obj(llvm::StringRef Name);
  ExprId string(llvm::StringRef Text);
  ExprId load(ExprId Address) { return node(ExprKind::Load, 0, {Address}); }
  ExprId field(ExprId Base, llvm::StringRef Record, llvm::StringRef Name);
  ExprId binary(BinaryKind Op, ExprId A, ExprId B) {
    return node(ExprKind::Binary, 0, {A, B}, static_cast<uint8_t>(Op));
  }

  /// A direct call; the result names it.
  ExprId call(llvm::StringRef Name, std::initializer_list<ExprId> Args = {}) {
    return callThrough(fn(Name), Args, CallKind::Direct);
  }
  ExprId callThrough(ExprId Target, std::initializer_list<ExprId> Args = {},
                     CallKind Kind = CallKind::Indirect);
  TestFunction &store(ExprId Address, ExprId Value,
                      WriteKind Kind = WriteKind::Store);
  ExprId define(ExprId Value);
  TestFunction &macroUse(llvm::StringRef Macro);
  TestFunction &returns(ExprId Value);

  Function &body();

private:
  Event &event(EventKind Kind);

  TestUnit &Unit;
  uint32_t Index;
};

/// One translation unit under construction.
class TestUnit {
public:
  explicit TestUnit(std::string Source) { Facts.Source = std::move(Source); }

  SymbolId symbol(llvm::StringRef Name, SymbolKind Kind,
                  LinkageKind Linkage = LinkageKind::External);
  TestFunction function(llvm::StringRef Name,
                        LinkageKind Linkage = LinkageKind::External,
                        std::vector<llvm::StringRef> Params = {});
  Symbol &operator[](SymbolId S) { return B[S]; }
  /// Names are looked up as statics first once they are declared so.
  TestUnit &declareStatic(llvm::StringRef Name, SymbolKind Kind) {
    symbol(Name, Kind, LinkageKind::Internal);
    return *this;
  }

  /// A record object whose fields hold functions, or objects behind '&'.
  Object &object(llvm::StringRef Name, llvm::StringRef Section = "");
  /// Adds `.Record.Field = Value` to the last object; '&' marks an object.
  TestUnit &init(llvm::StringRef Record, llvm::StringRef Field,
                 llvm::StringRef Value);
  TestUnit &initConstant(llvm::StringRef Record, llvm::StringRef Field,
                         int64_t Value);
  TestUnit &alias(llvm::StringRef Name, llvm::StringRef Target);
  AsmText &assembly(llvm::StringRef Macro = "");
  AsmItem item(AsmItemKind Kind, llvm::StringRef Name,
               llvm::StringRef Section = "", llvm::StringRef Within = "",
               llvm::StringRef Target = "");

  const TuFacts &finish() {
    Facts.Module = std::move(B).build();
    return Facts;
  }

  FactsBuilder B;
  TuFacts Facts;
  uint32_t Line = 0; ///< of the last event; each has its own

private:
  void addInitial(llvm::StringRef Record, llvm::StringRef Field, ExprId Value);
};

/// Units on their way to a program, kept alive.
class TestKernel {
public:
  TestUnit &unit(std::string Source) {
    return Units.emplace_back(std::move(Source));
  }
  /// Links what was built; call once.
  Program link(bool IsReversed = false);
  SolveResult solve(bool IsReversed = false) {
    Linked = link(IsReversed);
    return bootorder::solve(Linked, Rules, Options);
  }
  /// An entry point, a milestone that \p Function's return completes, and rule
  /// `early` with a sink on functions \p Sinks that needs it.
  void useRule(llvm::StringRef Entry, llvm::StringRef Function,
               std::vector<std::string> Sinks);

  std::list<TestUnit> Units;
  RuleSet Rules;
  SolveOptions Options;
  Program Linked;
  std::map<std::string, std::string> Prefixes; ///< by unit
};

inline GlobSet globs(const std::vector<std::string> &Patterns) {
  return llvm::cantFail(GlobSet::create(Patterns));
}

} // namespace bootorder::test

#endif // BOOTORDER_TEST_TESTPROGRAM_H
