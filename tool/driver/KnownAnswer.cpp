#include "tool/driver/KnownAnswer.h"

#include "tool/driver/AnswerCodec.h"
#include "tool/driver/TreeCache.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/TimeProfiler.h"

using namespace llvm;

namespace bootorder {

/// The description of the tree. Where it lies does not matter: facts that name
/// their folder say so themselves.
static Digest digestOfTree(const TreeUnits &Units) {
  TreeFacts Described;
  Described.Tree = Units.Tree;
  Described.Tree.SourceRoot.clear();
  Described.Lost = Units.Lost;
  return digestOf(describeTree(Described));
}

/// All that an answer depends on, but for constants. \p Facts: their identity.
static Digest questionOf(const AnalysisOptions &Options, const Opened &Tree,
                         Digest Facts) {
  DigestBuilder Builder;
  Builder.add(Facts).add(digestOfTree(Tree.Units));
  Builder.add(digestOfRules(Tree.Rules));
  Builder.add(uint64_t(Options.Wanted)).add(uint64_t(Options.AllRoots));
  Builder.add(uint64_t(Options.WithGuards));
  Builder.add(uint64_t(Options.WithLatentGuards));
  for (const MechanismName &Known : mechanismNames())
    Builder.add(uint64_t(Options.Has.*Known.Part));
  return Builder.take();
}

static std::optional<Answer> recall(TreeCache &Cache, Digest Question) {
  std::optional<std::string> Bytes = Cache.recallAnswer(Question);
  if (!Bytes)
    return std::nullopt;
  std::optional<Answer> Known = decodeAnswer(*Bytes);
  if (!Known)
    Cache.rejectAnswer(Question);
  return Known;
}

/// Whether the constants of \p Rules still are what \p Known was found with.
/// Headers that define them may be read for them alone.
static bool hasSameConstants(const Answer &Known, TreeDescription &Tree,
                             const Opened &From, const RuleSet &Rules) {
  auto Like = find_if(From.Units.Requests, [&](const ExtractRequest &Unit) {
    return Unit.Output == Known.LikeOutput;
  });
  if (Like == From.Units.Requests.end())
    return false;
  Tree.Like = *Like;
  auto Constants = evaluateRuleConstants(Tree, Rules, From.Cache.get());
  if (Constants)
    return *Constants == Known.Constants;
  consumeError(Constants.takeError()); // the analysis will say it
  return false;
}

std::optional<Analysis> recallAnalysis(const AnalysisOptions &Options,
                                       const Opened &Tree) {
  if (!Tree.Cache || Options.Cache.Recompute)
    return std::nullopt;
  TimeTraceScope Timed("known answer");
  std::optional<Digest> Facts = Tree.Cache->identify(Tree.Units.Requests);
  if (!Facts)
    return std::nullopt;
  auto Known = recall(*Tree.Cache, questionOf(Options, Tree, *Facts));
  if (!Known)
    return std::nullopt;
  TreeDescription Described = Tree.Units.Tree;
  Expected<RuleSet> Rules = selectRules(Tree.Rules, Described, Options.Wanted);
  if (!Rules) {
    consumeError(Rules.takeError()); // the analysis will say it
    return std::nullopt;
  }
  if (!hasSameConstants(*Known, Described, Tree, *Rules))
    return std::nullopt;
  Tree.Cache->noteRecalled(Tree.Units.Requests.size());
  return Analysis{std::move(Described),
                  std::move(*Rules),
                  digestOfRules(Tree.Rules).hex(),
                  idsOf(Tree.Rules),
                  std::move(Known->Extents),
                  std::move(Known->Result)};
}

void keepAnalysis(const AnalysisOptions &Options, const Opened &Tree,
                  const std::map<std::string, int64_t> &Constants,
                  const Analysis &Done) {
  if (!Tree.Cache || !Tree.Cache->identity())
    return;
  Answer New;
  New.LikeOutput = Done.Tree.Like.Output;
  New.Constants = Constants;
  New.Extents = Done.Extents;
  New.Result = Done.Result;
  Tree.Cache->keepAnswer(questionOf(Options, Tree, *Tree.Cache->identity()),
                         encodeAnswer(New));
}

} // namespace bootorder
