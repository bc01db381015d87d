//===- AgreeingTestsTest.cpp - tests that a caller has made already -------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// `shift` of the pools is not known, and set by `set()` only.
const char Pools[] = R"(
  struct pool { int shift, count; struct pool *next; } pools[2], *chosen;
  int unseen(void);
  static inline int shift_of(struct pool *p) { return p->shift; }
  static inline int is_huge(struct pool *p) { return shift_of(p) > 9; }
  void set(void) { pools[unseen()].shift = unseen(); chosen = &pools[unseen()]; }
  void first(void) { set(); use(0); use(1); }
)";

std::vector<std::string> findings(const std::string &Code) {
  return TestBoot("void use(int i);" + std::string(Pools) + Code +
                  TestBoot::Start)
      .forbidSink()
      .findings();
}

TEST(AgreeingTestsTest, TheCallersTestDecidesTheCallees) {
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); }
  )"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (is_huge(p)) sink(); }
    void use(int i) { if (is_huge(&pools[i])) return; grow(&pools[i]); }
  )"),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); }
  )"),
              ElementsAre("grow: sink"));
}

TEST(AgreeingTestsTest, WhatIsKnownGoesAlongSeveralCalls) {
  EXPECT_THAT(findings(R"(
    void one(int node, struct pool *p) { if (!is_huge(p)) sink(); }
    void each(struct pool *p) { one(0, p); one(1, p); }
    void grow(struct pool *p) { each(p); }
    void use(int i) { if (unseen() && is_huge(chosen)) grow(chosen); }
  )"),
              IsEmpty());
}

TEST(AgreeingTestsTest, OtherCallersAreNotTold) {
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (!is_huge(p)) sink(); }
    void other(struct pool *p) { grow(p); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); else other(chosen); }
  )"),
              ElementsAre("grow: sink"));
}

TEST(AgreeingTestsTest, OtherValuesAreNotTold) {
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(&pools[i]); }
  )"),
              ElementsAre("grow: sink"));
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p, struct pool *q) { if (!is_huge(q)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen, &pools[i]); }
  )"),
              ElementsAre("grow: sink"));
}

TEST(AgreeingTestsTest, AStoreInBetweenEndsIt) {
  // Before the call: which pool is chosen, or any other store.
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) { chosen = &pools[i]; grow(chosen); } }
  )"),
              ElementsAre("grow: sink"));
  // Below it, in a function that is called by name; or by its address.
  EXPECT_THAT(findings(R"(
    void shrink(struct pool *p) { p->shift = 1; }
    void grow(struct pool *p) { shrink(p); if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); }
  )"),
              ElementsAre("grow: sink"));
  EXPECT_THAT(findings(R"(
    void clear(int *number) { *number = 0; }
    void grow(struct pool *p) { clear(&p->shift); if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); }
  )"),
              ElementsAre("grow: sink"));
  // Other fields may change.
  EXPECT_THAT(findings(R"(
    void grow(struct pool *p) { p->count = 1; if (!is_huge(p)) sink(); }
    void use(int i) { if (is_huge(chosen)) grow(chosen); }
  )"),
              IsEmpty());
}

TEST(AgreeingTestsTest, APredicateDoesNothingElse) {
  EXPECT_THAT(findings(R"(
    int take(struct pool *p) { return p->shift++ > 9; }
    void grow(struct pool *p) { if (!take(p)) sink(); }
    void use(int i) { if (take(chosen)) grow(chosen); }
  )"),
              ElementsAre("grow: sink"));
  EXPECT_THAT(findings(R"(
    int limit;
    int is_wide(struct pool *p) { return p->shift > limit; }
    void grow(struct pool *p) { limit = unseen(); if (!is_wide(p)) sink(); }
    void use(int i) { if (is_wide(chosen)) grow(chosen); }
  )"),
              ElementsAre("grow: sink"));
}

} // namespace
