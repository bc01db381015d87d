#include "support/Error.h"
#include "gtest/gtest.h"

using namespace bootorder;

TEST(Error, ContextGoesInFrontOfEveryMessage) {
  llvm::Error Two = llvm::joinErrors(makeError("no a"), makeError("no b"));
  EXPECT_EQ(llvm::toString(withContext(std::move(Two), "reading x")),
            "reading x: no a\nreading x: no b");
}

TEST(Error, SuccessStaysSuccess) {
  EXPECT_FALSE(bool(withContext(llvm::Error::success(), "reading x")));
}

TEST(Error, DiagnosticsAreSortedAndReportedOnce) {
  DiagnosticList List;
  List.add({"b.yaml", 1, 1, 0}, "third");
  List.add({"a.yaml", 10, 2, 0}, "second", "do this");
  List.add({"a.yaml", 9, 7, 0}, "first");
  List.add({"a.yaml", 9, 7, 0}, "first");
  EXPECT_EQ(llvm::toString(List.take()), "a.yaml:9:7: error: first\n"
                                         "a.yaml:10:2: error: second; do this\n"
                                         "b.yaml:1:1: error: third\n");
  EXPECT_TRUE(List.empty());
}

TEST(Error, NoDiagnosticsAreSuccess) {
  EXPECT_FALSE(bool(DiagnosticList().take()));
}

TEST(Error, ContextLeavesDiagnosticsAsTheyAre) {
  DiagnosticList List;
  List.add({"a.yaml", 1, 2, 0}, "wrong");
  EXPECT_EQ(llvm::toString(withContext(List.take(), "reading x")),
            "a.yaml:1:2: error: wrong\n");
}

TEST(Error, AListTakesOverDiagnosticsAndPlacesOtherErrors) {
  DiagnosticList Inner, Outer;
  Inner.add({"a.yaml", 1, 2, 0}, "wrong");
  Outer.add({"b.yaml", 3, 4, 0}, Inner.take());
  Outer.add({"b.yaml", 3, 4, 0}, makeError("cannot read 'c'"));
  EXPECT_EQ(llvm::toString(Outer.take()),
            "a.yaml:1:2: error: wrong\nb.yaml:3:4: error: cannot read 'c'\n");
}

TEST(Error, AWholeFileHasNoLine) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Diagnostic{{"a", 0, 0, 0}, "gone", ""};
  EXPECT_EQ(Text, "a: error: gone\n");
}
