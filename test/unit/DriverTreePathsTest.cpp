#include "tool/driver/TreePaths.h"

#include "gtest/gtest.h"

using namespace bootorder;
using namespace llvm;

namespace {

TEST(TreePaths, NamesPathsByTheInnerRoot) {
  TreePaths Paths("/src", "/src/build");
  EXPECT_EQ(Paths.split("/src/a.c"),
            (std::pair<PathRoot, StringRef>(PathRoot::Source, "a.c")));
  EXPECT_EQ(Paths.split("/src/build/gen.h").first, PathRoot::Object);
  EXPECT_EQ(Paths.split("/srcs/a.c").first, PathRoot::Outside);
  EXPECT_EQ(Paths.join(PathRoot::Object, "gen.h"), "/src/build/gen.h");
}

TEST(TreePaths, ArgumentsReadTheSameInAnotherCheckout) {
  TreePaths Here("/home/a/linux", "/home/a/out"), There("/b", "/c/d");
  auto Both = [&](StringRef A, StringRef B) {
    return Here.relocatable(A) == There.relocatable(B);
  };
  EXPECT_TRUE(Both("-I/home/a/linux/include", "-I/b/include"));
  EXPECT_TRUE(
      Both("-fmacro-prefix-map=/home/a/linux/=", "-fmacro-prefix-map=/b/="));
  EXPECT_TRUE(Both("-I/home/a/out", "-I/c/d"));
  EXPECT_FALSE(Both("-I/home/a/linux", "-I/c/d"));
  EXPECT_FALSE(Both("-I/home/a/linux-next/include", "-I/b-next/include"));
  EXPECT_TRUE(Both("-DX=1", "-DX=1"));
}

TEST(TreePaths, RootsThatLeadToEachOtherAreTold) {
  auto Relation = [](StringRef Source, StringRef Object, std::string Argument) {
    return TreePaths(Source, Object).relation({Argument});
  };
  EXPECT_EQ(Relation("/a", "/b", "-Iinclude"), Relation("/c", "/d", "-I."));
  EXPECT_NE(Relation("/a", "/b", "-I../a"), Relation("/c", "/d", "-I../a"));
  EXPECT_EQ(Relation("/a", "/b", "-I/a/x/../y"), Relation("/a", "/b", "-I."));
  EXPECT_NE(Relation("/a", "/a", "-I."), Relation("/a", "/b", "-I."));
  EXPECT_EQ(Relation("/a", "/a/o", "-I."), Relation("/b", "/b/o", "-I."));
}

TEST(TreePaths, FactsThatNameARootAreFound) {
  TreePaths Paths("/a/rather/long/source/folder/that/fills/more/than/sixty/four"
                  "/characters",
                  "/o");
  EXPECT_TRUE(Paths.isNamedIn("file /o/main.c"));
  EXPECT_TRUE(Paths.isNamedIn("/a/rather/long/source/folder/that/fills/more/"
                              "than/sixty/four/char"));
  EXPECT_FALSE(Paths.isNamedIn("/a/rather"));
  EXPECT_FALSE(Paths.isNamedIn("init/main.c"));
}

} // namespace
