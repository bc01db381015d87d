//===- BootCrashTest.cpp - what is written on the way to a crash ----------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> findings(const std::string &Code) {
  return TestBoot(R"(
    void die(void) __attribute__((noreturn));
    int state, unseen(void);
    void note(void) { state = 1; }
  )" + Code + TestBoot::Start)
      .forbidSink()
      .findings();
}

TEST(BootCrashTest, WriteBeforeACrashIsNotSeen) {
  EXPECT_THAT(findings(R"(
    void below(void) { if (unseen()) { state = 1; die(); } if (state) sink(); }
    void first(void) { below(); below(); })"),
              IsEmpty());
}

TEST(BootCrashTest, WriteOfWhatOnlyACrashCallsIsNotSeen) {
  EXPECT_THAT(findings(R"(
    __attribute__((noreturn)) void fail(void) { note(); die(); }
    void below(void) { if (unseen()) fail(); if (state) sink(); }
    void first(void) { below(); below(); })"),
              IsEmpty());
}

TEST(BootCrashTest, WriteOfWhatOtherCodeCallsTooIsSeen) {
  EXPECT_THAT(findings(R"(
    __attribute__((noreturn)) void fail(void) { note(); die(); }
    void other(void) { note(); }
    void below(void) { if (unseen()) fail(); if (state) sink(); }
    void first(void) { below(); below(); other(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCrashTest, FunctionsThatCannotReturnAreCrashes) {
  std::string Below = R"(
    void below(void) { if (unseen()) fail(); if (state) sink(); }
    void first(void) { below(); below(); })";
  EXPECT_THAT(findings("void fail(void) { note(); die(); }" + Below),
              IsEmpty());
  EXPECT_THAT(findings(R"(
    void give_up(int n) { if (n) die(); note(); while (unseen()) {} die(); }
    void fail(void) { note(); give_up(1); })" +
                       Below),
              IsEmpty());
  EXPECT_THAT(
      findings("void fail(void) { note(); if (unseen()) die(); }" + Below),
      ElementsAre("below: sink"));
}

TEST(BootCrashTest, WriteWhoseResultIsUsedIsSeen) {
  EXPECT_THAT(findings(R"(
    int set(void) { note(); return 2; }
    void below(void) { int n = set(); if (n == 3) die(); if (state) sink(); }
    void first(void) { below(); below(); })"),
              ElementsAre("below: sink"));
}

TEST(BootCrashTest, WriteOnTheSpineBeforeACrashIsNotSeen) {
  EXPECT_THAT(findings(R"(
    void first(void) { if (unseen()) { state = 1; die(); } if (state) sink(); })"),
              IsEmpty());
}

TEST(BootCrashTest, CrashItselfIsStillReached) {
  TestBoot Boot(R"(
    void die(void) __attribute__((noreturn));
    int unseen(void);
    void report(void) {}
    void first(void) { if (unseen()) { report(); die(); } }
  )" + std::string(TestBoot::Start));
  EXPECT_THAT(Boot.forbidSink().reached(), testing::Contains("report"));
}

} // namespace
