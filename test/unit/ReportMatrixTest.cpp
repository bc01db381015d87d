//===- ReportMatrixTest.cpp - one report over several builds --------------===//

#include "tool/report/JsonReporter.h"
#include "tool/report/Matrix.h"
#include "tool/report/SarifReporter.h"

#include "gmock/gmock.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

Finding finding(std::string Function, std::string Fingerprint) {
  Finding F;
  F.Rule = "early-slab";
  F.Message = "too early";
  F.Function = std::move(Function);
  F.Place = {"mm/a.c", 7, 2};
  F.Fingerprint = std::move(Fingerprint);
  return F;
}

/// A build that has `mm/a.c` with function `f`.
Report build(std::string Arch, std::vector<Finding> Findings) {
  Report R;
  R.Arch = std::move(Arch);
  R.Configuration = "defconfig";
  R.Extents["mm/a.c"] = {{"f", 1, 9}};
  R.Result.Findings = std::move(Findings);
  return R;
}

std::vector<BuildSays> says(std::vector<KnownReport> Builds) {
  return joinReports(std::move(Builds)).Rows.front().Says;
}

std::string jsonOf(const Report &R) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printJson(OS, R);
  return Text;
}

std::string sarifOf(const Report &R) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printSarif(OS, R, SarifOptions());
  return Text;
}

KnownReport parsed(const std::string &Text, llvm::StringRef Name) {
  return llvm::cantFail(parseReport(Text, Name));
}

std::string textOf(const Matrix &M, bool OnlyDiffering = false) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printMatrix(OS, M, {OnlyDiffering});
  return Text;
}

TEST(ReportMatrix, SaysWhoHasTheCodeAndWhoHasTheFinding) {
  Report Other = build("mips", {});
  Other.Extents.clear();
  Report Without = build("sparc", {});
  Without.Extents["mm/a.c"] = {{"g", 1, 9}};
  Report Lost = build("alpha", {});
  Lost.Incomplete = {"1 of 2 units lost"};
  Report Accepted = build("ppc", {finding("f", "aa")});
  Accepted.Standings.resize(1);
  Accepted.Standings[0].Kind = StandingKind::Suppressed;
  std::vector<KnownReport> Builds;
  for (const Report &R :
       {build("arm", {finding("f", "aa")}), build("arm64", {}), Other, Without,
        Lost, Accepted, build("x86", {finding("f", "bb")})})
    Builds.push_back(knownReport(R, R.Arch));
  EXPECT_THAT(says(Builds),
              ElementsAre(BuildSays::Finding, BuildSays::None,
                          BuildSays::Absent, BuildSays::Absent,
                          BuildSays::Unknown, BuildSays::Suppressed,
                          BuildSays::Elsewhere));
}

TEST(ReportMatrix, ReportsOnDiskKnowTheirFiles) {
  Report Other = build("mips", {});
  Other.Extents.clear();
  Report Found = build("arm", {finding("f", "aa")});
  EXPECT_THAT(says({parsed(jsonOf(Found), "arm"),
                    parsed(jsonOf(build("arm64", {})), "arm64"),
                    parsed(jsonOf(Other), "mips"),
                    parsed(sarifOf(build("x86", {})), "x86")}),
              ElementsAre(BuildSays::Finding, BuildSays::None,
                          BuildSays::Absent, BuildSays::Unknown));
}

TEST(ReportMatrix, BuildsAreCalledByWhatTellsThemApart) {
  auto Named = [](std::vector<std::string> Wanted) {
    std::vector<KnownReport> Builds = {
        parsed(jsonOf(build("arm", {})), "a.json"),
        parsed(sarifOf(build("arm64", {})), "b.sarif")};
    std::string Message = llvm::toString(nameBuilds(Builds, Wanted));
    return Message.empty() ? Builds[0].Name + " " + Builds[1].Name : Message;
  };
  EXPECT_EQ(Named({"", ""}), "arm arm64");
  EXPECT_EQ(Named({"board", ""}), "board arm64");
  EXPECT_THAT(Named({"", "arm"}),
              HasSubstr("are both of build 'arm'; call them NAME="));
}

TEST(ReportMatrix, SharedFingerprintsAreCounted) {
  Finding F = finding("f", "aa"), Again = F;
  Again.Place.Line = 8;
  Matrix M = joinReports({knownReport(build("arm", {F, Again}), "arm"),
                          knownReport(build("x86", {F}), "x86")});
  ASSERT_EQ(M.Rows.size(), 2u);
  EXPECT_THAT(M.Rows[0].Says,
              ElementsAre(BuildSays::Finding, BuildSays::Finding));
  EXPECT_THAT(M.Rows[1].Says,
              ElementsAre(BuildSays::Finding, BuildSays::Elsewhere));
}

TEST(ReportMatrix, TextSaysWhatDiffers) {
  Finding Everywhere = finding("f", "cc");
  Everywhere.Rule = "early-timer";
  Matrix M = joinReports(
      {knownReport(build("arm", {finding("f", "aa"), Everywhere}), "arm"),
       knownReport(build("arm64", {Everywhere}), "arm64")});
  EXPECT_THAT(textOf(M), HasSubstr("[bootorder-early-slab]\n"
                                   "  on arm; not on arm64\n"));
  EXPECT_THAT(textOf(M), HasSubstr("[bootorder-early-timer]\n"
                                   "  on all builds\n"));
  EXPECT_THAT(textOf(M), HasSubstr("2 findings in 2 builds; of 1 some builds "
                                   "that have the code are free\n"));
  EXPECT_THAT(textOf(M, /*OnlyDiffering=*/true),
              testing::Not(HasSubstr("early-timer")));
}

TEST(ReportMatrix, SarifRunsKnowOfEachOther) {
  std::vector<Report> Reports = {build("arm", {finding("f", "aa")}),
                                 build("arm64", {})};
  std::vector<KnownReport> Builds;
  std::vector<llvm::json::Value> Logs;
  for (const Report &R : Reports) {
    Builds.push_back(knownReport(R, R.Arch));
    Logs.push_back(llvm::cantFail(llvm::json::parse(sarifOf(R))));
  }
  Matrix M = joinReports(Builds);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  ASSERT_FALSE(printMatrixSarif(OS, M, Logs));
  EXPECT_THAT(Text, HasSubstr("\"bootorder/arm/defconfig/\""));
  EXPECT_THAT(Text, HasSubstr("\"bootorder/arm64/defconfig/\""));
  EXPECT_THAT(Text, HasSubstr("\"notFoundOn\": [\n            "
                              "  \"arm64\""));

  Logs[1] = Logs[0];
  EXPECT_THAT(llvm::toString(printMatrixSarif(OS, M, Logs)),
              HasSubstr("'arm' and 'arm64' have one category, "
                        "'bootorder/arm/defconfig/'"));
  Logs[1] = llvm::json::Object{{"findings", llvm::json::Array()}};
  EXPECT_THAT(llvm::toString(printMatrixSarif(OS, M, Logs)),
              HasSubstr("the report of 'arm64' is not SARIF"));
}

} // namespace
