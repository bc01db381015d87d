//===- BootRecordsTest.cpp - records that no name leads to ----------------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// Records that come from somewhere, and a test of one; `later` writes what it
/// tests, but does not run.
std::vector<std::string> usual(const std::string &Code) {
  const std::string Items = R"(
    struct item { struct item *other; int on; };
    struct item *heap(void);
    void below(struct item *i) { if (i->other || i->on) sink(); }
    void later(struct item *i) { i->other = i; i->on = 1; }
  )";
  return TestBoot(Items + Code + TestBoot::Start).forbidSink().findings();
}

const char Look[] = "below(heap()); below(heap()); }";

TEST(BootRecordsTest, WhatNothingHasStoredIsNotThere) {
  EXPECT_THAT(usual(std::string("void first(void) {") + Look), IsEmpty());
}

TEST(BootRecordsTest, WhatIsStoredInOneMayBeInAny) {
  EXPECT_THAT(
      usual(std::string("void first(void) { heap()->other = heap();") + Look),
      ElementsAre("below: sink"));
  EXPECT_THAT(usual(std::string("void first(void) { heap()->on = 3;") + Look),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(std::string("void first(void) { later(heap());") + Look),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, ZerosAreNoNews) {
  EXPECT_THAT(usual(std::string("void first(void) { heap()->on = 0;") + Look),
              IsEmpty());
}

TEST(BootRecordsTest, AnObjectCountsOncePointersMayLeadToIt) {
  const std::string Object = R"(
    struct item item = {&item, 1};
    struct item own = {0, 2};
    struct item **shelf(void);
  )";
  EXPECT_THAT(usual(R"(
    struct item own = {0, 2};
    void first(void) { if (own.on != 2) sink();)" +
                    std::string(Look)),
              IsEmpty());
  EXPECT_THAT(usual(Object + "void first(void) { *shelf() = &own;" + Look),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, AStoreToAnObjectThatPointersLeadToCounts) {
  EXPECT_THAT(usual(R"(
    struct item item, **shelf(void);
    void first(void) { *shelf() = &item; item.on = 1;)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    struct item item, **shelf(void);
    void first(void) { item.on = 1; *shelf() = &item;)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, ARecordIsCopiedWithAllItHolds) {
  EXPECT_THAT(usual(R"(
    void fill(void) { struct item mine = {0, 1}; *heap() = mine; }
    void first(void) { fill(); fill();)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    struct item mine = {0, 1};
    void *memcpy(void *to, const void *from, unsigned long n);
    void fill(void) { memcpy(heap(), &mine, sizeof(mine)); }
    void first(void) { fill(); fill();)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, ARecordThatACallYieldsHoldsAnything) {
  EXPECT_THAT(usual(R"(
    struct item make(void);
    void fill(void) { *heap() = make(); }
    void first(void) { fill(); fill();)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    struct box { struct item in; } *box(void);
    struct item make(void);
    void fill(void) { box()->in = make(); }
    void first(void) { fill(); fill();)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    struct item made(void) { struct item mine = {0, 1}; return mine; }
    void fill(void) { *heap() = made(); }
    void first(void) { fill(); fill();)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, AFieldWhoseAddressGoesAwayHoldsAnything) {
  EXPECT_THAT(usual(R"(
    void give(int *p);
    void first(void) { give(&heap()->on);)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    void set(int *p) { *p = 1; }
    void first(void) { set(&heap()->on);)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, APointerThatWasComputedWrites) {
  EXPECT_THAT(usual(R"(
    struct item item;
    unsigned long offset(void);
    void first(void) {
      *(int *)((unsigned long)&item.on + offset()) = 1;)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, AssemblyWritesWhatItIsGiven) {
  EXPECT_THAT(usual(R"(
    void first(void) {
      struct item *i = heap();
      asm volatile("" : "+m"(i->on));)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(R"(
    void first(void) {
      struct item *i = heap();
      asm volatile("" : : "r"(&i->on) : "memory");)" +
                    std::string(Look)),
              ElementsAre("below: sink"));
}

TEST(BootRecordsTest, WhatNoCodeWritesComesFromElsewhere) {
  EXPECT_THAT(usual(R"(
    struct given { struct given *next; int on; };
    struct given *firmware(void);
    void look(struct given *g) { if (g->on) sink(); if (g->next) sink(); }
    void first(void) { look(firmware()); look(firmware()); }
  )"),
              SizeIs(2));
}

TEST(BootRecordsTest, ARecordWithoutPointersMayBeATable) {
  EXPECT_THAT(usual(R"(
    struct table { int length; };
    struct table *firmware(void);
    void make(struct table *t) { t->length = 4; }
    void look(struct table *t) { if (t->length) sink(); }
    void first(void) { look(firmware()); look(firmware()); }
  )"),
              ElementsAre("look: sink"));
}

TEST(BootRecordsTest, MembersThatShareStorageHoldAnything) {
  EXPECT_THAT(usual(R"(
    struct both { struct both *next; union { int on; float f; }; };
    struct both *some(void);
    void make(struct both *b) { b->on = 4; b->next = 0; }
    void look(struct both *b) { if (b->on) sink(); }
    void first(void) { look(some()); look(some()); }
  )"),
              ElementsAre("look: sink"));
}

TEST(BootRecordsTest, AnOpsTableIsKnownByWhoPointsToIt) {
  EXPECT_THAT(usual(R"(
    struct ops { void (*run)(void); };
    struct dev { const struct ops *ops; };
    struct dev *some(void);
    void bad(void) { sink(); }
    void good(void) {}
    const struct ops bads = {bad}, goods = {good};
    const struct ops **shelf(void);
    void call(struct dev *d) { d->ops->run(); }
    void first(void) {
      *shelf() = &bads; some()->ops = &goods; call(some()); call(some());
    }
  )"),
              IsEmpty());
}

} // namespace
