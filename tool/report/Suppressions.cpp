#include "tool/report/Suppressions.h"

#include "solve/Group.h"
#include "solve/Witness.h"
#include "tool/report/SourceComments.h"
#include "tool/report/SourceLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace bootorder {

static constexpr StringRef Marker = "bootorder: allow";
static constexpr char HowToWrite[] = "write 'bootorder: allow RULE: REASON'";

//===----------------------------------------------------------------------===//
// Comments
//===----------------------------------------------------------------------===//

/// \p Text is what stands behind the marker.
static AllowComment parseAllowance(StringRef Text) {
  AllowComment Allow;
  auto [Names, Reason] = Text.split(':');
  for (StringRef Name : split(Names, ','))
    if (Name = Name.trim(); !Name.empty())
      Allow.Rules.push_back(Name.str());
  Allow.Reason = Reason.trim().str();
  if (Allow.Rules.empty())
    Allow.Mistake = "this suppression names no rule";
  else if (Allow.Reason.empty())
    Allow.Mistake = "this suppression gives no reason";
  return Allow;
}

std::vector<AllowComment> parseAllowances(StringRef Comment) {
  std::vector<AllowComment> Found;
  size_t At = Comment.find(Marker);
  while (At != StringRef::npos) {
    size_t Next = Comment.find(Marker, At + Marker.size());
    Found.push_back(parseAllowance(Comment.slice(At + Marker.size(), Next)));
    At = Next;
  }
  return Found;
}

namespace {

/// A comment of the tree, and what came of it.
struct Allowance {
  AllowComment Says;
  SourcePlace Place;
  uint32_t FirstLine = 0, LastLine = 0; ///< of the code it speaks of
  std::string Function;                 ///< that this code is in
  std::vector<bool> IsUsed;             ///< as many as Says.Rules
};

/// The source of one file that has such comments.
struct AllowingFile {
  CommentedSource Source;
  std::vector<Allowance> Allowances;
};

/// Reads the tree once, then answers for each finding.
class Suppressor {
public:
  Suppressor(const SuppressionContext &Context, Report &R)
      : Context(Context), R(R), Lines(R.SourceRoot) {
    for (const auto &[File, Functions] : R.Extents)
      readFile(File, Functions);
  }

  void run() {
    for (size_t I = 0; I != R.Result.Findings.size(); ++I)
      if (isShown(R.Result.Findings[I]))
        judge(R.Result.Findings[I], R.Standings[I]);
    reportComments();
    remarkOnChains();
  }

private:
  void readFile(StringRef File, ArrayRef<FunctionExtent> Functions);
  void judge(const Finding &F, Standing &S);
  bool allows(const SourcePlace &Place, StringRef Rule, Standing &S);
  bool matchesChain(const Finding &F, const ChainSuppression &By) const;
  void reportComments();
  void report(const Allowance &A, StringRef Rule, StringRef Allowed,
              SeverityKind Severity, const Twine &Message);
  void remarkOnChains();

  const SuppressionContext &Context;
  Report &R;
  SourceLines Lines;
  std::map<std::string, AllowingFile> Files;
  std::vector<bool> IsChainUsed = std::vector<bool>(Context.ByChain.size());
  std::vector<Finding> New;
};

} // namespace

/// The function of \p Functions that \p Line is in; empty if none.
static std::string functionAt(ArrayRef<FunctionExtent> Functions,
                              uint32_t Line) {
  for (const FunctionExtent &F : Functions)
    if (F.First <= Line && Line <= F.Last)
      return F.Name;
  return "";
}

void Suppressor::readFile(StringRef File, ArrayRef<FunctionExtent> Functions) {
  std::optional<StringRef> Content = Lines.content(File);
  if (!Content || !Content->contains(Marker))
    return;
  AllowingFile Read;
  Read.Source = readComments(*Content);
  for (const SourceComment &Comment : Read.Source.Comments)
    for (AllowComment &Says : parseAllowances(Comment.Text)) {
      Allowance A;
      A.Place = {File.str(), Comment.FirstLine, Comment.Column};
      A.FirstLine = Comment.FirstLine;
      A.LastLine = Comment.LastLine;
      if (Comment.IsAlone)
        A.FirstLine = A.LastLine =
            nextCodeLine(Read.Source, Comment.LastLine + 1);
      A.Function = functionAt(Functions, A.FirstLine);
      A.IsUsed.resize(Says.Rules.size());
      A.Says = std::move(Says);
      Read.Allowances.push_back(std::move(A));
    }
  if (!Read.Allowances.empty())
    Files[File.str()] = std::move(Read);
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

/// Whether a comment on the statement at \p Place allows \p Rule.
bool Suppressor::allows(const SourcePlace &Place, StringRef Rule, Standing &S) {
  auto Found = Files.find(Place.File);
  if (Found == Files.end())
    return false;
  uint32_t End = endOfStatement(Found->second.Source, Place.Line, Place.Column);
  for (Allowance &A : Found->second.Allowances) {
    if (A.LastLine < Place.Line || A.FirstLine > End || !A.Says.Mistake.empty())
      continue;
    auto Named = find(A.Says.Rules, Rule);
    if (Named == A.Says.Rules.end())
      continue;
    A.IsUsed[Named - A.Says.Rules.begin()] = true;
    S.Kind = StandingKind::Suppressed;
    S.Reason = A.Says.Reason;
    S.IsInSource = true;
    S.Where = A.Place;
    return true;
  }
  return false;
}

/// Whether the functions of \p Path match \p Chain, others between them.
static bool matches(const std::vector<WitnessFrame> &Path, StringRef Sink,
                    const std::vector<GlobSet> &Chain) {
  size_t Next = 0;
  for (const WitnessFrame &Frame : Path)
    if (Next != Chain.size() && Chain[Next].matches(Frame.Function))
      ++Next;
  if (Next != Chain.size() && Chain[Next].matches(Sink))
    ++Next;
  return Next == Chain.size();
}

bool Suppressor::matchesChain(const Finding &F,
                              const ChainSuppression &By) const {
  if (!is_contained(By.Rules, F.Rule))
    return false;
  // What is reached in another way, too, is not what the rules speak of.
  if (F.RootPaths.size() < F.Roots.size() && F.Roots.size() > 1)
    return false;
  return matches(F.Path, F.Sink, By.Chain) &&
         all_of(F.RootPaths, [&](const RootWitness &Root) {
           return matches(Root.Path, F.Sink, By.Chain);
         });
}

void Suppressor::judge(const Finding &F, Standing &S) {
  if (allows(F.Place, F.Rule, S))
    return;
  if (!F.Path.empty() && allows(F.Path[decisionOf(F).Frame].Place, F.Rule, S))
    return;
  for (auto [Index, By] : enumerate(Context.ByChain))
    if (matchesChain(F, By)) {
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

void Suppressor::report(const Allowance &A, StringRef Rule, StringRef Allowed,
                        SeverityKind Severity, const Twine &Message) {
  Finding F;
  F.Rule = Rule.str();
  F.Severity = Severity;
  F.Message = Message.str();
  F.Function = A.Function;
  F.Place = A.Place;
  F.Fingerprint = fingerprint(Rule, Allowed, A.Function, A.Place.File);
  New.push_back(std::move(F));
}

void Suppressor::reportComments() {
  for (auto &[File, Read] : Files)
    for (const Allowance &A : Read.Allowances) {
      if (!A.Says.Mistake.empty()) {
        report(A, "bad-suppression", "", SeverityKind::Error,
               A.Says.Mistake + "; " + HowToWrite);
        continue;
      }
      for (auto [Index, Id] : enumerate(A.Says.Rules)) {
        if (!is_contained(Context.KnownRules, Id))
          report(A, "bad-suppression", Id, SeverityKind::Error,
                 "there is no rule '" + Id +
                     "' to suppress; 'bootorder rules "
                     "list' names them");
        // What was not compiled or not judged may still be needed.
        else if (!A.IsUsed[Index] && hasRule(R, Id) && !A.Function.empty() &&
                 R.Incomplete.empty())
          report(A, "stale-suppression", Id, SeverityKind::Warning,
                 "nothing needs this suppression of '" + Id +
                     "' any more; remove it");
      }
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
      "stale-suppression", SeverityKind::Warning, "suppression without a finding",
      "a suppression that nothing needs would hide the next bug at its place",
      "remove the comment"));
}

} // namespace bootorder
