#include "tool/report/Suppressions.h"

#include "solve/Allowances.h"

#include "gmock/gmock.h"
#include <fstream>

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

/// One file, `a.c`, in which function f has lines 2 to the last.
class Suppressions : public ::testing::Test {
protected:
  void write(const std::string &Text) {
    Root = ::testing::TempDir() + "suppressions";
    (void)::system(("mkdir -p " + Root).c_str());
    std::ofstream(Root + "/a.c") << Text;
    Extents["a.c"] = {{"f", 2, 100}};
  }

  /// The standing of a finding at \p Line and \p Column of a.c.
  Standing standingAt(uint32_t Line, uint32_t Column,
                      std::string RuleId = "early-gfp-wait") {
    R = Report();
    R.SourceRoot = Root;
    Rule Applied;
    Applied.Id = "early-gfp-wait";
    R.Rules = {Applied};
    if (Line != 0)
      R.Result.Findings = {finding(Line, Column, std::move(RuleId))};
    R.Standings.resize(R.Result.Findings.size());
    std::vector<std::string> Known{"early-gfp-wait", "early-vm-area"};
    R.Extents = Extents;
    applySuppressions({Known, ByChain}, R);
    for (const Finding &F : R.Result.Findings)
      if (!F.Path.empty()) // those without are about suppressions
        return R.standingOf(F);
    return Standing();
  }

  static Finding finding(uint32_t Line, uint32_t Column, std::string RuleId) {
    Finding F;
    F.Rule = std::move(RuleId);
    F.Function = "f";
    F.Sink = "kmalloc";
    F.Place = {"a.c", Line, Column};
    WitnessFrame Entry, Last;
    Entry.Function = "start_kernel";
    Entry.Place = {"main.c", 5, 1};
    Last.Function = "f";
    Last.Place = F.Place;
    F.Path = {Entry, Last};
    F.HasValue = true;
    F.Roots = {"f"};
    return F;
  }

  /// Rule and message of the findings that were added.
  std::vector<std::string> added() const {
    std::vector<std::string> Texts;
    for (const Finding &F : R.Result.Findings)
      if (F.Path.empty())
        Texts.push_back(std::to_string(F.Place.Line) + " " + F.Rule + ": " +
                        F.Message);
    return Texts;
  }

  std::string Root;
  SourceExtents Extents;
  std::vector<ChainSuppression> ByChain;
  Report R;
};

ChainSuppression chain(std::vector<std::string> Functions) {
  ChainSuppression By;
  By.Rules = {"early-gfp-wait"};
  for (const std::string &Function : Functions)
    By.Chain.push_back(llvm::cantFail(GlobSet::create(Function)));
  By.Reason = "known hardware";
  By.Where = {"rules.yaml", 7, 5, 1};
  return By;
}

} // namespace

TEST(SourceComments, QuotesAndLinesAreTold) {
  CommentedSource Source = readComments(
      "a = \"/* no */\"; /* one\n * two */ b;\n// three\n'\\'' /*");
  ASSERT_EQ(Source.Comments.size(), 3u);
  EXPECT_EQ(Source.Comments[0].Text, "one two");
  EXPECT_EQ(Source.Comments[0].FirstLine, 1u);
  EXPECT_EQ(Source.Comments[0].LastLine, 2u);
  EXPECT_FALSE(Source.Comments[0].IsAlone);
  EXPECT_EQ(Source.Comments[1].Text, "three");
  EXPECT_TRUE(Source.Comments[1].IsAlone);
  EXPECT_EQ(Source.Comments[2].FirstLine, 4u);
  EXPECT_EQ(Source.Code[1], "          b;");
}

TEST(SourceComments, AStatementEndsBehindItsBrackets) {
  CommentedSource Source = readComments("p = f(a,\n  g(b)); h();\n"
                                        "if (f(a,\n b))\n{\n");
  EXPECT_EQ(endOfStatement(Source, 1, 5), 2u);
  EXPECT_EQ(endOfStatement(Source, 3, 5), 4u);
  EXPECT_EQ(endOfStatement(Source, 9, 1), 9u);
  EXPECT_EQ(endOfStatement(Source, 0, 0), 0u);
}

TEST(Allowances, NameRulesAndAReason) {
  std::vector<AllowComment> Found = parseAllowances(
      "text. bootorder: allow early-gfp-wait, early-vm-area: no slab: ok");
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_THAT(Found[0].Rules, ElementsAre("early-gfp-wait", "early-vm-area"));
  EXPECT_EQ(Found[0].Reason, "no slab: ok");
  EXPECT_EQ(Found[0].Mistake, "");
  EXPECT_EQ(parseAllowances("bootorder: allow: why")[0].Mistake,
            "this suppression names no rule");
  EXPECT_EQ(parseAllowances("bootorder: allow early-gfp-wait")[0].Mistake,
            "this suppression gives no reason");
  EXPECT_THAT(parseAllowances("bootorder is allowed"), IsEmpty());
}

TEST_F(Suppressions, OnTheLine) {
  write("void f(void)\n{\n"
        "  kmalloc(8, x); /* bootorder: allow early-gfp-wait: one CPU */\n}\n");
  Standing S = standingAt(3, 3);
  EXPECT_EQ(S.Kind, StandingKind::Suppressed);
  EXPECT_EQ(S.Reason, "one CPU");
  EXPECT_TRUE(S.IsInSource);
  EXPECT_EQ(S.Where.Column, 18u);
  EXPECT_THAT(added(), IsEmpty());
  EXPECT_EQ(standingAt(2, 1).Kind, StandingKind::New);
  EXPECT_EQ(standingAt(3, 3, "early-vm-area").Kind, StandingKind::New);
}

TEST_F(Suppressions, AboveAndBehindAStatementOfSeveralLines) {
  write("void f(void)\n{\n  /*\n   * bootorder: allow early-gfp-wait:\n"
        "   * the bus is empty\n   */\n\n  kmalloc(8,\n          x);\n"
        "  kmalloc(9,\n    y); // bootorder: allow early-gfp-wait: tail\n}\n");
  EXPECT_EQ(standingAt(8, 3).Reason, "the bus is empty");
  EXPECT_EQ(standingAt(10, 3).Reason, "tail");
  EXPECT_EQ(standingAt(9, 11).Kind, StandingKind::New);
}

TEST_F(Suppressions, WhereAMacroIsUsed) {
  write("#define GET(n) kmalloc(n, x)\nvoid f(void) {\n"
        "  /* bootorder: allow early-gfp-wait: set up by firmware */\n"
        "  GET(8);\n  GET(9);\n}\n");
  EXPECT_EQ(standingAt(4, 3).Kind, StandingKind::Suppressed);
  EXPECT_EQ(standingAt(5, 3).Kind, StandingKind::New);
}

TEST_F(Suppressions, MistakesAreErrorsAndSuppressNothing) {
  write("void f(void)\n{\n  kmalloc(8, x); /* bootorder: allow "
        "early-gfp-wait */\n  g(); /* bootorder: allow early-gfp: why */\n}\n");
  EXPECT_EQ(standingAt(3, 3).Kind, StandingKind::New);
  EXPECT_THAT(added(),
              ElementsAre("3 bad-suppression: this suppression gives no "
                          "reason; write 'bootorder: allow RULE: REASON'",
                          "4 bad-suppression: there is no rule 'early-gfp' to "
                          "suppress; 'bootorder rules list' names them"));
  EXPECT_EQ(R.Result.Findings[1].Severity, SeverityKind::Error);
}

TEST_F(Suppressions, StaleOnesAreFindingsOfTheirOwn) {
  write("void f(void)\n{\n  g(); /* bootorder: allow early-gfp-wait: old */\n"
        "  g(); /* bootorder: allow early-vm-area: not judged here */\n}\n");
  standingAt(0, 0);
  EXPECT_THAT(added(),
              ElementsAre("3 stale-suppression: nothing needs this "
                          "suppression of 'early-gfp-wait' any more; remove "
                          "it"));
  EXPECT_EQ(R.Result.Findings[0].Severity, SeverityKind::Warning);
  // Code that this configuration leaves out may need it elsewhere.
  Extents["a.c"] = {{"h", 90, 100}};
  standingAt(0, 0);
  EXPECT_THAT(added(), IsEmpty());
}

TEST_F(Suppressions, ByChainOfTheRules) {
  write("\n");
  ByChain = {chain({"start_*", "kmalloc"}), chain({"f", "start_kernel"})};
  Standing S = standingAt(3, 3);
  EXPECT_EQ(S.Kind, StandingKind::Suppressed);
  EXPECT_EQ(S.Reason, "known hardware");
  EXPECT_FALSE(S.IsInSource);
  ASSERT_EQ(R.Remarks.size(), 1u);
  EXPECT_THAT(R.Remarks[0].Message, HasSubstr("no finding has this chain"));
}

TEST_F(Suppressions, EveryChainOfAFindingHasToMatch) {
  write("\n");
  ByChain = {chain({"start_kernel", "f"})};
  standingAt(3, 3);
  Finding F = finding(3, 3, "early-gfp-wait");
  RootWitness Other{"g", F.Path};
  Other.Path[0].Function = "thread";
  F.Roots = {"f", "g"};
  F.RootPaths = {{"f", F.Path}, Other};
  R = Report();
  R.Result.Findings = {F};
  R.Standings.resize(1);
  applySuppressions({{}, ByChain}, R);
  EXPECT_EQ(R.Standings[0].Kind, StandingKind::New);
}
