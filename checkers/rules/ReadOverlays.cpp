//===- ReadOverlays.cpp - what one rule file says about others ------------===//

#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

using UseKind = NameUse::UseKind;

void readSuppressions(const YamlNode &Node, RuleReading &Into) {
  eachItem(Node, "suppressions", Into, [&](const YamlNode &Item) {
    MapReader Map(Item, "a suppression", Into.Diagnostics);
    Suppression Entry;
    Entry.Rules = Map.globs("rules");
    Entry.Functions = Map.globs("functions");
    Entry.Files = Map.globs("files");
    Entry.Sinks = Map.globs("sinks");
    if (Item.isMap() && Entry.Rules.empty())
      Map.error(Map.place(), Map.what() + " names no rule",
                "add 'rules: [...]'");
    if (Item.isMap() && Entry.Functions.empty() && Entry.Files.empty() &&
        Entry.Sinks.empty())
      Map.error(Map.place(), Map.what() + " would hide a whole rule",
                "add 'functions', 'files' or 'sinks'; 'remove' is for rules");
    finishEntry(Map, Entry);
    Into.Rules.Suppressions.push_back(std::move(Entry));
  });
}

void readNames(const YamlNode &Node, RuleReading &Into) {
  eachItem(Node, "names", Into, [&](const YamlNode &Item) {
    MapReader Map(Item, "an entry of 'names'", Into.Diagnostics);
    NameStatement Entry;
    Entry.Names = Map.texts("names");
    if (Item.isMap() && Entry.Names.empty())
      Map.error(Map.place(), Map.what() + " has no 'names'",
                "list what it speaks of");
    Entry.Optional = Map.flag("optional");
    finishEntry(Map, Entry);
    Into.Rules.Names.push_back(std::move(Entry));
  });
}

void readExpectedOrder(const YamlNode &Node, RuleReading &Into) {
  eachItem(Node, "expected_order", Into, [&](const YamlNode &Item) {
    MapReader Map(Item, "an entry of 'expected_order'", Into.Diagnostics);
    ExpectedOrder Entry;
    Entry.Milestones = Into.namesAt(Map, "milestones", UseKind::Milestone);
    if (Item.isMap() && Entry.Milestones.size() < 2)
      Map.error(Map.place(), Map.what() + " orders nothing",
                "list at least two 'milestones'");
    finishEntry(Map, Entry);
    Into.Rules.Orders.push_back(std::move(Entry));
  });
}

/// Takes the parts that the list at \p Key names out of \p Parts.
template <typename Part>
static void removeParts(MapReader &Map, StringRef Key, std::vector<Part> &Parts,
                        std::string Part::*Name) {
  for (const YamlNode &Node : Map.textNodes(Key)) {
    size_t Before = Parts.size();
    erase_if(Parts, [&](const Part &P) { return P.*Name == Node.Text; });
    if (Parts.size() == Before)
      Map.error(Node.Where,
                "'remove' names '" + Node.Text + "', which '" + Key +
                    "' does not have so far",
                "include the file that has it, above");
  }
}

void readRemovals(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'remove'", Into.Diagnostics);
  RuleSet &Rules = Into.Rules;
  removeParts(Map, "entry_points", Rules.EntryPoints, &EntryPoint::Function);
  removeParts(Map, "milestones", Rules.Milestones, &Milestone::Name);
  removeParts(Map, "tables", Rules.Tables, &LinkerTable::Name);
  removeParts(Map, "effects", Rules.Effects, &Effect::Name);
  removeParts(Map, "constants", Rules.Constants, &ConstantRequest::Name);
  removeParts(Map, "rules", Rules.Rules, &Rule::Id);
  Map.finish();
}

/// The part of that name, reporting one that is not there.
template <typename Part>
static Part *partNamed(const YamlNode &Name, std::vector<Part> &Parts,
                       std::string Part::*Field, StringRef Kind,
                       RuleReading &Into) {
  for (Part &P : Parts)
    if (P.*Field == Name.Text)
      return &P;
  Into.Diagnostics.add(Name.Where,
                       "'add' names " + Kind + " '" + Name.Text +
                           "', which is not known so far",
                       "include the file that has it, above");
  return nullptr;
}

void readAdditions(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'add'", Into.Diagnostics);
  if (const YamlNode *Effects = Map.node("effects"))
    eachNamed(*Effects, "effects", Into,
              [&](const YamlNode &Name, const YamlNode &Uses) {
                if (Effect *Known = partNamed(Name, Into.Rules.Effects,
                                              &Effect::Name, "effect", Into))
                  readSinks(Uses, "effect '" + Name.Text + "'", Known->Uses,
                            Into);
              });
  if (const YamlNode *Rules = Map.node("rules"))
    eachNamed(
        *Rules, "rules", Into,
        [&](const YamlNode &Name, const YamlNode &Sinks) {
          if (Rule *Known =
                  partNamed(Name, Into.Rules.Rules, &Rule::Id, "rule", Into))
            readSinks(Sinks, "rule '" + Name.Text + "'", Known->Sinks, Into);
        });
  if (const YamlNode *Tables = Map.node("tables"))
    eachNamed(
        *Tables, "tables", Into,
        [&](const YamlNode &Name, const YamlNode &Dispatchers) {
          LinkerTable *Known = partNamed(Name, Into.Rules.Tables,
                                         &LinkerTable::Name, "table", Into);
          if (!Known)
            return;
          eachItem(Dispatchers, Name.Text, Into, [&](const YamlNode &Item) {
            Known->Dispatchers.push_back(
                readDispatcher(Item, "table '" + Name.Text + "'", Into));
          });
        });
  Map.finish();
}

} // namespace bootorder
