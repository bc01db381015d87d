#include "tool/report/CodeQuality.h"

#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"

using namespace bootorder;
using ::testing::ElementsAre;

namespace {

Finding finding(std::string Fingerprint) {
  Finding F;
  F.Rule = "early-gfp-wait";
  F.Message = "waiting allocation";
  F.Function = "f";
  F.Sink = "kzalloc";
  F.Place = {"mm/a.c", 7, 2};
  F.Step.Function = "init_IRQ";
  F.NeedsMilestone = "irqs_on";
  F.Fingerprint = std::move(Fingerprint);
  F.Path.emplace_back();
  return F;
}

/// The member \p Key of every entry.
std::vector<std::string> all(const Report &R, llvm::StringRef Key) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printCodeQuality(OS, R);
  llvm::json::Value List = llvm::cantFail(llvm::json::parse(Text));
  std::vector<std::string> Found;
  for (const llvm::json::Value &Entry : *List.getAsArray())
    Found.push_back(Entry.getAsObject()->getString(Key)->str());
  return Found;
}

} // namespace

TEST(CodeQuality, FingerprintsAreUnique) {
  Report R;
  R.Result.Findings = {finding("aa"), finding("aa"), finding("bb")};
  EXPECT_THAT(all(R, "fingerprint"), ElementsAre("aa", "aa-2", "bb"));
  EXPECT_EQ(all(R, "description")[0],
            "waiting allocation: 'f' calls 'kzalloc' in step 'init_IRQ', "
            "which comes before milestone irqs_on");
  EXPECT_EQ(all(R, "severity")[0], "critical");
}

TEST(CodeQuality, WhatIsAcceptedIsLeftOut) {
  Report R;
  R.Result.Findings = {finding("aa"), finding("bb"), finding("cc")};
  R.Standings.resize(3);
  R.Standings[0].Kind = StandingKind::Baselined;
  R.Standings[2].Kind = StandingKind::Suppressed;
  EXPECT_THAT(all(R, "fingerprint"), ElementsAre("bb"));
}

TEST(CodeQuality, AnIncompleteAnalysisIsAnEntry) {
  Report R;
  R.Incomplete = {"1 of 2 units lost"};
  EXPECT_THAT(all(R, "check_name"), ElementsAre("incomplete-analysis"));
  EXPECT_THAT(all(R, "description"),
              ElementsAre("findings may be missing: 1 of 2 units lost"));
}
