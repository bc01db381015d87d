#include "tool/driver/AnswerCodec.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// Each struct at least once, with members that tell their places.
Answer sample() {
  Answer A;
  A.LikeOutput = "init/main.o";
  A.Constants = {{"GFP_KERNEL", 0xcc0}, {"minus", -1}};
  A.Extents["init/main.c"] = {{"start_kernel", 10, 300}, {"rest_init", 5, 9}};
  Finding F;
  F.Rule = "early-take";
  F.Class = FindingClass::Masked;
  F.Severity = SeverityKind::Note;
  F.Confidence = ConfidenceKind::Low;
  F.Place = {"mm/take.c", 12, 7};
  F.Step = {3, "init_irq", {"init/main.c", 20, 1}};
  F.NeedsAfter = false;
  F.HasValue = true;
  F.Value = {"GFP_KERNEL", true, ~uint64_t(0), "__GFP_WAIT", 0x10};
  WitnessFrame Frame;
  Frame.Function = "start_kernel";
  Frame.Edge = WitnessEdgeKind::Table;
  Frame.Evidence = "in section .init";
  F.Path = {Frame, Frame};
  F.Others = {{"take", "caller", {"a.c", 1, 2}}};
  F.Guards = {{"slab_up", "take", {"mm/take.c", 11, 6}, true,
               "is true here: slab_up is 1, by 'init'", {"a.c", 9, 1}}};
  F.RootPaths = {{"init_irq", {Frame}}};
  F.Roots = {"init_irq", "time_init"};
  F.Fingerprint = "0123";
  A.Result.Findings = {F, Finding()};
  A.Result.Steps = {{F.Step, false, 2, {"irqs_on", "slab_up"}}};
  A.Result.Reached = {{"take", "mm/take.c", 1, 99}};
  Ledger &L = A.Result.Summary;
  L.Units = 300;
  L.UnitsLost = {{"b.c", "no such file"}};
  L.ReachedBefore = {{"irqs_on", 7000}};
  L.UnresolvedCalls = {{"f", {"f.c", 2, 3}, "ops->run"}};
  L.Assumed = {"one", ""};
  L.ValuesKnown = 128;
  return A;
}

TEST(AnswerCodec, WhatIsReadWritesTheSameBytes) {
  std::string Bytes = encodeAnswer(sample());
  std::optional<Answer> Read = decodeAnswer(Bytes);
  ASSERT_TRUE(Read);
  EXPECT_EQ(encodeAnswer(*Read), Bytes);
}

TEST(AnswerCodec, MembersComeBack) {
  std::optional<Answer> Read = decodeAnswer(encodeAnswer(sample()));
  ASSERT_TRUE(Read);
  EXPECT_EQ(Read->LikeOutput, "init/main.o");
  EXPECT_EQ(Read->Constants, sample().Constants);
  EXPECT_EQ(Read->Extents, sample().Extents);
  ASSERT_EQ(Read->Result.Findings.size(), 2u);
  const Finding &F = Read->Result.Findings.front();
  EXPECT_EQ(F.Class, FindingClass::Masked);
  EXPECT_EQ(F.Severity, SeverityKind::Note);
  EXPECT_EQ(F.Confidence, ConfidenceKind::Low);
  EXPECT_EQ(F.Place.Line, 12u);
  EXPECT_FALSE(F.NeedsAfter);
  EXPECT_EQ(F.Value.Number, ~uint64_t(0));
  ASSERT_EQ(F.Path.size(), 2u);
  EXPECT_EQ(F.Path[1].Edge, WitnessEdgeKind::Table);
  EXPECT_EQ(F.RootPaths.front().Path.front().Function, "start_kernel");
  EXPECT_FALSE(Read->Result.Steps.front().IsCertain);
  EXPECT_EQ(Read->Result.Reached.front().LastStep, 99u);
  EXPECT_EQ(Read->Result.Summary.ReachedBefore.at("irqs_on"), 7000u);
  EXPECT_EQ(Read->Result.Summary.ValuesKnown, 128u);
}

TEST(AnswerCodec, RefusesWhatIsTooShortOrTooLong) {
  std::string Bytes = encodeAnswer(sample());
  for (size_t Size = 0; Size != Bytes.size(); ++Size)
    EXPECT_FALSE(decodeAnswer(llvm::StringRef(Bytes).take_front(Size))) << Size;
  EXPECT_FALSE(decodeAnswer(Bytes + '\0'));
}

TEST(AnswerCodec, RefusesSizesThatCannotBe) {
  std::string Endless(12, '\xff');
  EXPECT_FALSE(decodeAnswer(Endless));
  EXPECT_FALSE(decodeAnswer("\x7f"));
}

} // namespace
