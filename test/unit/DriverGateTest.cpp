#include "tool/driver/Gate.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

Report reportWith(FindingClass Class, SeverityKind Severity,
                  StandingKind Kind = StandingKind::New) {
  Report R;
  R.Result.Findings.emplace_back();
  R.Result.Findings[0].Class = Class;
  R.Result.Findings[0].Severity = Severity;
  R.Standings.resize(1);
  R.Standings[0].Kind = Kind;
  return R;
}

} // namespace

TEST(Gate, AnErrorFailsTheGateAndWinsOverIncomplete) {
  Report R = reportWith(FindingClass::Violation, SeverityKind::Error);
  EXPECT_EQ(judge(R, FailOn::Any), ExitStatus::GateFailed);
  EXPECT_EQ(judge(R, FailOn::New), ExitStatus::GateFailed);
  EXPECT_EQ(judge(R, FailOn::Never), ExitStatus::Ok);
  R.Incomplete = {"1 of 2 units lost"};
  EXPECT_EQ(judge(R, FailOn::Any), ExitStatus::GateFailed);
  EXPECT_EQ(judge(R, FailOn::Never), ExitStatus::Incomplete);
}

TEST(Gate, WarningsAndMaskedFindingsPass) {
  EXPECT_EQ(judge(reportWith(FindingClass::Violation, SeverityKind::Warning),
                  FailOn::Any),
            ExitStatus::Ok);
  EXPECT_EQ(
      judge(reportWith(FindingClass::Masked, SeverityKind::Error), FailOn::Any),
      ExitStatus::Ok);
}

TEST(Gate, WhatTheBaselineHasPassesWhereOnlyNewFindingsFail) {
  Report R = reportWith(FindingClass::Violation, SeverityKind::Error,
                        StandingKind::Baselined);
  EXPECT_EQ(judge(R, FailOn::New), ExitStatus::Ok);
  EXPECT_EQ(judge(R, FailOn::Any), ExitStatus::GateFailed);
}

TEST(Gate, WhatIsSuppressedOrUntouchedAlwaysPasses) {
  for (StandingKind Kind :
       {StandingKind::Suppressed, StandingKind::Untouched}) {
    Report R = reportWith(FindingClass::Violation, SeverityKind::Error, Kind);
    EXPECT_EQ(judge(R, FailOn::New), ExitStatus::Ok);
    EXPECT_EQ(judge(R, FailOn::Any), ExitStatus::Ok);
  }
}

TEST(Gate, LostUnitsMakeTheAnalysisIncomplete) {
  SolveResult Result;
  Result.Summary.Units = 100;
  Result.Summary.UnitsParsed = 98;
  Result.Summary.UnitsLost.resize(2);
  RuleSet Rules;
  EXPECT_EQ(incompleteReasons(Result, Rules, 100),
            std::vector<std::string>{"2 of 100 units lost"});
  EXPECT_EQ(incompleteReasons(Result, Rules, 99),
            std::vector<std::string>{"2 of 100 units lost, 99.0% asked for"});
  EXPECT_TRUE(incompleteReasons(Result, Rules, 98).empty());
}

TEST(Gate, AMilestoneThatARuleNeedsMustBeThere) {
  SolveResult Result;
  Result.Summary.MissingMilestones = {"irqs_on", "slab"};
  RuleSet Rules;
  Rules.Rules.emplace_back();
  Rules.Rules[0].Id = "early-gfp-wait";
  Rules.Rules[0].After = "irqs_on";
  EXPECT_EQ(incompleteReasons(Result, Rules, 100),
            std::vector<std::string>{"milestone 'irqs_on' is not in this boot, "
                                     "so rule 'early-gfp-wait' could not be "
                                     "judged"});
}
