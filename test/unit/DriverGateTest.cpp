#include "tool/driver/Gate.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

SolveResult resultWith(FindingClass Class, SeverityKind Severity) {
  SolveResult Result;
  Result.Findings.emplace_back();
  Result.Findings[0].Class = Class;
  Result.Findings[0].Severity = Severity;
  return Result;
}

} // namespace

TEST(Gate, AnErrorFailsTheGateAndWinsOverIncomplete) {
  SolveResult Result = resultWith(FindingClass::Violation, SeverityKind::Error);
  EXPECT_EQ(judge(Result, FailOn::Any, false), ExitStatus::GateFailed);
  EXPECT_EQ(judge(Result, FailOn::Any, true), ExitStatus::GateFailed);
  EXPECT_EQ(judge(Result, FailOn::Never, false), ExitStatus::Ok);
  EXPECT_EQ(judge(Result, FailOn::Never, true), ExitStatus::Incomplete);
}

TEST(Gate, WarningsAndMaskedFindingsPass) {
  EXPECT_EQ(judge(resultWith(FindingClass::Violation, SeverityKind::Warning),
                  FailOn::Any, false),
            ExitStatus::Ok);
  EXPECT_EQ(judge(resultWith(FindingClass::Masked, SeverityKind::Error),
                  FailOn::Any, false),
            ExitStatus::Ok);
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
