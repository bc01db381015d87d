//===- GuardNotesTest.cpp - why guards on a finding's way do not help -----===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// `function: condition text`, of the first finding.
std::vector<std::string> guards(const std::string &Code) {
  TestBoot Boot(Code + TestBoot::Start);
  Boot.forbidSink().Options.WithGuards = true;
  std::vector<std::string> Notes;
  SolveResult Result = Boot.solve();
  for (const GuardNote &Note : Result.Findings.at(0).Guards)
    Notes.push_back(Note.Function + ": " + Note.Condition + " " + Note.Text);
  return Notes;
}

TEST(GuardNotesTest, SaysWhoOpenedTheGuard) {
  EXPECT_THAT(guards(R"(
    static int up;
    void set(void) { up = 1; }
    void use(void) { if (!up) return; sink(); }
    void first(void) { set(); use(); })"),
              ElementsAre("use: !up is false here: up is 1, by 'set'"));
}

TEST(GuardNotesTest, ValueIsThatOfTheStep) {
  // Later the guard has another value: what counts is the one it had.
  EXPECT_THAT(guards(R"(
    static int state;
    void set(void) { state = 1; }
    void raise(void) { state = 5; }
    void use(void) { if (state < 5) sink(); }
    void first(void) { set(); use(); raise(); use(); })"),
              ElementsAre("use: state < 5 is true here: state is 1, by 'set'"));
}

TEST(GuardNotesTest, LooksIntoPredicates) {
  EXPECT_THAT(guards(R"(
    static int state;
    int is_up(void) { return state >= 3; }
    void set(void) { state = 3; }
    void use(void) { if (is_up()) sink(); }
    void first(void) { set(); use(); })"),
              ElementsAre("use: is_up() is true here: state is 3, by 'set'"));
}

TEST(GuardNotesTest, InitialValueIsOne) {
  EXPECT_THAT(guards(R"(
    static int broken;
    void by(void) { sink(); }
    void use(void) { if (!broken) by(); }
    void fail(void) { broken = 1; }
    void first(void) { use(); fail(); })"),
              ElementsAre("use: !broken is true here: broken is 0, its initial "
                          "value"));
}

TEST(GuardNotesTest, UnknownGuardsAreNamed) {
  EXPECT_THAT(guards(R"(
    extern int option;
    void use(void) { if (option) sink(); }
    void first(void) { use(); })"),
              ElementsAre("use: option is not known here, so both ways are "
                          "taken"));
}

TEST(GuardNotesTest, OtherTestsAreNone) {
  EXPECT_THAT(guards(R"(
    void panic(void) __attribute__((noreturn));
    static int up, wrong;
    int unseen(void);
    void set(void) { up = 1; wrong = 0; }
    void use(int flags, int *p) {
      if (flags & 1) unseen();
      if (wrong) panic();
      if (p && unseen()) sink();
    }
    void first(void) { set(); use(unseen(), &up); })"),
              IsEmpty());
}

TEST(GuardNotesTest, NobodyAsksNobodyPays) {
  TestBoot Boot(std::string("static int up; void set(void) { up = 1; }\n"
                            "void first(void) { set(); if (up) sink(); }") +
                TestBoot::Start);
  EXPECT_THAT(Boot.forbidSink().solve().Findings.at(0).Guards, IsEmpty());
}

TEST(GuardNotesTest, TheGuardThatKeepsALatentUseFromRunning) {
  TestBoot Boot(std::string(R"(
    static int up;
    void use(void) { if (!up) return; sink(); }
    void first(void) { use(); use(); up = 1; })") +
                TestBoot::Start);
  Boot.forbidSink().Options.WithGuards = true;
  auto Notes = [&] {
    std::vector<std::string> Texts;
    SolveResult Result = Boot.solve();
    for (const GuardNote &Note : Result.Findings.at(0).Guards)
      Texts.push_back(Note.Condition + " " + Note.Text);
    return Texts;
  };
  EXPECT_THAT(Notes(), IsEmpty());
  Boot.Options.WithLatentGuards = true;
  EXPECT_THAT(Notes(),
              ElementsAre("!up is true here: up is 0, its initial value"));
}

} // namespace
