//===- SpineTest.cpp - certain calls, steps and milestones ----------------===//

#include "TestBoot.h"
#include "TestProgram.h"
#include "solve/FlowGraph.h"
#include "solve/MilestoneIndex.h"
#include "gmock/gmock.h"

using namespace bootorder;
using namespace bootorder::test;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

struct SpineTest : testing::Test {
  TestKernel K;
  TestUnit &U = K.unit("main.c");

  std::vector<std::string> certain() {
    K.Linked = K.link();
    RuleIndex Index(K.Linked, K.Rules);
    std::vector<std::string> Names;
    for (FunctionId F :
         certainCallees(Index, K.Linked.functionsNamed("f").front()))
      Names.push_back(K.Linked[F].Name.str());
    return Names;
  }
  /// Steps as `name`, `name?` if not certain, with milestones in brackets.
  std::vector<std::string> steps() {
    std::vector<std::string> Rows;
    for (const StepRow &S : K.solve().Steps) {
      std::string Row = S.Step.Function + (S.IsCertain ? "" : "?");
      for (const std::string &M : S.Milestones)
        Row += " [" + M + "]";
      Rows.push_back(Row);
    }
    return Rows;
  }
  void milestone(MilestoneEvent::EventKind Kind, llvm::StringRef Subject,
                 std::optional<std::string> Value = {}) {
    Milestone M;
    M.Name = "m";
    MilestoneEvent &E = M.Events.emplace_back();
    E.Kind = Kind;
    E.Subject = Subject.str();
    E.Value = Value;
    if (Kind == MilestoneEvent::EventKind::Macro)
      E.In = "f";
    K.Rules.Milestones = {M};
    K.Rules.EntryPoints.resize(1);
    K.Rules.EntryPoints[0].Function = "f";
  }
};

TEST_F(SpineTest, BranchesAreNotCertainTheirJoinIs) {
  TestFunction F = U.function("f");
  F.call("a");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.call("b");
  F.go({2});
  F.block();
  F.call("c");
  EXPECT_THAT(certain(), ElementsAre("a", "c"));
}

TEST_F(SpineTest, ConstantConditionsDecide) {
  TestFunction F = U.function("f");
  F.branch(F.binary(BinaryKind::Equal, F.constant(1), F.constant(1)), 1, 2);
  F.block();
  F.call("b");
  F.go({2});
  F.block();
  F.call("c");
  EXPECT_THAT(certain(), ElementsAre("b", "c"));
}

TEST_F(SpineTest, LoopsAreNotCertain) {
  TestFunction F = U.function("f");
  F.go({1});
  F.block();
  F.call("body");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.call("after");
  EXPECT_THAT(certain(), ElementsAre("after"));
}

TEST_F(SpineTest, AfterAnEarlyReturnNothingIsCertain) {
  TestFunction F = U.function("f");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.block();
  F.call("later");
  EXPECT_THAT(certain(), ElementsAre());
}

TEST_F(SpineTest, CrashesDoNotCount) {
  TestFunction F = U.function("f");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.call("panic");
  F.noReturn();
  F.block();
  F.branch(F.unknown(), 3, 4);
  F.block();
  F.go({3}); // an endless loop without exit
  F.block();
  F.call("later");
  EXPECT_THAT(certain(), ElementsAre("later"));
}

TEST_F(SpineTest, FunctionThatNeverReturnsHasItsDeepestEnd) {
  TestFunction F = U.function("f");
  F.call("a");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.call("panic");
  F.noReturn();
  F.block();
  F.call("b");
  F.go({3});
  F.block();
  F.call("idle");
  F.noReturn();
  EXPECT_THAT(certain(), ElementsAre("a", "b", "idle"));
}

TEST_F(SpineTest, DescendsIntoTheOnlyCall) {
  milestone(MilestoneEvent::EventKind::Returns, "f");
  TestFunction F = U.function("f");
  F.call("once");
  F.call("twice");
  F.call("twice");
  U.function("once").call("inner");
  U.function("twice").call("inner");
  U.function("inner");
  EXPECT_THAT(steps(), ElementsAre("f [m]", "once", "inner", "twice", "twice"));
}

TEST_F(SpineTest, ReturnsCompletesTheFirstCertainCall) {
  milestone(MilestoneEvent::EventKind::Returns, "init");
  TestFunction F = U.function("f");
  F.branch(F.unknown(), 1, 2);
  F.block();
  F.call("init");
  F.go({2});
  F.block();
  F.call("init");
  F.call("init");
  U.function("init");
  EXPECT_THAT(steps(), ElementsAre("f", "init?", "init [m]", "init"));
}

TEST_F(SpineTest, CallsOfOtherCallersDoNotCount) {
  for (auto Kind : {MilestoneEvent::EventKind::Returns,
                    MilestoneEvent::EventKind::Calls}) {
    K = TestKernel();
    TestUnit &Unit = K.unit("main.c");
    milestone(Kind, "init");
    K.Rules.Milestones[0].Events[0].In = "f";
    TestFunction F = Unit.function("f");
    F.call("a");
    F.call("init");
    TestFunction A = Unit.function("a");
    A.call("init");
    Unit.function("init");
    EXPECT_THAT(steps(), ElementsAre("f", "a", "init", "init [m]"));
  }
}

TEST_F(SpineTest, StoreOfTheValueIsAStep) {
  milestone(MilestoneEvent::EventKind::Stores, "flag", "false");
  TestFunction F = U.function("f");
  F.call("a");
  F.store(F.obj("flag"), F.constant(1));
  F.store(F.obj("flag"), F.constant(0));
  F.call("b");
  U.function("a");
  U.function("b");
  EXPECT_THAT(steps(), ElementsAre("f", "a", "f [m]", "b"));
}

TEST_F(SpineTest, StoreIsFoundBelowCertainCalls) {
  milestone(MilestoneEvent::EventKind::Stores, "flag");
  TestFunction F = U.function("f");
  F.call("a");
  F.call("a");
  TestFunction A = U.function("a");
  A.store(A.obj("flag"), A.constant(1));
  EXPECT_THAT(steps(), ElementsAre("f", "a", "a [m]", "a"));
}

TEST_F(SpineTest, MacroIsAStep) {
  milestone(MilestoneEvent::EventKind::Macro, "local_enable");
  TestFunction F = U.function("f");
  F.macroUse("local_enable");
  F.call("b");
  U.function("b");
  EXPECT_THAT(steps(), ElementsAre("f", "f [m]", "b"));
}

TEST_F(SpineTest, CallThroughAPointerWithOneTargetIsDirect) {
  milestone(MilestoneEvent::EventKind::CallsPointer, "late_init");
  Object &Pointer = U.object("late_init");
  Pointer.ValueType.Kind = TypeKind::FunctionPointer;
  U.init("", "", "target");
  TestFunction F = U.function("f");
  F.callThrough(F.load(F.obj("late_init")));
  U.function("target");
  EXPECT_THAT(steps(), ElementsAre("f", "late_init [m]"));
}

TEST_F(SpineTest, TasksFollowTheBoot) {
  milestone(MilestoneEvent::EventKind::Calls, "init");
  K.Rules.EntryPoints.resize(3);
  K.Rules.EntryPoints[1].Function = "kernel_init";
  K.Rules.EntryPoints[1].Task = TaskKind::Pid1;
  K.Rules.EntryPoints[2].Function = "nowhere";
  U.function("f");
  U.function("kernel_init").call("init");
  U.function("init");
  SolveResult R = K.solve();
  EXPECT_THAT(R.Steps, SizeIs(3));
  EXPECT_THAT(R.Steps[2].Milestones, ElementsAre("m"));
  EXPECT_THAT(R.Summary.MissingEntryPoints, ElementsAre("nowhere"));
}

// Steps of the other way are not certain, complete nothing, and end where it
// joins the main one; what it wrote may be there.
TEST(SpineOtherWayTest, MayHaveBeenTaken) {
  TestBoot Boot(R"(
    struct ops { void (*init)(void); };
    void native(void) {}
    void guest(void) { sink(); }
    struct ops ops = { native };
    int mode = 1;
    void ready(void) {}
    void meet(void) { if (mode == 1) ops.init(); ready(); }
    void other_start(void) { ops.init = guest; mode = 2; ready(); meet(); }
    void start(void) { meet(); }
  )");
  EXPECT_THAT(Boot.forbidSink().findings(), testing::IsEmpty());
  EntryPoint Other;
  Other.Function = "other_start";
  Other.Joins = "meet";
  Boot.Rules.EntryPoints.insert(Boot.Rules.EntryPoints.begin(), Other);
  EXPECT_THAT(Boot.findings(), ElementsAre("guest: sink"));
  std::vector<std::string> Rows;
  for (const StepRow &S : Boot.solve().Steps)
    Rows.push_back(S.Step.Function + (S.IsCertain ? "" : "?") +
                   (S.Milestones.empty() ? "" : " [" + S.Milestones[0] + "]"));
  EXPECT_THAT(Rows, ElementsAre("other_start?", "ready?", "start", "meet",
                                "ops.init?", "ready [ready]"));
}

/// Steps of a boot in C, as SpineTest::steps() writes them.
std::vector<std::string> stepsOf(const std::string &Code) {
  std::vector<std::string> Rows;
  for (const StepRow &S : TestBoot(Code).forbidSink().solve().Steps)
    Rows.push_back(S.Step.Function + (S.IsCertain ? "" : "?") +
                   (S.Milestones.empty() ? "" : " [" + S.Milestones[0] + "]"));
  return Rows;
}

TEST(SpineValuesTest, ABranchThatMemoryDecidesLeavesTheRestCertain) {
  EXPECT_THAT(stepsOf(R"(
    int off;
    void never(void) {}
    void ready(void) {}
    void start(void) { if (off) { never(); return; } ready(); }
  )"),
              ElementsAre("start", "ready [ready]"));
}

TEST(SpineValuesTest, ABranchThatIsOpenDoesNot) {
  EXPECT_THAT(stepsOf(R"(
    int unseen(void);
    void perhaps(void) {}
    void ready(void) {}
    void start(void) { if (unseen()) { perhaps(); return; } ready(); }
  )"),
              testing::UnorderedElementsAre("start", "unseen", "perhaps?",
                                            "ready?"));
}

TEST(SpineValuesTest, WhatTheSpineWroteDecidesItsNextBranch) {
  EXPECT_THAT(stepsOf(R"(
    int mode;
    void chosen(void) {}
    void other(void) {}
    void select(int m) { mode = m; }
    void ready(void) {}
    void start(void) {
      select(2);
      switch (mode) { case 1: other(); break; case 2: chosen(); break; }
      ready();
    }
  )"),
              ElementsAre("start", "select", "chosen", "ready [ready]"));
}

TEST(SpineValuesTest, ResultsAndArgumentsDecideOnTheSpine) {
  EXPECT_THAT(stepsOf(R"(
    int find(int n) { return n == 1 ? 0 : -1; }
    void failed(void) {}
    void set_up(int error) { if (error) failed(); }
    void ready(void) {}
    void start(void) { set_up(find(1)); ready(); }
  )"),
              ElementsAre("start", "find", "set_up", "ready [ready]"));
}

TEST(SpineValuesTest, StepsInALoopAreNotCertain) {
  EXPECT_THAT(stepsOf(R"(
    void each(int i) {}
    void ready(void) {}
    void start(void) { for (int i = 0; i < 3; i++) each(i); ready(); }
  )"),
              ElementsAre("start", "each?", "ready [ready]"));
}

} // namespace
