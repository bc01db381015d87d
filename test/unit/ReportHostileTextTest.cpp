/// Paths and source lines are bytes. Whatever they are, every report is UTF-8.

#include "support/Json.h"
#include "tool/report/CodeQuality.h"
#include "tool/report/JsonReporter.h"
#include "tool/report/Matrix.h"
#include "tool/report/ReadReport.h"
#include "tool/report/ReportDiff.h"
#include "tool/report/SarifReporter.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// Latin-1, half a character, a character too many, and what must be escaped.
const std::string Bad = "a\xe9/\xc3 \xed\xa0\x80\n\t\"\\\x01\xff.c";

WitnessFrame badFrame() {
  WitnessFrame Frame;
  Frame.Function = Frame.Callee = Frame.Through = Bad;
  Frame.Arguments = Frame.Evidence = Bad;
  Frame.Place = Frame.EvidencePlace = {Bad, 3, 4};
  return Frame;
}

Finding badFinding(FindingClass Class) {
  Finding F;
  F.Class = Class;
  F.Rule = F.ConfidenceReason = F.Message = F.Why = F.Doc = F.Sink = Bad;
  F.Function = F.NeedsMilestone = F.MilestoneMeans = F.Fingerprint = Bad;
  F.Effect = F.EffectMeans = Bad;
  F.Place = {Bad, 1, 2};
  F.Step = F.Milestone = {1, Bad, {Bad, 5, 6}};
  F.HasValue = true;
  F.Value = {Bad, true, 1, Bad, 1};
  F.Path = F.EffectPath = {badFrame(), badFrame()};
  F.Others = {{Bad, Bad, {Bad, 7, 8}}};
  F.Failure = {Bad, Bad, {Bad, 9, 1}};
  F.Guards = {{Bad, Bad, {Bad, 1, 1}, true, Bad, {Bad, 1, 1}}};
  F.RootPaths = {{Bad, {badFrame()}}};
  F.Roots = {Bad};
  return F;
}

void spoilLedger(Ledger &L) {
  L.UnitsLost = {{Bad, Bad}};
  L.Duplicates = L.Assumed = {Bad};
  L.ReachedBefore[Bad] = 1;
  L.UnresolvedCalls = {{Bad, {Bad, 1, 1}, Bad}};
  L.MissingMilestones = L.MissingEntryPoints = {Bad};
}

Report badReport() {
  Report R;
  R.Version = "0.1.0";
  R.Kernel = R.Arch = R.SourceRoot = R.Configuration = R.RuleSet = Bad;
  R.RulesDigest = Bad;
  Rule Judge;
  Judge.Id = Judge.Title = Judge.Why = Judge.Fix = Judge.Doc = Bad;
  R.Rules = {Judge};
  R.Result.Findings = {badFinding(FindingClass::Violation),
                       badFinding(FindingClass::Masked),
                       badFinding(FindingClass::Latent)};
  R.Result.Steps = {{R.Result.Findings[0].Step, true, 1, {Bad}}};
  spoilLedger(R.Result.Summary);
  R.Milestones = R.Incomplete = {Bad};
  R.Extents[Bad] = {{Bad, 1, 9}};
  R.Standings.resize(3);
  R.Standings[0].Reason = R.Standings[0].Owner = Bad;
  R.Remarks = {{{Bad, 1, 1}, Bad}};
  R.Revision = TreeRevision{Bad, Bad, Bad};
  return R;
}

template <typename Print> void expectJson(Print PrintTo) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  PrintTo(OS);
  EXPECT_TRUE(llvm::json::isUTF8(Text));
  llvm::Expected<llvm::json::Value> Value = parseJson(Text, "report", "");
  EXPECT_TRUE(!!Value) << llvm::toString(Value.takeError());
}

} // namespace

TEST(HostileText, JsonAndCodeQualityAreUtf8) {
  Report R = badReport();
  expectJson([&](llvm::raw_ostream &OS) { printJson(OS, R, {true, true}); });
  expectJson([&](llvm::raw_ostream &OS) { printCodeQuality(OS, R); });
}

TEST(HostileText, SarifIsUtf8) {
  Report R = badReport();
  for (SarifProfile Profile : {SarifProfile::GitHub, SarifProfile::Full})
    expectJson([&](llvm::raw_ostream &OS) {
      printSarif(OS, R, {Profile, {true, true}});
    });
}

TEST(HostileText, ComparisonsAreUtf8) {
  KnownReport Known = knownReport(badReport(), Bad);
  expectJson([&](llvm::raw_ostream &OS) {
    printDiffJson(OS, compareReports(Known, Known), "0", {Bad});
  });
  Known.Name = Bad;
  expectJson([&](llvm::raw_ostream &OS) {
    printMatrixJson(OS, joinReports({Known}), "0", MatrixOptions());
  });
}
