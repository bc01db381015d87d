//===- BootGuardsTest.cpp - what a test says of the value it tests --------===//
//
// Inside `if (x == 3)`, x is 3; in the walk of an empty list, there is nothing.
//
//===----------------------------------------------------------------------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> findings(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start).forbidSink().findings();
}

const char Lists[] = R"(
  struct list { struct list *next, *prev; };
  struct dev { int id; struct list node; int (*run)(void); };
  #define OUTER(p) ((struct dev *)((char *)(p) - __builtin_offsetof(struct dev, node)))
  #define EACH(d, head) for (d = OUTER((head)->next); &d->node != (head); d = OUTER(d->node.next))
)";

TEST(BootGuardsTest, TestOfAParameterHoldsInside) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void by(int mode) { if (mode == 2) sink(); }
    void below(int mode) { if (mode != 2) by(mode); }
    void first(void) { below(unseen() ? 2 : 1); below(3); })"),
              IsEmpty());
}

TEST(BootGuardsTest, UnknownValueIsKnownInside) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void by(int mode) { if (mode == 2) sink(); }
    void below(void) { int mode = unseen(); if (mode == 3) by(mode); }
    void first(void) { below(); below(); })"),
              IsEmpty());
}

TEST(BootGuardsTest, OtherSideOfATestIsNotTheValue) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void by(int mode) { if (mode == 2) sink(); }
    void below(void) { int mode = unseen(); if (mode == 3) return; by(mode); }
    void first(void) { below(); below(); })"),
              ElementsAre("by: sink"));
}

TEST(BootGuardsTest, SwitchTellsItsValue) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void by(int mode) { if (mode == 2) sink(); }
    void below(void) { int mode = unseen(); switch (mode) { case 1: by(mode); break; case 3: by(mode); } }
    void first(void) { below(); below(); })"),
              IsEmpty());
}

TEST(BootGuardsTest, ObjectsAreTriedOneByOne) {
  EXPECT_THAT(findings(R"(
    struct sys { int early; void (*up)(void); };
    void late(void) { sink(); }
    void soon(void) {}
    struct sys a = {0, late}, b = {1, soon};
    int unseen(void);
    void below(struct sys *s) { if (s->early) s->up(); }
    void first(void) { below(unseen() ? &a : &b); below(&b); })"),
              IsEmpty());
}

TEST(BootGuardsTest, ObjectWhoseFlagIsWrittenStays) {
  EXPECT_THAT(findings(R"(
    struct sys { int early; void (*up)(void); };
    void late(void) { sink(); }
    void soon(void) {}
    struct sys a = {0, late}, b = {1, soon};
    int unseen(void);
    void below(struct sys *s) { if (s->early) s->up(); }
    void first(void) { a.early = unseen(); below(unseen() ? &a : &b); below(&b); })"),
              ElementsAre("late: sink"));
}

TEST(BootGuardsTest, NewDefinitionEndsAGuard) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void below(int n) {
      int mode = n;
      while (unseen()) {
        if (mode == 1) {
          while (unseen()) { if (mode == 2) sink(); mode = 2; }
        }
      }
    }
    void first(void) { below(1); below(1); })"),
              ElementsAre("below: sink"));
}

TEST(BootGuardsTest, GuardThatCannotHoldEndsTheWay) {
  EXPECT_THAT(findings(R"(
    int unseen(void);
    void below(int mode) { if (mode == 1) { if (unseen()) if (mode == 2) sink(); } }
    void first(void) { int mode = unseen() ? 1 : 2; below(mode); below(mode); })"),
              IsEmpty());
}

TEST(BootGuardsTest, EmptyListHasNoEntries) {
  EXPECT_THAT(findings(std::string(Lists) + R"(
    struct list head = {&head, &head};
    void below(void) { struct dev *d; EACH(d, &head) sink(); }
    void first(void) { below(); below(); })"),
              IsEmpty());
}

TEST(BootGuardsTest, ListMadeAtRunTimeIsEmpty) {
  EXPECT_THAT(findings(std::string(Lists) + R"(
    struct list head;
    void init(struct list *l) { l->next = l; l->prev = l; }
    void below(void) { struct dev *d; EACH(d, &head) sink(); }
    void first(void) { init(&head); below(); below(); })"),
              IsEmpty());
}

TEST(BootGuardsTest, ListWithAnEntryHasIt) {
  EXPECT_THAT(findings(std::string(Lists) + R"(
    struct list head = {&head, &head};
    struct dev one;
    void below(void) { struct dev *d; EACH(d, &head) sink(); }
    void add(struct list *n, struct list *l) { n->next = l->next; n->prev = l; l->next->prev = n; l->next = n; }
    void first(void) { add(&one.node, &head); below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootGuardsTest, ListThatUnknownCodeFillsHasEntries) {
  EXPECT_THAT(findings(std::string(Lists) + R"(
    struct list head = {&head, &head};
    struct dev *unseen(void);
    struct list *keep;
    void below(void) { struct dev *d; EACH(d, &head) sink(); }
    void add(struct list *n, struct list *l) { n->next = l; l->next = n; }
    void first(void) { keep = &head; add(&unseen()->node, unseen()->node.prev); below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootGuardsTest, WriteAroundAHeadIsNotLost) {
  EXPECT_THAT(findings(std::string(Lists) + R"(
    struct dev all[1];
    struct list *keep;
    struct dev other;
    void below(struct list *l) { OUTER(l)->id = 1; }
    void first(void) { struct list *l = &other.node; below(l); below(l); if (other.id) sink(); })"),
              ElementsAre("first: sink"));
}

} // namespace
