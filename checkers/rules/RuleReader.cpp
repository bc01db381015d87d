#include "rules/RuleReader.h"
#include "rules/RuleParts.h"
#include "support/Files.h"
#include "support/Suggest.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace bootorder {
namespace {

constexpr StringRef LanguageVersion = "1";

struct TopLevelKey {
  StringRef Key;
  void (*Read)(const YamlNode &, RuleReading &);
};

constexpr TopLevelKey TopLevelKeys[] = {
    {"entry_points", readEntryPoints},
    {"milestones", readMilestones},
    {"tables", readTables},
    {"semantics", readSemantics},
    {"copies", readCopies},
    {"deferred", readDeferrals},
    {"static_calls", readStaticCalls},
    {"static_keys", readStaticKeys},
    {"calls_now", readCallsNow},
    {"boundaries", readBoundaries},
    {"wrappers", readWrappers},
    {"constants", readConstants},
    {"effects", readEffects},
    {"rules", readRuleEntries},
    {"suppressions", readSuppressions},
    {"chain_suppressions", readChainSuppressions},
    {"names", readNames},
    {"expected_order", readExpectedOrder},
    {"remove", readRemovals},
    {"add", readAdditions},
};

/// Reads files one after the other, each once, includes first.
class FileReader {
public:
  FileReader(RuleReading &Into, RuleFileReader Read)
      : Into(Into), Read(Read) {}

  /// \p Place is where the file was asked for; invalid for the command line.
  void readFile(StringRef Path, const SourceRange &Place);

private:
  void readInclude(const YamlNode &Name, StringRef From);
  void readLanguage(MapReader &Map);

  RuleReading &Into;
  RuleFileReader Read;
  std::set<std::string> Seen;
  unsigned Depth = 0; ///< files that are including each other
};

void FileReader::readInclude(const YamlNode &Name, StringRef From) {
  SmallString<128> Path;
  if (!sys::path::is_absolute(Name.Text))
    Path = sys::path::parent_path(From);
  sys::path::append(Path, Name.Text);
  if (Depth == MaxIncludeDepth)
    return Into.Diagnostics.add(
        Name.Where,
        "more than " + Twine(MaxIncludeDepth) +
            " rule files include each other in a row",
        "look for a link that leads back to its folder, or join some of them");
  ++Depth;
  readFile(Path, Name.Where);
  --Depth;
}

void FileReader::readLanguage(MapReader &Map) {
  std::string Version = Map.requiredText("bootorder");
  if (!Version.empty() && Version != LanguageVersion)
    Map.error(Map.node("bootorder")->Where,
              "rule language '" + Version + "' is not known",
              "this program reads 'bootorder: " + LanguageVersion + "'");
}

void FileReader::readFile(StringRef Path, const SourceRange &Place) {
  SmallString<128> Clean(Path);
  sys::path::remove_dots(Clean, /*remove_dot_dot=*/true);
  if (!Seen.insert(Clean.str().str()).second)
    return;
  Expected<std::string> Text = Read(Clean);
  Expected<YamlNode> Root =
      Text ? parseYaml(*Text, Clean) : Expected<YamlNode>(Text.takeError());
  if (!Root) {
    Into.Diagnostics.add(Place, Root.takeError());
    return;
  }
  Into.Rules.Files.push_back(Clean.str().str());
  Into.Rules.Texts.push_back(std::move(*Text));
  MapReader Map(*Root, "the rule file", Into.Diagnostics);
  readLanguage(Map);
  std::string Name = Map.text("ruleset");
  if (Into.Rules.Name.empty())
    Into.Rules.Name = Name;
  for (const YamlNode &Include : Map.textNodes("include"))
    readInclude(Include, Clean);
  for (const TopLevelKey &Top : TopLevelKeys)
    if (const YamlNode *Node = Map.node(Top.Key))
      Top.Read(*Node, Into);
  Map.finish();
}

/// Reports parts of one kind that share a name, and returns the names.
template <typename Part>
std::vector<StringRef> uniqueNames(const std::vector<Part> &Parts,
                                   std::string Part::*Field, StringRef Kind,
                                   DiagnosticList &Diagnostics) {
  StringMap<const Part *> First;
  std::vector<StringRef> Names;
  for (const Part &P : Parts) {
    auto [Known, New] = First.try_emplace(P.*Field, &P);
    if (New) {
      Names.push_back(P.*Field);
      continue;
    }
    const SourceRange &Where = Known->second->Where;
    Diagnostics.add(P.Where, Kind + " '" + P.*Field + "' is defined twice",
                    "the first one is at " + Where.File + ":" +
                        Twine(Where.Line));
  }
  return Names;
}

/// Reports names that nothing has and names that two parts have.
void checkNames(RuleReading &Read) {
  DiagnosticList &Diagnostics = Read.Diagnostics;
  const RuleSet &Rules = Read.Rules;
  std::vector<StringRef> Milestones =
      uniqueNames(Rules.Milestones, &Milestone::Name, "milestone", Diagnostics);
  std::vector<StringRef> Effects =
      uniqueNames(Rules.Effects, &Effect::Name, "effect", Diagnostics);
  std::vector<StringRef> Constants = uniqueNames(
      Rules.Constants, &ConstantRequest::Name, "constant", Diagnostics);
  std::vector<StringRef> Tables =
      uniqueNames(Rules.Tables, &LinkerTable::Name, "table", Diagnostics);
  std::vector<StringRef> RuleIds =
      uniqueNames(Rules.Rules, &Rule::Id, "rule", Diagnostics);
  for (const NameUse &Use : Read.Uses) {
    auto [Kind, Known] = [&]() -> std::pair<StringRef, ArrayRef<StringRef>> {
      switch (Use.Kind) {
      case NameUse::UseKind::Milestone:
        return {"milestone", Milestones};
      case NameUse::UseKind::Effect:
        return {"effect", Effects};
      case NameUse::UseKind::Constant:
        return {"constant", Constants};
      case NameUse::UseKind::Table:
        return {"table", Tables};
      case NameUse::UseKind::Rule:
        return {"rule", RuleIds};
      }
      llvm_unreachable("every kind of name has its list");
    }();
    if (!is_contained(Known, Use.Name))
      Diagnostics.add(Use.Where, "unknown " + Kind + " '" + Use.Name + "'",
                      suggestWord(Use.Name, Known));
  }
}

void sortEntryPoints(std::vector<EntryPoint> &EntryPoints) {
  llvm::sort(EntryPoints, [](const EntryPoint &A, const EntryPoint &B) {
    return std::tie(A.Task, A.Order, A.Where) <
           std::tie(B.Task, B.Order, B.Where);
  });
}

} // namespace

Expected<RuleSet> readRules(ArrayRef<std::string> Files) {
  return readRules(Files, [](StringRef Path) {
    return readFile(Path, MaxYamlSize);
  });
}

Expected<RuleSet> readRules(ArrayRef<std::string> Files,
                            RuleFileReader ReadOne) {
  RuleReading Read;
  FileReader Reader(Read, ReadOne);
  for (const std::string &File : Files)
    Reader.readFile(File, SourceRange());
  checkNames(Read);
  expandEffects(Read);
  checkObjects(Read);
  if (Error E = Read.Diagnostics.take())
    return std::move(E);
  sortEntryPoints(Read.Rules.EntryPoints);
  return std::move(Read.Rules);
}

std::vector<std::string> macroVocabulary(const RuleSet &Rules) {
  std::set<std::string> Names;
  auto Add = [&](const GlobSet &Globs) {
    Names.insert(Globs.patterns().begin(), Globs.patterns().end());
  };
  for (const Milestone &M : Rules.Milestones)
    for (const MilestoneEvent &Event : M.Events)
      if (Event.Kind == MilestoneEvent::EventKind::Macro)
        Names.insert(Event.Subject);
  for (const FunctionEffect &Effect : Rules.Semantics)
    Add(Effect.Macros);
  for (const Effect &E : Rules.Effects)
    for (const Sink &S : E.Uses)
      Add(S.Macros);
  for (const Rule &R : Rules.Rules)
    for (const Sink &S : R.Sinks)
      Add(S.Macros);
  return {Names.begin(), Names.end()};
}

} // namespace bootorder
