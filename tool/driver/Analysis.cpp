#include "tool/driver/Analysis.h"

#include "link/Link.h"
#include "solve/Solve.h"
#include "store/Digest.h"
#include "support/Error.h"
#include "tool/RulesCommand.h"
#include "tool/driver/GitRevision.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/KbuildFacts.h"
#include "tool/driver/KnownAnswer.h"
#include "tool/driver/SourceMap.h"
#include "tool/driver/TreeCache.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TimeProfiler.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bootorder {

/// What the facts of one shard have to say to those of others.
static ShardNote noteOf(ShardChoice Choice, const ShardCut &Cut,
                        const RuleSet &Rules, const TreeFacts &Facts) {
  constexpr size_t ShownDigits = 12;
  ShardNote Note;
  Note.Program = "bootorder " BOOTORDER_VERSION
                 " with LLVM " LLVM_VERSION_STRING ", build " +
                 programDigest("").hex().substr(0, ShownDigits);
  Note.Rules = digestOfRules(Rules).hex();
  if (std::optional<TreeRevision> Revision = revisionOf(Facts.Tree.SourceRoot))
    Note.Revision = Revision->Id;
  Note.Cut = Cut.Cut.hex();
  Note.Units = Cut.Units;
  Note.Of = Choice.Count;
  Note.Parts = {Choice.Index};
  for (const auto &[Path, Content] : Facts.Read)
    Note.Inputs[Path] = Content.hex();
  return Note;
}

static Error onlyAPart(const ShardNote &Shard, StringRef Folder) {
  std::vector<int64_t> Missing = missingParts(Shard);
  return makeError("'" + Folder + "' lacks shard" +
                   (Missing.size() == 1 ? " " : "s ") + listText(Missing) +
                   " of " + Twine(Shard.Of) +
                   "; join all with 'bootorder merge DIR... -o DIR'");
}

/// Facts from a facts folder, or from parsing the tree.
static std::optional<TreeFacts> loadFacts(const AnalysisOptions &Options,
                                          Opened &Tree, CommandResult &Result) {
  TimeTraceScope Timed("facts");
  if (!Options.FactsDirectory.empty()) {
    if (Error E = endOnInterrupt()) {
      Result.fail(ExitStatus::InternalError, std::move(E));
      return std::nullopt;
    }
    Expected<TreeFacts> Facts =
        isKbuildFolder(Options.FactsDirectory)
            ? readKbuildFacts(Options.FactsDirectory, Tree.Rules)
            : readTreeFacts(Options.FactsDirectory);
    if (Facts && !Facts->Shard)
      return std::move(*Facts);
    if (Facts)
      Facts = onlyAPart(*Facts->Shard, Options.FactsDirectory);
    Result.fail(ExitStatus::UsageError, Facts.takeError());
    return std::nullopt;
  }
  Expected<TreeFacts> Facts =
      extractTree(Tree.Units, Tree.Rules, extractSource, Options.Threads,
                  Options.Preludes, Tree.Cache.get());
  if (Facts && Tree.Cut)
    Facts->Shard = noteOf(Options.Shard, *Tree.Cut, Tree.Rules, *Facts);
  if (Facts)
    return std::move(*Facts);
  Result.fail(ExitStatus::InternalError, Facts.takeError());
  return std::nullopt;
}

Expected<std::unique_ptr<TreeCache>> openCache(const AnalysisOptions &Options) {
  // Facts of other runs would prove nothing about preludes.
  if (!Options.FactsDirectory.empty() || Options.Preludes.AreVerified)
    return nullptr;
  Expected<CachePlace> Place = findCache(Options.Cache);
  if (!Place)
    return Place.takeError();
  if (Place->Directory.empty())
    return nullptr;
  return std::make_unique<TreeCache>(
      *Place, programDigest(Options.Preludes.AreWanted ? "" : "no prelude"));
}

void closeCache(TreeCache *Cache, const AnalysisOptions &Options) {
  if (!Cache)
    return;
  if (Options.Inputs) {
    append_range(Options.Inputs->Files, Cache->usedPaths());
    Options.Inputs->Parsed = Cache->summary();
  }
  Cache->finish(errs());
  if (Options.Cache.WhyParsed)
    printParseSummary(errs(), Cache->summary());
}

/// Notes what says which units there are, and what is wrong.
static void addOwnInputs(const AnalysisOptions &Options, const RuleSet &Rules) {
  if (!Options.Inputs)
    return;
  for (const std::string &File : Rules.Files)
    addInput(*Options.Inputs, File);
  for (StringRef Name : {"compile_commands.json", "capture.json"})
    addInput(*Options.Inputs, Options.Directory + "/" + Name);
}

/// Rules read, the cache opened, units listed.
static std::optional<Opened> open(const AnalysisOptions &Options,
                                  CommandResult &Result) {
  watchInterrupts();

  // Rules first: a mistake in them should not cost a parse of the tree.
  timeTraceProfilerBegin("rules", "");
  Expected<RuleSet> Rules = readNamedRules(Options.Rules);
  timeTraceProfilerEnd();
  if (!Rules) {
    Result.fail(ExitStatus::UsageError, Rules.takeError());
    return std::nullopt;
  }
  Expected<std::unique_ptr<TreeCache>> Cache = openCache(Options);
  if (!Cache) {
    Result.fail(ExitStatus::UsageError, Cache.takeError());
    return std::nullopt;
  }
  addOwnInputs(Options, *Rules);
  Opened Tree{std::move(*Rules), std::move(*Cache), {}, std::nullopt};
  if (!Options.FactsDirectory.empty())
    return Tree;
  if (Error E = requireClangHeaders()) {
    Result.fail(ExitStatus::UsageError, std::move(E));
    return std::nullopt;
  }
  Expected<TreeUnits> Units = readTreeUnits(Options.Directory);
  if (!Units) {
    Result.fail(ExitStatus::UsageError, Units.takeError());
    return std::nullopt;
  }
  if (Options.Inputs)
    for (const std::string &File : Units->ResponseFiles)
      addInput(*Options.Inputs, File);
  Tree.Units = std::move(*Units);
  if (!Options.Shard.isWhole())
    Tree.Cut = takeShard(Tree.Units, Options.Shard);
  return Tree;
}

static std::optional<Prepared> prepare(const AnalysisOptions &Options,
                                       Opened &Tree, CommandResult &Result) {
  // One facts module per unit, one per header function.
  std::optional<TreeFacts> Facts = loadFacts(Options, Tree, Result);
  if (!Facts)
    return std::nullopt;

  // From here on every rule applies to this tree, and there is a boot to walk.
  Expected<RuleSet> Selected =
      selectRules(Tree.Rules, Facts->Tree, Options.Wanted);
  if (!Selected) {
    Result.fail(ExitStatus::UsageError, Selected.takeError());
    return std::nullopt;
  }
  if (Error E = requireEntryPoint(*Facts, *Selected)) {
    if (Tree.Cut) { // it is in another shard
      consumeError(std::move(E));
      Facts->Tree.Like = ExtractRequest();
      return Prepared{std::move(*Facts), std::move(*Selected), {}, {}};
    }
    Result.fail(ExitStatus::UsageError, std::move(E));
    return std::nullopt;
  }

  // Flag values of this very release, as its own headers define them.
  TimeTraceScope Timed("constants");
  auto Constants =
      evaluateRuleConstants(Facts->Tree, *Selected, Tree.Cache.get());
  if (!Constants) {
    Result.fail(ExitStatus::InternalError, Constants.takeError());
    return std::nullopt;
  }
  // What follows computes, and writes nothing but whole entries of the cache.
  if (Error E = endOnInterrupt()) {
    Result.fail(ExitStatus::InternalError, std::move(E));
    return std::nullopt;
  }
  return Prepared{std::move(*Facts), std::move(*Selected),
                  std::move(*Constants), idsOf(Tree.Rules)};
}

std::optional<Prepared> prepare(const AnalysisOptions &Options,
                                CommandResult &Result) {
  std::optional<Opened> Tree = open(Options, Result);
  if (!Tree)
    return std::nullopt;
  auto Close = make_scope_exit([&] { closeCache(Tree->Cache.get(), Options); });
  return prepare(Options, *Tree, Result);
}

Program linkTree(const TreeFacts &Facts, const RuleSet &Rules) {
  std::vector<LinkUnit> Units;
  for (const TuFacts &Unit : Facts.Units) {
    auto Prefix = Facts.Tree.Prefixes.find(Unit.Output);
    Units.push_back({&Unit, Prefix == Facts.Tree.Prefixes.end()
                                ? std::string()
                                : Prefix->second});
  }
  std::vector<const HeaderFacts *> Headers;
  for (const HeaderFacts &Header : Facts.Headers)
    Headers.push_back(&Header);
  return link(Units, Headers, Rules);
}

SolveOptions solveOptions(const AnalysisOptions &Options,
                          const Prepared &Ready) {
  SolveOptions Solving;
  Solving.Constants = Ready.Constants;
  Solving.In = Options.Wanted;
  // A suppression by chain asks for every chain.
  Solving.AllRoots = Options.AllRoots || !Ready.Rules.ChainSuppressions.empty();
  Solving.WithGuards = Options.WithGuards;
  Solving.WithLatentGuards = Options.WithLatentGuards;
  Solving.Has = Options.Has;
  return Solving;
}

Digest digestOfRules(const RuleSet &Rules) {
  return digestOfFiles(Rules.Files, Rules.Texts);
}

std::vector<std::string> idsOf(const RuleSet &Rules) {
  std::vector<std::string> Ids;
  for (const Rule &R : Rules.Rules)
    Ids.push_back(R.Id);
  return Ids;
}

std::string configurationOf(const TreeDescription &Tree) {
  return configurationDigest(Tree.Config);
}

Analysis analysisOf(const Prepared &Ready, SolveResult Result) {
  addUnitCounts(Result.Summary, Ready.Facts);
  return {Ready.Facts.Tree,
          Ready.Rules,
          digestOfRules(Ready.Rules).hex(),
          Ready.KnownRules,
          extentsOf(Ready.Facts),
          std::move(Result)};
}

/// Solves the tree whose facts are \p Loaded.
static std::optional<Analysis> solveTree(const AnalysisOptions &Options,
                                         Prepared Loaded,
                                         CommandResult &Result) {
  auto Ready = std::make_unique<Prepared>(std::move(Loaded));

  // One program: every name means one function or object of vmlinux.
  auto P = std::make_unique<Program>(linkTree(Ready->Facts, Ready->Rules));

  // The boot, step by step, and what in it comes too early or too late.
  SolveOptions Solving = solveOptions(Options, *Ready);
  Solving.DisableFree = !Options.Inputs;
  SolveResult Solved = solve(*P, Ready->Rules, Solving);
  watchInterrupts(); // reports are written to their end
  Analysis Done = analysisOf(*Ready, std::move(Solved));
  if (Options.Inputs)
    return Done;
  // The process is about to end, and the system takes memory back faster.
  BuryPointer(std::move(P));
  BuryPointer(std::move(Ready));
  return Done;
}

std::optional<Analysis> analyse(const AnalysisOptions &Options,
                                CommandResult &Result) {
  std::optional<Opened> Tree = open(Options, Result);
  if (!Tree)
    return std::nullopt;
  auto Close = make_scope_exit([&] { closeCache(Tree->Cache.get(), Options); });

  // The same question again?
  if (std::optional<Analysis> Known = recallAnalysis(Options, *Tree))
    return Known;
  std::optional<Prepared> Ready = prepare(Options, *Tree, Result);
  if (!Ready)
    return std::nullopt;
  std::map<std::string, int64_t> Constants = Ready->Constants;
  std::optional<Analysis> Done = solveTree(Options, std::move(*Ready), Result);
  if (Done)
    keepAnalysis(Options, *Tree, Constants, *Done);
  return Done;
}

} // namespace bootorder
