#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

TableDispatcher readDispatcher(const YamlNode &Node, const Twine &Owner,
                               RuleReading &Into) {
  MapReader Map(Node, "a dispatcher of " + Owner, Into.Diagnostics);
  TableDispatcher Dispatcher;
  Dispatcher.Function = Map.text("function");
  Dispatcher.AtCall = Map.text("at_call");
  Dispatcher.WithString = Map.text("with_string");
  Dispatcher.Keys = Map.texts("keys");
  Dispatcher.When = Map.condition();
  Dispatcher.Where = Map.place();
  bool NamesBoundaries = Map.flag("mentions_boundary");
  if (Node.isMap() && Dispatcher.Function.empty() != NamesBoundaries)
    Map.error(Map.place(), Map.what() + " names no function, or two ways",
              "add either 'function: ...' or 'mentions_boundary: true'");
  if (!Dispatcher.WithString.empty() && Dispatcher.AtCall.empty())
    Map.error(Map.place(), Map.what() + " has 'with_string' but no call",
              "add 'at_call: ...'");
  Map.finish();
  return Dispatcher;
}

/// `split_on: early`, or `{field: early, keys: {0: setup, 1: early}}`.
static void readSplit(const YamlNode &Node, LinkerTable &Table,
                      RuleReading &Into) {
  if (Node.isScalar()) {
    Table.SplitField = Node.Text;
    return;
  }
  MapReader Map(Node, "'split_on'", Into.Diagnostics);
  Table.SplitField = Map.requiredText("field");
  if (const YamlNode *Keys = Map.node("keys"))
    eachNamed(*Keys, "keys", Into,
              [&](const YamlNode &Name, const YamlNode &Key) {
                int64_t Value;
                if (StringRef(Name.Text).getAsInteger(/*Radix=*/0, Value))
                  Map.error(Name.Where, "a value of '" + Table.SplitField +
                                            "' must be a whole number, but "
                                            "it is '" +
                                            Name.Text + "'");
                else
                  Table.SplitKeys[Value] = Key.Text;
              });
  Map.finish();
}

/// Reports slots of `key:` that no group of the section pattern fills.
static void checkKeyTemplate(MapReader &Map, const LinkerTable &Table) {
  StringRef Rest = Table.KeyTemplate;
  while (true) {
    Rest = Rest.drop_until([](char C) { return C == '{'; })
               .drop_front(Rest.contains('{') ? 1 : 0);
    if (Rest.empty())
      return;
    auto [Slot, After] = Rest.split('}');
    if (!is_contained(Table.GroupNames, Slot))
      Map.error(Map.node("key")->Where,
                "'key' uses '{" + Slot + "}', which no group of 'section' has",
                "name a group (?P<" + Slot + ">...)");
    Rest = After;
  }
}

/// What an entry looks like: a record with callbacks or a bare pointer.
static void readEntryShape(MapReader &Map, LinkerTable &Table,
                           RuleReading &Into) {
  if (Map.onlyOneOf({"record", "pointer"}) == "record")
    Table.Record = Map.requiredText("record");
  else
    Map.flag("pointer");
  Table.Callbacks = Map.texts("callbacks");
  Table.CalledWith = Map.text("called_with");
  Table.HoldsPointers = Map.flag("holds_pointers");
  if (Table.Record.empty() && !Table.Callbacks.empty())
    Map.error(Map.node("callbacks")->Where,
              Map.what() + " has callbacks but no 'record'",
              "add 'record: STRUCT'");
  if (!Table.CalledWith.empty() && Table.Callbacks.empty())
    Map.error(Map.node("called_with")->Where,
              Map.what() + " has 'called_with' but no 'callbacks'",
              "list the callbacks that wait for '" + Table.CalledWith + "'");
  if (const YamlNode *Split = Map.node("split_on"))
    readSplit(*Split, Table, Into);
}

static void readTable(const YamlNode &Name, const YamlNode &Value,
                      RuleReading &Into) {
  checkSpelling(Name, '_', Into);
  MapReader Map(Value, "table '" + Name.Text + "'", Into.Diagnostics);
  LinkerTable Table;
  Table.Name = Name.Text;
  std::string Pattern = Map.requiredText("section");
  if (Error E = setSectionPattern(Table, Pattern))
    Into.Diagnostics.add(Map.node("section")->Where, std::move(E));
  Table.KeyTemplate = Map.text("key");
  checkKeyTemplate(Map, Table);
  readEntryShape(Map, Table, Into);
  static constexpr std::pair<StringRef, TableMode> Modes[] = {
      {"call", TableMode::Call}, {"ops", TableMode::Ops}};
  Table.Mode = Map.choice("mode", ArrayRef(Modes), TableMode::Call);
  Table.Boundaries = Map.texts("boundaries");
  Map.each("dispatchers", [&](const YamlNode &Item) {
    Table.Dispatchers.push_back(readDispatcher(Item, Map.what(), Into));
  });
  if (Table.Dispatchers.empty() && Value.isMap())
    Map.error(Map.place(), Map.what() + " has no 'dispatchers'",
              "list the functions that run its entries");
  Table.When = Map.condition();
  Table.Reason = Map.text("reason");
  Table.Where = Name.Where;
  Map.finish();
  Into.Rules.Tables.push_back(std::move(Table));
}

void readTables(const YamlNode &Node, RuleReading &Into) {
  eachNamed(Node, "tables", Into,
            [&](const YamlNode &Name, const YamlNode &Value) {
              readTable(Name, Value, Into);
            });
}

} // namespace bootorder
