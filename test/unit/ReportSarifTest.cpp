#include "tool/driver/GitRevision.h"
#include "tool/report/SarifReporter.h"

#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"
#include <fstream>

using namespace bootorder;
using namespace llvm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

WitnessFrame frame(std::string Function, SourcePlace Place,
                   std::string Callee) {
  WitnessFrame Frame;
  Frame.Function = std::move(Function);
  Frame.Place = std::move(Place);
  Frame.Callee = std::move(Callee);
  return Frame;
}

Finding opsFinding() {
  Finding F;
  F.Rule = "early-gfp-wait";
  F.ConfidenceReason = "one ops edge";
  F.Message = "waiting allocation before interrupts are enabled";
  F.Why = "interrupts [all] are enabled";
  F.Sink = "kzalloc";
  F.Function = "pic_init";
  F.Place = {"pic.c", 2, 7};
  F.Step = {12, "init_IRQ", {"init/main.c", 623, 2}};
  F.NeedsMilestone = "irqs_on";
  F.Milestone = {17, "local_irq_enable", {"init/main.c", 635, 2}};
  F.HasValue = true;
  F.Value = {"GFP_KERNEL", true, 0xd0, "__GFP_WAIT", 0x10};
  F.Path = {frame("start_kernel", {"init/main.c", 623, 2}, "init_IRQ"),
            frame("init_IRQ", {"irq.c", 341, 3}, "pic_init"),
            frame("pic_init", {"pic.c", 2, 7}, "kzalloc")};
  F.Path[1].Edge = WitnessEdgeKind::Ops;
  F.Path[1].Through = "ppc_md.init_IRQ";
  F.Path[1].Evidence = "from mach_powermac";
  F.Path[1].EvidencePlace = {"setup.c", 723, 1};
  F.Path[2].Edge = WitnessEdgeKind::Sink;
  F.Roots = {"init_IRQ"};
  F.Fingerprint = "16ed75e8e786bf53";
  return F;
}

Report reportOf(std::vector<Finding> Findings) {
  Report R;
  R.Version = "0.1.0";
  R.Kernel = "2.6.30";
  R.Arch = "powerpc";
  R.Configuration = "pmac32";
  R.SourceRoot = "/nowhere";
  Rule Applied;
  Applied.Id = "early-gfp-wait";
  Applied.Title = "waiting allocation";
  Applied.Why = std::string(1200, 'w');
  R.Rules = {Applied};
  R.Result.Findings = std::move(Findings);
  return R;
}

/// The run of the log, parsed back.
json::Object runOf(const Report &R, SarifOptions Options = {}) {
  std::string Text;
  raw_string_ostream OS(Text);
  printSarif(OS, R, Options);
  json::Value Log = cantFail(json::parse(Text));
  return std::move(*Log.getAsObject()->getArray("runs")->front().getAsObject());
}

json::Object resultOf(const json::Object &Run, size_t Index = 0) {
  return *(*Run.getArray("results"))[Index].getAsObject();
}

std::string messageOf(const json::Object &O) {
  return O.getObject("message")->getString("text")->str();
}

std::vector<json::Object> stepsOf(const json::Object &Result) {
  const json::Array &Flows = *Result.getArray("codeFlows");
  EXPECT_EQ(Flows.size(), 1u);
  const json::Array &Threads = *Flows[0].getAsObject()->getArray("threadFlows");
  EXPECT_EQ(Threads.size(), 1u);
  std::vector<json::Object> Steps;
  for (const json::Value &Step :
       *Threads[0].getAsObject()->getArray("locations"))
    Steps.push_back(*Step.getAsObject());
  return Steps;
}

const json::Object &physicalOf(const json::Object &Location) {
  return *Location.getObject("physicalLocation");
}

int64_t lineOf(const json::Object &Location) {
  return *physicalOf(Location).getObject("region")->getInteger("startLine");
}

std::vector<std::string> notificationsOf(const json::Object &Run) {
  std::vector<std::string> Ids;
  const json::Object &Invocation =
      *Run.getArray("invocations")->front().getAsObject();
  for (const json::Value &N :
       *Invocation.getArray("toolExecutionNotifications"))
    Ids.push_back(
        N.getAsObject()->getObject("descriptor")->getString("id")->str());
  return Ids;
}

bool isSuccessful(const json::Object &Run) {
  return *Run.getArray("invocations")
              ->front()
              .getAsObject()
              ->getBoolean("executionSuccessful");
}

std::string sarifOf(const Report &R) {
  std::string Text;
  raw_string_ostream OS(Text);
  printSarif(OS, R, SarifOptions());
  return Text;
}

TEST(ReportSarif, SaysWhichRevisionItIs) {
  Report R;
  R.SourceRoot = "/linux";
  EXPECT_EQ(sarifOf(R).find("versionControlProvenance"), std::string::npos);
  R.Revision = TreeRevision{"c0ffee", "", ""};
  EXPECT_NE(sarifOf(R).find("\"repositoryUri\": \"file:///linux/\""),
            std::string::npos);
  R.Revision = TreeRevision{"c0ffee", "main", "https://example.org/linux.git"};
  EXPECT_NE(sarifOf(R).find("\"revisionId\": \"c0ffee\""), std::string::npos);
  EXPECT_NE(sarifOf(R).find("\"branch\": \"main\""), std::string::npos);
}

TEST(ReportSarif, RepositoriesAreShownWithoutUsers) {
  EXPECT_EQ(publicUri("https://me:secret@example.org/linux.git"),
            "https://example.org/linux.git");
  EXPECT_EQ(publicUri("https://example.org/a@b/linux.git"),
            "https://example.org/a@b/linux.git");
  EXPECT_EQ(publicUri("git@example.org:torvalds/linux.git"),
            "ssh://example.org/torvalds/linux.git");
  EXPECT_EQ(publicUri("/home/me/linux"), "");
  EXPECT_EQ(publicUri("../linux:old"), "");
}

} // namespace

TEST(Sarif, TheMessageStartsWithTheTitleAndCitesEveryPlace) {
  json::Object Result = resultOf(runOf(reportOf({opsFinding()})));
  EXPECT_EQ(
      messageOf(Result),
      "Waiting allocation before interrupts are enabled. 'pic_init' calls "
      "'kzalloc' with GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10). Runs in "
      "[init_IRQ](1), needs milestone [irqs_on](2), which comes later. On the way, "
      "'ppc_md.init_IRQ' is [pic_init](3), from mach_powermac. Why it breaks: "
      "Interrupts \\[all\\] are enabled. Confidence: high (one ops edge).");
  const json::Array &Related = *Result.getArray("relatedLocations");
  ASSERT_EQ(Related.size(), 3u);
  EXPECT_EQ(Related[2].getAsObject()->getInteger("id"), 3);
  EXPECT_EQ(lineOf(*Related[2].getAsObject()), 723);
}

TEST(Sarif, EveryStepHasAPlaceAndGoesDeeper) {
  Finding F = opsFinding();
  F.Path[1].Place = {}; // called by assembly: shown where it was registered
  std::vector<json::Object> Steps = stepsOf(resultOf(runOf(reportOf({F}))));
  ASSERT_EQ(Steps.size(), 3u);
  int64_t Depth = 0;
  std::vector<int64_t> AtLines;
  for (const json::Object &Step : Steps) {
    EXPECT_EQ(Step.getInteger("nestingLevel"), ++Depth);
    EXPECT_EQ(Step.getInteger("executionOrder"), Depth);
    AtLines.push_back(lineOf(*Step.getObject("location")));
  }
  EXPECT_THAT(AtLines, ElementsAre(623, 723, 2));
  EXPECT_EQ(messageOf(*Steps[1].getObject("location")),
            "init_IRQ calls ppc_md.init_IRQ = pic_init, from mach_powermac "
            "(setup.c:723)");
  EXPECT_EQ(Steps[1].getString("importance"), "essential");
}

TEST(Sarif, PathsAreRelativeToTheRoot) {
  json::Object Run = runOf(reportOf({opsFinding()}));
  EXPECT_EQ(Run.getObject("originalUriBaseIds")
                ->getObject("%SRCROOT%")
                ->getString("uri"),
            "file:///nowhere/");
  json::Object Result = resultOf(Run);
  const json::Object &File =
      *physicalOf(*Result.getArray("locations")->front().getAsObject())
           .getObject("artifactLocation");
  EXPECT_EQ(File.getString("uri"), "pic.c");
  EXPECT_EQ(File.getString("uriBaseId"), "%SRCROOT%");
}

TEST(Sarif, LinesAreHashedAndColumnsCountUtf16) {
  std::string Root = ::testing::TempDir();
  std::ofstream(Root + "/pic.c") << "x\n\xc3\xa9\xc3\xa9 kzalloc(8);\n";
  Report R = reportOf({opsFinding()});
  R.SourceRoot = Root;
  R.Result.Findings[0].Place.Column = 6; // in bytes
  json::Object Result = resultOf(runOf(R));
  const json::Object &Region =
      *physicalOf(*Result.getArray("locations")->front().getAsObject())
           .getObject("region");
  EXPECT_EQ(Region.getInteger("startColumn"), 4);
  EXPECT_EQ(Region.getInteger("endColumn"), 11);
  const json::Object &Prints = *Result.getObject("partialFingerprints");
  EXPECT_EQ(Prints.getString("bootorder/v1"), "16ed75e8e786bf53");
  EXPECT_TRUE(Prints.getString("primaryLocationLineHash"));
}

TEST(Sarif, AnArchitectureAndConfigurationIsACategory) {
  json::Object Run = runOf(reportOf({}));
  EXPECT_EQ(Run.getObject("automationDetails")->getString("id"),
            "bootorder/powerpc/pmac32/");
}

TEST(Sarif, WhatWasNotSeenIsANotification) {
  Report R = reportOf({opsFinding()});
  R.Incomplete = {"1 of 2 units lost"};
  Ledger &L = R.Result.Summary;
  L.UnitsLost = {{"a.c", "does not parse"}};
  L.MissingMilestones = {"slab"};
  L.UnresolvedCalls = {{"f", {"a.c", 3, 1}, "ops->g"}};
  json::Object Run = runOf(R);
  EXPECT_FALSE(isSuccessful(Run));
  EXPECT_THAT(notificationsOf(Run),
              ElementsAre("incomplete-analysis", "lost-unit",
                          "missing-milestone", "unresolved-call", "no-source"));
  EXPECT_TRUE(isSuccessful(runOf(reportOf({}))));
}

TEST(Sarif, RulesSayWhatTheyAre) {
  json::Object Run = runOf(reportOf({opsFinding()}));
  const json::Object &Driver = *Run.getObject("tool")->getObject("driver");
  const json::Object &Rule = *Driver.getArray("rules")->front().getAsObject();
  EXPECT_EQ(Rule.getString("id"), "early-gfp-wait");
  EXPECT_EQ(Rule.getString("name"), "EarlyGfpWait");
  EXPECT_EQ(Rule.getObject("shortDescription")->getString("text"),
            "Waiting allocation.");
  // GitHub refuses longer ones.
  EXPECT_EQ(Rule.getObject("fullDescription")->getString("text")->size(),
            1000u);
  for (const char *Text : {"fullDescription", "help"})
    EXPECT_TRUE(Rule.getObject(Text)->getString("markdown"));
  EXPECT_EQ(Rule.getObject("properties")->getString("precision"), "high");
  EXPECT_EQ(resultOf(Run).getInteger("ruleIndex"), 0);
}

TEST(Sarif, RulesOnTrialHaveALowPrecision) {
  Report R = reportOf({opsFinding()});
  R.Rules.front().IsTrial = true;
  json::Object Run = runOf(R);
  const json::Object &Driver = *Run.getObject("tool")->getObject("driver");
  const json::Object &Rule = *Driver.getArray("rules")->front().getAsObject();
  EXPECT_EQ(Rule.getObject("properties")->getString("precision"), "low");
  EXPECT_EQ(Rule.getObject("defaultConfiguration")->getString("level"),
            "warning");
}

TEST(Sarif, GitHubGetsNoMoreResultsThanItShows) {
  Finding Bare;
  Bare.Place = {"a.c", 1, 1};
  json::Object Run = runOf(reportOf(std::vector<Finding>(5001, Bare)));
  EXPECT_EQ(Run.getArray("results")->size(), 5000u);
  EXPECT_EQ(notificationsOf(Run).front(), "results-left-out");
}

TEST(Sarif, GitHubGetsNoMorePlacesThanItShows) {
  Finding Long = opsFinding();
  Long.Others.assign(150, {"kzalloc", "f", {"a.c", 1, 1}});
  Long.Path.insert(Long.Path.begin(), 1200, frame("f", {"a.c", 1, 1}, "f"));
  json::Object Result = resultOf(runOf(reportOf({Long})));
  EXPECT_EQ(Result.getArray("relatedLocations")->size(), 100u);
  std::vector<json::Object> Steps = stepsOf(Result);
  EXPECT_EQ(Steps.size(), 1000u);
  EXPECT_EQ(messageOf(*Steps.back().getObject("location")),
            "pic_init calls kzalloc");
  SarifOptions Full;
  Full.Profile = SarifProfile::Full;
  EXPECT_EQ(stepsOf(resultOf(runOf(reportOf({Long}), Full))).size(), 1203u);
}

TEST(Sarif, MaskedAndLatentFindingsAreInformationForWhoAsks) {
  for (FindingClass Class : {FindingClass::Masked, FindingClass::Latent}) {
    Finding Harmless = opsFinding();
    Harmless.Class = Class;
    Report R = reportOf({Harmless});
    SarifOptions Asked;
    Asked.Profile = SarifProfile::Full;
    EXPECT_TRUE(runOf(R, Asked).getArray("results")->empty());
    Asked.Also = {Class == FindingClass::Masked, Class == FindingClass::Latent};
    json::Object Result = resultOf(runOf(R, Asked));
    EXPECT_EQ(Result.getString("kind"), "informational");
    EXPECT_EQ(Result.getString("level"), "none");
    Asked.Profile = SarifProfile::GitHub;
    EXPECT_TRUE(runOf(R, Asked).getArray("results")->empty());
  }
}
