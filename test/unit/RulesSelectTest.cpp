#include "rules/RuleSet.h"
#include "gtest/gtest.h"

using namespace bootorder;
using llvm::VersionTuple;

static KernelCondition onlyIn(llvm::StringRef Kernels) {
  KernelCondition When;
  When.Kernels = llvm::cantFail(parseVersionRange(Kernels));
  return When;
}

static const TreeInfo NewTree{VersionTuple(6, 12), "x86", {}};

TEST(SelectFor, DropsPartsAtEveryDepth) {
  RuleSet Rules;
  Milestone Stone;
  Stone.Name = "slab";
  Stone.Events.resize(2);
  Stone.Events[0].Subject = "old_init";
  Stone.Events[0].When = onlyIn("<3.0");
  Stone.Events[1].Subject = "new_init";
  Rules.Milestones.push_back(Stone);
  LinkerTable Table;
  Table.Dispatchers.resize(2);
  Table.Dispatchers[0].When = onlyIn("<3.0");
  Rules.Tables.push_back(Table);
  Rule R;
  R.Sinks.resize(2);
  R.Sinks[1].When = onlyIn("<3.0");
  Rules.Rules.push_back(R);

  RuleSet Selected = selectFor(Rules, NewTree);
  ASSERT_EQ(Selected.Milestones.size(), 1u);
  ASSERT_EQ(Selected.Milestones[0].Events.size(), 1u);
  EXPECT_EQ(Selected.Milestones[0].Events[0].Subject, "new_init");
  EXPECT_EQ(Selected.Tables[0].Dispatchers.size(), 1u);
  EXPECT_EQ(Selected.Rules[0].Sinks.size(), 1u);
  EXPECT_EQ(Rules.Rules[0].Sinks.size(), 2u) << "the original is untouched";
}

TEST(SelectFor, DropsWhatHasNothingLeft) {
  RuleSet Rules;
  Rules.Milestones.resize(1);
  Rules.Milestones[0].Events.resize(1);
  Rules.Milestones[0].Events[0].When = onlyIn("<3.0");
  Rules.Rules.resize(1);
  Rules.Rules[0].Sinks.resize(1);
  Rules.Rules[0].Sinks[0].When = onlyIn("<3.0");
  RuleSet Selected = selectFor(Rules, NewTree);
  EXPECT_TRUE(Selected.Milestones.empty());
  EXPECT_TRUE(Selected.Rules.empty());
}

TEST(SelectFor, DropsPartsOfOtherArchitectures) {
  RuleSet Rules;
  Rules.EntryPoints.resize(2);
  Rules.EntryPoints[0].When.Arches = {"powerpc"};
  Rules.EntryPoints[1].Function = "start_kernel";
  Rules.Semantics.resize(1);
  Rules.Semantics[0].When.Arches = {"arm", "powerpc"};
  Rules.Boundaries.resize(1);
  Rules.Boundaries[0].When.Arches = {"x86"};
  RuleSet Selected = selectFor(Rules, NewTree);
  ASSERT_EQ(Selected.EntryPoints.size(), 1u);
  EXPECT_EQ(Selected.EntryPoints[0].Function, "start_kernel");
  EXPECT_TRUE(Selected.Semantics.empty());
  EXPECT_EQ(Selected.Boundaries.size(), 1u);
}

TEST(SelectFor, KeepsEveryStatementAboutNames) {
  RuleSet Rules;
  Rules.Names.resize(2);
  Rules.Names[0].Names = {"old_init"};
  Rules.Names[0].When = onlyIn("<3.0");
  RuleSet Selected = selectFor(Rules, NewTree);
  ASSERT_EQ(Selected.Names.size(), 2u);
  EXPECT_FALSE(Selected.Names[0].Applies) << "such a tree has no such name";
  EXPECT_TRUE(Selected.Names[1].Applies);
}

TEST(SelectFor, ARuleOnTrialWarns) {
  Rule R;
  R.IsTrial = true;
  EXPECT_EQ(severityOf(R), SeverityKind::Warning);
  R.Level = SeverityKind::Note;
  EXPECT_EQ(severityOf(R), SeverityKind::Note);
  R.IsTrial = false;
  R.Level = SeverityKind::Error;
  EXPECT_EQ(severityOf(R), SeverityKind::Error);
}
