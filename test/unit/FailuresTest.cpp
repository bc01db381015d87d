//===- FailuresTest.cpp - ways that open only when memory runs out --------===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;

namespace {

/// `call in function` of the first finding; empty if it needs no failure.
std::string failure(const std::string &Code) {
  TestBoot Boot("int unseen(void); void *take(unsigned n);" + Code +
                "void first(void) { use(); use(); }" + TestBoot::Start);
  FunctionEffect &E = Boot.Rules.Semantics.emplace_back();
  E.Kind = FunctionEffect::EffectKind::Returns;
  E.Functions = llvm::cantFail(GlobSet::create({"take"}));
  E.Result.Kind = FunctionEffect::ReturnValue::ValueKind::Fresh;
  SolveResult Result = Boot.forbidSink().solve();
  const FailureNote &Note = Result.Findings.at(0).Failure;
  return Note.Call.empty() ? "" : Note.Call + " in " + Note.Function;
}

TEST(FailuresTest, MemoryRanOut) {
  EXPECT_EQ(failure("void use(void) { if (!take(1)) sink(); }"), "take in use");
  EXPECT_EQ(failure(R"(
    static void *wrapped(void) { void *p = take(2); return p; }
    void undo(void) { sink(); }
    void use(void) { char *p = wrapped(); if (p) return; undo(); })"),
            "wrapped in use");
}

TEST(FailuresTest, NullIsNoFailureOfALookUp) {
  EXPECT_EQ(failure(R"(
    char *known;
    char *find(void) { if (unseen()) return known; return 0; }
    void use(void) { if (!find()) sink(); })"),
            "");
}

TEST(FailuresTest, OtherErrorsAreTheCourseOfThings) {
  EXPECT_EQ(failure(R"(
    int probe(void) { if (unseen()) return -19; return 0; }
    void use(void) { if (probe()) sink(); })"),
            "");
  EXPECT_EQ(failure("void use(void) { if (take(1)) sink(); }"), "");
}

TEST(FailuresTest, EveryWayHasToFail) {
  EXPECT_EQ(failure(R"(
    void use(void) {
      char *a, *b;
      a = take(1);
      if (!a) goto fail;
      b = take(2);
      if (b == 0) goto fail;
      return;
    fail:
      sink();
    })"),
            "take in use");
  EXPECT_EQ(failure(R"(
    void use(void) {
      if (!take(1)) goto out;
      unseen();
    out:
      sink();
    })"),
            "");
}

} // namespace
