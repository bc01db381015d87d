#include "tool/report/ReportDiff.h"
#include "solve/FindingText.h"
#include "tool/report/JsonReporter.h"
#include "tool/report/SarifReporter.h"

#include "gmock/gmock.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

KnownFinding known(std::string Fingerprint, std::string Function) {
  KnownFinding F;
  F.Fingerprint = std::move(Fingerprint);
  F.Rule = "early-gfp-wait";
  F.Severity = "error";
  F.Message = "too early";
  F.Function = std::move(Function);
  F.Place = {"a.c", 3, 0};
  return F;
}

KnownReport reportOf(std::string Name, std::vector<KnownFinding> Findings) {
  KnownReport Known;
  Known.Name = std::move(Name);
  Known.Findings = std::move(Findings);
  return Known;
}

std::vector<std::string> functionsOf(const std::vector<KnownFinding> &List) {
  std::vector<std::string> Names;
  for (const KnownFinding &F : List)
    Names.push_back(F.Function);
  return Names;
}

std::string errorOf(llvm::StringRef Text) {
  llvm::Expected<KnownReport> Known = parseReport(Text, "r.json");
  return Known ? "" : llvm::toString(Known.takeError());
}

Report writtenReport() {
  Report R;
  Finding F;
  F.Rule = "early-gfp-wait";
  F.Message = "waiting allocation";
  F.Function = "f";
  F.Place = {"mm/a.c", 7, 2};
  F.Fingerprint = "aa";
  Finding Masked = F;
  Masked.Class = FindingClass::Masked;
  R.Result.Findings = {F, Masked};
  R.Incomplete = {"1 of 2 units lost"};
  return R;
}

SolveResult boot(std::vector<std::string> Milestones, uint32_t First) {
  SolveResult Result;
  for (std::string &Name : Milestones) {
    StepRow Row;
    Row.Step.Number = Result.Steps.size() + 1;
    Row.Milestones = {Name};
    Result.Steps.push_back(Row);
  }
  Result.Reached = {{"f", "a.c", First, 9}};
  return Result;
}

} // namespace

TEST(ReportDiff, ComparesByFingerprint) {
  ReportDiff Diff =
      compareReports(reportOf("old", {known("aa", "f"), known("bb", "g"),
                                      known("cc", "h"), known("cc", "h")}),
                     reportOf("new", {known("aa", "renamed"), known("cc", "h"),
                                      known("dd", "i")}));
  EXPECT_THAT(functionsOf(Diff.Added), ElementsAre("i"));
  EXPECT_THAT(functionsOf(Diff.Fixed), ElementsAre("g", "h"));
  EXPECT_THAT(functionsOf(Diff.Unchanged), ElementsAre("renamed", "h"));
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printDiff(OS, Diff, 0);
  EXPECT_THAT(Text, HasSubstr("a.c:3: error: new: too early, in 'i' "
                              "[bootorder-early-gfp-wait]\n"));
  EXPECT_THAT(Text, HasSubstr("\n1 new, 2 fixed, 2 unchanged\n"));
}

TEST(ReportDiff, BothFormatsSayTheSame) {
  Report R = writtenReport();
  for (bool IsSarif : {false, true}) {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    if (IsSarif)
      printSarif(OS, R, {SarifProfile::Full, {/*Masked=*/true}});
    else
      printJson(OS, R);
    KnownReport Known = llvm::cantFail(parseReport(Text, "r"));
    ASSERT_EQ(Known.Findings.size(), 1u);
    EXPECT_EQ(Known.Findings[0].Fingerprint, "aa");
    EXPECT_EQ(Known.Findings[0].Message, "waiting allocation");
    EXPECT_EQ(Known.Findings[0].Severity, "error");
    EXPECT_EQ(Known.Findings[0].Function, "f");
    EXPECT_EQ(placeText(Known.Findings[0].Place), "mm/a.c:7");
    EXPECT_FALSE(Known.IsComplete);
  }
}

TEST(ReportDiff, WhatIsNoReportIsSaid) {
  EXPECT_THAT(errorOf("{\n \"findings\": [}"),
              HasSubstr("r.json:2:15: error: this is not JSON: "));
  EXPECT_THAT(errorOf("[]"), HasSubstr("it is not an object"));
  EXPECT_THAT(errorOf("{}"),
              HasSubstr("'r.json' is no report of bootorder: it has neither "
                        "'findings' nor 'runs'; write one with"));
  EXPECT_THAT(errorOf(R"({"runs": [{"results": [{"ruleId": "x"}]}]})"),
              HasSubstr("finding 1 has no fingerprint"));
  EXPECT_THAT(errorOf(R"({"runs": [3]})"), HasSubstr("a run has no results"));
}

TEST(ReportDiff, PhasesAreSidesOfMilestones) {
  std::vector<PhaseChange> Changes = comparePhases(
      boot({"slab", "irqs_on", "rcu"}, 4), boot({"irqs_on", "slab"}, 2));
  ASSERT_EQ(Changes.size(), 1u);
  EXPECT_EQ(Changes[0].Function, "f");
  EXPECT_THAT(Changes[0].NowBefore, ElementsAre("slab"));
  EXPECT_THAT(Changes[0].NowAfter, IsEmpty());
  EXPECT_THAT(comparePhases(boot({"slab"}, 2), boot({"slab"}, 2)), IsEmpty());
}
