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

} // namespace
