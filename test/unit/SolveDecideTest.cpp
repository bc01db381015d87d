//===- SolveDecideTest.cpp - verdicts: values, wrappers, held back --------===//

#include "TestProgram.h"
#include "gmock/gmock.h"

using namespace bootorder;
using namespace bootorder::test;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

constexpr int64_t Wait = 0x10;

/// `start` calls `first` and `ready`; `alloc(size, flags)` must not wait
/// before.
struct DecideTest : testing::Test {
  TestKernel K;
  TestUnit &U = K.unit("main.c");

  DecideTest() {
    K.useRule("start", "ready", {"alloc"});
    SinkArgument Flags;
    Flags.TypeName = "gfp_t";
    Flags.HasAnyBit = {"WAIT"};
    K.Rules.Rules[0].Sinks[0].Argument = Flags;
    K.Options.Constants = {{"WAIT", Wait}};
    TestFunction F = U.function("start");
    F.call("first");
    F.call("ready");
    U.function("ready");
    U.function("alloc", LinkageKind::External, {"", "gfp_t"});
  }

  void allocate(TestFunction F, ExprId Flags) {
    F.call("alloc", {F.constant(8), Flags});
  }
};

TEST_F(DecideTest, ConstantDecides) {
  TestFunction First = U.function("first");
  allocate(First, First.constant(0xd0, "GFP_KERNEL"));
  allocate(First, First.constant(0x20, "GFP_ATOMIC"));
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_EQ(R.Findings[0].Value.Text, "GFP_KERNEL");
  EXPECT_EQ(R.Findings[0].Value.Number, 0xd0u);
  EXPECT_EQ(R.Findings[0].Value.BitName, "WAIT");
  EXPECT_TRUE(R.Findings[0].Value.IsKnown);
  EXPECT_EQ(R.Findings[0].Path.back().Arguments, "8, GFP_KERNEL");
}

TEST_F(DecideTest, ParameterIsFollowedToTheCallerThatIsWrong) {
  TestFunction Maybe =
      U.function("maybe", LinkageKind::External, {"", "gfp_t"});
  allocate(Maybe, Maybe.binary(BinaryKind::Or, Maybe.param(1),
                               Maybe.constant(0x8000, "ZERO")));
  TestFunction Good = U.function("good"), Bad = U.function("bad");
  Good.call("maybe", {Good.constant(8), Good.constant(0x20, "GFP_ATOMIC")});
  Bad.call("maybe", {Bad.constant(8), Bad.constant(0xd0, "GFP_KERNEL")});
  TestFunction First = U.function("first");
  First.call("good");
  First.call("bad");
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  const Finding &F = R.Findings[0];
  EXPECT_EQ(F.Function, "maybe");
  EXPECT_EQ(F.Value.Text, "GFP_KERNEL");
  EXPECT_EQ(F.Value.Number, 0x80d0u);
  ASSERT_THAT(F.Path, SizeIs(4));
  EXPECT_EQ(F.Path[2].Function, "bad");
  EXPECT_EQ(F.Path[3].Function, "maybe");
}

TEST_F(DecideTest, NothingIfAllCallersAreRight) {
  TestFunction Maybe = U.function("maybe", LinkageKind::External, {"gfp_t"});
  allocate(Maybe, Maybe.param(0));
  TestFunction First = U.function("first");
  First.call("maybe", {First.constant(0x20)});
  EXPECT_THAT(K.solve().Findings, SizeIs(0));
}

TEST_F(DecideTest, UnknownValueIsSaidToBeUnknown) {
  TestFunction First = U.function("first");
  allocate(First, First.load(First.obj("flags")));
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_FALSE(R.Findings[0].Value.IsKnown);
  EXPECT_EQ(R.Findings[0].Value.Text, "flags");
  EXPECT_EQ(R.Findings[0].Confidence, ConfidenceKind::Low);
}

TEST_F(DecideTest, UnknownValueWithTheBitCleared) {
  TestFunction First = U.function("first");
  allocate(First, First.binary(BinaryKind::And, First.load(First.obj("flags")),
                               First.constant(~Wait)));
  EXPECT_THAT(K.solve().Findings, SizeIs(0));
}

TEST_F(DecideTest, LoopOverItsOwnDefinitionEnds) {
  TestFunction First = U.function("first");
  ExprId D = First.define(First.constant(0x20));
  ExprId Join = First.node(ExprKind::Join, 0, {D, D});
  First.body().Events[0].Value =
      First.binary(BinaryKind::Or, Join, First.constant(0x40));
  allocate(First, Join);
  EXPECT_THAT(K.solve().Findings, SizeIs(0));
}

TEST_F(DecideTest, HeaderInlinesAndWrappersAreFolded) {
  TestFunction Inline =
      U.function("zalloc", LinkageKind::Header, {"", "gfp_t"});
  Inline.call("alloc", {Inline.param(0), Inline.param(1)});
  TestFunction Wrapped = U.function("wrapped", LinkageKind::External, {""});
  Wrapped.call("zalloc", {Wrapped.param(0), Wrapped.constant(0xd0)});
  K.Rules.Wrappers.emplace_back().Functions = globs({"wrap*"});
  TestFunction First = U.function("first");
  First.call("wrapped", {First.constant(8)});
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_EQ(R.Findings[0].Function, "first");
  EXPECT_EQ(R.Findings[0].Sink, "alloc");
  EXPECT_EQ(R.Findings[0].Path.back().Callee, "wrapped");
}

TEST_F(DecideTest, SinkThatCallsASinkIsOneFinding) {
  K.Rules.Rules[0].Sinks[0].Functions = globs({"alloc", "outer"});
  TestFunction Outer = U.function("outer", LinkageKind::External, {"gfp_t"});
  allocate(Outer, Outer.param(0));
  TestFunction First = U.function("first");
  First.call("outer", {First.constant(0xd0)});
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_EQ(R.Findings[0].Sink, "outer");
}

TEST_F(DecideTest, BelowAnotherRulesSinkIsPartOfIt) {
  Rule Area;
  Area.Id = "area";
  Area.After = "ready";
  Area.Sinks.emplace_back().Functions = globs({"get_area"});
  K.Rules.Rules.push_back(Area);
  TestFunction Get = U.function("get_area");
  allocate(Get, Get.constant(0xd0));
  U.function("first").call("get_area");
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(1));
  EXPECT_EQ(R.Findings[0].Rule, "area");
}

TEST_F(DecideTest, BoundaryHoldsBackAndIsWalked) {
  K.Rules.Boundaries.emplace_back().Functions = globs({"report"});
  TestFunction First = U.function("first");
  First.call("report");
  First.call("report");
  U.function("report").call("below");
  TestFunction Below = U.function("below");
  allocate(Below, Below.constant(0xd0));
  SolveResult R = K.solve();
  EXPECT_THAT(R.Findings, SizeIs(0));
  EXPECT_EQ(R.Summary.HeldBack, 1u);
  EXPECT_THAT(R.Summary.Assumed, SizeIs(1));
  EXPECT_EQ(R.Reached.size(), 6u);
}

TEST_F(DecideTest, AnotherPathMakesItAFindingAgain) {
  K.Rules.Boundaries.emplace_back().Functions = globs({"report"});
  TestFunction First = U.function("first");
  First.call("report");
  First.call("below");
  U.function("report").call("below");
  TestFunction Below = U.function("below");
  allocate(Below, Below.constant(0xd0));
  EXPECT_THAT(K.solve().Findings, SizeIs(1));
}

TEST_F(DecideTest, BoundaryNeverMatchesAStepOfTheBoot) {
  K.Rules.Boundaries.emplace_back().Functions = globs({"first"});
  TestFunction First = U.function("first");
  allocate(First, First.constant(0xd0));
  EXPECT_THAT(K.solve().Findings, SizeIs(1));
}

TEST_F(DecideTest, CrashPathsAreHeldBack) {
  TestFunction First = U.function("first");
  First.branch(First.unknown(), 1, 2);
  First.block();
  allocate(First, First.constant(0xd0));
  First.noReturn();
  First.block();
  SolveResult R = K.solve();
  EXPECT_THAT(R.Findings, SizeIs(0));
  EXPECT_EQ(R.Summary.HeldBack, 1u);
}

TEST_F(DecideTest, MacroSinkAndLateness) {
  Rule Late;
  Late.Id = "late";
  Late.Before = "ready";
  Late.Sinks.emplace_back().Macros = globs({"early_only"});
  K.Rules.Rules.push_back(Late);
  TestFunction F = U.function("start2");
  F.call("ready");
  F.macroUse("early_only");
  F.call("after");
  U.function("after").macroUse("early_only");
  K.Rules.EntryPoints[0].Function = "start2";
  SolveResult R = K.solve();
  ASSERT_THAT(R.Findings, SizeIs(2));
  EXPECT_FALSE(R.Findings[0].NeedsAfter);
  EXPECT_EQ(R.Findings[0].Sink, "early_only");
}

TEST_F(DecideTest, FiltersByCallerFileAndTask) {
  TestFunction First = U.function("first");
  allocate(First, First.constant(0xd0));
  K.Rules.Rules[0].Sinks[0].NotCallers = globs({"fir*"});
  EXPECT_THAT(K.solve().Findings, SizeIs(0));
}

} // namespace
