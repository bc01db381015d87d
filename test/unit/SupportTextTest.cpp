#include "support/Glob.h"
#include "support/Paths.h"
#include "support/Suggest.h"
#include "gtest/gtest.h"

using namespace bootorder;

static GlobSet globs(std::vector<std::string> Patterns) {
  return llvm::cantFail(GlobSet::create(Patterns));
}

TEST(Glob, MatchesNamesAndPatterns) {
  GlobSet Set = globs({"kmalloc", "kmem_cache_alloc*", "vm[ab]p"});
  EXPECT_TRUE(Set.matches("kmalloc"));
  EXPECT_TRUE(Set.matches("kmem_cache_alloc_node"));
  EXPECT_TRUE(Set.matches("vmap"));
  EXPECT_FALSE(Set.matches("kmalloc_node"));
  EXPECT_FALSE(Set.matches("vmcp"));
}

TEST(Glob, TheEmptySetMatchesNothing) {
  EXPECT_TRUE(GlobSet().empty());
  EXPECT_FALSE(GlobSet().matches(""));
  EXPECT_TRUE(globs({}).empty());
}

TEST(Glob, CopiesOutliveTheOriginal) {
  GlobSet Copy;
  {
    GlobSet Set = globs({"a_rather_long_pattern_that_is_on_the_heap*", "s*"});
    Copy = Set;
  }
  EXPECT_TRUE(Copy.matches("a_rather_long_pattern_that_is_on_the_heap_1"));
  EXPECT_TRUE(Copy.matches("st"));
}

TEST(Glob, AMalformedPatternIsQuoted) {
  llvm::Expected<GlobSet> Set = GlobSet::create({std::string("a[b")});
  ASSERT_FALSE(bool(Set));
  EXPECT_EQ(llvm::toString(Set.takeError()),
            "malformed pattern 'a[b': invalid glob pattern, unmatched '['");
}

TEST(Suggest, FindsTheNearestWord) {
  EXPECT_EQ(nearestWord("irq_on", {"irqchip", "irqs_on"}), "irqs_on");
  EXPECT_EQ(nearestWord("Function", {"functions", "function"}), "function");
  EXPECT_EQ(nearestWord("zebra", {"irqs_on", "slab"}), "");
  EXPECT_EQ(nearestWord("a", {}), "");
}

TEST(Suggest, ListsAFewWordsWhenNoneIsNear) {
  EXPECT_EQ(suggestWord("zebra", {"boot", "pid1"}),
            "expected one of 'boot', 'pid1'");
  EXPECT_EQ(suggestWord("slap", {"slab"}), "did you mean 'slab'?");
  EXPECT_EQ(suggestWord("zebra", {"a", "b", "c", "d", "e", "f", "g", "h", "i"}),
            "");
  EXPECT_EQ(suggestWord("zebra", {}), "");
}

TEST(Paths, AreRelativeToTheTree) {
  EXPECT_EQ(treeRelativePath("/k/init/main.c", "/k"), "init/main.c");
  EXPECT_EQ(treeRelativePath("/k/a/../init/./main.c", "/k/"), "init/main.c");
  EXPECT_EQ(treeRelativePath("/k", "/k"), "");
  EXPECT_EQ(treeRelativePath("/kernel/main.c", "/k"), "/kernel/main.c");
  EXPECT_EQ(treeRelativePath("/usr/include/x.h", "/k"), "/usr/include/x.h");
}

TEST(Paths, BecomeAbsolute) {
  EXPECT_EQ(absolutePath("../a/./b.c", "/k/build"), "/k/a/b.c");
  EXPECT_EQ(absolutePath("/x/../y", "/k"), "/y");
}

TEST(Paths, KnowWhatLiesInside) {
  EXPECT_TRUE(isInside("/k/a", "/k"));
  EXPECT_TRUE(isInside("/k", "/k/"));
  EXPECT_FALSE(isInside("/k/../x", "/k"));
  EXPECT_FALSE(isInside("/kk", "/k"));
}
