#include "tool/driver/TreeFacts.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

TreeFacts sampleFacts() {
  TreeFacts Facts;
  Facts.Tree.Kernel = "2.6.30-rc8";
  Facts.Tree.Arch = "powerpc";
  Facts.Tree.SourceRoot = "/src";
  Facts.Tree.Config = {{"PPC", "SMP"}};
  Facts.Tree.IsCaptureComplete = false;
  Facts.Tree.ModuleUnits = 3;
  Facts.Tree.Prefixes["lib/a.o"] = "__pi_";
  Facts.Tree.Like.Directory = "/obj";
  Facts.Tree.Like.File = "/src/init/main.c";
  Facts.Tree.Like.Arguments = {"-DA=\"b\"", "-Iinclude"};
  Facts.Tree.Constants["linux/gfp.h:GFP_KERNEL"] = -1;
  Facts.Tree.Constants["linux/gfp.h:__GFP_WAIT"] = std::nullopt;
  Facts.Lost = {{"a.c", "gone"}};
  return Facts;
}

} // namespace

TEST(TreeFacts, ADescriptionSurvivesTheRoundTrip) {
  TreeFacts Back;
  ASSERT_FALSE(parseTreeDescription(describeTree(sampleFacts()), Back));
  EXPECT_EQ(describeTree(Back), describeTree(sampleFacts()));
  EXPECT_EQ(Back.Tree.Like.SourceRoot, "/src");
  EXPECT_EQ(Back.Tree.Constants["linux/gfp.h:GFP_KERNEL"], -1);
  EXPECT_FALSE(Back.Tree.Constants["linux/gfp.h:__GFP_WAIT"]);
}

TEST(TreeFacts, AnUnknownConfigurationStaysUnknown) {
  TreeFacts Facts = sampleFacts(), Back;
  Facts.Tree.Config = std::nullopt;
  ASSERT_FALSE(parseTreeDescription(describeTree(Facts), Back));
  EXPECT_FALSE(Back.Tree.Config);
}

TEST(TreeFacts, AnotherVersionIsRefused) {
  TreeFacts Facts;
  EXPECT_EQ(llvm::toString(parseTreeDescription("{\"format\": 99}", Facts)),
            "written by another version of bootorder; write it again with "
            "'bootorder extract'");
}
