#include "TestTu.h"
#include "extract/HeaderGraph.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// Headers that a unit including \p Names reads, in order.
std::vector<std::string> read(const TestTu &Tu,
                              std::vector<IncludeName> Names) {
  llvm::Expected<HeaderGraph> Graph =
      readHeaders(Tu.request(), Names, Tu.fileSystem());
  EXPECT_TRUE(static_cast<bool>(Graph));
  std::vector<uint32_t> Direct;
  for (std::optional<uint32_t> Header : Graph->Asked)
    if (Header)
      Direct.push_back(*Header);
  std::vector<std::string> Paths;
  for (uint32_t H : reachedFrom(*Graph, Direct)) {
    const GraphHeader &Header = Graph->Headers[H];
    Paths.push_back(Header.Path + (Header.IsWhole ? "" : " not whole"));
  }
  return Paths;
}

std::vector<std::string> namesIn(llvm::StringRef Text) {
  std::vector<std::string> Names;
  for (const IncludeName &Name : includesOf(Text))
    Names.push_back(Name.IsAngled ? "<" + Name.Name + ">" : Name.Name);
  return Names;
}

std::string guarded(const std::string &Name, const std::string &Text) {
  return "#ifndef " + Name + "\n#define " + Name + "\n" + Text + "\n#endif\n";
}

} // namespace

TEST(HeaderGraph, AllBranchesOfASourceCount) {
  EXPECT_THAT(namesIn("#include <linux/a.h>\n"
                      "/* #include <none.h> */\n"
                      "#ifdef X\n"
                      "# include \"b.h\" /* why */\n"
                      "#else\n"
                      "#include <c.h>\n"
                      "#endif\n"
                      "#include MADE_BY_A_MACRO\n"
                      "const char *s = \"#include <none.h>\";\n"),
              ElementsAre("<linux/a.h>", "b.h", "<c.h>"));
  EXPECT_THAT(namesIn(""), IsEmpty());
}

TEST(HeaderGraph, NamesThatCannotBeAreLeftOut) {
  EXPECT_THAT(namesIn("#include \"\"\n#include \\\n<b.h>\n#include \"a.h\"\n"),
              ElementsAre("a.h"));
}

TEST(HeaderGraph, ANameThatIsNoHeaderLeavesTheOthersTheirs) {
  TestTu Tu("");
  Tu.Files["a.h"] = guarded("A_H", "");
  EXPECT_THAT(read(Tu, {{"no>\"header", true}, {"a.h"}}),
              ElementsAre("/kernel/a.h"));
}

TEST(HeaderGraph, HeadersComeInTheOrderInWhichTheyAreEntered) {
  TestTu Tu("");
  Tu.Files["a.h"] = guarded("A_H", "#define WANTED 1\n#include \"c.h\"\n"
                                   "#ifdef UNKNOWN\n#include \"d.h\"\n#endif");
  Tu.Files["b.h"] = guarded("B_H", "int b(void) { return 1; }");
  Tu.Files["c.h"] = guarded("C_H", "#if WANTED\n#include \"b.h\"\n#endif");
  EXPECT_THAT(read(Tu, {{"a.h"}, {"b.h"}}),
              ElementsAre("/kernel/a.h", "/kernel/c.h", "/kernel/b.h"));
  EXPECT_THAT(read(Tu, {{"b.h"}, {"a.h"}}),
              ElementsAre("/kernel/b.h", "/kernel/a.h", "/kernel/c.h"));
}

TEST(HeaderGraph, HeadersThatIncludeEachOtherAreEachReadOnce) {
  TestTu Tu("");
  Tu.Files["a.h"] = guarded("A_H", "#include \"b.h\"");
  Tu.Files["b.h"] = guarded("B_H", "#include \"a.h\"\n#include \"c.h\"");
  Tu.Files["c.h"] = guarded("C_H", "");
  EXPECT_THAT(read(Tu, {{"a.h"}}),
              ElementsAre("/kernel/a.h", "/kernel/b.h", "/kernel/c.h"));
}

TEST(HeaderGraph, AHeaderThatIsReadTwiceIsNotWhole) {
  TestTu Tu("");
  Tu.Files["a.h"] = "extern int a;";
  EXPECT_THAT(read(Tu, {{"a.h"}, {"a.h"}}),
              ElementsAre("/kernel/a.h not whole"));
}

TEST(HeaderGraph, WhatIncludesAMissingFileIsNotWhole) {
  TestTu Tu("");
  Tu.Files["a.h"] = guarded("A_H", "#include \"c.h\"");
  Tu.Files["c.h"] = guarded("C_H", "#include <missing.h>");
  Tu.Files["b.h"] = guarded("B_H", "");
  EXPECT_THAT(read(Tu, {{"a.h"}, {"gone.h"}, {"b.h"}}),
              ElementsAre("/kernel/a.h not whole", "/kernel/c.h not whole",
                          "/kernel/b.h"));
}

TEST(HeaderGraph, HeadersOfTheCommandLineAreLeftOut) {
  TestTu Tu("");
  Tu.Files["first.h"] = guarded("FIRST_H", "#include \"inner.h\"");
  Tu.Files["inner.h"] = guarded("INNER_H", "");
  Tu.Files["a.h"] = guarded("A_H", "#include \"inner.h\"");
  Tu.Arguments.insert(Tu.Arguments.end(), {"-include", "/kernel/first.h"});
  EXPECT_THAT(read(Tu, {{"first.h"}, {"a.h"}}), ElementsAre("/kernel/a.h"));
}

TEST(HeaderGraph, AnErrorInAHeaderEndsNothing) {
  TestTu Tu("");
  Tu.Files["a.h"] = guarded("A_H", "#error not here\n#include \"b.h\"");
  Tu.Files["b.h"] = guarded("B_H", "");
  EXPECT_THAT(read(Tu, {{"a.h"}}), ElementsAre("/kernel/a.h", "/kernel/b.h"));
}
