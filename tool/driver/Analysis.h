//===- Analysis.h - all passes in a row, for the subcommands --------------===//

#ifndef BOOTORDER_TOOL_DRIVER_ANALYSIS_H
#define BOOTORDER_TOOL_DRIVER_ANALYSIS_H

#include "solve/Solve.h"
#include "store/Digest.h"
#include "tool/Commands.h"
#include "tool/driver/CacheOptions.h"
#include "tool/driver/Pipeline.h"
#include "tool/driver/RunInputs.h"
#include "tool/driver/Shards.h"
#include "tool/driver/TreeUnits.h"
#include "tool/report/SourceExtents.h"
#include <optional>

namespace bootorder {

class TreeCache;

/// What `check` and `dump` have in common.
struct AnalysisOptions {
  std::string Directory = "."; ///< of compile_commands.json
  std::string FactsDirectory;  ///< instead of Directory, if not empty
  ShardChoice Shard;           ///< of the tree, of which only this is parsed
  std::vector<std::string> Rules = {"linux"}; ///< names or files
  Profile Wanted = Profile::Default;
  unsigned Threads = 0; ///< 0: one per core
  PreludeOptions Preludes = {/*AreWanted=*/true};
  bool AllRoots = false;   ///< a witness path for each root of a finding
  bool WithGuards = false; ///< why the guards on a finding's way do not help
  bool WithLatentGuards = false; ///< what keeps latent ones from being wrong
  Mechanisms Has;                ///< parts of the analysis in use
  CacheOptions Cache;
  /// Not null: there will be another run, so memory is returned, and what this
  /// one rests on is added. Only with a cache.
  RunInputs *Inputs = nullptr;
};

/// Rules, cache and units: what is known before facts are.
struct Opened {
  RuleSet Rules;                    ///< before the selection
  std::unique_ptr<TreeCache> Cache; ///< may be null, see openCache()
  TreeUnits Units;                  ///< none if kept facts are read
  std::optional<ShardCut> Cut;      ///< if Units are not the whole tree
};

/// Facts of a tree, and the rules that fit it.
struct Prepared {
  TreeFacts Facts;
  RuleSet Rules;
  std::map<std::string, int64_t> Constants; ///< of Rules, by name
  std::vector<std::string> KnownRules;      ///< ids, before the selection
};

struct Analysis {
  TreeDescription Tree;
  RuleSet Rules;
  std::string RulesDigest; ///< of the files the rules came from, hex
  /// Ids of all rules that were read, also of those that do not apply.
  std::vector<std::string> KnownRules;
  SourceExtents Extents;
  SolveResult Result;
};

/// Rules read, units parsed or facts loaded, rules selected, constants known.
/// Facts of a shard need not enter the boot; if they do not, they know no
/// constant. Their TreeFacts::Shard lacks what closing the cache still has to
/// tell: the inputs of units that were not parsed.
///
/// None after an error, which \p Result then has printed and keeps the exit
/// status of; the same holds for analyse(). After it an interrupt ends the
/// process (endOnInterrupt()), until analyse() returns.
std::optional<Prepared> prepare(const AnalysisOptions &Options,
                                CommandResult &Result);

/// The cache that \p Options ask for; null if none: it is off, there is no
/// place for it, or kept facts are read. Errors: options that make no sense.
llvm::Expected<std::unique_ptr<TreeCache>>
openCache(const AnalysisOptions &Options);

/// Ends the use of \p Cache, which may be null, and says why units were parsed
/// if \p Options ask for it.
void closeCache(TreeCache *Cache, const AnalysisOptions &Options);

/// The kernel image of \p Facts, which must outlive it.
Program linkTree(const TreeFacts &Facts, const RuleSet &Rules);

SolveOptions solveOptions(const AnalysisOptions &Options,
                          const Prepared &Ready);

/// Of what the files of \p Rules said.
Digest digestOfRules(const RuleSet &Rules);

/// Of all rules in \p Rules, in their order.
std::vector<std::string> idsOf(const RuleSet &Rules);

/// What tells the configuration of \p Tree from others: twelve digits of a
/// digest of its symbols; empty if it is not known.
std::string configurationOf(const TreeDescription &Tree);

/// What the reporters need of \p Ready beside \p Result, whose ledger takes in
/// what parsing knows.
Analysis analysisOf(const Prepared &Ready, SolveResult Result);

/// prepare(), then the abstract boot.
std::optional<Analysis> analyse(const AnalysisOptions &Options,
                                CommandResult &Result);

} // namespace bootorder

#endif
