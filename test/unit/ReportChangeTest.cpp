#include "tool/report/Change.h"

#include "gmock/gmock.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

/// start_kernel (main.c 10-20) calls early (step 1, line 12), late (step 2,
/// line 15) and enables interrupts (step 3, line 18); early calls helper.
Report bootReport() {
  Report R;
  R.Extents["main.c"] = {
      {"early", 1, 4}, {"late", 5, 8}, {"start_kernel", 10, 20}};
  R.Extents["lib.c"] = {{"helper", 5, 9}};
  auto Step = [](uint32_t Number, std::string Function, uint32_t Line) {
    StepRow Row;
    Row.Step = {Number, std::move(Function), {"main.c", Line, 2}};
    return Row;
  };
  R.Result.Steps = {Step(1, "early", 12), Step(2, "late", 15),
                    Step(3, "enable", 18)};
  Finding F;
  F.Step = R.Result.Steps[0].Step;
  F.Milestone = {3, "enable", {"other.c", 18, 2}};
  WitnessFrame Entry, Last;
  Entry.Function = "start_kernel";
  Entry.Place = {"main.c", 12, 2};
  Last.Function = "helper";
  Last.Place = {"lib.c", 7, 2};
  Last.EvidencePlace = {"ops.c", 40, 1};
  F.Path = {Entry, Last};
  R.Result.Findings = {F};
  R.Standings.resize(1);
  return R;
}

bool isTouchedBy(ChangedLines Changed) {
  Report R = bootReport();
  applyChange(Changed, R);
  return R.Standings[0].Kind == StandingKind::New;
}

} // namespace

TEST(Change, ReadsWhatGitPrints) {
  ChangedLines Changed = llvm::cantFail(parseDiff(
      "diff --git mm/slab.c mm/slab.c\nindex 1..2 100644\n--- mm/slab.c\n"
      "+++ mm/slab.c\n@@ -10 +10,2 @@ int f(void)\n-a\n+b\n+++ c\n"
      "@@ -20,3 +21,0 @@\n-d\n-e\n-f\n"
      "diff --git gone.c gone.c\n--- gone.c\n+++ /dev/null\n@@ -1 +0,0 @@\n"));
  ASSERT_EQ(Changed.size(), 1u);
  const std::vector<ChangedRange> &Ranges = Changed["mm/slab.c"];
  ASSERT_EQ(Ranges.size(), 2u);
  EXPECT_EQ(Ranges[0].First, 10u);
  EXPECT_EQ(Ranges[0].Last, 11u);
  EXPECT_EQ(Ranges[1].First, 22u);
  EXPECT_EQ(Ranges[1].Last, 21u);
  EXPECT_THAT(llvm::toString(parseDiff("+++ a.c\n@@ -1 +x @@\n").takeError()),
              HasSubstr("line 2 of the difference cannot be understood"));
}

TEST(Change, LinesThatAreGoneTouchWhatIsAroundThem) {
  ChangedLines Gone = {{"a.c", {{22, 21}}}};
  EXPECT_TRUE(touches(Gone, "a.c", 20, 30));
  EXPECT_FALSE(touches(Gone, "a.c", 22, 30));
  EXPECT_FALSE(touches(Gone, "a.c", 10, 21));
  EXPECT_FALSE(touches(Gone, "b.c", 20, 30));
}

TEST(Change, TheChainIsTouchedByItsFunctionsAndRegistrations) {
  EXPECT_TRUE(isTouchedBy({{"lib.c", {{5, 5}}}}));
  EXPECT_TRUE(isTouchedBy({{"ops.c", {{40, 40}}}}));
  EXPECT_FALSE(isTouchedBy({{"lib.c", {{20, 30}}}}));
  EXPECT_FALSE(isTouchedBy({{"ops.c", {{41, 41}}}}));
  EXPECT_FALSE(isTouchedBy({}));
}

TEST(Change, TheSpineIsTouchedUpToTheStepAndAtTheMilestone) {
  EXPECT_TRUE(isTouchedBy({{"main.c", {{2, 2}}}}));   // in early
  EXPECT_FALSE(isTouchedBy({{"main.c", {{6, 6}}}}));  // in late: step 2
  EXPECT_TRUE(isTouchedBy({{"main.c", {{14, 13}}}})); // a call is gone
  EXPECT_TRUE(isTouchedBy({{"other.c", {{18, 18}}}}));
  EXPECT_FALSE(isTouchedBy({{"other.c", {{19, 19}}}}));
}

TEST(Change, OnlyNewFindingsAreSetAside) {
  Report R = bootReport();
  R.Standings[0].Kind = StandingKind::Baselined;
  applyChange({}, R);
  EXPECT_EQ(R.Standings[0].Kind, StandingKind::Baselined);
}

TEST(Change, ANameMayEndInTheMiddle) {
  ChangedLines Changed = llvm::cantFail(
      parseDiff("diff --git a a\n+++ \"a\\\"\n@@ -1 +1 @@\n"));
  EXPECT_EQ(Changed.begin()->first, "a\\");
}

TEST(Change, UnquotesNames) {
  ChangedLines Changed = llvm::cantFail(
      parseDiff("diff --git a a\n+++ \"caf\\303\\251 \\\"\\t\\\\.c\"\n"
                "@@ -1 +1 @@\n"));
  ASSERT_EQ(Changed.size(), 1u);
  EXPECT_EQ(Changed.begin()->first, "caf\xc3\xa9 \"\t\\.c");
}
