#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

using EventKind = MilestoneEvent::EventKind;
using UseKind = NameUse::UseKind;

static void readEntryPoint(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "an entry point", Into.Diagnostics);
  EntryPoint Entry;
  Entry.Function = Map.requiredText("function");
  Entry.Order = static_cast<int>(Map.integer("order").value_or(0));
  if (!Map.node("order") && Node.isMap())
    Map.error(Map.place(), "an entry point has no 'order'",
              "add 'order: ...', so that it is known what runs first");
  std::vector<TaskKind> Tasks = readTasks(Map, "task");
  Entry.Task = Tasks.empty() ? TaskKind::Boot : Tasks.front();
  Entry.After = Into.nameAt(Map, "after", UseKind::Milestone);
  Entry.SpawnedBy = Map.text("spawned_by");
  Entry.Joins = Map.text("joins");
  Entry.Optional = Map.flag("optional");
  Entry.When = Map.condition();
  Entry.Reason = Map.requiredText("reason");
  Entry.Where = Map.place();
  Map.finish();
  Into.Rules.EntryPoints.push_back(std::move(Entry));
}

void readEntryPoints(const YamlNode &Node, RuleReading &Into) {
  eachItem(Node, "entry_points", Into,
           [&](const YamlNode &Item) { readEntryPoint(Item, Into); });
}

/// True for what needs no evaluation in the tree.
static bool isLiteral(StringRef Value) {
  int64_t Number;
  return Value == "true" || Value == "false" ||
         !Value.getAsInteger(/*Radix=*/0, Number);
}

/// Reads the value of `stores:`: a variable, or a map with its value too.
static void readStore(const YamlNode &Node, MilestoneEvent &Event,
                      RuleReading &Into) {
  if (Node.isScalar()) {
    Event.Subject = Node.Text;
    return;
  }
  MapReader Map(Node, "'stores'", Into.Diagnostics);
  Event.Subject = Map.requiredText("variable");
  if (const YamlNode *Value = Map.node("value")) {
    Event.Value = Map.text("value");
    if (!isLiteral(*Event.Value))
      Into.use(UseKind::Constant, *Value);
  }
  Map.finish();
}

/// Reads one event out of \p Map, which may hold more than that.
static MilestoneEvent readEvent(MapReader &Map, RuleReading &Into) {
  static constexpr std::pair<StringRef, EventKind> Kinds[] = {
      {"returns", EventKind::Returns},
      {"calls", EventKind::Calls},
      {"calls_pointer", EventKind::CallsPointer},
      {"stores", EventKind::Stores},
      {"macro", EventKind::Macro},
      {"dispatched", EventKind::Dispatched}};
  MilestoneEvent Event;
  StringRef Key = Map.onlyOneOf(
      {"returns", "calls", "calls_pointer", "stores", "macro", "dispatched"});
  for (const auto &[Word, Kind] : Kinds)
    if (Word == Key)
      Event.Kind = Kind;
  if (Event.Kind == EventKind::Stores && !Key.empty())
    readStore(*Map.node(Key), Event, Into);
  else if (!Key.empty())
    Event.Subject = Map.requiredText(Key);
  if (Event.Kind == EventKind::Dispatched && !Key.empty()) {
    Into.use(UseKind::Table, *Map.node(Key));
    if (Map.node("key"))
      Event.Value = Map.text("key");
  }
  Event.In = Map.text("in");
  if (Event.Kind == EventKind::Macro && Event.In.empty())
    Map.error(Map.place(), Map.what() + " is a macro anywhere in the boot",
              "add 'in: FUNCTION'");
  Event.Where = Map.place();
  return Event;
}

static void readAlternatives(MapReader &Map, Milestone &Into,
                             RuleReading &Reading) {
  Map.each("any", [&](const YamlNode &Item) {
    MapReader Alternative(Item, "an event of " + Map.what(),
                          Reading.Diagnostics);
    MilestoneEvent Event = readEvent(Alternative, Reading);
    Event.When = Alternative.condition();
    Alternative.finish();
    Into.Events.push_back(std::move(Event));
  });
  if (Into.Events.empty())
    Map.error(Map.place(), Map.what() + " has an empty 'any'",
              "list at least one event");
}

static void readMilestone(const YamlNode &Name, const YamlNode &Value,
                          RuleReading &Into) {
  checkSpelling(Name, '_', Into);
  MapReader Map(Value, "milestone '" + Name.Text + "'", Into.Diagnostics);
  Milestone Stone;
  Stone.Name = Name.Text;
  Stone.Means = Map.requiredText("means");
  Stone.Optional = Map.flag("optional");
  Stone.Repeats = Map.text("repeats");
  Stone.When = Map.condition();
  if (Map.node("any"))
    readAlternatives(Map, Stone, Into);
  else
    Stone.Events.push_back(readEvent(Map, Into));
  Stone.Where = Name.Where;
  Map.finish();
  Into.Rules.Milestones.push_back(std::move(Stone));
}

void readMilestones(const YamlNode &Node, RuleReading &Into) {
  eachNamed(Node, "milestones", Into,
            [&](const YamlNode &Name, const YamlNode &Value) {
              readMilestone(Name, Value, Into);
            });
}

} // namespace bootorder
