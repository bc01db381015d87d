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

TEST(LocatedYaml, NestingHasALimit) {
  auto Nested = [](size_t Depth) {
    return std::string(Depth, '[') + std::string(Depth, ']');
  };
  EXPECT_EQ(errorsOf(Nested(MaxYamlDepth)), "no error");
  EXPECT_EQ(errorsOf("a: " + Nested(MaxYamlDepth)),
            "f.yaml:1:67: error: not valid YAML: lists and maps are nested "
            "deeper than 64\n");
  EXPECT_NE(errorsOf(std::string(100000, '[')), "no error");
  EXPECT_NE(errorsOf(std::string(100000, '-')), "");
}

TEST(LocatedYaml, AliasesNestToo) {
  std::string Half = std::string(40, '[') + std::string(40, ']');
  std::string Doubled =
      std::string(40, '[') + "*x" + std::string(40, ']');
  EXPECT_EQ(errorsOf("a: &x " + Half + "\nb: " + Doubled),
            "f.yaml:2:44: error: not valid YAML: lists and maps are nested "
            "deeper than 64\n");
}

/// "A billion laughs": each line repeats the line before ten times.
TEST(LocatedYaml, AliasesCountAsWhatTheyRepeat) {
  std::string Text = "a0: &a0 [1]\n";
  for (unsigned Line = 1; Line != 10; ++Line) {
    std::string Before = "*a" + std::to_string(Line - 1);
    std::string Own = "a" + std::to_string(Line);
    Text += Own + ": &" + Own + " [" + Before;
    for (unsigned Times = 1; Times != 10; ++Times)
      Text += "," + Before;
    Text += "]\n";
  }
  EXPECT_NE(errorsOf(Text).find("f.yaml:7:"), std::string::npos);
  EXPECT_NE(errorsOf(Text).find("more than 1000000 values, counting what each "
                                "alias repeats"),
            std::string::npos);
  std::string Long = "a: &a " + std::string(1 << 20, 'x') + "\nb: [*a";
  for (unsigned Times = 0; Times != 1000; ++Times)
    Long += ",*a";
  EXPECT_NE(errorsOf(Long + "]").find("values"), std::string::npos);
}

TEST(LocatedYaml, AFileHasALimit) {
  EXPECT_EQ(errorsOf(std::string(MaxYamlSize + 1, ' ')),
            "f.yaml: error: the file is larger than 16 MiB; check that it is "
            "the file that was meant\n");
}
