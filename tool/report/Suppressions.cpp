#include "tool/report/Suppressions.h"

#include "solve/Allowances.h"
#include "solve/Witness.h"
#include "tool/report/SourceLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include <set>

using namespace llvm;

namespace bootorder {

namespace {

/// Reads the tree once, then answers for each finding.
class Suppressor {
public:
  Suppressor(const SuppressionContext &Context, Report &R)
      : Context(Context), R(R), Lines(R.SourceRoot) {
    for (const auto &Entry : R.Extents)
      readFile(Entry.first);
  }

  void run() {
    for (size_t I = 0; I != R.Result.Findings.size(); ++I)
      if (isShown(R.Result.Findings[I]))
        judge(R.Result.Findings[I], R.Standings[I]);
    reportComments();
    remarkOnChains();
  }

private:
  void readFile(StringRef File);
  void judge(const Finding &F, Standing &S);
  void reportComments();
  void reportStale(const Allowance &A);
  void report(const Allowance &A, StringRef Rule, StringRef Allowed,
              SeverityKind Severity, const Twine &Message);
  void remarkOnChains();

  const SuppressionContext &Context;
  Report &R;
  SourceLines Lines;
  std::map<std::string, AllowingFile, std::less<>> Files;
  std::set<std::pair<const Allowance *, std::string>> Used; ///< for that rule
  std::vector<bool> IsChainUsed = std::vector<bool>(Context.ByChain.size());
  std::vector<Finding> New;
};

} // namespace

void Suppressor::readFile(StringRef File) {
  std::optional<StringRef> Content = Lines.content(File);
  if (!Content)
    return;
  AllowingFile Read(File, *Content);
  if (!Read.allowances().empty())
    Files.try_emplace(File.str(), std::move(Read));
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

void Suppressor::judge(const Finding &F, Standing &S) {
  const Allowance *By = findAllowance(F, [this](StringRef Path) {
    auto Found = Files.find(Path);
    return Found == Files.end() ? nullptr : &Found->second;
  });
  if (By) {
    Used.insert({By, F.Rule});
    S.Kind = StandingKind::Suppressed;
    S.Reason = By->Says.Reason;
    S.IsInSource = true;
    S.Where = By->Place;
    return;
  }
  for (auto [Index, By] : enumerate(Context.ByChain))
    if (isSuppressedBy(F, By)) {
      IsChainUsed[Index] = true;
      S.Kind = StandingKind::Suppressed;
      S.Reason = By.Reason;
      S.Where = {By.Where.File, By.Where.Line, By.Where.Column};
      return;
    }
}

//===----------------------------------------------------------------------===//
// Suppressions that are wrong, or that nothing needs
//===----------------------------------------------------------------------===//

static bool hasRule(const Report &R, StringRef Id) {
  return any_of(R.Rules, [&](const Rule &Known) { return Known.Id == Id; });
}

/// The function that the code \p A speaks of is in; empty if none.
static std::string functionOf(const Allowance &A,
                              const SourceExtents &Extents) {
  auto Functions = Extents.find(A.Place.File);
  if (Functions != Extents.end())
    for (const FunctionExtent &F : Functions->second)
      if (F.First <= A.FirstLine && A.FirstLine <= F.Last)
        return F.Name;
  return "";
}

void Suppressor::report(const Allowance &A, StringRef Rule, StringRef Allowed,
                        SeverityKind Severity, const Twine &Message) {
  Finding F;
  F.Rule = Rule.str();
  F.Severity = Severity;
  F.Message = Message.str();
  F.Function = functionOf(A, R.Extents);
  F.Place = A.Place;
  F.Fingerprint = fingerprint(Rule, Allowed, F.Function, A.Place.File);
  New.push_back(std::move(F));
}

void Suppressor::reportStale(const Allowance &A) {
  // What was not compiled or not judged may still be needed.
  if (!A.Says.Mistake.empty() || !R.Incomplete.empty() ||
      functionOf(A, R.Extents).empty())
    return;
  for (const std::string &Id : A.Says.Rules)
    if (is_contained(Context.KnownRules, Id) && hasRule(R, Id) &&
        Used.count({&A, Id}) == 0)
      report(A, "stale-suppression", Id, SeverityKind::Warning,
             "nothing needs this suppression of '" + Id +
                 "' any more; remove it");
}

void Suppressor::reportComments() {
  for (const auto &[Path, File] : Files) {
    for (const AllowanceMistake &Mistake : File.mistakes(Context.KnownRules))
      report(*Mistake.Of, "bad-suppression", Mistake.Rule, SeverityKind::Error,
             Mistake.Message);
    for (const Allowance &A : File.allowances())
      reportStale(A);
  }
  for (Finding &F : New) {
    auto At = upper_bound(R.Result.Findings, F, isBefore);
    R.Standings.insert(R.Standings.begin() + (At - R.Result.Findings.begin()),
                       Standing());
    R.Result.Findings.insert(At, std::move(F));
  }
}

void Suppressor::remarkOnChains() {
  auto IsApplied = [&](StringRef Id) { return hasRule(R, Id); };
  if (!R.Incomplete.empty())
    return;
  for (auto [Index, By] : enumerate(Context.ByChain))
    if (!IsChainUsed[Index] && any_of(By.Rules, IsApplied))
      R.Remarks.push_back({{By.Where.File, By.Where.Line, By.Where.Column},
                           "no finding has this chain; remove the suppression "
                           "if that holds for every tree"});
}

/// What the two rules say that are not in a file.
static Rule ownRule(StringRef Id, SeverityKind Level, StringRef Title,
                    StringRef Why, StringRef Fix) {
  Rule Own;
  Own.Id = Id.str();
  Own.Level = Level;
  Own.Title = Title.str();
  Own.Why = Why.str();
  Own.Fix = Fix.str();
  Own.Doc = "docs/suppressions.md";
  return Own;
}

void applySuppressions(const SuppressionContext &Context, Report &R) {
  if (!sys::fs::is_directory(R.SourceRoot))
    R.Remarks.push_back(
        {{R.SourceRoot, 0, 0},
         "the source tree is not there, so its comments suppress nothing"});
  Suppressor(Context, R).run();
  R.Rules.push_back(ownRule(
      "bad-suppression", SeverityKind::Error, "malformed suppression",
      "a comment that suppresses nothing hides that somebody meant it to",
      "write a comment of the form 'bootorder: allow RULE: REASON'"));
  R.Rules.push_back(ownRule(
      "stale-suppression", SeverityKind::Warning,
      "suppression without a finding",
      "a suppression that nothing needs would hide the next bug at its place",
      "remove the comment"));
}

} // namespace bootorder
