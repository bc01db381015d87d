#include "rules/RuleParts.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

void RuleReading::use(NameUse::UseKind Kind, const YamlNode &Node) {
  if (Node.isScalar())
    Uses.push_back({Kind, Node.Text, Node.Where});
}

std::string RuleReading::nameAt(MapReader &Map, StringRef Key,
                                NameUse::UseKind Kind) {
  std::string Name = Map.text(Key);
  if (const YamlNode *Node = Map.node(Key))
    use(Kind, *Node);
  return Name;
}

std::vector<std::string> RuleReading::namesAt(MapReader &Map, StringRef Key,
                                              NameUse::UseKind Kind) {
  std::vector<std::string> Names;
  for (YamlNode &Node : Map.textNodes(Key)) {
    use(Kind, Node);
    Names.push_back(std::move(Node.Text));
  }
  return Names;
}

void eachNamed(const YamlNode &Node, const Twine &What, RuleReading &Into,
               function_ref<void(const YamlNode &, const YamlNode &)> Read) {
  if (!Node.isMap())
    Into.Diagnostics.add(Node.Where, "'" + What +
                                         "' must be a map from names, but it "
                                         "is " +
                                         Node.describe());
  for (const YamlEntry &Entry : Node.Entries)
    Read(Entry.Key, Entry.Value);
}

void eachItem(const YamlNode &Node, const Twine &What, RuleReading &Into,
              function_ref<void(const YamlNode &)> Read) {
  if (!Node.isSequence())
    Into.Diagnostics.add(Node.Where, "'" + What +
                                         "' must be a list, but it is " +
                                         Node.describe());
  for (const YamlNode &Item : Node.Items)
    Read(Item);
}

void checkSpelling(const YamlNode &Name, char Separator, RuleReading &Into) {
  std::string Right;
  for (char C : Name.Text)
    Right += isAlnum(C) ? toLower(C) : Separator;
  if (Right != Name.Text)
    Into.Diagnostics.add(Name.Where,
                         "name '" + Name.Text +
                             "' is not lower-case words joined by '" +
                             Twine(Separator) + "'",
                         "write '" + Right + "'");
}

std::vector<TaskKind> readTasks(MapReader &Map, StringRef Key) {
  static constexpr std::pair<StringRef, TaskKind> Known[] = {
      {"boot", TaskKind::Boot},
      {"pid1", TaskKind::Pid1},
      {"thread", TaskKind::Thread},
      {"secondary-cpu", TaskKind::SecondaryCpu},
      {"hardirq", TaskKind::HardIrq}};
  std::vector<TaskKind> Tasks;
  for (const YamlNode &Node : Map.textNodes(Key))
    if (std::optional<TaskKind> Task = Map.word(Node, Key, ArrayRef(Known)))
      Tasks.push_back(*Task);
  return Tasks;
}

} // namespace bootorder
