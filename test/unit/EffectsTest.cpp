//===- EffectsTest.cpp - what makes a call matter, and what rules state ---===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

using EffectKind = FunctionEffect::EffectKind;

/// `alloc(flags)` matters for what comes to `enable()`.
std::vector<std::string> findings(const std::string &Code) {
  return TestBoot(Code + TestBoot::Start)
      .forbidAlloc(/*MattersForEnabling=*/true)
      .findings();
}

TEST(EffectsTest, TheCalleeIsAskedWithItsArgument) {
  std::string Alloc = R"(
    void *alloc(gfp_t flags) { if (flags & HIGH) enable(); return 0; }
  )";
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(WAIT); }"), IsEmpty());
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(WAIT | HIGH); }"),
              ElementsAre("first: alloc"));
  // Without the rule's bit the call is none of its business.
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(HIGH); }"), IsEmpty());
}

TEST(EffectsTest, AFindingShowsTheWayToTheEffect) {
  TestBoot Boot(std::string(R"(
    gfp_t allowed = HIGH;
    void grow(gfp_t flags) { if (flags & WAIT) enable(); }
    void *alloc(gfp_t flags) { grow(flags); return 0; }
    void *masked(gfp_t flags) { grow(flags & allowed); return 0; }
    void first(void) { alloc(WAIT); masked(WAIT); }
  )") + TestBoot::Start);
  Boot.forbidAlloc(/*MattersForEnabling=*/true);
  Boot.Rules.Rules[0].Sinks[0].Functions =
      llvm::cantFail(GlobSet::create({"alloc", "masked"}));
  SolveResult R = Boot.solve();
  ASSERT_THAT(R.Findings, SizeIs(2));
  for (const Finding &F : R.Findings) {
    EXPECT_EQ(F.Effect, "enabling");
    ASSERT_THAT(F.EffectPath, SizeIs(2));
    EXPECT_EQ(F.EffectPath[0].Function, F.Sink);
    EXPECT_EQ(F.EffectPath[0].Callee, "grow");
    EXPECT_EQ(F.EffectPath[1].Function, "grow");
    EXPECT_EQ(F.EffectPath[1].Callee, "enable");
  }
}

TEST(EffectsTest, AnEffectFarBelowCounts) {
  EXPECT_THAT(findings(R"(
    struct ops { void (*grow)(gfp_t); };
    void grow(gfp_t flags) { if (flags & WAIT) enable(); }
    struct ops ops = {grow};
    void slow(gfp_t flags) { ops.grow(flags); }
    void *alloc(gfp_t flags) { slow(flags); return 0; }
    void first(void) { alloc(WAIT); }
  )"),
              ElementsAre("first: alloc"));
}

TEST(EffectsTest, MemoryDecidesWhetherTheEffectIsReached) {
  EXPECT_THAT(findings(R"(
    int ready_to_wait;
    void *alloc(gfp_t flags) { if (ready_to_wait) enable(); return 0; }
    void first(void) { alloc(WAIT); }
  )"),
              IsEmpty());
}

TEST(EffectsTest, AnyStepOfTheUseMayComeToTheEffect) {
  std::string Alloc = R"(
    int cache;
    void *alloc(gfp_t flags) {
      if (!cache) return 0;
      if (flags & WAIT) enable();
      return &cache;
    }
    void create(void) { alloc(WAIT); }
  )";
  EXPECT_THAT(findings(Alloc + "void first(void) { create(); create(); }"),
              IsEmpty());
  EXPECT_THAT(findings(Alloc + R"(
    void first(void) { create(); cache = 1; create(); }
  )"),
              ElementsAre("create: alloc"));
}

TEST(EffectsTest, AMaskInMemoryMasks) {
  std::string Alloc = R"(
    gfp_t allowed = HIGH;
    void *alloc(gfp_t flags) {
      flags &= allowed;
      if (flags & WAIT) enable();
      return 0;
    }
  )";
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(WAIT); }"),
              ElementsAre("first: alloc masked"));
  EXPECT_THAT(findings(Alloc + R"(
    void first(void) { allowed = ~0u; alloc(WAIT); }
  )"),
              ElementsAre("first: alloc"));
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(HIGH); }"), IsEmpty());
}

//===----------------------------------------------------------------------===//
// What only the present order makes harmless
//===----------------------------------------------------------------------===//

TEST(LatentTest, AnEffectThatOnlyLaterMemoryLetsIn) {
  std::string Alloc = R"(
    int cache;
    void *alloc(gfp_t flags) {
      if (!cache) return 0;
      if (flags & WAIT) enable();
      return &cache;
    }
    void make(void) { cache = 1; }
  )";
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(WAIT); make(); }"),
              ElementsAre("first: alloc latent"));
  EXPECT_THAT(findings(Alloc + "void first(void) { alloc(HIGH); make(); }"),
              IsEmpty());
  EXPECT_THAT(findings(Alloc + "void first(void) { make(); alloc(WAIT); }"),
              ElementsAre("first: alloc"));
}

TEST(LatentTest, ACallThatAGuardKeepsControlFrom) {
  std::string Maybe = R"(
    int is_up;
    void *alloc(gfp_t flags) { if (flags & WAIT) enable(); return 0; }
    void maybe(gfp_t flags) { if (is_up) alloc(flags); }
    void user(void) { maybe(HIGH); maybe(WAIT); }
    void up(void) { is_up = 1; }
  )";
  EXPECT_THAT(findings(Maybe + "void first(void) { user(); user(); up(); }"),
              ElementsAre("maybe: alloc latent"));
  // The guard opens with the milestone, or behind it: no order before that
  // makes the call.
  EXPECT_THAT(TestBoot(Maybe + R"(
    void start(void) { user(); user(); ready(); up(); }
    void ready(void) { up(); }
  )")
                  .forbidAlloc(true)
                  .findings(),
              IsEmpty());
}

TEST(LatentTest, AViolationElsewhereCountsMore) {
  EXPECT_THAT(findings(R"(
    int is_up;
    void *alloc(gfp_t flags) { if (flags & WAIT) enable(); return 0; }
    void maybe(int early) { if (is_up) alloc(WAIT); }
    void first(void) { maybe(1); is_up = 1; maybe(0); }
  )"),
              ElementsAre("maybe: alloc"));
}

TEST(LatentTest, AMaskThatIsStillThereMasks) {
  std::string Alloc = R"(
    gfp_t allowed = HIGH;
    int cache;
    void *alloc(gfp_t flags) {
      if (cache && (flags & allowed & WAIT)) enable();
      return 0;
    }
  )";
  EXPECT_THAT(findings(Alloc + R"(
    void first(void) { alloc(WAIT); cache = 1; }
  )"),
              ElementsAre("first: alloc masked"));
  EXPECT_THAT(findings(Alloc + R"(
    void first(void) { alloc(WAIT); cache = 1; allowed = ~0u; }
  )"),
              ElementsAre("first: alloc latent"));
}

TEST(LatentTest, WhatAlwaysMattersIsLatentBehindAGuard) {
  std::string Code = R"(
    int is_up;
    void use(void) { if (is_up) sink(); }
    void first(void) { use(); use(); is_up = 1; }
  )";
  EXPECT_THAT(TestBoot(Code + TestBoot::Start).forbidSink().findings(),
              ElementsAre("use: sink latent"));
  TestBoot Held(Code + TestBoot::Start);
  Held.Rules.Boundaries.emplace_back().Functions =
      llvm::cantFail(GlobSet::create({"use"}));
  EXPECT_THAT(Held.forbidSink().findings(), IsEmpty());
}

TEST(LatentTest, FunctionsThatWaitAreNotEntered) {
  TestBoot Boot(std::string(R"(
    int is_up;
    void slow(void) { enable(); }
    void *alloc(gfp_t flags) { if (is_up) slow(); return 0; }
    void first(void) { alloc(WAIT); is_up = 1; }
  )") + TestBoot::Start);
  Boot.forbidAlloc(true).state(EffectKind::Uncontended, {"slow"});
  EXPECT_THAT(Boot.findings(), IsEmpty());
}

TEST(EffectsTest, AMaskDoesNotHideWhatIsBesideIt) {
  EXPECT_THAT(findings(R"(
    gfp_t allowed = HIGH;
    int up;
    void *alloc(gfp_t flags) {
      if (up && (flags & allowed & WAIT)) enable();
      return 0;
    }
    void first(void) { alloc(WAIT); }
  )"),
              IsEmpty());
}

TEST(EffectsTest, CrashPathsAndBoundariesAreNoEffects) {
  TestBoot Boot(std::string(R"(
    int unseen(void);
    void __attribute__((noreturn)) panic(void);
    void report(void) { enable(); }
    void *alloc(gfp_t flags) {
      if (unseen()) { enable(); panic(); }
      report();
      return 0;
    }
    void first(void) { alloc(WAIT); }
  )") + TestBoot::Start);
  Boot.Rules.Boundaries.emplace_back().Functions =
      llvm::cantFail(GlobSet::create({"report"}));
  EXPECT_THAT(Boot.forbidAlloc(true).findings(), IsEmpty());
}

TEST(EffectsTest, PuttingTheFlagBackIsNoEffect) {
  auto Judge = [](bool IsStated) {
    TestBoot Boot(std::string(R"(
      int unseen(void);
      void restore(void) { if (unseen()) enable(); }
      void *alloc(gfp_t flags) { restore(); return 0; }
      void first(void) { alloc(WAIT); }
    )") + TestBoot::Start);
    if (IsStated)
      Boot.state(EffectKind::RestoresIrqs, {"restore"});
    return Boot.forbidAlloc(true).findings();
  };
  EXPECT_THAT(Judge(false), ElementsAre("first: alloc"));
  EXPECT_THAT(Judge(true), IsEmpty());
}

TEST(EffectsTest, AMacroAndACleanupAreEffects) {
  auto Judge = [](const std::string &Body) {
    TestBoot Boot(R"(
      #define local_enable() asm volatile("sti")
      void unlock(int *lock) { asm volatile("sti"); }
      int lock;
      void *alloc(gfp_t flags) { )" +
                  Body + R"( return 0; }
      void first(void) { alloc(WAIT); }
    )" + TestBoot::Start);
    Boot.forbidAlloc(true);
    Sink &Use = Boot.Rules.Effects[0].Uses[0];
    Use.Macros = llvm::cantFail(GlobSet::create({"local_enable"}));
    Use.CleanupOf = llvm::cantFail(GlobSet::create({"unlock"}));
    return Boot.findings();
  };
  EXPECT_THAT(Judge(""), IsEmpty());
  EXPECT_THAT(Judge("local_enable();"), ElementsAre("first: alloc"));
  EXPECT_THAT(Judge("int held __attribute__((cleanup(unlock))) = 0;"),
              ElementsAre("first: alloc"));
}

//===----------------------------------------------------------------------===//
// What rules state
//===----------------------------------------------------------------------===//

TestBoot keyed(const std::string &Code) {
  TestBoot Boot(R"(
    typedef struct { int counter; } atomic_t;
    struct static_key { atomic_t enabled; };
    struct static_key off, on = {{1}};
    _Bool arch_branch(struct static_key *key, _Bool is_likely);
  )" + Code + TestBoot::Start);
  FunctionEffect &E = Boot.Rules.Semantics.emplace_back();
  E.Kind = EffectKind::Returns;
  E.Functions = llvm::cantFail(GlobSet::create({"arch_branch"}));
  E.Result.Kind = FunctionEffect::ReturnValue::ValueKind::KeyEnabled;
  E.Result.XorArgument = 1;
  Boot.Rules.StaticKeys.EnabledPath = {"static_key.enabled",
                                       "atomic_t.counter"};
  Boot.forbidSink();
  return Boot;
}

TEST(RuleEffectsTest, AStaticKeyIsWhatMemoryHolds) {
  EXPECT_THAT(keyed(R"(
    void first(void) {
      if (arch_branch(&off, 0)) sink();
      if (!arch_branch(&off, 1)) sink();
      if (!arch_branch(&on, 0)) sink();
      if (arch_branch(&on, 1)) sink();
    }
  )")
                  .findings(),
              IsEmpty());
  EXPECT_THAT(keyed(R"(
    void flip(struct static_key *key) { key->enabled.counter = 1; }
    void before(void) { if (arch_branch(&off, 0)) sink(); }
    void after(void) { if (arch_branch(&off, 0)) sink(); }
    void first(void) { before(); flip(&off); after(); }
  )")
                  .findings(),
              ElementsAre("after: sink"));
}

TEST(RuleEffectsTest, AKeyThatIsNotKnownLeavesBothBranches) {
  EXPECT_THAT(keyed(R"(
    struct static_key *unseen(void);
    void first(void) {
      if (arch_branch(unseen(), 0)) sink();
      else sink();
    }
  )")
                  .findings(),
              SizeIs(2));
}

TEST(RuleEffectsTest, AStatedConstantIsTheResult) {
  TestBoot Boot(std::string(R"(
    int probe(void) { return 1; }
    void first(void) { if (probe()) sink(); }
  )") + TestBoot::Start);
  Boot.forbidSink().state(EffectKind::Returns, {"probe"});
  EXPECT_THAT(Boot.findings(), IsEmpty());
}

TEST(RuleEffectsTest, UncontendedFunctionsAreNotEntered) {
  TestBoot Boot(std::string(R"(
    void slow(void) { sink(); }
    void lock(void) { slow(); }
    void first(void) { lock(); lock(); }
  )") + TestBoot::Start);
  Boot.forbidSink().state(EffectKind::Uncontended, {"slow"});
  SolveResult R = Boot.solve();
  EXPECT_THAT(R.Findings, IsEmpty());
  for (const ReachedRow &Row : R.Reached)
    EXPECT_NE(Row.Function, "slow");
}

TEST(RuleEffectsTest, DeferredFunctionsRunOnceTheirMilestoneIsThere) {
  auto Judge = [](const char *After) {
    TestBoot Boot(R"(
      void worker(void) { sink(); }
      void wake(void) { worker(); }
      void threads(void) {}
      void start(void) { wake(); threads(); wake(); ready(); }
      void ready(void) {}
    )");
    Boot.forbidSink();
    Milestone Threads;
    Threads.Name = "threads";
    Threads.Events.emplace_back().Subject = "threads";
    Boot.Rules.Milestones.push_back(Threads);
    Deferral &D = Boot.Rules.Deferrals.emplace_back();
    D.Functions = llvm::cantFail(GlobSet::create({"worker"}));
    D.After = After;
    return Boot.solve().Findings;
  };
  EXPECT_THAT(Judge("ready"), IsEmpty());
  auto Findings = Judge("threads");
  ASSERT_THAT(Findings, SizeIs(1));
  EXPECT_EQ(Findings[0].Function, "worker");
  EXPECT_EQ(Findings[0].Step.Number, 3u); // start, wake, threads, wake
}

} // namespace
