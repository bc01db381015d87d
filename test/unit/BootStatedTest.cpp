//===- BootStatedTest.cpp - results that rules state, and until when ------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// The boot runs `first` as the task `only`, makes others, and runs `last`.
/// `current_task()` is only declared: assembly knows what it returns.
/// It is said to return the address of \p Object.
std::vector<std::string> findings(const std::string &Code,
                                  const std::string &Until,
                                  const std::string &Object = "only") {
  TestBoot Boot(R"(
    struct task { int flags; struct task *next; };
    struct task only = { .flags = 4 };
    struct task *current_task(void);
    void last(void);
    void tasks(void) {}
    void start(void) { first(); tasks(); last(); ready(); }
    void ready(void) {}
  )" + Code);
  FunctionEffect Current;
  Current.Kind = FunctionEffect::EffectKind::Returns;
  Current.Result.Kind = FunctionEffect::ReturnValue::ValueKind::Address;
  Current.Result.Object = Object;
  Current.Until = Until;
  Current.Functions = llvm::cantFail(GlobSet::create({"current_task"}));
  Boot.Rules.Semantics.push_back(std::move(Current));
  Milestone Tasks;
  Tasks.Name = "tasks";
  Tasks.Events.emplace_back().Subject = "tasks";
  Boot.Rules.Milestones.push_back(Tasks);
  return Boot.forbidSink().findings();
}

constexpr char Asks[] = R"(
  void test(void) { if (current_task()->flags & 8) sink(); }
)";

TEST(BootStatedTest, AnAddressLeadsToWhatIsThere) {
  EXPECT_THAT(findings(std::string(Asks) +
                           "void first(void) { test(); } void last(void) {}",
                       ""),
              IsEmpty());
  EXPECT_THAT(findings(std::string(Asks) +
                           "void first(void) { only.flags |= 8; test(); }"
                           "void last(void) {}",
                       ""),
              ElementsAre("test: sink"));
}

TEST(BootStatedTest, WhatHoldsUntilAMilestoneIsForgottenThen) {
  std::string Twice = std::string(Asks) + "void first(void) { test(); }"
                                          "void last(void) { test(); }";
  EXPECT_THAT(findings(Twice, ""), IsEmpty());
  EXPECT_THAT(findings(Twice, "tasks"), ElementsAre("test: sink"));
}

TEST(BootStatedTest, AnObjectThatTheTreeLacksSaysNothing) {
  EXPECT_THAT(findings(std::string(Asks) +
                           "void first(void) { test(); } void last(void) {}",
                       "", "absent"),
              ElementsAre("test: sink"));
}

TEST(BootStatedTest, AnExchangeDoesNotWriteWhatItIsGiven) {
  auto Judge = [](const std::string &Statement) {
    return findings(R"(
      struct task *owner;
      void take(struct task **owner, struct task *t) { )" +
                        Statement + "}" + Asks +
                        "void first(void) { take(&owner, current_task());"
                        "  test(); } void last(void) {}",
                    "");
  };
  EXPECT_THAT(
      Judge(R"(asm volatile("xchg" : "+m"(*owner), "+r"(t) : : "memory");)"),
      IsEmpty());
  EXPECT_THAT(
      Judge(R"(asm volatile("cmpxchg" : "+m"(*owner) : "r"(t) : "memory");)"),
      IsEmpty());
  EXPECT_THAT(Judge(R"(asm volatile("fill" : : "r"(t) : "memory");)"),
              ElementsAre("test: sink"));
}

} // namespace
