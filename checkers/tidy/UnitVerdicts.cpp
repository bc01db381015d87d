#include "tidy/UnitVerdicts.h"

#include "extract/ParsedUnit.h"
#include "link/Link.h"
#include "solve/MapFindings.h"
#include "solve/Solve.h"
#include "store/Digest.h"
#include "store/PhaseMapFile.h"
#include "support/Error.h"
#include "support/Paths.h"
#include "tidy/UnitAllowances.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <set>

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

/// Values of the constants that \p Rules name, but for those that \p Known has.
static Error addConstants(const TidyUnit &Unit, const RuleSet &Rules,
                          std::map<std::string, int64_t> &Known) {
  std::vector<NamedConstant> Missing;
  for (const ConstantRequest &Constant : Rules.Constants)
    if (Known.count(Constant.Name) == 0)
      Missing.push_back({Constant.Name, Constant.Header});
  if (Missing.empty())
    return Error::success();
  auto Values = evaluateConstantsLike(Unit.PP, Unit.Directory, Missing);
  if (!Values)
    return withContext(Values.takeError(),
                       "evaluating the constants that the rules name");
  Known.insert(Values->begin(), Values->end());
  return Error::success();
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

/// The sources that functions of \p Facts are written in.
static std::vector<std::string> sourcesOf(const TuFacts &Facts) {
  std::set<std::string> Files;
  for (const Function &F : Facts.Module.Functions)
    if (F.Loc.File.isValid())
      Files.insert(Facts.Module.str(F.Loc.File).str());
  return {Files.begin(), Files.end()};
}

/// Whether \p Rules are those that \p Map was made by.
static bool isByRules(const PhaseMap &Map, const RuleSet &Rules) {
  return Map.Rules == digestOfFiles(Rules.Files, Rules.Texts).hex();
}

/// What of \p Map is not as the unit finds it: half sentences.
static void findStale(const TidyUnit &Unit, StringRef SourceRoot,
                      const KernelTree &Tree, const PhaseMap &Map,
                      const PhaseMapFile &File, const RuleSet &Rules,
                      std::vector<Remark> &Remarks) {
  std::vector<std::string> Parts;
  if (Map.Kernel != Tree.Kernel || Map.Arch != Tree.SrcArch)
    Parts.push_back("it is of Linux " + Map.Kernel + " (" + Map.Arch + ")");
  if (Map.Configuration != configurationDigest(Tree.Config))
    Parts.push_back("the configuration is another");
  if (!isByRules(Map, Rules))
    Parts.push_back("the rules are others");
  clang::SourceManager &Sources = Unit.Ast.getSourceManager();
  std::vector<std::string> Changed;
  for (auto I = Sources.fileinfo_begin(); I != Sources.fileinfo_end(); ++I) {
    std::string Path = treeRelativePath(
        absolutePath(I->first.getName(), Unit.Directory), SourceRoot);
    auto Known = File.digestOf(Path);
    auto Content = I->second->getBufferDataIfLoaded();
    bool IsMain = absolutePath(I->first.getName(), Unit.Directory) == Unit.File;
    if (Known && Content && !IsMain && *Known != xxh3_64bits(*Content))
      Changed.push_back(Path);
  }
  llvm::sort(Changed);
  if (!Changed.empty())
    Parts.push_back("'" + Changed.front() + "'" +
                    (Changed.size() == 1
                         ? ""
                         : " and " + utostr(Changed.size() - 1) + " more") +
                    " changed since it was made");
  if (!Parts.empty())
    Remarks.push_back({"out of date", // whatever of it this unit has noticed
                       "the phase map is out of date: " + join(Parts, ", ") +
                           "; 'bootorder phase-map' makes it anew"});
}

/// Links the unit with what \p Map says of the rest, and solves that.
static std::vector<Finding> solveWithMap(const ParsedUnit &Parsed, PhaseMap Map,
                                         const RuleSet &Selected,
                                         SolveOptions Solving) {
  std::vector<const HeaderFacts *> Headers;
  std::vector<const FactsModule *> Modules = {&Parsed.Facts.Module};
  for (const HeaderFacts &Header : Parsed.Headers) {
    Headers.push_back(&Header);
    Modules.push_back(&Header.Module);
  }
  keepNamed(Map.Shared, Modules);
  Program P = link({{&Parsed.Facts, ""}, {&Map.Shared, ""}}, Headers, Selected);
  Solving.Map = &Map;
  std::vector<Finding> Findings = solve(P, Selected, Solving).Findings;
  std::vector<std::string> Sources = sourcesOf(Parsed.Facts);
  erase_if(Findings, [&](const Finding &F) {
    return !is_contained(Sources, F.Place.File);
  });
  return Findings;
}

static std::vector<Finding> solveAlone(const ParsedUnit &Parsed,
                                       const RuleSet &Selected,
                                       SolveOptions Solving) {
  std::vector<const HeaderFacts *> Headers;
  for (const HeaderFacts &Header : Parsed.Headers)
    Headers.push_back(&Header);
  Program P = link({{&Parsed.Facts, ""}}, Headers, Selected);
  Solving.WithGuards = true;
  return solve(P, Selected, Solving).Findings;
}

/// The unit, which lies in \p Tree, by the rules that apply to that.
static Error judgeInTree(const TidyUnit &Unit, const KernelTree &Tree,
                         const ParsedUnit &Parsed, const RuleSet &Selected,
                         Profile Wanted, const PhaseMapFile *File,
                         UnitVerdicts &Verdicts) {
  SolveOptions Solving;
  Solving.In = Wanted;
  Solving.AllRoots = !Selected.ChainSuppressions.empty();
  if (!File) {
    if (Error E = addConstants(Unit, Selected, Solving.Constants))
      return E;
    Verdicts.Findings = solveAlone(Parsed, Selected, std::move(Solving));
    return Error::success();
  }
  Expected<PhaseMap> Map = File->mapFor(sourcesOf(Parsed.Facts));
  if (!Map)
    return Map.takeError();
  findStale(Unit, Verdicts.SourceRoot, Tree, *Map, *File, Selected,
            Verdicts.Remarks);
  // The map has them all, as long as the rules are the same: no parse.
  Solving.Constants.insert(Map->Constants.begin(), Map->Constants.end());
  if (!isByRules(*Map, Selected))
    if (Error E = addConstants(Unit, Selected, Solving.Constants))
      return E;
  if (!File->digestOf(Parsed.Facts.Source))
    Verdicts.Remarks.push_back(
        {"unknown " + Parsed.Facts.Source,
         "the phase map does not know '" + Parsed.Facts.Source +
             "': it is no part of that kernel, or newer than the map"});
  Verdicts.Findings =
      solveWithMap(Parsed, std::move(*Map), Selected, std::move(Solving));
  return Error::success();
}

Expected<UnitVerdicts> judgeUnit(const TidyUnit &Unit, const RuleSet &Rules,
                                 Profile Wanted, const PhaseMapFile *File) {
  UnitVerdicts Verdicts;
  Verdicts.SourceRoot = sourceRootAbove(Unit.File);
  if (Verdicts.SourceRoot.empty()) {
    Verdicts.Remarks.push_back(
        {"no tree", "files that lie in no kernel tree (a Makefile beside a "
                    "Kconfig) are not judged"});
    return Verdicts;
  }
  Expected<KernelTree> Tree = describeTree(Unit, Verdicts.SourceRoot);
  if (!Tree)
    return Tree.takeError();
  Expected<RuleSet> Selected = selectForTree(Rules, *Tree, Wanted);
  if (!Selected)
    return Selected.takeError();
  if (!File && !hasEntry(Unit, *Selected)) {
    Verdicts.Remarks.push_back(
        {"no map",
         "without a phase map a file is judged alone, and only if the boot "
         "enters by one of its functions; 'bootorder phase-map' makes one for "
         "the option bootorder.PhaseMap"});
    return Verdicts;
  }
  ParsedUnit Parsed =
      lowerParsedUnit(Unit.Ast, Unit.Directory, Verdicts.SourceRoot);
  if (Error E =
          judgeInTree(Unit, *Tree, Parsed, *Selected, Wanted, File, Verdicts))
    return std::move(E);
  applyAllowances(Unit.Ast.getSourceManager(), Rules, *Selected,
                  sourcesOf(Parsed.Facts), Verdicts);
  return Verdicts;
}

} // namespace bootorder
