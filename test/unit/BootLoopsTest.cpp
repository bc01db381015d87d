//===- BootLoopsTest.cpp - loops on the spine and calls through tables ----===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const char Table[] = R"(
  struct sys { int early; void *(*make)(void); void (*up)(void); void *made; };
  void late(void) { sink(); }
  void soon(void) {}
  struct sys a = {0, 0, late}, b = {1, 0, soon}, c = {1, 0, soon};
  struct sys *all[3] = {&a, &b, &c};
  int unseen(void);
)";

std::vector<std::string> findings(const std::string &Code) {
  return TestBoot(Table + Code + TestBoot::Start).forbidSink().findings();
}

TEST(BootLoopsTest, TableIsWalkedByTheFlagOfItsEntries) {
  EXPECT_THAT(findings(R"(
    void bring(struct sys *s) { s->up(); }
    void first(void) { int i; for (i = 0; i < 3; i++) { struct sys *s = all[i]; if (s->early) bring(s); } })"),
              IsEmpty());
}

TEST(BootLoopsTest, EveryEntryIsWalkedWithoutATest) {
  EXPECT_THAT(findings(R"(
    void bring(struct sys *s) { s->up(); }
    void first(void) { int i; for (i = 0; i < 3; i++) { struct sys *s = all[i]; bring(s); } })"),
              ElementsAre("late: sink"));
}

TEST(BootLoopsTest, FlagThatARoundSetsCounts) {
  EXPECT_THAT(findings(R"(
    void bring(struct sys *s) { s->up(); a.early = 1; }
    void first(void) { int i; for (i = 0; i < 3; i++) { struct sys *s = all[i]; if (s->early) bring(s); } })"),
              ElementsAre("late: sink"));
}

TEST(BootLoopsTest, EntryThatARoundAddsCounts) {
  EXPECT_THAT(findings(R"(
    struct sys *some[3] = {&b, &b, &b};
    void bring(struct sys *s) { s->up(); some[2] = &a; }
    void first(void) { int i; for (i = 0; i < 3; i++) { struct sys *s = some[i]; bring(s); } })"),
              ElementsAre("late: sink"));
}

TEST(BootLoopsTest, CounterHasAnyValue) {
  EXPECT_THAT(findings(R"(
    void at(int i) { if (i == 7) sink(); }
    void first(void) { int i; for (i = 0; i < unseen(); i++) at(i); })"),
              ElementsAre("at: sink"));
}

TEST(BootLoopsTest, CallsBeforeALoopAreNotMadeAgainAfterIt) {
  EXPECT_THAT(findings(R"(
    int done;
    void once(void) { if (done) sink(); }
    void mark(void) { done = 1; }
    void round(void) {}
    void first(void) { int i; once(); for (i = 0; i < 3; i++) round(); done = 1; for (i = 0; i < 3; i++) round(); })"),
              IsEmpty());
}

TEST(BootLoopsTest, TestMadeOnTheSpineHoldsWhenMemoryIsReplaced) {
  EXPECT_THAT(findings(R"(
    void bring(struct sys *s) { s->up(); }
    void first(void) { struct sys *s = unseen() ? &a : &b; if (!s->early) { a.early = 1; if (unseen()) bring(s); } })"),
              ElementsAre("late: sink"));
}

TEST(BootLoopsTest, WhatATableOfFunctionsMakesIsKnown) {
  EXPECT_THAT(findings(R"(
    int one, two;
    void *make_one(void) { return &one; }
    void *make_two(void) { return &two; }
    struct sys x = {1, make_one}, y = {1, make_two};
    void use(int *p) { if (*p) sink(); }
    void below(struct sys *s) { use(s->make()); }
    void first(void) { two = 1; below(&x); below(&x); })"),
              IsEmpty());
}

TEST(BootLoopsTest, WhatAnyOfTwoMakesIsOneOfTwo) {
  EXPECT_THAT(findings(R"(
    int one, two;
    void *make_one(void) { return &one; }
    void *make_two(void) { return &two; }
    struct sys x = {1, make_one}, y = {1, make_two};
    void use(int *p) { if (*p) sink(); }
    void below(struct sys *s) { use(s->make()); }
    void first(void) { two = 1; below(unseen() ? &x : &y); below(&x); })"),
              ElementsAre("use: sink"));
}

/// Steps of an array, some of which are handed out to whoever asks.
const char Slots[] = R"(
  enum { FIXED = 1, DYN = 4, DYN_END = DYN + 40, LAST };
  struct slot { const char *name; void (*up)(void); } slots[LAST];
  static int reserve(void) {
    struct slot *s = slots + DYN;
    for (int i = DYN; i <= DYN_END; i++, s++)
      if (!s->name)
        return i;
    return -28;
  }
  static int put(int state, const char *name, void (*up)(void)) {
    int ret = 0;
    if (state == DYN) {
      ret = reserve();
      if (ret < 0)
        return ret;
      state = ret;
    }
    slots[state].name = name;
    slots[state].up = up;
    return ret;
  }
  static void invoke(int state) { slots[state].up(); }
  int setup(int state, const char *name, void (*up)(void)) {
    int ret = put(state, name, up);
    if (ret > 0 && state == DYN) {
      state = ret;
      ret = 0;
    }
    if (ret)
      return ret;
    invoke(state);
    return state;
  }
  void late(void) { sink(); }
  void soon(void) {}
  void never(void) { setup(FIXED, "never", soon); put(FIXED, "never", soon); }
)";

TEST(BootLoopsTest, SlotsThatAreHandedOutAreNotTheOthers) {
  EXPECT_THAT(TestBoot(Slots + std::string(R"(
    void first(void) { slots[FIXED].up = late; setup(DYN, "soon", soon); })") +
                       TestBoot::Start)
                  .forbidSink()
                  .findings(),
              IsEmpty());
}

TEST(BootLoopsTest, AnySlotThatIsHandedOutMayBeTheOne) {
  EXPECT_THAT(TestBoot(Slots + std::string(R"(
    int unseen(void);
    void first(void) { put(DYN, "late", late); setup(DYN, "soon", soon); })") +
                       TestBoot::Start)
                  .forbidSink()
                  .findings(),
              ElementsAre("late: sink"));
}

TEST(BootLoopsTest, BoundOfACounterDecides) {
  EXPECT_THAT(findings(R"(
    void count(void) { int i; for (i = 0; i < 100; i++) if (i > 99) sink(); }
    void first(void) { count(); count(); })"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void count(void) { int i; for (i = 0; i < 100; i++) if (i > 98) sink(); }
    void first(void) { count(); count(); })"),
              ElementsAre("count: sink"));
}

TEST(BootLoopsTest, TestOfARangeHoldsInside) {
  EXPECT_THAT(findings(R"(
    void in(int n) { if (n < 0) return; if (n == -5) sink(); }
    void first(void) { in(unseen()); })"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void in(unsigned n) { if (10 <= n) return; if (n > 8) sink(); }
    void first(void) { in(unseen()); })"),
              ElementsAre("in: sink"));
  EXPECT_THAT(findings(R"(
    void in(unsigned n) { if (10 <= n) return; if (n > 9) sink(); }
    void first(void) { in(unseen()); })"),
              IsEmpty());
}

TEST(BootLoopsTest, TestHoldsInTheArmsOfItsConditional) {
  EXPECT_THAT(findings(R"(
    void least(int n) { int m = n < 2 ? 2 : n; if (m < 2) sink(); }
    void first(void) { least(unseen()); least(unseen()); })"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void given(int *flags) { int f = *flags ? *flags : 8; if (!f) sink(); }
    void first(void) { int none = 0, some = unseen() ? 0 : 4; given(&none); given(&some); })"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void given(int *flags) { int f = *flags ? *flags : 8; if (f == 4) sink(); }
    void first(void) { int none = 0, some = unseen() ? 0 : 4; given(&none); given(&some); })"),
              ElementsAre("given: sink"));
}

} // namespace
