// docs/rules.schema.json is for editors, checkers/rules for bootorder: both
// know the same keys.

#include "rules/RuleReader.h"
#include "support/LocatedYaml.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Regex.h"
#include "gtest/gtest.h"
#include <set>

using namespace bootorder;
using namespace llvm;

namespace {

std::string contentOf(const Twine &File) {
  return cantFail(errorOrToExpected(MemoryBuffer::getFile(File)))
      ->getBuffer()
      .str();
}

/// As much of JSON Schema as the file uses; any other keyword is an error.
class Schema {
public:
  Schema()
      : Root(cantFail(json::parse(
            contentOf(BOOTORDER_SOURCE_DIR "/docs/rules.schema.json")))) {
    for (const auto &[Name, Definition] : *definitions())
      collectKeys(Definition);
    collectKeys(Root);
  }

  /// Why \p Node is not what the schema asks for; empty if it is.
  std::string complaint(const YamlNode &Node) const {
    return complaint(Node, *Root.getAsObject());
  }
  std::set<std::string> Keys; ///< of all objects with a fixed list of keys

private:
  const json::Object *definitions() const {
    return Root.getAsObject()->getObject("definitions");
  }

  void collectKeys(const json::Value &V) {
    if (const json::Array *List = V.getAsArray())
      for (const json::Value &Item : *List)
        collectKeys(Item);
    const json::Object *Object = V.getAsObject();
    if (!Object)
      return;
    if (const json::Object *Properties = Object->getObject("properties"))
      for (const auto &[Key, Value] : *Properties) {
        Keys.insert(StringRef(Key).str());
        collectKeys(Value);
      }
    for (StringRef Key : {"additionalProperties", "items", "anyOf"})
      if (const json::Value *Below = Object->get(Key))
        collectKeys(*Below);
  }

  static std::string at(const YamlNode &Node, const Twine &What) {
    return (Node.Where.File + ":" + Twine(Node.Where.Line) + ": " + What).str();
  }

  std::string complaint(const YamlNode &Node, const json::Object &S) const {
    if (auto Reference = S.getString("$ref")) {
      Reference->consume_front("#/definitions/");
      return complaint(Node, *definitions()->getObject(*Reference));
    }
    if (const json::Array *Choices = S.getArray("anyOf")) {
      std::string Last;
      for (const json::Value &Choice : *Choices) {
        Last = complaint(Node, *Choice.getAsObject());
        if (Last.empty())
          return "";
      }
      return Last;
    }
    if (const json::Array *Words = S.getArray("enum")) {
      for (const json::Value &Word : *Words)
        if (Node.isScalar() && Word.getAsString() == StringRef(Node.Text))
          return "";
      return at(Node, "not one of the words");
    }
    StringRef Type = S.getString("type").value_or("");
    if (Type == "object")
      return objectComplaint(Node, S);
    if (Type == "array")
      return arrayComplaint(Node, S);
    int64_t Number;
    bool IsRight =
        Node.isScalar() &&
        (Type == "string" ||
         (Type == "integer" && !StringRef(Node.Text).getAsInteger(0, Number)) ||
         (Type == "boolean" && (Node.Text == "true" || Node.Text == "false")));
    return IsRight ? "" : at(Node, "is no " + Type);
  }

  std::string arrayComplaint(const YamlNode &Node,
                             const json::Object &S) const {
    if (!Node.isSequence())
      return at(Node, "is no list");
    for (const YamlNode &Item : Node.Items)
      if (std::string Why = complaint(Item, *S.getObject("items"));
          !Why.empty())
        return Why;
    return "";
  }

  std::string objectComplaint(const YamlNode &Node,
                              const json::Object &S) const {
    if (!Node.isMap())
      return at(Node, "is no map");
    const json::Object *Properties = S.getObject("properties");
    const json::Object *Others = S.getObject("additionalProperties");
    for (const YamlEntry &Entry : Node.Entries) {
      const json::Object *Known =
          Properties ? Properties->getObject(Entry.Key.Text) : nullptr;
      if (!Known)
        Known = Others;
      if (!Known)
        return at(Entry.Key, "unknown key " + Entry.Key.Text);
      if (std::string Why = complaint(Entry.Value, *Known); !Why.empty())
        return Why;
    }
    if (const json::Array *Required = S.getArray("required"))
      for (const json::Value &Key : *Required)
        if (!Node.find(*Key.getAsString()))
          return at(Node, "lacks " + *Key.getAsString());
    return "";
  }

  json::Value Root;
};

const std::string Sample = BOOTORDER_SOURCE_DIR "/test/data/all-keys.yaml";

void collectKeys(const YamlNode &Node, std::set<std::string> &Keys) {
  for (const YamlNode &Item : Node.Items)
    collectKeys(Item, Keys);
  for (const YamlEntry &Entry : Node.Entries) {
    Keys.insert(Entry.Key.Text);
    collectKeys(Entry.Value, Keys);
  }
}

/// Keys that the sources of the reader ask for.
std::set<std::string> keysOfReader() {
  std::set<std::string> Keys;
  Regex Call("(MapReader::|Map\\.|Alternative\\.|Owner\\.)"
             "(text|requiredText|node|integer|flag|texts|textNodes|globs|each|"
             "choice)\\(\"([a-z_]+)\"");
  Regex Helper("(nameAt|namesAt|readFilter|readTasks|removeParts)"
               "\\((Map|Owner), \"([a-z_]+)\"");
  Regex Condition("(node|texts|textNodes)\\((\")(kernels|arch|when_config)\"");
  Regex TopLevel("(\\{)(\")([a-z_]+)\", read[A-Z]");
  std::error_code Error;
  for (sys::fs::directory_iterator
           It(BOOTORDER_SOURCE_DIR "/checkers/rules", Error),
       End;
       It != End && !Error; It.increment(Error)) {
    if (!StringRef(It->path()).ends_with(".cpp"))
      continue;
    std::string Content = contentOf(It->path());
    for (Regex *Pattern : {&Call, &Helper, &Condition, &TopLevel}) {
      StringRef Rest = Content;
      SmallVector<StringRef, 4> Found;
      while (Pattern->match(Rest, &Found)) {
        Keys.insert(Found[3].str());
        Rest = Rest.substr(Found[3].end() - Rest.begin());
      }
    }
  }
  return Keys;
}

} // namespace

TEST(RulesSchema, HoldsForEveryShippedFile) {
  Schema S;
  std::error_code Error;
  unsigned Files = 0;
  for (sys::fs::directory_iterator
           It(BOOTORDER_SOURCE_DIR "/rules/linux", Error),
       End;
       It != End && !Error; It.increment(Error)) {
    EXPECT_EQ(S.complaint(cantFail(readYaml(It->path()))), "");
    ++Files;
  }
  EXPECT_GT(Files, 10u);
}

TEST(RulesSchema, RejectsWhatTheReaderRejects) {
  Schema S;
  auto Complaint = [&](StringRef Text) {
    return S.complaint(cantFail(parseYaml(Text, "t")));
  };
  EXPECT_EQ(Complaint("bootorder: 1\nrulez: {}"), "t:2: unknown key rulez");
  EXPECT_EQ(Complaint("rules: {}"), "t:1: lacks bootorder");
  EXPECT_EQ(Complaint("bootorder: 1\nwrappers: [{functions: f}]"),
            "t:2: lacks reason");
  EXPECT_EQ(Complaint("bootorder: 1\nrules: {a: {severity: bad}}"),
            "t:2: not one of the words");
}

TEST(RulesSchema, ReaderAndSchemaKnowTheKeysOfTheSample) {
  EXPECT_TRUE(bool(readRules({Sample}))) << "the reader takes the sample";
  YamlNode Root = cantFail(readYaml(Sample));
  Schema S;
  EXPECT_EQ(S.complaint(Root), "");
  std::set<std::string> InSample;
  collectKeys(Root, InSample);
  for (const std::string &Key : S.Keys)
    EXPECT_TRUE(InSample.count(Key)) << "only the schema knows " << Key;
  std::set<std::string> InReader = keysOfReader();
  EXPECT_GT(InReader.size(), 60u);
  for (const std::string &Key : InReader)
    EXPECT_TRUE(S.Keys.count(Key)) << "the schema does not know " << Key;
}
