#include "TestFolder.h"
#include "support/LocatedYaml.h"
#include "gtest/gtest.h"

using namespace bootorder;

static YamlNode parse(llvm::StringRef Text) {
  return llvm::cantFail(parseYaml(Text, "f.yaml"));
}

static std::string errorsOf(llvm::StringRef Text) {
  llvm::Expected<YamlNode> Root = parseYaml(Text, "f.yaml");
  return Root ? "no error" : llvm::toString(Root.takeError());
}

TEST(LocatedYaml, KeysAndValuesKnowTheirPlace) {
  YamlNode Root = parse("# about\na: 1\nlist:\n  - x\n  - {k: value}\n");
  ASSERT_TRUE(Root.isMap());
  EXPECT_EQ(Root.Entries[1].Key.Where, (SourceRange{"f.yaml", 3, 1, 4}));
  const YamlNode *List = Root.find("list");
  ASSERT_TRUE(List && List->isSequence());
  EXPECT_EQ(List->Items[0].Where, (SourceRange{"f.yaml", 4, 5, 1}));
  const YamlNode *Value = List->Items[1].find("k");
  ASSERT_TRUE(Value);
  EXPECT_EQ(Value->Where, (SourceRange{"f.yaml", 5, 9, 5}));
}

TEST(LocatedYaml, WordsOfOldYamlAreTexts) {
  YamlNode Root = parse("a: on\nb: no\nc: 0x10\nd: \"true\"\ne: ~\nf:\n");
  EXPECT_EQ(Root.find("a")->Text, "on");
  EXPECT_EQ(Root.find("b")->Text, "no");
  EXPECT_EQ(Root.find("c")->Text, "0x10");
  EXPECT_EQ(Root.find("d")->Text, "true");
  EXPECT_EQ(Root.find("f")->Kind, YamlNode::NodeKind::Null);
  EXPECT_EQ(Root.find("g"), nullptr);
}

TEST(LocatedYaml, AnAliasIsACopyAtItsOwnPlace) {
  YamlNode Root = parse("a: &x [1, 2]\nb: *x\n");
  EXPECT_EQ(Root.find("b")->Items.size(), 2u);
  EXPECT_EQ(Root.find("b")->Where.Line, 2u);
}

TEST(LocatedYaml, AnEmptyDocumentIsNothing) {
  EXPECT_EQ(parse("# only a comment\n").Kind, YamlNode::NodeKind::Null);
  EXPECT_EQ(parse("").describe(), "nothing");
}

TEST(LocatedYaml, AKeyUsedTwiceNamesTheFirst) {
  EXPECT_EQ(errorsOf("a: 1\nb: 2\na: 3\n"),
            "f.yaml:3:1: error: key 'a' is used twice; "
            "the first one is on line 1\n");
}

TEST(LocatedYaml, AKeyMustBeAText) {
  EXPECT_EQ(errorsOf("? [a, b]\n: 1\n"),
            "f.yaml:1:3: error: a key must be a plain text\n");
}

TEST(LocatedYaml, BadGrammarHasAPlace) {
  EXPECT_EQ(errorsOf("a: [1, 2\nb: 3\n"),
            "f.yaml:2:2: error: not valid YAML: end of sequence flow not "
            "found\n");
}

TEST(LocatedYaml, OneDocumentPerFile) {
  EXPECT_EQ(errorsOf("a: 1\n---\nb: 2\n"),
            "f.yaml:3:1: error: a second YAML document in one file; put it in "
            "a file of its own\n");
}

TEST(LocatedYaml, AMissingFileIsNamed) {
  TestFolder Folder;
  llvm::Expected<YamlNode> Root = readYaml(Folder.path("a.yaml"));
  ASSERT_FALSE(bool(Root));
  EXPECT_EQ(Folder.strip(llvm::toString(Root.takeError())),
            "cannot read 'a.yaml': no such file or directory; check the path");
}
