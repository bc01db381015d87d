#include "tool/report/Tables.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

SolveResult sampleResult() {
  SolveResult Result;
  Result.Steps.resize(2);
  Result.Steps[0].Step = {1, "setup_arch", {"init/main.c", 600, 2}};
  Result.Steps[1].Step = {2, "mm_init", {"init/main.c", 610, 2}};
  Result.Steps[1].Milestones = {"buddy", "slab"};
  Result.Reached = {{"kmalloc", "mm/slab.c", 3, 9},
                    {"mm_init", "init/main.c", 2, 2}};
  Result.Summary.UnresolvedCalls = {{"f", {"a.c", 3, 4}, "ops->go"}};
  return Result;
}

} // namespace

TEST(Tables, StepsAreTabSeparated) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printSteps(OS, sampleResult());
  EXPECT_EQ(Text, "1\tsetup_arch\tinit/main.c:600\t\n"
                  "2\tmm_init\tinit/main.c:610\tbuddy,slab\n");
}

TEST(Tables, ReachedCanStopAtAMilestone) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  EXPECT_FALSE(printReached(OS, sampleResult(), "slab"));
  EXPECT_EQ(Text, "mm_init\tinit/main.c\t2\t2\n");
}

TEST(Tables, AnUnknownMilestoneIsAnErrorThatNamesTheNearest) {
  EXPECT_EQ(llvm::toString(printReached(llvm::nulls(), sampleResult(), "slap")),
            "this boot completes no milestone 'slap'; did you mean 'slab'?");
}

TEST(Tables, UnresolvedCallsHaveAPlaceAndTheirText) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printUnresolved(OS, sampleResult());
  EXPECT_EQ(Text, "a.c:3:4\tf\tops->go\n");
}
