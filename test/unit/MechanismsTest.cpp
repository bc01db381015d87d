//===- MechanismsTest.cpp - what each part of the analysis is there for ---===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// Findings of `sink()` before `ready`, without \p Part.
std::vector<std::string> without(bool Mechanisms::*Part, std::string Code) {
  TestBoot Boot(Code);
  Boot.forbidSink().Options.Has.*Part = false;
  return Boot.findings();
}

std::vector<std::string> with(const std::string &Code) {
  return TestBoot(Code).forbidSink().findings();
}

/// \p Code is silent because of \p Part alone.
void expectSilencedBy(bool Mechanisms::*Part, const std::string &Code) {
  EXPECT_THAT(with(Code), IsEmpty());
  EXPECT_THAT(without(Part, Code), ElementsAre("first: sink"));
}

TEST(MechanismsTest, NamesAreDifferentAndComplete) {
  std::set<std::string> Names;
  for (const MechanismName &Known : mechanismNames()) {
    EXPECT_TRUE(Mechanisms().*Known.Part) << Known.Name.str();
    Names.insert(Known.Name.str());
  }
  EXPECT_EQ(Names.size(), sizeof(Mechanisms) / sizeof(bool));
}

TEST(MechanismsTest, InitialMemory) {
  expectSilencedBy(&Mechanisms::InitialMemory,
                   std::string("int up; void first(void) { if (up) sink(); }") +
                       TestBoot::Start);
}

TEST(MechanismsTest, CertainWrites) {
  expectSilencedBy(&Mechanisms::CertainWrites, R"(
    int up = 1;
    void first(void) { if (up) sink(); }
    void start(void) { up = 0; first(); ready(); }
    void ready(void) {}
  )");
}

TEST(MechanismsTest, Guards) {
  expectSilencedBy(&Mechanisms::Guards,
                   std::string("int up; void first(void) { if (up) sink(); }") +
                       TestBoot::Start);
}

TEST(MechanismsTest, Contexts) {
  std::string Code = std::string(R"(
    void leaf(int wanted);
    void first(void) { leaf(0); leaf(0); }
    void leaf(int wanted) { if (wanted) sink(); }
  )") + TestBoot::Start;
  EXPECT_THAT(with(Code), IsEmpty());
  EXPECT_THAT(without(&Mechanisms::Contexts, Code), ElementsAre("leaf: sink"));
}

TEST(MechanismsTest, Tests) {
  std::string Code = std::string(R"(
    int unseen(void);
    void check(int kind) { if (kind == 3) { if (kind != 3) sink(); } }
    void first(void) { check(unseen()); check(unseen()); }
  )") + TestBoot::Start;
  EXPECT_THAT(with(Code), IsEmpty());
  EXPECT_THAT(without(&Mechanisms::Tests, Code), ElementsAre("check: sink"));
}

TEST(MechanismsTest, Heap) {
  TestBoot Boot(std::string(R"(
    struct queue { int flags; } *make(void);
    void use(struct queue *q) { if (q->flags) sink(); }
    void first(void) { struct queue *q = make(); q->flags = 0; use(q); use(q); }
  )") + TestBoot::Start);
  Boot.forbidSink().state(FunctionEffect::EffectKind::Returns, {"make"});
  Boot.Rules.Semantics.back().Result.Kind =
      FunctionEffect::ReturnValue::ValueKind::Fresh;
  EXPECT_THAT(Boot.findings(), IsEmpty());
  Boot.Options.Has.Heap = false;
  EXPECT_THAT(Boot.findings(), ElementsAre("use: sink"));
}

TEST(MechanismsTest, Results) {
  expectSilencedBy(&Mechanisms::Results, std::string(R"(
    int is_up(void) { return 0; }
    void first(void) { if (is_up()) sink(); }
  )") + TestBoot::Start);
}

TEST(MechanismsTest, Liveness) {
  std::string Code = std::string(R"(
    struct ops { void (*run)(void); } *any(void);
    void bad(void) { sink(); }
    struct ops late = {bad};
    void first(void) { any()->run(); }
    struct ops *never(void) { return &late; }
  )") + TestBoot::Start;
  EXPECT_THAT(with(Code), IsEmpty());
  EXPECT_THAT(without(&Mechanisms::Liveness, Code), ElementsAre("bad: sink"));
}

TEST(MechanismsTest, Narrowing) {
  std::string Code = std::string(R"(
    struct ops { void (*run)(void); };
    void good(void) {}
    void bad(void) { sink(); }
    struct ops one = {good}, other = {bad}, *chosen = &one;
    void keep(struct ops *o) {}
    void first(void) { keep(&other); chosen->run(); }
  )") + TestBoot::Start;
  EXPECT_THAT(with(Code), IsEmpty());
  EXPECT_THAT(without(&Mechanisms::Narrowing, Code), ElementsAre("bad: sink"));
}

TEST(MechanismsTest, MasksAndEffects) {
  TestBoot Boot(std::string(R"(
    gfp_t allowed = HIGH;
    void *alloc(gfp_t flags) {
      if (flags & allowed & WAIT) enable();
      return 0;
    }
    void first(void) { alloc(WAIT); }
  )") + TestBoot::Start);
  Boot.forbidAlloc(/*MattersForEnabling=*/true);
  EXPECT_THAT(Boot.findings(), ElementsAre("first: alloc masked"));
  Boot.Options.Has.Masks = false;
  EXPECT_THAT(Boot.findings(), ElementsAre("first: alloc"));
  Boot.Options.Has = Mechanisms();
  Boot.Options.Has.Effects = false;
  EXPECT_THAT(Boot.findings(), ElementsAre("first: alloc"));
}

TEST(MechanismsTest, CrashPaths) {
  expectSilencedBy(&Mechanisms::CrashPaths, std::string(R"(
    void die(void) __attribute__((noreturn));
    int unseen(void);
    void first(void) { if (unseen()) { sink(); die(); } }
  )") + TestBoot::Start);
}

TEST(MechanismsTest, BoundariesAndWaiting) {
  TestBoot Boot(std::string(R"(
    void report(void) { sink(); }
    void first(void) { report(); report(); }
  )") + TestBoot::Start);
  Boot.forbidSink().Rules.Boundaries.emplace_back().Functions =
      llvm::cantFail(GlobSet::create({"report"}));
  EXPECT_THAT(Boot.findings(), IsEmpty());
  Boot.Options.Has.Boundaries = false;
  EXPECT_THAT(Boot.findings(), ElementsAre("report: sink"));

  Boot.Rules.Boundaries.clear();
  Boot.state(FunctionEffect::EffectKind::Uncontended, {"report"});
  Boot.Options.Has = Mechanisms();
  EXPECT_THAT(Boot.findings(), IsEmpty());
  Boot.Options.Has.Waiting = false;
  EXPECT_THAT(Boot.findings(), ElementsAre("report: sink"));
}

} // namespace
