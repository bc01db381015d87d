#include "rules/MapReader.h"
#include "support/Suggest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

MapReader::MapReader(const YamlNode &Map, const Twine &What,
                     DiagnosticList &Diagnostics)
    : Map(Map), What(What.str()), Diagnostics(Diagnostics) {
  if (!Map.isMap())
    error(Map.Where,
          this->What + " must be a map of keys, but it is " + Map.describe());
}

const YamlNode *MapReader::node(StringRef Key) {
  if (!is_contained(Asked, Key))
    Asked.push_back(Key);
  return Map.find(Key);
}

std::optional<StringRef> MapReader::scalar(const YamlNode &Node,
                                           StringRef Key) {
  if (Node.isScalar())
    return StringRef(Node.Text);
  error(Node.Where, "'" + Key + "' of " + What + " must be a text, but it is " +
                        Node.describe());
  return std::nullopt;
}

std::string MapReader::text(StringRef Key) {
  const YamlNode *Node = node(Key);
  return Node ? scalar(*Node, Key).value_or("").str() : "";
}

std::string MapReader::requiredText(StringRef Key) {
  std::string Text = text(Key);
  const YamlNode *Node = Map.find(Key);
  if (Map.isMap() && (!Node || (Node->isScalar() && Text.empty())))
    error(Node ? Node->Where : Map.Where, What + " has no '" + Key + "'",
          "add '" + Key + ": ...'");
  return Text;
}

std::optional<int64_t> MapReader::integer(StringRef Key) {
  const YamlNode *Node = node(Key);
  if (!Node)
    return std::nullopt;
  std::optional<StringRef> Text = scalar(*Node, Key);
  int64_t Value;
  if (Text && !Text->getAsInteger(/*Radix=*/0, Value))
    return Value;
  if (Text)
    error(Node->Where,
          "'" + Key + "' must be a whole number, but it is '" + *Text + "'");
  return std::nullopt;
}

bool MapReader::flag(StringRef Key) {
  const YamlNode *Node = node(Key);
  std::optional<StringRef> Text = Node ? scalar(*Node, Key) : std::nullopt;
  if (Text && *Text != "true" && *Text != "false")
    error(Node->Where, "'" + Key + "' is '" + *Text + "'",
          "write 'true' or 'false'");
  return Text && *Text == "true";
}

std::vector<YamlNode> MapReader::textNodes(StringRef Key) {
  std::vector<YamlNode> Nodes;
  each(Key, [&](const YamlNode &Item) {
    if (scalar(Item, Key))
      Nodes.push_back(Item);
  });
  return Nodes;
}

std::vector<std::string> MapReader::texts(StringRef Key) {
  std::vector<std::string> Texts;
  for (YamlNode &Node : textNodes(Key))
    Texts.push_back(std::move(Node.Text));
  return Texts;
}

GlobSet MapReader::globs(StringRef Key) {
  std::vector<std::string> Good;
  for (YamlNode &Node : textNodes(Key)) {
    if (Expected<GlobSet> One = GlobSet::create(Node.Text))
      Good.push_back(std::move(Node.Text));
    else
      Diagnostics.add(Node.Where, One.takeError());
  }
  return cantFail(GlobSet::create(Good));
}

ConfigTest MapReader::configTest(const YamlNode &Node) {
  StringRef Name = Node.Text;
  ConfigTest Test;
  Test.Negated = Name.consume_front("!");
  Test.Name = Name.str();
  if (Name.consume_front("CONFIG_"))
    error(Node.Where, "configuration symbol '" + Test.Name + "'",
          "leave out CONFIG_: write '" + Twine(Test.Negated ? "!" : "") + Name +
              "'");
  return Test;
}

KernelCondition MapReader::condition() {
  KernelCondition When;
  if (const YamlNode *Node = node("kernels"))
    if (std::optional<StringRef> Text = scalar(*Node, "kernels")) {
      if (Expected<VersionRange> Range = parseVersionRange(*Text))
        When.Kernels = *Range;
      else
        Diagnostics.add(Node->Where, Range.takeError());
    }
  When.Arches = texts("arch");
  for (const YamlNode &Node : textNodes("when_config"))
    When.Configs.push_back(configTest(Node));
  return When;
}

std::optional<size_t> MapReader::wordIndex(const YamlNode &Node, StringRef Key,
                                           ArrayRef<StringRef> Words) {
  std::optional<StringRef> Text = scalar(Node, Key);
  if (!Text)
    return std::nullopt;
  const StringRef *Found = find(Words, *Text);
  if (Found != Words.end())
    return Found - Words.begin();
  error(Node.Where, "'" + Key + "' cannot be '" + *Text + "'",
        suggestWord(*Text, Words));
  return std::nullopt;
}

StringRef MapReader::onlyOneOf(ArrayRef<StringRef> Keys) {
  StringRef Found;
  for (StringRef Key : Keys) {
    const YamlNode *Node = node(Key);
    if (Node && !Found.empty())
      error(Node->Where, What + " has both '" + Found + "' and '" + Key + "'",
            "keep one");
    if (Node && Found.empty())
      Found = Key;
  }
  if (Found.empty() && Map.isMap())
    error(Map.Where, What + " says nothing",
          "add one of '" + join(Keys, "', '") + "'");
  return Found;
}

void MapReader::each(StringRef Key, function_ref<void(const YamlNode &)> Read) {
  const YamlNode *Node = node(Key);
  if (!Node)
    return;
  if (!Node->isSequence())
    return Read(*Node);
  for (const YamlNode &Item : Node->Items)
    Read(Item);
}

void MapReader::error(const SourceRange &Where, const Twine &Message,
                      const Twine &Suggestion) {
  Diagnostics.add(Where, Message, Suggestion);
}

void MapReader::finish() {
  for (const YamlEntry &Entry : Map.Entries)
    if (!is_contained(Asked, Entry.Key.Text))
      error(Entry.Key.Where, "unknown key '" + Entry.Key.Text + "' in " + What,
            suggestWord(Entry.Key.Text, Asked));
}

} // namespace bootorder
