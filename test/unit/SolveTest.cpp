//===- SolveTest.cpp - what runs when, and through what -------------------===//

#include "TestProgram.h"
#include "llvm/ADT/STLExtras.h"
#include "gmock/gmock.h"

using namespace bootorder;
using namespace bootorder::test;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

std::vector<std::string> places(const SolveResult &R) {
  std::vector<std::string> List;
  for (const Finding &F : R.Findings)
    List.push_back(F.Function + " calls " + F.Sink);
  return List;
}

bool isReached(const SolveResult &R, llvm::StringRef Name) {
  return llvm::any_of(
      R.Reached, [&](const ReachedRow &Row) { return Row.Function == Name; });
}

/// `start` calls `first`, `ready` and `last`; `sink` needs `ready` done.
struct SolveTest : testing::Test {
  TestKernel K;
  TestUnit &U = K.unit("main.c");

  SolveTest() {
    K.useRule("start", "ready", {"sink"});
    TestFunction F = U.function("start");
    F.call("first");
    F.call("ready");
    F.call("last");
    U.function("ready");
    U.function("sink");
  }
};

TEST_F(SolveTest, OnlyWhatComesBeforeTheMilestoneIsWrong) {
  U.function("first").call("helper");
  U.function("last").call("sink");
  U.function("helper").call("sink");
  SolveResult R = K.solve();
  EXPECT_THAT(places(R), ElementsAre("helper calls sink"));
  const Finding &F = R.Findings[0];
  EXPECT_EQ(F.NeedsMilestone, "ready");
  EXPECT_EQ(F.Milestone.Function, "ready");
  ASSERT_THAT(F.Path, SizeIs(3));
  EXPECT_EQ(F.Path[0].Function, "start");
  EXPECT_EQ(F.Path[1].Function, "first");
  EXPECT_EQ(F.Path[2].Edge, WitnessEdgeKind::Sink);
  EXPECT_EQ(F.Confidence, ConfidenceKind::High);
}

TEST_F(SolveTest, LateRegistrationMakesNoEarlyCall) {
  // A rule about what comes too late has the whole boot walked.
  K.Rules.Rules.push_back(K.Rules.Rules[0]);
  K.Rules.Rules[1].After.clear();
  K.Rules.Rules[1].Before = "ready";
  K.Rules.Rules[1].Sinks[0].Functions = globs({"nowhere"});
  TestFunction First = U.function("first");
  First.callThrough(
      First.load(First.field(First.obj("the_ops"), "ops", "run")));
  TestFunction Last = U.function("last");
  Last.store(Last.field(Last.obj("the_ops"), "ops", "run"), Last.fn("late"));
  Last.callThrough(Last.load(Last.field(Last.obj("the_ops"), "ops", "run")));
  U.function("late").call("sink");
  SolveResult R = K.solve();
  EXPECT_THAT(R.Findings, SizeIs(0));
  EXPECT_TRUE(isReached(R, "late"));
}

TEST_F(SolveTest, ObjectCountsOnceLiveCodeMentionsIt) {
  U.object("dead_ops");
  U.init("ops", "run", "dead");
  U.object("live_ops");
  U.init("ops", "run", "alive");
  TestFunction First = U.function("first");
  First.callThrough(
      First.load(First.field(First.load(First.obj("live_ops")), "ops", "run")));
  U.function("alive").call("sink");
  U.function("dead").call("sink");
  U.function("last");
  SolveResult R = K.solve();
  EXPECT_THAT(places(R), ElementsAre("alive calls sink"));
  const WitnessFrame &Frame = R.Findings[0].Path[R.Findings[0].Path.size() - 2];
  EXPECT_EQ(Frame.Edge, WitnessEdgeKind::Ops);
  EXPECT_EQ(Frame.Evidence, "from live_ops");
}

TEST_F(SolveTest, RecordCopyFromATableEntry) {
  LinkerTable Machines;
  Machines.Name = "machines";
  Machines.Record = "machdep";
  Machines.Mode = TableMode::Ops;
  Machines.Dispatchers.emplace_back().Function = "probe";
  llvm::cantFail(setSectionPattern(Machines, "\\.machine\\.desc"));
  K.Rules.Tables = {Machines};
  U.object("mach_one", ".machine.desc");
  U.init("machdep", "init_irq", "one_init");
  TestFunction Probe = U.function("probe");
  Probe.store(Probe.obj("md"), Probe.load(Probe.obj("chosen")),
              WriteKind::Record);
  TestFunction First = U.function("first");
  First.call("probe");
  First.callThrough(
      First.load(First.field(First.obj("md"), "machdep", "init_irq")));
  U.function("one_init").call("sink");
  U.function("last");
  SolveResult R = K.solve();
  ASSERT_THAT(places(R), ElementsAre("one_init calls sink"));
  EXPECT_EQ(R.Findings[0].Path[1].Through, "md.init_irq");
  EXPECT_EQ(R.Findings[0].Path[1].Evidence,
            "from mach_one in section .machine.desc");
}

TEST_F(SolveTest, CallbackFlowsThroughParameters) {
  TestFunction First = U.function("first");
  First.call("outer", {First.fn("callback")});
  TestFunction Outer = U.function("outer", LinkageKind::External, {""});
  Outer.call("inner", {Outer.param(0)});
  TestFunction Inner = U.function("inner", LinkageKind::External, {""});
  Inner.callThrough(Inner.param(0));
  U.function("callback").call("sink");
  U.function("last");
  SolveResult R = K.solve();
  EXPECT_THAT(places(R), ElementsAre("callback calls sink"));
  EXPECT_EQ(R.Findings[0].Confidence, ConfidenceKind::Medium);
}

TEST_F(SolveTest, PointerToPointerIsFollowed) {
  Object &Hook = U.object("hook");
  Hook.ValueType.Kind = TypeKind::FunctionPointer;
  TestFunction First = U.function("first");
  First.call("set", {First.obj("hook"), First.fn("callback")});
  First.callThrough(First.load(First.obj("hook")));
  TestFunction Set = U.function("set", LinkageKind::External, {"", ""});
  Set.store(Set.param(0), Set.param(1));
  U.function("callback").call("sink");
  U.function("last");
  EXPECT_THAT(places(K.solve()), ElementsAre("callback calls sink"));
}

TEST_F(SolveTest, TableRunsKeyByKey) {
  LinkerTable Calls;
  Calls.Name = "initcall";
  Calls.KeyTemplate = "{level}";
  llvm::cantFail(setSectionPattern(Calls, "\\.init(?P<level>[0-9])"));
  TableDispatcher &D = Calls.Dispatchers.emplace_back();
  D.Function = "first";
  D.Keys = {"2", "1"};
  K.Rules.Tables = {Calls};
  AsmText &Text = U.assembly("initcall");
  Text.Items = {U.item(AsmItemKind::Data, "one", ".init1"),
                U.item(AsmItemKind::Data, "two", ".init2"),
                U.item(AsmItemKind::Data, "three", ".init3")};
  U.function("first");
  U.function("last");
  U.function("one").call("sink");
  U.function("two");
  U.function("three").call("sink");
  SolveResult R = K.solve();
  EXPECT_THAT(places(R), ElementsAre("one calls sink"));
  EXPECT_EQ(R.Findings[0].Path[1].Edge, WitnessEdgeKind::Table);
  EXPECT_EQ(R.Steps[2].Step.Function, "initcall 2");
  EXPECT_EQ(R.Steps[3].Step.Function, "initcall 1");
  EXPECT_FALSE(isReached(R, "three"));
}

TEST_F(SolveTest, StaticCallReachesWhatItsKeyHolds) {
  K.Rules.StaticCalls = {"tramp_", "key_"};
  TestFunction First = U.function("first");
  First.call("update",
             {First.obj("key_x"), First.fn("tramp_x"), First.fn("target")});
  First.call("tramp_x");
  U.function("target").call("sink");
  U.function("last");
  EXPECT_THAT(places(K.solve()), ElementsAre("target calls sink"));
}

TEST_F(SolveTest, UnresolvedCallsAreListed) {
  TestFunction First = U.function("first");
  First.callThrough(First.load(First.field(First.obj("x"), "ops", "run")));
  U.function("last");
  EXPECT_THAT(K.solve().Summary.UnresolvedCalls,
              ElementsAre(testing::Field(&UnresolvedCall::Through, "x.run")));
}

TEST_F(SolveTest, FunctionMadeLiveBeforeTheSpineIsStillWalkedCallByCall) {
  TestFunction First = U.function("first");
  First.callThrough(First.fn("elsewhere"));
  First.call("helper");
  U.function("helper").call("last");
  U.function("last").call("inner");
  U.function("inner");
  K.Rules.Milestones.push_back(K.Rules.Milestones[0]);
  K.Rules.Milestones[1].Name = "inner_done";
  K.Rules.Milestones[1].Events[0].Subject = "inner";
  SolveResult R = K.solve();
  EXPECT_THAT(R.Summary.MissingMilestones, SizeIs(0));
}

TEST_F(SolveTest, EntryPointsAreEnteredByTheirOwnTaskOnly) {
  AsmText &Text = U.assembly();
  using Kind = AsmItemKind;
  Text.Items = {U.item(Kind::Global, "head"), U.item(Kind::Define, "head"),
                U.item(Kind::Call, "start", "", "head")};
  U.function("first").call("head");
  U.function("last").call("sink");
  EXPECT_THAT(K.solve().Findings, SizeIs(0));
}

TEST_F(SolveTest, EveryRootHasItsChainIfAsked) {
  U.object("ops");
  U.init("ops", "run", "one").init("ops", "run", "two");
  TestFunction First = U.function("first");
  First.callThrough(First.load(First.field(First.obj("ops"), "ops", "run")));
  U.function("last");
  U.function("one").call("common");
  U.function("two").call("middle");
  U.function("middle").call("common");
  U.function("common").call("sink");
  K.Options.AllRoots = true;
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_THAT(R.Findings[0].Roots,
              ElementsAre("ops.run = one", "ops.run = two"));
  ASSERT_THAT(R.Findings[0].RootPaths, SizeIs(2));
  EXPECT_THAT(R.Findings[0].RootPaths[0].Path, SizeIs(4));
  EXPECT_THAT(R.Findings[0].RootPaths[1].Path, SizeIs(5));
  EXPECT_EQ(R.Findings[0].RootPaths[1].Path[2].Function, "two");
}

TEST_F(SolveTest, SameResultForAnyOrderOfUnits) {
  auto Run = [](bool IsReversed) {
    TestKernel K;
    K.useRule("start", "ready", {"sink"});
    TestFunction Start = K.unit("z.c").function("start");
    Start.call("a");
    Start.call("b");
    Start.call("ready");
    K.unit("a.c").function("a").call("sink");
    K.unit("b.c").function("b").call("sink");
    TestUnit &U = K.unit("m.c");
    U.function("ready");
    U.function("sink");
    SolveResult R = K.solve(IsReversed);
    std::string Text;
    for (const StepRow &S : R.Steps)
      Text += S.Step.Function + ";";
    for (const Finding &F : R.Findings)
      Text += F.Function + F.Fingerprint + ";";
    return Text;
  };
  EXPECT_EQ(Run(false), Run(true));
}

} // namespace
