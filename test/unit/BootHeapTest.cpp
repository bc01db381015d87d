//===- BootHeapTest.cpp - what allocated memory holds ---------------------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string>
findings(const std::string &Code,
         const std::string &Allocator = "struct q *obtain(void);") {
  TestBoot Boot(R"(
    struct q { int flags; void (*run)(void); struct q *next; };
    int unseen(void);
  )" + Allocator +
                Code + TestBoot::Start);
  FunctionEffect Fresh;
  Fresh.Kind = FunctionEffect::EffectKind::Returns;
  Fresh.Result.Kind = FunctionEffect::ReturnValue::ValueKind::Fresh;
  Fresh.Functions = llvm::cantFail(GlobSet::create({"obtain"}));
  Boot.Rules.Semantics.push_back(std::move(Fresh));
  return Boot.forbidSink().findings();
}

TEST(BootHeapTest, HoldsWhatWasWritten) {
  EXPECT_THAT(findings(R"(
    struct q *make(int flags) { struct q *q = obtain(); q->flags = flags; return q; }
    void below(int flags) { struct q *q = make(flags); if (q->flags & 8) sink(); }
    void first(void) { below(1); below(2); })"),
              IsEmpty());
}

TEST(BootHeapTest, HoldsWhatAnyCallWrote) {
  EXPECT_THAT(findings(R"(
    struct q *make(int flags) { struct q *q = obtain(); q->flags = flags; return q; }
    void below(int flags) { struct q *q = make(flags); if (q->flags & 8) sink(); }
    void first(void) { below(1); below(10); })"),
              ElementsAre("below: sink"));
}

TEST(BootHeapTest, HasNoZeroWhereItIsFilledInAtOnce) {
  std::string Read = R"(
    void use(struct q *q) { if (!(q->flags & 8)) sink(); }
    void first(void) { below(8); below(9); })";
  auto Judge = [&](const std::string &Body) {
    return findings("void use(struct q *q);"
                    "void below(int flags) { struct q *q = obtain(); " +
                    Body + " }" + Read);
  };
  EXPECT_THAT(Judge("if (!q) return; q->next = 0; q->flags = flags; use(q);"),
              IsEmpty());
  EXPECT_THAT(Judge("q->flags = flags; unseen(); use(q);"), IsEmpty());
  // Somebody may read it first, or it may be filled in on one way only.
  EXPECT_THAT(Judge("use(q); q->flags = flags;"), ElementsAre("use: sink"));
  EXPECT_THAT(Judge("if (unseen()) q->flags = flags; use(q);"),
              ElementsAre("use: sink"));
}

TEST(BootHeapTest, IsWrittenThroughAPointerThatWasStored) {
  EXPECT_THAT(findings(R"(
    struct q *all[4];
    void add(void) { struct q *q = obtain(); all[unseen()] = q; }
    void set(struct q *q) { q->flags = 8; }
    void below(void) { struct q *q = all[0]; if (q && q->flags & 8) sink(); }
    void first(void) { add(); add(); set((struct q *)((unsigned long)all[1] | 1)); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootHeapTest, MayBeNull) {
  EXPECT_THAT(findings(R"(
    void below(void) { if (!obtain()) sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootHeapTest, TwoFromOneCallMayDiffer) {
  EXPECT_THAT(findings(R"(
    struct q *make(void) { return obtain(); }
    void below(void) { struct q *a = make(), *b = make(); if (a != b) sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootHeapTest, IsNotReplaced) {
  EXPECT_THAT(findings(R"(
    struct q *one, *two;
    struct q *make(void) { return obtain(); }
    void first(void) { one = make(); two = make(); one->flags = 1; two->flags = 2;
                       if (one->flags == 1) sink(); })"),
              ElementsAre("first: sink"));
}

TEST(BootHeapTest, CallbackStoredInItIsCalled) {
  EXPECT_THAT(findings(R"(
    void late(void) { sink(); }
    void soon(void) {}
    struct q other = {0, late};
    void below(struct q *q) { q->run(); }
    void first(void) { struct q *q = obtain(); q->run = soon; below(q); below(q); })"),
              IsEmpty());
}

TEST(BootHeapTest, ComesFromAPoolThatIsThere) {
  const std::string Pool = R"(
    struct q *pool, *raw(void);
    struct q *obtain(void) { struct q *q = pool->next; return q; }
    void make(void) { pool = raw(); }
    void below(void) { if (obtain()) sink(); }
  )";
  EXPECT_THAT(findings("void first(void) { below(); below(); }", Pool),
              IsEmpty());
  EXPECT_THAT(findings("void first(void) { make(); below(); below(); }", Pool),
              ElementsAre("below: sink"));
}

} // namespace
