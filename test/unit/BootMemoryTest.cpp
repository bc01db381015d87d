//===- BootMemoryTest.cpp - memory as the boot reads and writes it --------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

namespace {

std::vector<std::string> findings(const std::string &Code,
                                  bool IsReversed = false) {
  return TestBoot(Code).forbidSink().findings(IsReversed);
}
std::vector<std::string> usual(const std::string &Code) {
  return findings(Code + TestBoot::Start);
}

TEST(BootMemoryTest, WhatNothingHasWrittenIsAsItWas) {
  EXPECT_THAT(usual("int up; void first(void) { if (up) sink(); }"), IsEmpty());
  EXPECT_THAT(usual("int up = 1; void first(void) { if (up) sink(); }"),
              ElementsAre("first: sink"));
}

TEST(BootMemoryTest, WhatOnlyLateCodeWritesIsAsItWas) {
  EXPECT_THAT(findings(R"(
    int up;
    void early(void) { if (up) sink(); }
    void start(void) { early(); ready(); up = 1; early(); }
    void ready(void) {}
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, WhatComesAfterTheWriteSeesIt) {
  EXPECT_THAT(findings(R"(
    int up;
    void before(void) { if (up) sink(); }
    void after(void) { if (up) sink(); }
    void start(void) { before(); up = 1; after(); ready(); }
    void ready(void) {}
  )"),
              ElementsAre("after: sink"));
}

TEST(BootMemoryTest, WhatAssemblyNamesMayBeAnything) {
  const char *Entry = R"(
    asm(".globl head; head: ldr r3, =from_loader; str r2, [r3]; b start;");
    int from_loader;
    void first(void) { if (from_loader) sink(); }
  )";
  EXPECT_THAT(usual(Entry), ElementsAre("first: sink"));
  // Data that code names is a list of what code uses.
  EXPECT_THAT(usual(R"(
    asm("head: adr r3, addresses; b start; addresses: .long from_loader;");
    int from_loader;
    void first(void) { if (from_loader) sink(); }
  )"),
              ElementsAre("first: sink"));
}

TEST(BootMemoryTest, WhatCStoresTakesThePlaceOfWhatAssemblyStored) {
  EXPECT_THAT(findings(R"(
    asm("head: ldr r3, =mode; str r2, [r3]; b start;");
    int mode;
    void check(void) { if (mode) sink(); }
    void start(void) { mode = 0; check(); ready(); }
    void ready(void) {}
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, AListOfNamesWritesNothing) {
  EXPECT_THAT(usual(R"(
    asm(".section .exports; export_up: .long up;");
    int up;
    void first(void) { if (up) sink(); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, RecordsThatAssemblyNamesKeepTheirValue) {
  EXPECT_THAT(usual(R"(
    asm("head: ldr r3, =cpu; b start;");
    struct { int id, up; } cpu;
    void first(void) { if (cpu.up) sink(); }
  )"),
              IsEmpty());
}

struct CopiesTest : testing::Test {
  /// The findings of a boot whose objects in section `percpu` have copies.
  std::vector<std::string> copied(const std::string &Code) {
    TestBoot Boot("#define PER_CPU __attribute__((section(\"percpu\")))\n"
                  "#define copy(v, cpu) (*(__typeof__(v) *)"
                  "((unsigned long)&v + offset[cpu]))\n"
                  "unsigned long offset[4]; extern int cpu;\n" +
                  Code);
    CopiedObjects Copies;
    Copies.Sections = llvm::cantFail(GlobSet::create({"percpu*"}));
    Boot.Rules.Copies.push_back(Copies);
    return Boot.forbidSink().findings();
  }
};

TEST_F(CopiesTest, ACopyStartsAsTheObjectDoes) {
  const char *Code = R"(
    PER_CPU struct { int up; int n[2]; } state;
    void first(void) { if (copy(state, cpu).up) sink(); }
  )";
  EXPECT_THAT(copied(std::string(Code) + TestBoot::Start), IsEmpty());
  EXPECT_THAT(usual(R"(
    unsigned long offset; int up;
    void first(void) { if (*(int *)((unsigned long)&up + offset)) sink(); }
  )"),
              ElementsAre("first: sink"));
}

TEST_F(CopiesTest, AWriteToOneCopyJoins) {
  EXPECT_THAT(copied(R"(
    PER_CPU int up = 1;
    void check(void) { if (copy(up, cpu)) sink(); }
    void start(void) { copy(up, 0) = 0; check(); ready(); }
    void ready(void) {}
  )"),
              ElementsAre("check: sink"));
  EXPECT_THAT(copied(R"(
    PER_CPU int up;
    void check(void) { if (copy(up, cpu)) sink(); }
    void start(void) { copy(up, 0) = 1; check(); ready(); }
    void ready(void) {}
  )"),
              ElementsAre("check: sink"));
}

TEST_F(CopiesTest, CopiesNeedNotBeTheSame) {
  EXPECT_THAT(copied(R"(
    PER_CPU int up;
    void first(void) { if (&copy(up, 0) != &copy(up, cpu)) sink(); }
  )" + std::string(TestBoot::Start)),
              ElementsAre("first: sink"));
}

TEST(BootMemoryTest, ACertainWriteOfTheSpineReplaces) {
  EXPECT_THAT(findings(R"(
    enum { EARLY, LATE } state = LATE;
    void check(void) { if (state == LATE) sink(); }
    void set_up(void) { state = EARLY; }
    void start(void) { set_up(); check(); ready(); }
    void ready(void) {}
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, AWriteThatMayNotHappenJoins) {
  EXPECT_THAT(findings(R"(
    int state = 1, unseen(void);
    void check(void) { if (state) sink(); }
    void start(void) { if (unseen()) state = 0; check(); ready(); }
    void ready(void) {}
  )"),
              ElementsAre("check: sink"));
}

TEST(BootMemoryTest, AWriteInALeafStepJoins) {
  // Called twice, so no step of the boot is walked call by call for it.
  EXPECT_THAT(findings(R"(
    int state = 1;
    void check(void) { if (state) sink(); }
    void clear(void) { state = 0; }
    void start(void) { clear(); clear(); check(); ready(); }
    void ready(void) {}
  )"),
              ElementsAre("check: sink"));
}

TEST(BootMemoryTest, ATestSeveralCallersAboveCounts) {
  EXPECT_THAT(usual(R"(
    int up;
    void inner(void) { sink(); }
    void middle(int n) { if (n) inner(); }
    void outer(int n) { middle(n + 1); }
    void first(void) { if (up) outer(1); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, AnEarlyReturnCounts) {
  EXPECT_THAT(usual(R"(
    int up;
    void first(void) { if (!up) return; sink(); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, ShortCircuitSwitchAndConditionalCount) {
  EXPECT_THAT(usual(R"(
    enum { DOWN, HALF, UP } state;
    int unseen(void);
    void both(void) { if (unseen() && state) sink(); }
    void either(void) { if (!state || unseen()) return; sink(); }
    void cases(void) {
      switch (state) {
      case DOWN: break;
      case HALF:
      case UP: sink(); break;
      default: sink();
      }
    }
    void chosen(void) { int go = unseen() ? state : 0; if (go) sink(); }
    void first(void) { both(); either(); cases(); chosen(); }
  )"),
              IsEmpty());
  EXPECT_THAT(usual(R"(
    enum { DOWN, UP } state = UP;
    void first(void) { switch (state) { case UP: sink(); } }
  )"),
              ElementsAre("first: sink"));
}

TEST(BootMemoryTest, LikelyBlocksAndStatementExpressionsAreSeenThrough) {
  EXPECT_THAT(usual(R"(
    #define likely(x) __builtin_expect(!!(x), 1)
    #define warn(x) ({ int bad = !!(x); if (bad) report(); likely(bad); })
    int up;
    void report(void);
    void first(void) {
      do { if (likely(up)) sink(); } while (0);
      if (!warn(!up)) sink();
    }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, MembersAreToldApart) {
  EXPECT_THAT(usual(R"(
    struct pair { int left, right; } pair = {.right = 1}, whole[2];
    void on_left(void) { if (pair.left || whole[1].right) sink(); }
    void on_right(void) { if (pair.right) sink(); }
    void first(void) { on_left(); on_right(); }
  )"),
              ElementsAre("on_right: sink"));
}

TEST(BootMemoryTest, PointersToTheObjectReadAndWriteIt) {
  EXPECT_THAT(usual(R"(
    struct dev { int up; } dev, *cur = &dev;
    void raise(struct dev *d) { d->up = 1; }
    void before(void) { if (cur->up) sink(); }
    void after(void) { if (cur->up) sink(); }
    void first(void) { before(); raise(cur); after(); }
  )"),
              ElementsAre("after: sink"));
}

TEST(BootMemoryTest, AnAddressGivenToUnseenCodeMakesItUnknown) {
  EXPECT_THAT(usual(R"(
    int up, other;
    void unseen(int *);
    void first(void) {
      if (up) sink();
      unseen(&up);
      if (up) sink();
      if (other) sink();
    }
  )"),
              ElementsAre("first: sink"));
}

TEST(BootMemoryTest, AStoreThroughAnUnknownPointerHitsWhatIsShared) {
  std::string Code = R"(
    struct dev { int up; } dev;
    struct dev *find(void), *list;
    void check(void) { if (dev.up) sink(); }
    void first(void) { %s find()->up = 1; check(); }
  )";
  auto With = [&](const char *Share) {
    std::string Text = Code;
    return usual(Text.replace(Text.find("%s"), 2, Share));
  };
  EXPECT_THAT(With(""), IsEmpty());
  // Kept in a place that is known, the address goes no further.
  EXPECT_THAT(With("*(struct dev **)find() = &dev;"),
              ElementsAre("check: sink"));
}

TEST(BootMemoryTest, AWriteOfUnseenLengthForgets) {
  EXPECT_THAT(usual(R"(
    struct dev { int up; } dev, *source(void);
    void *memset(void *, int, unsigned long);
    void zeroed(void) { memset(&dev, 0, sizeof(dev)); if (dev.up) sink(); }
    void copied(void) { dev = *source(); if (dev.up) sink(); }
    void first(void) { zeroed(); copied(); }
  )"),
              ElementsAre("copied: sink"));
}

TEST(BootMemoryTest, LocalsPassedByAddressComeBackWritten) {
  EXPECT_THAT(usual(R"(
    int fetch(int *to) { *to = 0; return 1; }
    int twice(void) { int x; fetch(&x); return x; }
    void first(void) { int x; if (fetch(&x) && x) sink(); if (twice()) sink(); }
  )"),
              IsEmpty());
  EXPECT_THAT(usual(R"(
    void fetch(int *to) { *to = 1; }
    void below(void) { int x; fetch(&x); if (x) sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootMemoryTest, RecordsOnTheStackCarryValues) {
  EXPECT_THAT(usual(R"(
    struct args { int go; int stop; };
    void run(struct args *a) { if (a->go) sink(); if (a->stop) sink(); }
    void first(void) { struct args a = {.stop = 0, .go = 1}; run(&a); }
  )"),
              ElementsAre("run: sink"));
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

TEST(BootMemoryTest, ACounterDoesNotKeepItsLoopFromEnding) {
  EXPECT_THAT(usual(R"(
    void first(void) { for (int i = 0; i < 100; i++) ; sink(); }
  )"),
              ElementsAre("first: sink"));
  EXPECT_THAT(usual(R"(
    void below(void) { int i = 0; while (i != 100) i += 1; sink(); }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootMemoryTest, LaterRoundsSeeWhatEarlierOnesDid) {
  EXPECT_THAT(usual(R"(
    int armed;
    void round(void) { if (armed) sink(); armed = 1; }
    void first(void) { for (int i = 0; i < 9; i++) round(); }
  )"),
              ElementsAre("round: sink"));
  EXPECT_THAT(usual(R"(
    void below(void) {
      for (int i = 0, last = 0; i < 9; i++) { if (last) sink(); last = i; }
    }
    void first(void) { below(); below(); }
  )"),
              ElementsAre("below: sink"));
}

TEST(BootMemoryTest, EveryRoundOfACounterIsPossible) {
  EXPECT_THAT(usual(R"(
    void round(int i) { if (i == 70) sink(); }
    void first(void) { for (int i = 0; i < 100; i++) round(i); }
  )"),
              ElementsAre("round: sink"));
}

//===----------------------------------------------------------------------===//
// Calls through pointers
//===----------------------------------------------------------------------===//

TEST(BootMemoryTest, MemoryNarrowsACallThroughAPointer) {
  EXPECT_THAT(usual(R"(
    struct ops { void (*run)(void); };
    void good(void) {}
    void bad(void) { sink(); }
    struct ops one = {good}, two = {bad}, *cur = &one, *later = &two;
    struct ops *touch(void) { return later; }
    void below(void) { touch(); cur->run(); }
    void first(void) { below(); below(); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, AnArrayOfOpsRunsThemAll) {
  EXPECT_THAT(usual(R"(
    struct ops { void (*run)(void); };
    void one(void) { sink(); }
    void two(void) { sink(); }
    struct ops table[] = {{one}, {two}};
    void first(void) { for (int i = 0; i < 2; i++) table[i].run(); }
  )"),
              ElementsAre("one: sink", "two: sink"));
}

TEST(BootMemoryTest, AnElementAtAKnownIndexIsItself) {
  EXPECT_THAT(usual(R"(
    struct ops { void (*run)(void); };
    void good(void) {}
    void bad(void) { sink(); }
    struct ops table[] = {{good}, {bad}};
    int on[2] = {0, 1};
    void below(int n) { table[n].run(); if (on[n]) sink(); }
    void first(void) { below(0); below(0); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, ANullHookIsNotCalled) {
  EXPECT_THAT(usual(R"(
    void (*hook)(void);
    void late(void) { sink(); }
    void never(void) { hook = late; }
    void first(void) { if (hook) hook(); if (hook) sink(); }
  )"),
              IsEmpty());
}

TEST(BootMemoryTest, LateRegistrationMakesNoEarlyCall) {
  std::string Calls = R"(
    struct ops { void (*run)(void); } ops;
    void late(void) { sink(); }
    void set_up(void) { ops.run = late; }
    void call(void) { if (ops.run) ops.run(); }
    void ready(void) {}
  )";
  EXPECT_THAT(findings(Calls + R"(
    void start(void) { call(); set_up(); ready(); }
  )"),
              IsEmpty());
  EXPECT_THAT(findings(Calls + R"(
    void start(void) { set_up(); call(); ready(); }
  )"),
              ElementsAre("late: sink"));
}

//===----------------------------------------------------------------------===//
// Crash paths, order of units
//===----------------------------------------------------------------------===//

TEST(BootMemoryTest, WhatOnlyACrashFollowsIsHeldBack) {
  TestBoot Boot(R"(
    int unseen(void);
    void __attribute__((noreturn)) panic(void);
    void dies(void) { if (unseen()) { sink(); panic(); } }
    void hangs(void) { if (unseen()) { sink(); for (;;) ; } }
    void first(void) { dies(); hangs(); }
    void start(void) { first(); ready(); }
    void ready(void) {}
  )");
  SolveResult R = Boot.forbidSink().solve();
  EXPECT_THAT(R.Findings, IsEmpty());
  EXPECT_EQ(R.Summary.HeldBack, 2u);
}

TEST(BootMemoryTest, PrunedCodeIsNotReached) {
  TestBoot Boot(std::string(R"(
    int up;
    void below(void) {}
    void other(void) {}
    void first(void) { if (up) below(); else other(); }
  )") + TestBoot::Start);
  auto Reached = Boot.forbidSink().reached();
  EXPECT_THAT(Reached, Contains("other"));
  EXPECT_THAT(Reached, Not(Contains("below")));
}

TEST(BootMemoryTest, TheOrderOfUnitsDoesNotMatter) {
  auto Run = [](bool IsReversed) {
    TestBoot Boot(R"(
      extern int up;
      void raise(int n), check(int n);
      void first(void) { raise(1); check(3); raise(2); }
      void start(void) { first(); ready(); }
      void ready(void) {}
    )");
    Boot.unit("a.c", R"(
      int up;
      void check(int n);
      void raise(int n) { up |= n; if (n > 1) check(n); }
    )");
    Boot.unit("b.c", R"(
      extern int up;
      void raise(int n);
      void check(int n) { if (up & n) sink(); if (n > 2) raise(n - 1); }
    )");
    SolveResult R = Boot.forbidSink().solve(IsReversed);
    std::string Text;
    for (const Finding &F : R.Findings)
      Text += F.Function + F.Fingerprint + ";";
    for (const ReachedRow &Row : R.Reached)
      Text += Row.Function + std::to_string(Row.FirstStep) + ";";
    return Text;
  };
  EXPECT_EQ(Run(false), Run(true));
  EXPECT_THAT(Run(false), testing::StartsWith("check"));
}

} // namespace
