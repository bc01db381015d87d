//===- BootCornersTest.cpp - where a shortcut would miss real code --------===//
//
// Each kernel is five lines in which code runs that a careless analysis prunes:
// pointers that move, storage that is shared, locals that unseen code fills,
// loops of the spine.
//
//===----------------------------------------------------------------------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

std::vector<std::string> findings(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start).forbidSink().findings();
}

TEST(BootCornersTest, SpineMemCounterLoop2) {
  EXPECT_THAT(findings(R"(
    int n, unseen(void);
    void first(void) { while (unseen()) n++; if (n == 5) sink(); })"),
              ElementsAre("first: sink"));
}

TEST(BootCornersTest, PointerPlusConst) {
  EXPECT_THAT(findings(R"(
    struct e { int on; } table[3] = {{0},{0},{1}};
    void below(struct e *p) { p = p + 2; if (p->on) sink(); if (p[0].on) sink(); }
    void first(void) { below(&table[0]); below(&table[0]); })"),
              SizeIs(2));
}

TEST(BootCornersTest, FillElementSeenInAny) {
  EXPECT_THAT(findings(R"(
    struct s { int in; } t[2] = {{1},{1}};
    void *memcpy(void *, const void *, unsigned long);
    struct s *src(void); int unseen(void);
    void first(void) { memcpy(&t[1], src(), sizeof(struct s)); if (t[unseen()].in == 5) sink(); })"),
              ElementsAre("first: sink"));
}

TEST(BootCornersTest, MergedArgAddressEscapes) {
  EXPECT_THAT(findings(R"(
    int a,b,c,d,e,f,g,h,i,j;
    void set(int *p) { *p = 1; }
    int unseen(void);
    void first(void) { int *p = &a; switch (unseen()) { case 1: p=&b; break; case 2: p=&c; break; case 3: p=&d; break; case 4: p=&e; break; case 5: p=&f; break; case 6: p=&g; break; case 7: p=&h; break; case 8: p=&i; break; case 9: p=&j; }
      set(p); if (a) sink(); })"),
              ElementsAre("first: sink"));
}

TEST(BootCornersTest, CastIntAndBack) {
  EXPECT_THAT(findings(R"(
    int a; unsigned long keep;
    void below(void) { *(int *)(keep & ~1ul) = 1; if (a) sink(); }
    void first(void) { keep = (unsigned long)&a | 1; below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, LostLocalStopsEverything) {
  EXPECT_THAT(findings(R"(
    void write(unsigned long to) { *(int *)(to & ~1ul) = 3; }
    void below(void) { int x; write((unsigned long)&x | 1); if (x == 3) ready(); sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, UnwrittenLocalMemberAsArgument) {
  EXPECT_THAT(findings(R"(
    struct s { int a, b; };
    void use(struct s *s, int v) { sink(); }
    void below(void) { struct s x; x.a = 1; use(&x, x.b); }
    void first(void) { below(); below(); })"),
              ElementsAre("use: sink"));
}

TEST(BootCornersTest, UnionSiblingWeak) {
  EXPECT_THAT(findings(R"(
    struct d { union { int a; unsigned b; }; } dev; struct d *find(void), *keep;
    void below(void) { if (dev.a) sink(); find()->b = 1; }
    void first(void) { *(struct d **)find() = &dev; below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, FieldByPointer) {
  EXPECT_THAT(findings(R"(
    struct d { int a; } dev; struct d *find(void), *keep;
    void set(int *p) { *p = 1; }
    void below(void) { if (dev.a) sink(); set(&find()->a); }
    void first(void) { *(struct d **)find() = &dev; below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, CmpSamePlaceElements) {
  EXPECT_THAT(findings(R"(
    int t[3]; int unseen(void);
    void below(int *a, int *b) { if (a != b) sink(); }
    void first(void) { below(&t[unseen()], &t[unseen()]); below(t, t); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, CmpSamePlaceElements2) {
  EXPECT_THAT(findings(R"(
    struct s { int t[3]; } g; int unseen(void);
    void below(int *a, int *b) { if (a != b) sink(); }
    void first(void) { below(&g.t[0], &g.t[1]); below(&g.t[0], &g.t[1]);  })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, InitRangeDesignator) {
  EXPECT_THAT(findings(R"(
    int t[8] = {[2 ... 5] = 4};
    void below(int i) { if (t[i] == 4) sink(); }
    void first(void) { below(3); below(3); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, BigTable) {
  std::string T = "int t[3000] = {";
  for (int I = 0; I < 3000; ++I)
    T += std::to_string(I % 7 + 1) + ",";
  EXPECT_THAT(findings(T + "}; void below(int i) { if (t[i] == 5) sink(); } "
                           "void first(void) { below(2000); below(4); }"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, StringChar) {
  EXPECT_THAT(findings(R"(
    char name[8] = "ab"; const char *s = "x";
    void below(void) { if (name[0] == 'a') sink(); if (*s == 'x') sink(); }
    void first(void) { below(); below(); })"),
              SizeIs(2));
}

TEST(BootCornersTest, CondPtrManyInFrame) {
  std::string Code = "struct d { int on; } t0";
  for (int I = 1; I < 12; ++I)
    Code += ", t" + std::to_string(I);
  Code += "; struct d *get(int n) { switch (n) {";
  for (int I = 0; I < 12; ++I)
    Code +=
        "case " + std::to_string(I) + ": return &t" + std::to_string(I) + ";";
  Code += "} return 0; } int unseen(void); void below(void) { "
          "get(unseen())->on = 1; if (t3.on) sink(); }";
  EXPECT_THAT(findings(Code + " void first(void) { below(); below(); }"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, NeEndField) {
  EXPECT_THAT(findings(R"(
    struct s { int t[3]; } g;
    void below(struct s *s) { for (int *p = s->t; p != s->t + 3; p++) sink(); }
    void first(void) { below(&g); below(&g); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, NeEndLocal) {
  EXPECT_THAT(findings(R"(
    void fill(int *);
    void below(void) { int t[3]; fill(t); for (int *p = t; p != t + 3; p++) sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, NeEndLocal2) {
  EXPECT_THAT(findings(R"(
    struct s { int x; };
    void each(struct s *b, struct s *e) { while (b != e) { sink(); b++; } }
    void below(void) { struct s t[3]; each(t, t + 3); }
    void first(void) { below(); below(); })"),
              ElementsAre("each: sink"));
}

TEST(BootCornersTest, Range1) {
  EXPECT_THAT(findings(R"(
    int t[8] = {[2 ... 5] = 4};
    void below(int i) { if (t[i] == 4) sink(); }
    void first(void) { below(2); below(2); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, Str1) {
  EXPECT_THAT(findings(R"(
    char name[8] = "ab";
    void below(void) { if (name[0] == 'a') sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCornersTest, MaskedAddr) {
  EXPECT_THAT(findings(R"(
    struct e { int on; } t; 
    struct e *align(struct e *p) { return (struct e *)((unsigned long)p & ~7ul); }
    void below(void) { align(&t)->on = 1; if (t.on) sink(); }
    void first(void) { below(); below(); })"),
              SizeIs(1));
}

TEST(BootCornersTest, SpineLoopIndirectStore) {
  EXPECT_THAT(findings(R"(
    int a, b, unseen(void);
    void first(void) { while (unseen()) { b = a; a = 1; } if (b) sink(); })"),
              SizeIs(1));
}

TEST(BootCornersTest, SpineLoopCallArg) {
  EXPECT_THAT(findings(R"(
    int a, unseen(void);
    void use(int v) { if (v) sink(); }
    void first(void) { while (unseen()) { use(a); a = 1; } })"),
              SizeIs(1));
}

TEST(BootCornersTest, SpineIndirectByMemory) {
  EXPECT_THAT(findings(R"(
    struct ops { void (*run)(void); };
    void good(void) {} void bad(void) { sink(); }
    struct ops one = {good}, two = {bad}, *cur = &one, *later = &two;
    struct ops *touch(void) { return later; }
    void first(void) { touch(); cur->run(); })"),
              IsEmpty());
}

TEST(BootCornersTest, MaskInField) {
  EXPECT_THAT(TestBoot(std::string(R"(
    struct m { gfp_t allowed; } m = {HIGH};
    void *alloc(gfp_t f) { f &= m.allowed; if (f & WAIT) enable(); return 0; }
    void first(void) { alloc(WAIT); })") +
                       TestBoot::Start)
                  .forbidAlloc(true)
                  .findings(),
              SizeIs(1));
}

} // namespace
