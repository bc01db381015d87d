#include "tool/driver/Gate.h"

#include "tool/report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace bootorder {

static bool isCovered(const Ledger &L, double RequiredCoverage) {
  return L.UnitsParsed * 100.0 >= L.Units * RequiredCoverage;
}

static std::string coverageText(const Ledger &L, double RequiredCoverage) {
  std::string Text = countText(L.UnitsLost.size()) + " of " +
                     countText(L.Units, "unit") + " lost";
  if (RequiredCoverage < 100)
    Text += formatv(", {0:f1}% asked for", RequiredCoverage);
  return Text;
}

std::vector<std::string> incompleteReasons(const SolveResult &Result,
                                           const RuleSet &Rules,
                                           double RequiredCoverage) {
  std::vector<std::string> Reasons;
  const Ledger &L = Result.Summary;
  if (!isCovered(L, RequiredCoverage))
    Reasons.push_back(coverageText(L, RequiredCoverage));
  for (const std::string &Milestone : L.MissingMilestones)
    for (const Rule &R : Rules.Rules)
      if (R.After == Milestone || R.Before == Milestone)
        Reasons.push_back("milestone '" + Milestone +
                          "' is not in this boot, so rule '" + R.Id +
                          "' could not be judged");
  return Reasons;
}

ExitStatus judge(const SolveResult &Result, FailOn Gate, bool IsIncomplete) {
  bool HasError = any_of(Result.Findings, [](const Finding &F) {
    return isShown(F) && F.Severity == SeverityKind::Error;
  });
  if (Gate == FailOn::Any && HasError)
    return ExitStatus::GateFailed;
  return IsIncomplete ? ExitStatus::Incomplete : ExitStatus::Ok;
}

} // namespace bootorder
