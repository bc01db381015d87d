#include "rules/LinkerTable.h"
#include "gtest/gtest.h"

using namespace bootorder;

static LinkerTable initcalls() {
  LinkerTable Table;
  llvm::cantFail(setSectionPattern(
      Table,
      R"(\.initcall(?P<level>early|rootfs|[0-7])(?P<sync>s?)\.init(\..*)?)"));
  Table.KeyTemplate = "{level}{sync}";
  return Table;
}

TEST(LinkerTable, TheSectionMakesTheKey) {
  LinkerTable Table = initcalls();
  EXPECT_EQ(tableKey(Table, ".initcall6s.init"), "6s");
  EXPECT_EQ(tableKey(Table, ".initcallearly.init"), "early");
  EXPECT_EQ(tableKey(Table, ".initcall6.init..0_main_c"), "6");
}

TEST(LinkerTable, OtherSectionsAreNotOfTheTable) {
  LinkerTable Table = initcalls();
  EXPECT_EQ(tableKey(Table, ".con_initcall.init"), std::nullopt);
  EXPECT_EQ(tableKey(Table, "x.initcall6.init"), std::nullopt);
  EXPECT_EQ(tableKey(Table, ".initcall6_init"), std::nullopt);
}

TEST(LinkerTable, ATableWithoutKeysHasTheEmptyOne) {
  LinkerTable Table;
  llvm::cantFail(setSectionPattern(Table, "__param|__core_param"));
  EXPECT_EQ(tableKey(Table, "__param"), "");
  EXPECT_EQ(tableKey(Table, "__core_param"), "");
  EXPECT_EQ(tableKey(Table, "__param2"), std::nullopt);
}

TEST(LinkerTable, AFieldMakesTheKey) {
  LinkerTable Table;
  Table.SplitKeys = {{0, "setup"}, {1, "early"}};
  EXPECT_EQ(splitKey(Table, 1), "early");
  EXPECT_EQ(splitKey(Table, -1), "-1");
}

TEST(LinkerTable, EscapedParenthesesAreNoGroups) {
  LinkerTable Table;
  llvm::cantFail(setSectionPattern(Table, R"(a\((?P<k>[0-9]+)\))"));
  Table.KeyTemplate = "k{k}";
  EXPECT_EQ(tableKey(Table, "a(12)"), "k12");
}

static std::string patternError(llvm::StringRef Pattern) {
  LinkerTable Table;
  return llvm::toString(setSectionPattern(Table, Pattern));
}

TEST(LinkerTable, PatternErrors) {
  EXPECT_EQ(patternError("a(?P<x"), "a group name without '>' in 'a(?P<x'");
  EXPECT_EQ(patternError("(?P<x>a)(?P<x>b)"),
            "group 'x' is named twice in '(?P<x>a)(?P<x>b)'");
  EXPECT_EQ(patternError("a("), "'a(' is not a regular expression: "
                                "parentheses not balanced");
}
