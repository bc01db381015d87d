//===- ExplainTest.cpp - why something runs, and why something does not ---===//

#include "solve/Explain.h"
#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

Explanation explained(TestBoot &Boot, llvm::StringRef Function,
                      llvm::StringRef Rule = "") {
  ExplainRequest Request;
  Request.Function = Function.str();
  Request.Rule = Rule.str();
  auto Answer = explain(Boot.link(), Boot.Rules, Boot.Options, Request);
  if (Answer)
    return *Answer;
  ADD_FAILURE() << llvm::toString(Answer.takeError());
  return {};
}

Explanation explained(const std::string &Code, llvm::StringRef Function,
                      llvm::StringRef Rule = "") {
  TestBoot Boot(Code + TestBoot::Start);
  return explained(Boot.forbidSink(), Function, Rule);
}

std::string failure(const std::string &Code, ExplainRequest Request) {
  TestBoot Boot(Code + TestBoot::Start);
  Boot.forbidSink();
  auto Answer = explain(Boot.link(), Boot.Rules, Boot.Options, Request);
  return Answer ? "" : llvm::toString(Answer.takeError());
}

/// `condition outcome` of what was decided, and the reasons below it.
std::vector<std::string> decided(const Explanation &E) {
  std::vector<std::string> Lines;
  for (const ExplainedBranch &B : E.Decided) {
    Lines.push_back(B.Condition + " " + B.Outcome);
    for (const ReasonLine &R : B.Why)
      Lines.push_back(std::string(2 + 2 * R.Depth, ' ') + R.Text);
  }
  return Lines;
}

/// `outcome: sink in function`, and the reasons below it.
std::vector<std::string> uses(const RuleExplanation &R) {
  static const char *Names[] = {"reported", "masked",   "latent",
                                "held",     "harmless", "guarded"};
  std::vector<std::string> Lines;
  for (const ExplainedUse &Use : R.Uses) {
    Lines.push_back(Names[static_cast<int>(Use.Outcome)] + (": " + Use.Sink) +
                    " in " + Use.Function);
    for (const ReasonLine &Why : Use.Why)
      Lines.push_back(std::string(2 + 2 * Why.Depth, ' ') + Why.Text);
  }
  return Lines;
}

TEST(ExplainTest, StepsMilestonesAndAChainPerPhase) {
  TestBoot Boot(R"(
    void leaf(void) {}
    void early(void) { leaf(); }
    void late(void) { leaf(); }
    void start(void) { early(); ready(); late(); }
    void ready(void) {}
  )");
  Boot.forbidSink().Rules.Rules[0].Before = "ready"; // all has to be walked
  Explanation E = explained(Boot, "leaf");
  ASSERT_THAT(E.Milestones, SizeIs(1));
  EXPECT_TRUE(E.Milestones[0].RunsBefore);
  EXPECT_TRUE(E.Milestones[0].RunsAfter);
  ASSERT_THAT(E.Phases, SizeIs(2));
  EXPECT_EQ(E.Phases[0].Before, "ready");
  EXPECT_EQ(E.Phases[1].After, "ready");
  ASSERT_THAT(E.Phases[0].Path, SizeIs(2));
  EXPECT_EQ(E.Phases[0].Path[1].Function, "early");
  EXPECT_EQ(E.Phases[1].Path[1].Function, "late");
}

TEST(ExplainTest, ABranchRemembersItsInitialValue) {
  Explanation E =
      explained("int up; void first(void) { if (up) sink(); }", "first");
  EXPECT_EQ(E.Branches, 1u);
  EXPECT_THAT(decided(E),
              ElementsAre("up is false", "  up is 0, its initial value"));
}

TEST(ExplainTest, ABranchRemembersTheWriteThatReplaced) {
  TestBoot Boot(R"(
    int state = 1;
    void check(void) { if (state == 2) sink(); }
    void start(void) { check(); state = 2; check(); ready(); }
    void ready(void) {}
  )");
  EXPECT_THAT(decided(explained(Boot.forbidSink(), "check")),
              ElementsAre("state == 2 is false",
                          "  state is 1, its initial value",
                          "state == 2 is true", "  state is 2, by 'start'"));
}

TEST(ExplainTest, AResultRestsOnWhatTheCalleeReads) {
  Explanation E = explained(R"(
    int level;
    int is_up(void) { return level >= 3; }
    void first(void) { if (is_up()) sink(); }
  )",
                            "first");
  EXPECT_THAT(decided(E), ElementsAre("is_up() is false", "  is_up() is 0",
                                      "    level is 0, its initial value"));
}

TEST(ExplainTest, AnArgumentNamesWhoGaveIt) {
  Explanation E = explained(R"(
    void leaf(int wanted) { if (wanted) sink(); }
    void first(void) { leaf(0); leaf(0); }
  )",
                            "leaf");
  EXPECT_THAT(decided(E),
              ElementsAre("arg1 is false", "  arg1 is 0, given by 'first'"));
  ASSERT_THAT(E.Contexts, SizeIs(1));
  EXPECT_THAT(E.Contexts[0].Arguments, ElementsAre("0"));
}

TEST(ExplainTest, ResultsByStep) {
  TestBoot Boot(R"(
    int state;
    int is_up(void) { return state; }
    void check(void) { is_up(); }
    void start(void) { check(); state = 1; check(); ready(); }
    void ready(void) {}
  )");
  Explanation E = explained(Boot.forbidSink(), "is_up");
  ASSERT_THAT(E.Contexts, SizeIs(1));
  ASSERT_THAT(E.Contexts[0].Results, SizeIs(2));
  EXPECT_EQ(E.Contexts[0].Results[0].Value, "0");
  EXPECT_EQ(E.Contexts[0].Results[1].Value, "1");
}

TEST(ExplainTest, SwitchesSayWhereTheyGo) {
  Explanation E = explained(R"(
    enum { A, B, C } kind = B;
    void first(void) { switch (kind) { case A: sink(); break; case B: break; default: sink(); } }
  )",
                            "first");
  ASSERT_THAT(E.Decided, SizeIs(1));
  EXPECT_EQ(E.Decided[0].Outcome, "goes to case 1");
}

TEST(ExplainTest, PointersAndWhoRegisteredThem) {
  Explanation E = explained(R"(
    struct ops { void (*run)(void); };
    void good(void) {}
    void other(void) {}
    struct ops one = {good}, two = {other}, *chosen = &one;
    void keep(struct ops *o) {}
    void first(void) { keep(&two); chosen->run(); }
  )",
                            "first");
  ASSERT_THAT(E.Calls, SizeIs(1));
  ASSERT_THAT(E.Calls[0].Targets, SizeIs(1));
  EXPECT_EQ(E.Calls[0].Targets[0].Edge.Callee, "good");
  EXPECT_THAT(E.Calls[0].Targets[0].Edge.Evidence, HasSubstr("from one"));
  EXPECT_EQ(E.Calls[0].FlowTargets, 2u);
}

TEST(ExplainTest, WhatDoesNotRunSaysWhatStopsIt) {
  Explanation E = explained(R"(
    int up;
    void far(void) {}
    void near(void) { far(); }
    void first(void) { if (up) near(); }
  )",
                            "far");
  EXPECT_THAT(E.Steps, IsEmpty());
  ASSERT_THAT(E.Obstacles, SizeIs(1));
  EXPECT_EQ(E.Obstacles[0].Call.Callee, "near");
  ASSERT_THAT(E.Obstacles[0].Path, SizeIs(1));
  EXPECT_EQ(E.Obstacles[0].Path[0].Callee, "far");
  ASSERT_THAT(E.Obstacles[0].Why, SizeIs(2));
  EXPECT_EQ(E.Obstacles[0].Why[0].Text, "'up' is false");
  EXPECT_EQ(E.Obstacles[0].Why[1].Text, "up is 0, its initial value");
}

TEST(ExplainTest, WhatNobodyCallsSaysWhoHoldsIt) {
  Explanation E = explained(R"(
    struct ops { void (*run)(void); };
    void callback(void) {}
    struct ops late = {callback};
    void first(void) {}
  )",
                            "callback");
  EXPECT_THAT(E.HeldBy, ElementsAre("late, which no code that runs mentions"));
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

TEST(ExplainTest, AReportedAndAGuardedUse) {
  Explanation E = explained(R"(
    int up;
    void guarded(void) { sink(); }
    void first(void) { if (up) guarded(); sink(); }
  )",
                            "first", "early");
  ASSERT_THAT(E.Rules, SizeIs(1));
  EXPECT_TRUE(E.Rules[0].RunsInWindow);
  EXPECT_THAT(uses(E.Rules[0]),
              ElementsAre("reported: sink in first", "guarded: sink in guarded",
                          "  'up' is false", "    up is 0, its initial value"));
}

TEST(ExplainTest, ARuleThatIsContentWithTheOrder) {
  TestBoot Boot(R"(
    void late(void) { sink(); }
    void start(void) { ready(); late(); }
    void ready(void) {}
  )");
  Explanation E = explained(Boot.forbidSink(), "late", "early");
  ASSERT_THAT(E.Rules, SizeIs(1));
  EXPECT_FALSE(E.Rules[0].RunsInWindow);
}

TEST(ExplainTest, MaskedHarmlessAndHeldBackUses) {
  TestBoot Boot(std::string(R"(
    gfp_t allowed = HIGH;
    int unseen(void);
    void die(void) __attribute__((noreturn));
    void *alloc(gfp_t flags) {
      if (flags & allowed & WAIT) enable();
      return 0;
    }
    void first(void) {
      alloc(WAIT);
      alloc(HIGH);
      if (unseen()) { alloc(WAIT | HIGH); die(); }
    }
  )") + TestBoot::Start);
  Boot.forbidAlloc(/*MattersForEnabling=*/true);
  Explanation E = explained(Boot, "first", "early");
  ASSERT_THAT(E.Rules, SizeIs(1));
  EXPECT_THAT(uses(E.Rules[0]),
              ElementsAre("masked: alloc in first", "held: alloc in first",
                          "harmless: alloc in first"));
  EXPECT_EQ(E.Rules[0].Uses[1].Text, "a crash follows");
}

TEST(ExplainTest, LatentUsesNameTheirGuard) {
  TestBoot Boot(std::string(R"(
    int is_up, has_cache;
    void *alloc(gfp_t flags) { if (has_cache) enable(); return 0; }
    void maybe(void) { if (is_up) alloc(WAIT); }
    void first(void) { maybe(); maybe(); alloc(WAIT); is_up = has_cache = 1; }
  )") + TestBoot::Start);
  Boot.forbidAlloc(/*MattersForEnabling=*/true);
  Explanation E = explained(Boot, "first", "early");
  ASSERT_THAT(E.Rules, SizeIs(1));
  EXPECT_THAT(uses(E.Rules[0]),
              ElementsAre("latent: alloc in first", "latent: alloc in maybe",
                          "  'is_up' is false",
                          "    is_up is 0, its initial value"));
}

TEST(ExplainTest, BelowABoundary) {
  TestBoot Boot(std::string(R"(
    void report(void) { sink(); }
    void first(void) { report(); report(); }
  )") + TestBoot::Start);
  Boot.forbidSink().Rules.Boundaries.emplace_back().Functions =
      llvm::cantFail(GlobSet::create({"report"}));
  Explanation E = explained(Boot, "report", "early");
  EXPECT_THAT(uses(E.Rules[0]), ElementsAre("held: sink in report"));
  EXPECT_EQ(E.Rules[0].Uses[0].Text, "in 'report', a boundary");
}

//===----------------------------------------------------------------------===//
// Questions that have no answer
//===----------------------------------------------------------------------===//

TEST(ExplainTest, UnknownFunctionsAndRules) {
  std::string Code = "void first(void) {}";
  EXPECT_EQ(
      failure(Code, {"firsd", "", "", 0}),
      "no function 'firsd' belongs to this kernel; did you mean 'first'?");
  EXPECT_EQ(failure(Code, {"first", "", "late", 0}),
            "no rule 'late' applies to this tree; expected one of 'early'");
}

TEST(ExplainTest, SeveralFunctionsOfOneName) {
  TestBoot Boot(std::string("static void same(void) {}\n"
                            "void first(void) { same(); }") +
                TestBoot::Start);
  Boot.unit("other.c", "static void same(void) {}\n"
                       "void second(void) { same(); }");
  Boot.forbidSink();
  ExplainRequest Request{"same", "", "", 0};
  auto Answer = explain(Boot.link(), Boot.Rules, Boot.Options, Request);
  ASSERT_FALSE(bool(Answer));
  std::string Message = llvm::toString(Answer.takeError());
  EXPECT_THAT(Message, HasSubstr("there are 2 functions named 'same'"));
  EXPECT_THAT(Message, HasSubstr("\n  main.c:"));
  Request.File = "other.c";
  auto One = explain(Boot.link(), Boot.Rules, Boot.Options, Request);
  ASSERT_TRUE(bool(One));
  EXPECT_EQ(One->Place.File, "other.c");
}

} // namespace
