//===- ContextsTest.cpp - values through calls ----------------------------===//

#include "TestBoot.h"
#include "solve/BootWalk.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// A machine without memory of its own, to make contexts by hand.
struct ContextsTest : testing::Test {
  TestBoot Boot{R"(
    struct dev { int up; } dev;
    int seen;
    static inline int small(int n) { return n; }
    int plain(int n, int m) { return seen + dev.up + small(n) + m; }
  )"};
  const Program &P = Boot.link();
  RuleIndex Rules{P, Boot.Rules};
  BootWalk Walk{P, Rules};
  FunctionId Plain = Boot.function("plain");

  ContextId find(std::initializer_list<Value> Args) {
    return Walk.Contexts.find(Plain, Args);
  }
  void settle(ContextId C) {
    for (unsigned I = 0; I < 8 && !Walk.Contexts[C].IsFresh; ++I)
      Walk.Contexts.evaluate(C, /*Step=*/0);
    EXPECT_TRUE(Walk.Contexts[C].IsFresh);
  }
};

TEST_F(ContextsTest, EqualArgumentsAreOneContext) {
  ContextId C = find({Value::number(1), Value::number(2)});
  EXPECT_EQ(find({Value::number(1), Value::number(2)}), C);
  EXPECT_NE(find({Value::number(2), Value::number(2)}), C);
  EXPECT_EQ(Walk.Contexts[C].Function, Plain);
}

TEST_F(ContextsTest, UnknownArgumentsAtTheEndAreLeftOut) {
  ContextId C = find({});
  EXPECT_EQ(find({Value::unknown(), Value::unknown()}), C);
  EXPECT_TRUE(Walk.Contexts[C].Args.empty());
  EXPECT_EQ(
      Walk.Contexts[find({Value::number(1), Value::unknown()})].Args.size(),
      1u);
}

TEST_F(ContextsTest, PastTheCapTheBusiestArgumentIsJoined) {
  for (size_t I = 0; I < ContextTable::MaxContexts; ++I)
    find({Value::number(I), Value::number(I % 2)});
  EXPECT_EQ(Walk.Contexts.size(), ContextTable::MaxContexts);
  ContextId Joined = find({Value::number(1000), Value::number(1)});
  ContextId Wider = find({Value::number(2000), Value::number(1)});
  // The other argument still tells contexts apart.
  EXPECT_EQ(Walk.Contexts[Wider].Args[1], Value::number(1));
  EXPECT_TRUE(
      join(Walk.Contexts[Joined].Args[0], Walk.Contexts[Wider].Args[0]) ==
      Walk.Contexts[Wider].Args[0]);
  EXPECT_FALSE(Walk.Contexts[Wider].Args[0].number());
  // However many come, there is an end to it.
  for (int64_t I = 0; I < 10000; ++I)
    find({Value::number(I * I), Value::number(I % 2)});
  EXPECT_LT(Walk.Contexts.size(), 4 * ContextTable::MaxContexts);
}

TEST_F(ContextsTest, ChangesOfResultsAndMergesAreCounted) {
  ContextId C = find({Value::number(3), Value::number(4)});
  settle(C);
  EXPECT_EQ(Walk.Contexts[C].ResultChanges, 1u);
  Walk.Contexts.invalidate(C);
  settle(C);
  EXPECT_EQ(Walk.Contexts[C].ResultChanges, 1u); // it yields the same
}

TEST_F(ContextsTest, ShapesSayWhichResultsBlocksUse) {
  const FunctionShape &Shape = Walk.Contexts.shape(Plain);
  const Function &Body = *P[Plain].Body;
  ASSERT_EQ(Shape.Uses.size(), Body.Blocks.size());
  std::vector<EventId> Used;
  for (const std::vector<EventId> &InBlock : Shape.Uses)
    Used.insert(Used.end(), InBlock.begin(), InBlock.end());
  // Only what small() yields: the rest is memory and parameters.
  ASSERT_EQ(Used.size(), 1u);
  EXPECT_EQ(Body.Events[Used[0].Value].Kind, EventKind::Call);
}

TEST_F(ContextsTest, ResultsRestOnArgumentsAndMemory) {
  ContextId C = find({Value::number(3), Value::number(4)});
  settle(C);
  EXPECT_EQ(Walk.Contexts[C].Result, Value::number(7));
  Memory &M = Walk.State.Memory;
  M.store(Walk.State.Places.whole(Boot.object("seen")), Value::number(1), {},
          /*IsCertain=*/true);
  EXPECT_THAT(M.takeStale(), ElementsAre(C));
  Walk.Contexts.invalidate(C);
  EXPECT_FALSE(Walk.Contexts[C].IsFresh);
  settle(C);
  EXPECT_EQ(Walk.Contexts[C].Result, Value::number(8));
}

//===----------------------------------------------------------------------===//
// Values through calls
//===----------------------------------------------------------------------===//

std::vector<std::string> usual(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start).forbidSink().findings();
}
std::vector<std::string> allocations(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start).forbidAlloc().findings();
}

TEST(ContextValuesTest, EachArgumentHasItsOwnAnswer) {
  EXPECT_THAT(usual(R"(
    void zero(int n) { if (n) sink(); }
    void one(int n) { if (n) sink(); }
    void first(void) { zero(0); zero(0); one(0); one(1); }
  )"),
              ElementsAre("one: sink"));
}

TEST(ContextValuesTest, ResultsDecideBranches) {
  EXPECT_THAT(usual(R"(
    int up;
    int is_available(void) { return up != 0; }
    _Bool is_down(void) { return !is_available(); }
    int pick(int n) { switch (n) { case 1: return 5; } return 0; }
    void first(void) {
      if (is_available()) sink();
      if (!is_down()) sink();
      if (pick(2) || pick(1) != 5) sink();
    }
  )"),
              IsEmpty());
}

TEST(ContextValuesTest, WhatCannotReturnYieldsNothing) {
  EXPECT_THAT(usual(R"(
    int hangs(void) { for (;;) ; }
    void below(void) { if (hangs()) sink(); }
    void first(void) { below(); below(); }
  )"),
              IsEmpty());
}

TEST(ContextValuesTest, FlagsGoThroughParametersAndOperators) {
  EXPECT_THAT(allocations(R"(
    void deep(gfp_t flags) { alloc(flags & ~WAIT); alloc(flags | HIGH); }
    void middle(gfp_t flags) { gfp_t f = flags; f |= 0x100; deep(f); }
    void first(void) { middle(HIGH); middle(HIGH); }
  )"),
              IsEmpty());
  EXPECT_THAT(allocations(R"(
    void deep(gfp_t flags) { alloc(flags & ~WAIT); alloc(flags | HIGH); }
    void middle(gfp_t flags) { gfp_t f = flags; f |= 0x100; deep(f); }
    void first(void) { middle(HIGH); middle(WAIT); }
  )"),
              ElementsAre("deep: alloc"));
}

TEST(ContextValuesTest, FlagsGoThroughConditionalsResultsAndMemory) {
  EXPECT_THAT(allocations(R"(
    gfp_t kept = HIGH;
    struct pool { gfp_t flags; } pool = {HIGH};
    gfp_t choose(int n) { return n ? HIGH : WAIT; }
    void from(struct pool *p) { alloc(p->flags); }
    void first(void) {
      alloc(choose(1));
      alloc(kept);
      from(&pool);
      alloc(kept == HIGH ? 0 : WAIT);
    }
  )"),
              IsEmpty());
  EXPECT_THAT(allocations(R"(
    gfp_t kept = HIGH;
    gfp_t choose(int n) { return n ? HIGH : WAIT; }
    void change(void) { kept = WAIT; }
    void result(void) { alloc(choose(0)); }
    void memory(void) { alloc(kept); }
    void first(void) { result(); change(); memory(); }
  )"),
              ElementsAre("result: alloc", "memory: alloc"));
}

TEST(ContextValuesTest, PredicateHelpersPrune) {
  EXPECT_THAT(usual(R"(
    static inline _Bool may_block(gfp_t flags) { return !!(flags & WAIT); }
    void deep(gfp_t flags) {
      _Bool atomic = !may_block(flags);
      if (!atomic) sink();
    }
    void first(void) { deep(HIGH); deep(HIGH | 0x100); }
  )"),
              IsEmpty());
  EXPECT_THAT(usual(R"(
    static inline _Bool may_block(gfp_t flags) { return !!(flags & WAIT); }
    void deep(gfp_t flags) { if (may_block(flags | HIGH)) sink(); }
    gfp_t unseen(void);
    void first(void) { deep(unseen() | WAIT); }
  )"),
              ElementsAre("deep: sink"));
}

TEST(ContextValuesTest, AMaskThatClearsTheBitIsFollowedToo) {
  EXPECT_THAT(allocations(R"(
    gfp_t unseen(void);
    void first(void) { alloc(unseen() & ~WAIT); alloc(unseen() & HIGH); }
  )"),
              IsEmpty());
  EXPECT_THAT(allocations(R"(
    gfp_t unseen(void);
    void first(void) { alloc(unseen()); }
  )"),
              ElementsAre("first: alloc?"));
}

TEST(ContextValuesTest, FunctionsGoThroughParametersAndRecords) {
  EXPECT_THAT(usual(R"(
    struct job { void (*run)(int); int n; };
    void work(int n) { if (n == 2) sink(); }
    void call(struct job *j) { j->run(j->n); }
    void apply(void (*run)(int), int n) { run(n); }
    void first(void) {
      struct job j = {work, 1};
      call(&j);
      apply(work, 3);
    }
  )"),
              IsEmpty());
}

TEST(ContextValuesTest, ContainersLeadBackToTheirRecord) {
  EXPECT_THAT(usual(R"(
    struct list { struct list *next; };
    struct item { int up; struct list link; } item;
    #define item_of(p) \
      ((struct item *)((char *)(p) - __builtin_offsetof(struct item, link)))
    void check(struct list *l) { if (item_of(l)->up) sink(); }
    void first(void) { check(&item.link); check(&item.link); }
  )"),
              IsEmpty());
}

TEST(ContextValuesTest, RecursionEnds) {
  EXPECT_THAT(usual(R"(
    int unseen(void);
    void down(int n) { if (n > 0) down(n - 1); if (n == -1) sink(); }
    void up(int n) { if (unseen()) up(n + 1); }
    int even(int n), odd(int n);
    int even(int n) { return n ? odd(n - 1) : 1; }
    int odd(int n) { return n ? even(n - 1) : 0; }
    void first(void) {
      down(3);
      down(3);
      up(0);
      up(0);
      if (even(3)) sink();
      if (odd(1000)) ready();
    }
  )"),
              IsEmpty());
}

TEST(ContextValuesTest, ArgumentsThatWereJoinedStayPossible) {
  std::string Calls;
  for (unsigned I = 0; I < 2 * ContextTable::MaxContexts; ++I)
    Calls += "check(" + std::to_string(I) + ");";
  EXPECT_THAT(usual("void check(int n) { if (n == 40) sink(); }"
                    "void first(void) {" +
                    Calls + "}"),
              ElementsAre("check: sink"));
  EXPECT_THAT(usual("void check(int n) { if (n == 400) sink(); }"
                    "void first(void) {" +
                    Calls + "}"),
              IsEmpty());
}

} // namespace
