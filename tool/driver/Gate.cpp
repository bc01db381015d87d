#include "tool/driver/Gate.h"

#include "tool/report/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <set>

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

static bool fails(const Report &R, const Finding &F, FailOn Gate) {
  switch (Gate) {
  case FailOn::New:
    return isReported(R, F) && R.standingOf(F).Kind == StandingKind::New;
  case FailOn::Any:
    return isReported(R, F);
  case FailOn::Never:
    return false;
  }
  llvm_unreachable("not a gate");
}

ExitStatus judge(const Report &R, FailOn Gate) {
  if (any_of(R.Result.Findings, [&](const Finding &F) {
        return F.Severity == SeverityKind::Error && fails(R, F, Gate);
      }))
    return ExitStatus::GateFailed;
  return R.Incomplete.empty() ? ExitStatus::Ok : ExitStatus::Incomplete;
}

/// What the rules call too early or too late, sorted.
static std::vector<std::string> milestonesOf(const RuleSet &Rules) {
  std::set<std::string> Names;
  for (const Rule &R : Rules.Rules)
    for (const std::string &Name : {R.After, R.Before})
      if (!Name.empty())
        Names.insert(Name);
  return {Names.begin(), Names.end()};
}

Report reportOf(Analysis A, const ReportRequest &Request) {
  Report R;
  R.Version = BOOTORDER_VERSION;
  R.Configuration = Request.Configuration.empty() ? configurationOf(A.Tree)
                                                  : Request.Configuration;
  R.Kernel = std::move(A.Tree.Kernel);
  R.Arch = std::move(A.Tree.Arch);
  R.SourceRoot = std::move(A.Tree.SourceRoot);
  R.RuleSet = Request.RuleSet;
  R.RulesDigest = std::move(A.RulesDigest);
  R.Rules = A.Rules.Rules;
  R.Incomplete = incompleteReasons(A.Result, A.Rules, Request.RequiredCoverage);
  if (!A.Tree.IsCaptureComplete)
    R.Incomplete.insert(R.Incomplete.begin(),
                        "the tree was not captured to its end");
  R.Milestones = milestonesOf(A.Rules);
  R.Result = std::move(A.Result);
  R.Standings.resize(R.Result.Findings.size());
  R.Extents = std::move(A.Extents);
  applySuppressions({A.KnownRules, A.Rules.ChainSuppressions}, R);
  return R;
}

} // namespace bootorder
