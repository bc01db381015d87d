#include "support/LocatedYaml.h"
#include "support/Error.h"
#include "support/Files.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

using namespace llvm;

namespace bootorder {
namespace {

/// Builds the tree from yaml-cpp's events: unlike its nodes, they keep
/// duplicate keys and say where each key stands.
class TreeBuilder : public YAML::EventHandler {
public:
  explicit TreeBuilder(StringRef File) : File(File) {}

  void OnDocumentStart(const YAML::Mark &) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark &Mark, YAML::anchor_t Anchor) override {
    finish(nodeAt(Mark, YamlNode::NodeKind::Null), Anchor);
  }

  void OnAlias(const YAML::Mark &Mark, YAML::anchor_t Anchor) override {
    const YamlNode &Named = Anchored[Anchor];
    Extent Of = extentOf(Named);
    count(Mark, Of.Weight);
    checkDepth(Mark, Stack.size() + Of.Depth);
    YamlNode Copy = Named;
    Copy.Where = nodeAt(Mark, Copy.Kind).Where;
    finish(std::move(Copy), YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark &Mark, const std::string &,
                YAML::anchor_t Anchor, const std::string &Value) override {
    YamlNode Node = nodeAt(Mark, YamlNode::NodeKind::Scalar);
    Node.Text = Value;
    Node.Where.Length = Value.size();
    finish(std::move(Node), Anchor);
  }

  void OnSequenceStart(const YAML::Mark &Mark, const std::string &,
                       YAML::anchor_t Anchor,
                       YAML::EmitterStyle::value) override {
    checkDepth(Mark, Stack.size() + 1);
    open(nodeAt(Mark, YamlNode::NodeKind::Sequence), Anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark &Mark, const std::string &,
                  YAML::anchor_t Anchor, YAML::EmitterStyle::value) override {
    checkDepth(Mark, Stack.size() + 1);
    open(nodeAt(Mark, YamlNode::NodeKind::Map), Anchor);
  }
  void OnMapEnd() override { close(); }

  YamlNode Root;
  DiagnosticList Diagnostics;

private:
  struct OpenNode {
    YamlNode Node;
    YAML::anchor_t Anchor;
    bool KeyIsNext = true;
    StringMap<unsigned> LineOfKey;
  };

  /// \p Nodes more; throws if that is too many.
  void count(const YAML::Mark &Mark, size_t Nodes) {
    Count += Nodes;
    if (Count > MaxYamlNodes)
      throw YAML::ParserException(
          Mark, "more than " + std::to_string(MaxYamlNodes) +
                    " values, counting what each alias repeats");
  }

  static void checkDepth(const YAML::Mark &Mark, size_t Depth) {
    if (Depth > MaxYamlDepth)
      throw YAML::ParserException(Mark,
                                  "lists and maps are nested deeper than " +
                                      std::to_string(MaxYamlDepth));
  }

  struct Extent {
    size_t Weight = 1; ///< in nodes; so many bytes of text count as one, too
    size_t Depth = 0;  ///< lists and maps within each other

    void add(Extent Part) {
      Weight += Part.Weight;
      Depth = std::max(Depth, Part.Depth + 1);
    }
  };

  static Extent extentOf(const YamlNode &Node) {
    constexpr size_t BytesPerNode = 64;
    Extent Whole{1 + Node.Text.size() / BytesPerNode,
                 Node.isSequence() || Node.isMap()};
    for (const YamlNode &Item : Node.Items)
      Whole.add(extentOf(Item));
    for (const YamlEntry &Entry : Node.Entries) {
      Whole.add(extentOf(Entry.Key));
      Whole.add(extentOf(Entry.Value));
    }
    return Whole;
  }

  YamlNode nodeAt(const YAML::Mark &Mark, YamlNode::NodeKind Kind) {
    count(Mark, 1);
    YamlNode Node;
    Node.Kind = Kind;
    Node.Where = {File, unsigned(Mark.line + 1), unsigned(Mark.column + 1), 0};
    return Node;
  }

  void open(YamlNode Node, YAML::anchor_t Anchor) {
    Stack.push_back({std::move(Node), Anchor, true, {}});
  }

  void close() {
    OpenNode Done = std::move(Stack.back());
    Stack.pop_back();
    finish(std::move(Done.Node), Done.Anchor);
  }

  void finish(YamlNode Node, YAML::anchor_t Anchor) {
    if (Anchor != YAML::NullAnchor)
      Anchored[Anchor] = Node;
    if (Stack.empty()) {
      Root = std::move(Node);
      return;
    }
    OpenNode &Parent = Stack.back();
    if (Parent.Node.isSequence())
      Parent.Node.Items.push_back(std::move(Node));
    else if (Parent.KeyIsNext)
      addKey(Parent, std::move(Node));
    else
      addValue(Parent, std::move(Node));
  }

  void addKey(OpenNode &Map, YamlNode Key) {
    if (!Key.isScalar())
      Diagnostics.add(Key.Where, "a key must be a plain text");
    auto [First, New] = Map.LineOfKey.try_emplace(Key.Text, Key.Where.Line);
    if (!New)
      Diagnostics.add(Key.Where, "key '" + Key.Text + "' is used twice",
                      "the first one is on line " + Twine(First->second));
    Map.Node.Entries.push_back({std::move(Key), YamlNode()});
    Map.KeyIsNext = false;
  }

  void addValue(OpenNode &Map, YamlNode Value) {
    Map.Node.Entries.back().Value = std::move(Value);
    Map.KeyIsNext = true;
  }

  std::string File;
  std::vector<OpenNode> Stack;
  std::map<YAML::anchor_t, YamlNode> Anchored;
  size_t Count = 0;
};

} // namespace

const YamlNode *YamlNode::find(StringRef Key) const {
  for (const YamlEntry &Entry : Entries)
    if (Entry.Key.Text == Key)
      return &Entry.Value;
  return nullptr;
}

StringRef YamlNode::describe() const {
  switch (Kind) {
  case NodeKind::Null:
    return "nothing";
  case NodeKind::Scalar:
    return "a text";
  case NodeKind::Sequence:
    return "a list";
  case NodeKind::Map:
    return "a map";
  }
  llvm_unreachable("every kind is described");
}

Expected<YamlNode> parseYaml(StringRef Content, StringRef File) {
  TreeBuilder Builder(File);
  if (Content.size() > MaxYamlSize) {
    Builder.Diagnostics.add({File.str(), 0, 0, 0},
                            "the file is larger than " +
                                Twine(MaxYamlSize >> 20) + " MiB",
                            "check that it is the file that was meant");
    return Builder.Diagnostics.take();
  }
  try {
    std::istringstream Stream(Content.str());
    YAML::Parser Parser(Stream);
    Parser.HandleNextDocument(Builder);
    YamlNode First = std::move(Builder.Root);
    Builder.Root = YamlNode();
    if (Parser.HandleNextDocument(Builder))
      Builder.Diagnostics.add(Builder.Root.Where,
                              "a second YAML document in one file",
                              "put it in a file of its own");
    Builder.Root = std::move(First);
  } catch (const YAML::Exception &Failure) {
    SourceRange Where{File.str(), unsigned(Failure.mark.line + 1),
                      unsigned(Failure.mark.column + 1), 0};
    Builder.Diagnostics.add(Where, "not valid YAML: " + Failure.msg);
  }
  if (Error E = Builder.Diagnostics.take())
    return std::move(E);
  if (!Builder.Root.Where.isValid())
    Builder.Root.Where = {File.str(), 1, 1, 0};
  return std::move(Builder.Root);
}

Expected<YamlNode> readYaml(StringRef Path) {
  Expected<std::string> Content = readFile(Path);
  if (!Content)
    return Content.takeError();
  return parseYaml(*Content, Path);
}

} // namespace bootorder
