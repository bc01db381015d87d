#ifndef BOOTORDER_RULES_RULEPARTS_H
#define BOOTORDER_RULES_RULEPARTS_H

#include "rules/MapReader.h"
#include "rules/RuleSet.h"

namespace bootorder {

/// A place where one part of the rules names another.
struct NameUse {
  enum class UseKind { Milestone, Effect, Constant, Table, Rule };
  UseKind Kind;
  std::string Name;
  SourceRange Where;
};

/// What has been read so far. Names are checked when every file is in.
struct RuleReading {
  RuleSet Rules;
  DiagnosticList Diagnostics;
  std::vector<NameUse> Uses;

  /// Notes that the text at \p Node names a part.
  void use(NameUse::UseKind Kind, const YamlNode &Node);
  /// Reads `Key: NAME`, noting the use.
  std::string nameAt(MapReader &Map, llvm::StringRef Key,
                     NameUse::UseKind Kind);
  /// Reads `Key: [NAMES]`, noting the uses.
  std::vector<std::string> namesAt(MapReader &Map, llvm::StringRef Key,
                                   NameUse::UseKind Kind);
};

/// Calls \p Read with name and value of each entry of the map \p Node, which
/// \p What names in messages.
void eachNamed(
    const YamlNode &Node, const llvm::Twine &What, RuleReading &Into,
    llvm::function_ref<void(const YamlNode &Name, const YamlNode &Value)> Read);

/// Calls \p Read for each item of the list \p Node.
void eachItem(const YamlNode &Node, const llvm::Twine &What, RuleReading &Into,
              llvm::function_ref<void(const YamlNode &Item)> Read);

/// When an entry holds and why: what ends every statement about the kernel.
template <typename EntryType>
void finishEntry(MapReader &Map, EntryType &Entry) {
  Entry.When = Map.condition();
  Entry.Reason = Map.requiredText("reason");
  Entry.Where = Map.place();
  Map.finish();
}

/// Reports \p Name unless it consists of lower-case words joined by
/// \p Separator.
void checkSpelling(const YamlNode &Name, char Separator, RuleReading &Into);

/// `tasks:` of a sink or `task:` of an entry point.
std::vector<TaskKind> readTasks(MapReader &Map, llvm::StringRef Key);

/// Reports sinks of rules with `made_by` that name no object, and others that
/// do.
void checkObjects(RuleReading &Into);

// One reader per top-level key; \p Node is its value.
void readEntryPoints(const YamlNode &Node, RuleReading &Into);
void readMilestones(const YamlNode &Node, RuleReading &Into);
void readTables(const YamlNode &Node, RuleReading &Into);
void readSemantics(const YamlNode &Node, RuleReading &Into);
void readStaticCalls(const YamlNode &Node, RuleReading &Into);
void readStaticKeys(const YamlNode &Node, RuleReading &Into);
void readCallsNow(const YamlNode &Node, RuleReading &Into);
void readBoundaries(const YamlNode &Node, RuleReading &Into);
void readCopies(const YamlNode &Node, RuleReading &Into);
void readDeferrals(const YamlNode &Node, RuleReading &Into);
void readWrappers(const YamlNode &Node, RuleReading &Into);
void readConstants(const YamlNode &Node, RuleReading &Into);
void readEffects(const YamlNode &Node, RuleReading &Into);
void readChainSuppressions(const YamlNode &Node, RuleReading &Into);
void readRuleEntries(const YamlNode &Node, RuleReading &Into);
void readSuppressions(const YamlNode &Node, RuleReading &Into);
void readNames(const YamlNode &Node, RuleReading &Into);
void readExpectedOrder(const YamlNode &Node, RuleReading &Into);
void readAdditions(const YamlNode &Node, RuleReading &Into);
void readRemovals(const YamlNode &Node, RuleReading &Into);

/// Puts sinks of \p Node, a list or one of them, at the end of \p Sinks;
/// \p Owner names who has them.
void readSinks(const YamlNode &Node, const llvm::Twine &Owner,
               std::vector<Sink> &Sinks, RuleReading &Into);
/// One dispatcher of the table that \p Owner names.
TableDispatcher readDispatcher(const YamlNode &Node, const llvm::Twine &Owner,
                               RuleReading &Into);

/// Puts the uses of effects in the place of sinks that name them, when every
/// file is in. Reports effects that are defined by themselves.
void expandEffects(RuleReading &Read);

} // namespace bootorder

#endif // BOOTORDER_RULES_RULEPARTS_H
