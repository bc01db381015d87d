#include "tool/report/Baseline.h"

#include "gmock/gmock.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

Finding finding(std::string Fingerprint, std::vector<std::string> Roots,
                std::string File = "mm/slab.c") {
  Finding F;
  F.Rule = "early-gfp-wait";
  F.Function = "f";
  F.Sink = "kmalloc";
  F.Place = {std::move(File), 3, 7};
  F.Fingerprint = std::move(Fingerprint);
  F.Roots = std::move(Roots);
  WitnessFrame Frame;
  Frame.Function = "start_kernel";
  F.Path = {Frame};
  return F;
}

Report reportOf(std::vector<Finding> Findings) {
  Report R;
  R.Arch = "powerpc";
  R.Kernel = "2.6.30";
  R.Standings.resize(Findings.size());
  R.Result.Findings = std::move(Findings);
  return R;
}

const char TwoEntries[] = R"(bootorder-baseline: 1
findings:
  # reviewed by hand
  - fingerprint: aa
    rule: early-gfp-wait
    arch: powerpc
    roots: [init_IRQ]
    owner: ben
    reason: "known: since 2009"
  - fingerprint: bb
    rule: early-gfp-wait
    arch: powerpc
    roots: [time_init]
    owner: ben
    reason: old
    expires: v2.6.31
)";

Baseline parsed(llvm::StringRef Text) {
  return llvm::cantFail(parseBaseline(Text, "base.yaml"));
}

std::string errorOf(llvm::StringRef Text) {
  llvm::Expected<Baseline> B = parseBaseline(Text, "base.yaml");
  return B ? "" : llvm::toString(B.takeError());
}

std::vector<std::string> remarksOf(const Report &R) {
  std::vector<std::string> Texts;
  for (const GateRemark &Remark : R.Remarks)
    Texts.push_back(std::to_string(Remark.Where.Line) + ": " + Remark.Message);
  return Texts;
}

} // namespace

TEST(Baseline, MatchesByFingerprintAndNothingElse) {
  Report R =
      reportOf({finding("aa", {"init_IRQ"}, "other.c"),
                finding("cc", {"init_IRQ"}), finding("bb", {"time_init"})});
  applyBaseline(parsed(TwoEntries), "2026-11-23", R);
  EXPECT_EQ(R.Standings[0].Kind, StandingKind::Baselined);
  EXPECT_EQ(R.Standings[0].Reason, "known: since 2009");
  EXPECT_EQ(R.Standings[0].Owner, "ben");
  EXPECT_EQ(R.Standings[1].Kind, StandingKind::New);
  EXPECT_EQ(R.Standings[2].Kind, StandingKind::Baselined);
  EXPECT_THAT(R.Remarks, IsEmpty());
}

TEST(Baseline, ARootThatIsNotListedIsNew) {
  Report R = reportOf({finding("aa", {"init_IRQ", "setup_arch"}),
                       finding("bb", {"time_init"})});
  applyBaseline(parsed(TwoEntries), "2026-11-23", R);
  EXPECT_EQ(R.Standings[0].Kind, StandingKind::New);
  EXPECT_EQ(R.Standings[0].Reason,
            "its entry in the baseline does not list 1 root: setup_arch");
  EXPECT_EQ(R.Standings[0].Where.Line, 4u);
}

TEST(Baseline, EntriesExpireByDayAndByKernel) {
  Baseline B = parsed(TwoEntries);
  const Expiry &Kernel = B.Entries[1].Expires;
  EXPECT_FALSE(hasExpired(Kernel, "2099-01-01", "2.6.30"));
  EXPECT_TRUE(hasExpired(Kernel, "2026-01-01", "2.6.31"));
  EXPECT_TRUE(hasExpired(Kernel, "2026-01-01", "6.12.1"));
  Expiry Day{"2027-01-31", "2027-01-31", {}};
  EXPECT_FALSE(hasExpired(Day, "2027-01-30", "6.12"));
  EXPECT_TRUE(hasExpired(Day, "2027-01-31", "6.12"));
  EXPECT_FALSE(hasExpired({}, "2027-01-31", "6.12"));
}

TEST(Baseline, StaleEntriesAreRemarkedUnlessFindingsMayBeMissing) {
  Report R = reportOf({finding("aa", {"init_IRQ"})});
  applyBaseline(parsed(TwoEntries), "2026-11-23", R);
  EXPECT_THAT(remarksOf(R),
              ElementsAre("10: no finding matches this entry any more; remove "
                          "it, or let 'bootorder baseline prune' do so"));
  Report Partial = reportOf({});
  Partial.Incomplete = {"1 of 2 units lost"};
  applyBaseline(parsed(TwoEntries), "2026-11-23", Partial);
  EXPECT_THAT(Partial.Remarks, IsEmpty());
  Report OtherArch = reportOf({});
  OtherArch.Arch = "x86";
  applyBaseline(parsed(TwoEntries), "2026-11-23", OtherArch);
  EXPECT_THAT(OtherArch.Remarks, IsEmpty());
}

TEST(Baseline, DirectoriesOptIn) {
  Baseline B = parsed("bootorder-baseline: 1\ndirectories: [mm/, kernel]\n"
                      "findings: []\n");
  Report R =
      reportOf({finding("aa", {}, "mm/slab.c"), finding("bb", {}, "mmx/a.c"),
                finding("cc", {}, "kernel/irq/a.c")});
  applyBaseline(B, "2026-11-23", R);
  EXPECT_EQ(R.Standings[0].Kind, StandingKind::New);
  EXPECT_EQ(R.Standings[1].Kind, StandingKind::Elsewhere);
  EXPECT_EQ(R.Standings[2].Kind, StandingKind::New);
}

TEST(Baseline, MistakesAreReportedTogetherWithTheirPlaces) {
  std::string Text = errorOf(R"(bootorder-baseline: 1
findings:
  - fingerprint: aa
    rule: r
    arch: x86
    ownr: ben
    reason: ""
    expires: soon
  - {fingerprint: aa, rule: r, arch: x86, owner: o, reason: r}
)");
  EXPECT_THAT(Text, HasSubstr("base.yaml:6:5: error: "));
  EXPECT_THAT(Text, HasSubstr("did you mean 'owner'?"));
  EXPECT_THAT(Text, HasSubstr("base.yaml:8:14: error: 'soon' is neither a day "
                              "nor a kernel version; write '2027-01-31' or "
                              "'v6.14'"));
  EXPECT_THAT(Text, HasSubstr("base.yaml:9:5: error: fingerprint 'aa' is in "
                              "here twice; join it with the entry in line 3"));
  EXPECT_THAT(errorOf("bootorder-baseline: 2\nfindings: []\n"),
              HasSubstr("base.yaml:1:21: error: baseline version '2' is not "
                        "known; this program reads 'bootorder-baseline: 1'"));
  EXPECT_THAT(errorOf("bootorder-baseline: 1\nentries: []\n"),
              HasSubstr("expected one of 'bootorder-baseline', 'directories', "
                        "'findings'\n"));
  EXPECT_THAT(errorOf("bootorder-baseline: 1\n"),
              HasSubstr("an empty one says 'findings: []'"));
}

TEST(Baseline, EditingKeepsWhatPeopleWrote) {
  Baseline B = parsed(TwoEntries);
  BaselineEdit Edit = editOf(B);
  EXPECT_EQ(editedText(B, Edit), TwoEntries);
  Edit.IsDropped[1] = true;
  Edit.Added = {entryOf(finding("c:c", {"a = b"}), "powerpc",
                        {"ann", "say \"why\"", ""})};
  std::string Text = editedText(B, Edit);
  EXPECT_THAT(Text, HasSubstr("  # reviewed by hand\n  - fingerprint: aa\n"));
  Baseline Again = parsed(Text);
  ASSERT_EQ(Again.Entries.size(), 2u);
  EXPECT_EQ(Again.Entries[1].Fingerprint, "c:c");
  EXPECT_EQ(Again.Entries[1].Chain, "start_kernel > kmalloc");
  EXPECT_EQ(Again.Entries[1].Reason, "say \"why\"");
  EXPECT_THAT(Again.Entries[1].Roots, ElementsAre("a = b"));
}

TEST(Baseline, AnEmptyOneIsStillABaseline) {
  Baseline B = parsed(TwoEntries);
  BaselineEdit Edit = editOf(B);
  Edit.IsDropped = {true, true};
  EXPECT_THAT(parsed(editedText(B, Edit)).Entries, IsEmpty());
}

/// As findings about comments are.
TEST(Baseline, AnEntryWithoutRootsCanBeReadAgain) {
  Baseline B = parsed("bootorder-baseline: 1\nfindings: []\n");
  BaselineEdit Edit = editOf(B);
  Edit.Added = {entryOf(finding("a", {}), "", {"ann", "b", ""})};
  Baseline Again = parsed(editedText(B, Edit));
  ASSERT_EQ(Again.Entries.size(), 1u);
  EXPECT_THAT(Again.Entries[0].Roots, IsEmpty());
}
