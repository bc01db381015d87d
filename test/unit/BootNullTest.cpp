//===- BootNullTest.cpp - what comes after a NULL pointer is followed -----===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// `below` gets a pointer that is NULL until something sets it.
std::vector<std::string> usual(const std::string &Code) {
  const std::string Pointer = R"(
    struct item { int on; int in[4]; void (*run)(void); } *item;
    void below(struct item *i);
    struct item *heap(void);
  )";
  return TestBoot(Pointer + Code + R"(
    void first(void) { below(item); below(item); }
  )" + TestBoot::Start)
      .forbidSink()
      .findings();
}

TEST(BootNullTest, NothingComesAfterIt) {
  EXPECT_THAT(usual("void below(struct item *i) { int x = i->on; sink(); }"),
              IsEmpty());
  EXPECT_THAT(usual("void below(struct item *i) { i->in[2] = 1; sink(); }"),
              IsEmpty());
  EXPECT_THAT(
      usual("void below(struct item *i) { if (i->on) sink(); sink(); }"),
      IsEmpty());
  EXPECT_THAT(usual(R"(
    int take(int x) { return x; }
    void below(struct item *i) { take(i->on); sink(); }
  )"),
              IsEmpty());
}

TEST(BootNullTest, WhatComesBeforeItRuns) {
  EXPECT_THAT(usual("void below(struct item *i) { sink(); i->on = 1; }"),
              ElementsAre("below: sink"));
}

TEST(BootNullTest, WhatNeedsAResultDoesNotComeEither) {
  EXPECT_THAT(usual(R"(
    int look(struct item *i) { return i->on; }
    void below(struct item *i) { if (look(i) != 5) sink(); }
  )"),
              IsEmpty());
}

TEST(BootNullTest, AnAddressInItIsNotFollowed) {
  EXPECT_THAT(usual(R"(
    int *where;
    void below(struct item *i) { where = &i->on; where = i->in; sink(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootNullTest, WhoTestsItDoesNotFollowIt) {
  EXPECT_THAT(usual("void below(struct item *i) { if (!i || i->on) sink(); }"),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    int on;
    void below(struct item *i) { on = i ? i->on : 3; sink(); }
  )"),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    int on;
    void below(struct item *i) { on = i && i->on; sink(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootNullTest, APointerThatMayLeadSomewhereIsFollowed) {
  EXPECT_THAT(usual(R"(
    void set(void) { item = heap(); }
    void below(struct item *i) { set(); int x = item->on; sink(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootNullTest, ACallOfNothingDoesNotReturn) {
  const std::string Hook = R"(
    void (*hook)(void);
    void good(void) {}
    void set(void) { hook = good; }
  )";
  EXPECT_THAT(usual(Hook + "void below(struct item *i) { hook(); sink(); }"),
              IsEmpty());
  EXPECT_THAT(
      usual(Hook + "void below(struct item *i) { set(); hook(); sink(); }"),
      ElementsAre("below: sink"));
}

} // namespace
