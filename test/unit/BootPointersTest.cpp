//===- BootPointersTest.cpp - pointers, arrays and widths on the way ------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// `first` is the spine; what it calls twice is a leaf.
std::vector<std::string> usual(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start).forbidSink().findings();
}

TEST(BootPointersTest, APointerThatMovesOnMayComeToAnyElement) {
  EXPECT_THAT(usual(R"(
    struct entry { int on; } table[3] = {{0}, {0}, {1}};
    void below(void) {
      for (struct entry *p = &table[0]; p < &table[3]; p++) if (p->on) sink();
    }
    void until(int *p) { while (*p != 7) p++; sink(); }
    int numbers[4] = {0, 0, 7, 0};
    void first(void) { below(); below(); until(numbers); until(numbers); }
  )"),
              ElementsAre("below: sink", "until: sink"));
}

TEST(BootPointersTest, AnEndThatIsAnotherObjectIsNotReached) {
  EXPECT_THAT(usual(R"(
    extern int begin[], end[];
    void below(void) { for (int *p = begin; p < end; p++) sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, AFirstMemberCastToItsRecordLeadsToTheRecord) {
  EXPECT_THAT(usual(R"(
    struct head { int id; };
    struct port { struct head head; int fifos, off; } ports[2] = {
      {{0}, 4, 0}, {{0}, 8, 0}};
    void below(struct head *h) {
      struct port *p = (struct port *)h;
      if (p->fifos) sink();
    }
    void never(struct head *h) { if (((struct port *)h)->off) sink(); }
    void first(void) {
      below(&ports[0].head); below(&ports[1].head);
      never(&ports[0].head); never(&ports[1].head);
    }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, WhatIsSetThroughAFirstMemberIsSetInTheRecord) {
  EXPECT_THAT(usual(R"(
    struct head { int id; };
    struct port { struct head head; int on; } port;
    void set(struct head *h) { ((struct port *)h)->on = 1; }
    void below(void) { if (port.on) sink(); }
    void first(void) { set(&port.head); below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, ARecordCastToAnotherHoldsWhatIsNotKnown) {
  const std::string Items = R"(
    struct head { int id; };
    struct port { struct head head; int on; } port = {{1}, 0};
    struct other { int one, two; };
  )";
  EXPECT_THAT(usual(Items + R"(
    void below(struct head *h) { if (h->id) sink(); }
    void first(void) {
      below((struct head *)&port); below((struct head *)&port);
    }
  )"),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(Items + R"(
    void below(void) { if (port.on) sink(); }
    void set(struct other *o) { o->two = 1; }
    void first(void) { set((struct other *)&port); below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, NeighboursOfAnElementAreNotTheElement) {
  EXPECT_THAT(usual(R"(
    int table[4] = {0, 0, 7, 0};
    void ahead(int *p) { if (p[1] == 7) sink(); }
    void back(int *p) { if (p[-1] == 7) sink(); }
    void first(void) { ahead(&table[1]); ahead(table + 1); back(&table[3]); }
  )"),
              ElementsAre("ahead: sink", "back: sink"));
}

TEST(BootPointersTest, AWriteToSomeElementIsSeenInEach) {
  EXPECT_THAT(usual(R"(
    int table[4], unseen(void);
    struct deep { int in[2]; } deep[2];
    void set(int i) { table[i] = 1; }
    void deepen(struct deep *d) { d->in[1] = 1; }
    void first(void) {
      if (table[2]) sink();
      set(unseen());
      if (table[2]) sink();
      deepen(&deep[1]);
      if (deep[unseen()].in[unseen()]) sink();
    }
  )"),
              SizeIs(2));
}

TEST(BootPointersTest, RowsOfAMatrixAreRows) {
  EXPECT_THAT(usual(R"(
    int matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
    void cell(int i, int j) { if (matrix[i][j] == 6) sink(); }
    void row(int *r) { if (r[1] == 5) sink(); }
    void first(void) { cell(1, 2); cell(1, 2); row(matrix[1]); row(matrix[1]); }
  )"),
              ElementsAre("cell: sink", "row: sink"));
}

TEST(BootPointersTest, AConstantTableIsWalkedToItsEnd) {
  EXPECT_THAT(usual(R"(
    struct entry { const char *name; int (*run)(void); };
    int bad(void) { sink(); return 0; }
    static const struct entry table[] = {{"a", bad}, {0, 0}};
    void below(void) { for (const struct entry *e = table; e->name; e++) e->run(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("bad: sink"));
}

TEST(BootPointersTest, AChainOfRecordsIsFollowed) {
  EXPECT_THAT(usual(R"(
    struct node { struct node *next; int on; } b = {0, 1}, a = {&b, 0};
    void below(void) { for (struct node *n = &a; n; n = n->next) if (n->on) sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, AListHoldsWhatWasAdded) {
  const std::string List = R"(
    struct list { struct list *next, *prev; } head = {&head, &head};
    struct item { int on; struct list link; } item = {1};
    struct item *heap(void);
    void add(struct list *n, struct list *h) {
      h->next->prev = n; n->next = h->next; n->prev = h; h->next = n;
    }
    #define item_of(p) \
      ((struct item *)((char *)(p) - __builtin_offsetof(struct item, link)))
    void below(void) {
      for (struct list *p = head.next; p != &head; p = p->next)
        if (item_of(p)->on) sink();
    }
  )";
  EXPECT_THAT(usual(List + "void first(void) { below(); below(); }"),
              IsEmpty());
  EXPECT_THAT(usual(List + R"(
    void first(void) { add(&item.link, &head); below(); below(); }
  )"),
              ElementsAre("below: sink"));
  EXPECT_THAT(usual(List + R"(
    void first(void) { add(&heap()->link, &head); below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, AnAddressKeptInUnknownMemoryComesBack) {
  EXPECT_THAT(usual(R"(
    struct dev { int up; } dev;
    struct box { struct dev *dev; };
    struct box *heap(void);
    void put(void) { heap()->dev = &dev; }
    void mark(void) { heap()->dev->up = 1; }
    void below(void) { if (dev.up) sink(); }
    void first(void) { put(); mark(); below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, AnAddressStoredOnTheStackIsShared) {
  EXPECT_THAT(usual(R"(
    struct request { int *to; };
    struct request *get(void);
    void answer(void) { *get()->to = 1; }
    void first(void) { int x = 0; get()->to = &x; answer(); if (x) sink(); }
  )"),
              ElementsAre("first: sink"));
}

TEST(BootPointersTest, ManyObjectsThroughOnePointerAreAllWritten) {
  std::string Code = "struct dev { int on; } last", Calls;
  for (unsigned I = 0; I < 40; ++I) {
    Code += ", dev" + std::to_string(I);
    Calls += "set(&dev" + std::to_string(I) + ");";
  }
  EXPECT_THAT(usual(Code + R"(;
    void set(struct dev *d) { d->on = 1; }
    void check(struct dev *d) { if (d->on) sink(); }
    void first(void) {)" +
                    Calls + "check(&dev39); check(&dev39); }"),
              ElementsAre("check: sink"));
}

TEST(BootPointersTest, ErrorPointersAndAddressesAreToldApart) {
  EXPECT_THAT(usual(R"(
    int object;
    void *error(long number) { return (void *)number; }
    _Bool is_error(const void *p) {
      return (unsigned long)p >= (unsigned long)-4095;
    }
    void *get(int fails) { return fails ? error(-12) : &object; }
    void first(void) { if (!is_error(get(1))) sink(); }
  )"),
              IsEmpty());
}

TEST(BootPointersTest, RecordsAreCopiedWhole) {
  EXPECT_THAT(usual(R"(
    void *memcpy(void *, const void *, unsigned long);
    struct ops { void (*run)(void); int on; } now, *heap(void);
    void bad(void) { sink(); }
    const struct ops template = {bad, 1};
    void below(void) { if (now.run) now.run(); if (now.on) sink(); }
    void on_heap(void) { struct ops *o = heap(); *o = template; o->run(); }
    void first(void) {
      memcpy(&now, &template, sizeof(now));
      below();
      below();
      on_heap();
      on_heap();
    }
  )"),
              ElementsAre("bad: sink", "below: sink"));
}

TEST(BootPointersTest, AsmAndAtomicsWriteWhatTheyName) {
  EXPECT_THAT(usual(R"(
    int count, word;
    void increment(int *p) { asm volatile("incl %0" : "+m"(*p) :: "memory"); }
    void output(void) { int x = 0; asm("mov %0" : "=r"(x)); if (x) sink(); }
    void operand(void) { increment(&count); if (count) sink(); }
    void builtin(void) { __atomic_fetch_add(&word, 1, 5); if (word) sink(); }
    void first(void) { output(); output(); operand(); operand(); builtin(); }
  )"),
              SizeIs(3));
}

TEST(BootPointersTest, NumbersHaveTheWidthOfTheirType) {
  EXPECT_THAT(usual(R"(
    signed char minus;
    unsigned number;
    int negative = -1;
    unsigned long wide = 5;
    void below(void) {
      minus = 255;
      if (minus > 0) sink();
      if (number - 1 <= 5) sink();
      if (negative <= wide) sink();
    }
    void first(void) { below(); below(); }
  )"),
              IsEmpty());
}

TEST(BootPointersTest, AStaticLocalIsMemory) {
  EXPECT_THAT(usual(R"(
    void below(void) { static int once; if (once) sink(); once = 1; }
    int up;
    void once(void) { static int done; if (!done) { done = 1; return; } up = 1; }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, AnIndirectCallYieldsAnything) {
  EXPECT_THAT(usual(R"(
    struct ops { int (*get)(void); };
    int one(void) { return 1; }
    struct ops ops = {one}, *cur = &ops;
    void below(void) { if (cur->get()) sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootPointersTest, DeepChainsOfCallsYieldTheirResult) {
  std::string Code = "int f0(int n) { return n; }";
  for (unsigned I = 1; I < 300; ++I)
    Code += "int f" + std::to_string(I) + "(int n) { return f" +
            std::to_string(I - 1) + "(n); }";
  EXPECT_THAT(usual(Code + R"(
    void below(void) { if (f299(1) != 1) ready(); else sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

} // namespace
