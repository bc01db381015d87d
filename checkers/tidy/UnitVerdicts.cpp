#include "tidy/UnitVerdicts.h"

#include "extract/ParsedUnit.h"
#include "link/Link.h"
#include "solve/Solve.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {

/// The folders of the unit's `-I` options.
static std::vector<std::string> includePaths(const TidyUnit &Unit) {
  std::vector<std::string> Paths;
  for (const auto &Entry :
       Unit.PP.getHeaderSearchInfo().getHeaderSearchOpts().UserEntries)
    Paths.push_back(Entry.Path);
  return Paths;
}

static Expected<KernelTree> describeTree(const TidyUnit &Unit,
                                         StringRef SourceRoot) {
  KernelTree Tree;
  Expected<std::string> Kernel = readKernelVersion(SourceRoot);
  if (!Kernel)
    return Kernel.takeError();
  Tree.Kernel = std::move(*Kernel);
  Tree.SrcArch = srcArchOf(includePaths(Unit));
  // Kbuild runs the compiler at the root of the object tree.
  Tree.Config = readConfiguration(configurationIn(Unit.Directory));
  return Tree;
}

static std::map<std::string, int64_t> constantsOf(const TidyUnit &Unit,
                                                  const RuleSet &Rules) {
  std::vector<std::string> Names;
  for (const ConstantRequest &Constant : Rules.Constants)
    Names.push_back(Constant.Name);
  return constantsIn(Unit.Ast, Unit.PP, Names);
}

/// Whether the boot, or another task, enters by a function that \p Unit has.
static bool hasEntry(const TidyUnit &Unit, const RuleSet &Rules) {
  clang::ASTContext &Ast = Unit.Ast;
  return any_of(Rules.EntryPoints, [&](const EntryPoint &Entry) {
    auto Found =
        Ast.getTranslationUnitDecl()->lookup(&Ast.Idents.get(Entry.Function));
    return any_of(Found, [](const clang::NamedDecl *D) {
      const auto *F = dyn_cast<clang::FunctionDecl>(D);
      return F && F->hasBody();
    });
  });
}

Expected<UnitVerdicts> judgeUnit(const TidyUnit &Unit, const RuleSet &Rules,
                                 Profile Wanted) {
  UnitVerdicts Verdicts;
  Verdicts.SourceRoot = sourceRootAbove(Unit.File);
  if (Verdicts.SourceRoot.empty()) {
    Verdicts.Remarks.push_back("files that lie in no kernel tree (a Makefile "
                               "beside a Kconfig) are not judged");
    return Verdicts;
  }
  Expected<KernelTree> Tree = describeTree(Unit, Verdicts.SourceRoot);
  if (!Tree)
    return Tree.takeError();
  Expected<RuleSet> Selected = selectForTree(Rules, *Tree, Wanted);
  if (!Selected)
    return Selected.takeError();

  if (!hasEntry(Unit, *Selected)) {
    Verdicts.Remarks.push_back(
        "a file is judged alone, and only if the boot enters by one of its "
        "functions; 'bootorder check' judges the kernel");
    return Verdicts;
  }

  ParsedUnit Parsed =
      lowerParsedUnit(Unit.Ast, Unit.Directory, Verdicts.SourceRoot);
  std::vector<const HeaderFacts *> Headers;
  for (const HeaderFacts &Header : Parsed.Headers)
    Headers.push_back(&Header);
  Program P = link({{&Parsed.Facts, ""}}, Headers, *Selected);
  SolveOptions Solving;
  Solving.Constants = constantsOf(Unit, *Selected);
  Solving.In = Wanted;
  Solving.AllRoots = !Selected->ChainSuppressions.empty();
  Solving.WithGuards = true;
  Verdicts.Findings = solve(P, *Selected, Solving).Findings;
  return Verdicts;
}

} // namespace bootorder
