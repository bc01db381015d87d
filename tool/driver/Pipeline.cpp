#include "tool/driver/Pipeline.h"

#include "rules/KernelTree.h"
#include "support/Error.h"
#include "tool/driver/SharedFiles.h"
#include "tool/driver/TreeCache.h"
#include "tool/driver/VerifyPrelude.h"
#include "tool/report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace bootorder {

Expected<RuleSet> selectRules(const RuleSet &Rules, const TreeDescription &Tree,
                              Profile Wanted) {
  return selectForTree(Rules, {Tree.Kernel, Tree.Arch, Tree.Config}, Wanted);
}

/// Names of the functions by which the boot processor enters.
static std::vector<std::string> bootEntries(const RuleSet &Rules) {
  std::vector<std::string> Names;
  for (const EntryPoint &Entry : Rules.EntryPoints)
    if (Entry.Task == TaskKind::Boot)
      Names.push_back(Entry.Function);
  return Names;
}

/// Whether \p Unit has a body for a function that is among \p Names.
static bool definesOneOf(const TuFacts &Unit, const StringSet<> &Names) {
  return any_of(Unit.Module.Functions, [&](const Function &F) {
    return Names.contains(Unit.Module.str(Unit.Module[F.Symbol].Name));
  });
}

ExtractRequest likeEntryUnit(ArrayRef<ExtractRequest> Requests,
                             ArrayRef<TuFacts> Units, const RuleSet &Rules) {
  std::vector<std::string> Entries = bootEntries(Rules);
  StringSet<> Names;
  Names.insert(Entries.begin(), Entries.end());
  auto Unit = find_if(Units, [&](const TuFacts &Unit) {
    return Unit.Kind == UnitKind::C && definesOneOf(Unit, Names);
  });
  if (Unit != Units.end())
    for (const ExtractRequest &Request : Requests)
      if (Request.Output == Unit->Output)
        return Request;
  return Requests.empty() ? ExtractRequest() : Requests.front();
}

/// An error if \p WithPrelude is not what a plain parse of \p Units gives.
static Error verify(ArrayRef<ExtractRequest> Units,
                    const ExtractedUnits &WithPrelude,
                    const UnitExtractor &Extract, unsigned Threads) {
  auto Plain = extractAll(Units, Extract, Threads);
  if (!Plain)
    return Plain.takeError();
  if (compareFacts(*Plain, WithPrelude, errs()) == 0)
    return Error::success();
  return makeError("facts differ with a prelude; use --no-prelude, and report "
                   "this with the lines above");
}

/// Facts of all units, from one file if nothing changed.
static Expected<ExtractedUnits> recallOrExtract(const TreeUnits &Units,
                                                const UnitExtractor &Extract,
                                                unsigned Threads,
                                                const PreludeOptions &Preludes,
                                                TreeCache *Cache) {
  if (Cache)
    if (std::optional<FactsSet> Known =
            Cache->recallTree(Units.Requests, Threads)) {
      ExtractedUnits All;
      All.Units = std::move(Known->Units);
      All.Headers = std::move(Known->Headers);
      return All;
    }
  auto All = extractAll(Units.Requests, Extract, Threads, Preludes, Cache);
  if (!All || !Cache || !All->Lost.empty())
    return All;
  FactsSet Set{std::move(All->Units), std::move(All->Headers)};
  Cache->keepTree(Units.Requests, Set, Threads);
  All->Units = std::move(Set.Units);
  All->Headers = std::move(Set.Headers);
  return All;
}

Expected<TreeFacts> extractTree(TreeUnits Units, const RuleSet &Rules,
                                const UnitExtractor &Extract, unsigned Threads,
                                const PreludeOptions &Preludes,
                                TreeCache *Cache) {
  auto Extracted = recallOrExtract(Units, Extract, Threads, Preludes, Cache);
  if (!Extracted)
    return Extracted.takeError();
  if (Preludes.AreVerified)
    if (Error E = verify(Units.Requests, *Extracted, Extract, Threads))
      return std::move(E);
  TreeFacts Facts;
  Facts.Tree = std::move(Units.Tree);
  Facts.Tree.Like = likeEntryUnit(Units.Requests, Extracted->Units, Rules);
  Facts.Units = std::move(Extracted->Units);
  Facts.Headers = std::move(Extracted->Headers);
  Facts.Lost = std::move(Extracted->Lost);
  Facts.UnitsWithPrelude = Extracted->UnitsWithPrelude;
  Facts.Refused = std::move(Extracted->Refused);
  Facts.Lost.insert(Facts.Lost.end(), Units.Lost.begin(), Units.Lost.end());
  sortLost(Facts.Lost);
  Facts.Read = std::move(Extracted->Read);
  return Facts;
}

Error requireEntryPoint(const TreeFacts &Facts, const RuleSet &Rules) {
  std::vector<std::string> Entries = bootEntries(Rules);
  StringSet<> Names;
  Names.insert(Entries.begin(), Entries.end());
  if (any_of(Facts.Units,
             [&](const TuFacts &Unit) { return definesOneOf(Unit, Names); }))
    return Error::success();
  std::string Lost;
  if (!Facts.Lost.empty())
    Lost = " (" + countText(Facts.Lost.size()) +
           " more could not be parsed: " + Facts.Lost.front().Unit + ": " +
           Facts.Lost.front().Reason + ")";
  return makeError("this tree has no boot to walk: none of its " +
                   countText(Facts.Units.size(), "unit") + Lost + " defines '" +
                   join(Entries, "' or '") +
                   "'; capture the whole kernel, or name other entry points "
                   "with --rules");
}

static std::string constantKey(const ConstantRequest &Constant) {
  return Constant.Header + ":" + Constant.Name;
}

using ConstantValues = std::vector<std::pair<std::string, int64_t>>;

/// What `Cache` calls the values of \p Names.
static std::string constantsQuestion(ArrayRef<NamedConstant> Names) {
  std::string Question = "constants";
  for (const NamedConstant &N : Names)
    Question += "\n" + N.Header + ":" + N.Name;
  return Question;
}

/// As lines `NAME=VALUE`, and back.
static std::string constantsText(const ConstantValues &Values) {
  std::string Text;
  for (const auto &[Name, Value] : Values)
    Text += Name + "=" + itostr(Value) + "\n";
  return Text;
}

static ConstantValues parseConstants(StringRef Text) {
  ConstantValues Values;
  for (StringRef Line; !Text.empty();) {
    std::tie(Line, Text) = Text.split('\n');
    auto [Name, Digits] = Line.split('=');
    int64_t Value;
    if (!Digits.getAsInteger(10, Value))
      Values.push_back({Name.str(), Value});
  }
  return Values;
}

static Expected<ConstantValues>
askClang(const ExtractRequest &Like, const std::vector<NamedConstant> &Names,
         TreeCache *Cache) {
  std::string Question = constantsQuestion(Names);
  if (Cache)
    if (std::optional<std::string> Known = Cache->recallText(Like, Question))
      return parseConstants(*Known);
  InputLog Log;
  auto Files = std::make_shared<SharedFiles>(vfs::getRealFileSystem());
  auto Values = evaluateConstants(
      Like, Names, SharedFiles::open(Files, Like.Directory, &Log));
  if (Values && Cache)
    Cache->keepText(Like, Question, Log, constantsText(*Values));
  return Values;
}

/// Finds values for \p Missing and keeps the answers, also that there is none.
static Error evaluateMissing(TreeDescription &Tree,
                             ArrayRef<ConstantRequest> Missing,
                             TreeCache *Cache) {
  std::vector<NamedConstant> Names;
  for (const ConstantRequest &Constant : Missing) {
    Names.push_back({Constant.Name, Constant.Header});
    Tree.Constants[constantKey(Constant)] = std::nullopt;
  }
  auto Values = askClang(Tree.Like, Names, Cache);
  if (!Values)
    return withContext(Values.takeError(),
                       "evaluating the constants that the rules name");
  std::map<std::string, int64_t> ByName(Values->begin(), Values->end());
  for (const ConstantRequest &Constant : Missing) {
    auto Found = ByName.find(Constant.Name);
    if (Found != ByName.end())
      Tree.Constants[constantKey(Constant)] = Found->second;
  }
  return Error::success();
}

Expected<std::map<std::string, int64_t>>
evaluateRuleConstants(TreeDescription &Tree, const RuleSet &Rules,
                      TreeCache *Cache) {
  std::vector<ConstantRequest> Missing;
  for (const ConstantRequest &Constant : Rules.Constants)
    if (Tree.Constants.count(constantKey(Constant)) == 0)
      Missing.push_back(Constant);
  if (!Missing.empty())
    if (Error E = evaluateMissing(Tree, Missing, Cache))
      return std::move(E);
  std::map<std::string, int64_t> Values;
  for (const ConstantRequest &Constant : Rules.Constants)
    if (std::optional<int64_t> Value = Tree.Constants[constantKey(Constant)])
      Values[Constant.Name] = *Value;
  return Values;
}

void addUnitCounts(Ledger &L, const TreeFacts &Facts) {
  L.UnitsParsed = Facts.Units.size();
  L.Units = L.UnitsParsed + Facts.Lost.size();
  L.ModuleUnits = Facts.Tree.ModuleUnits;
  L.UnitsLost = Facts.Lost;
  L.FlowLostFunctions = 0;
  for (const TuFacts &Unit : Facts.Units) {
    L.FlowLostFunctions += Unit.FlowLostFunctions;
    L.UnitsWithNotes += !Unit.Notes.empty();
    L.AssemblyUnits += Unit.Kind == UnitKind::Assembly;
  }
}

} // namespace bootorder
