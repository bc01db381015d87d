#include "solve/Allowances.h"

#include "solve/Group.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;
using llvm::StringRef;

static constexpr StringRef Marker = "bootorder: allow";
static constexpr char HowToWrite[] = "write 'bootorder: allow RULE: REASON'";

//===----------------------------------------------------------------------===//
// Comments
//===----------------------------------------------------------------------===//

/// \p Text is what stands behind the marker.
static AllowComment parseAllowance(StringRef Text) {
  AllowComment Allow;
  auto [Names, Reason] = Text.split(':');
  for (StringRef Name : llvm::split(Names, ','))
    if (Name = Name.trim(); !Name.empty())
      Allow.Rules.push_back(Name.str());
  Allow.Reason = Reason.trim().str();
  if (Allow.Rules.empty())
    Allow.Mistake = "this suppression names no rule";
  else if (Allow.Reason.empty())
    Allow.Mistake = "this suppression gives no reason";
  return Allow;
}

std::vector<AllowComment> bootorder::parseAllowances(StringRef Comment) {
  std::vector<AllowComment> Found;
  size_t At = Comment.find(Marker);
  while (At != StringRef::npos) {
    size_t Next = Comment.find(Marker, At + Marker.size());
    Found.push_back(parseAllowance(Comment.slice(At + Marker.size(), Next)));
    At = Next;
  }
  return Found;
}

AllowingFile::AllowingFile(StringRef Path, StringRef Content) {
  if (!Content.contains(Marker))
    return;
  Source = readComments(Content);
  for (const SourceComment &Comment : Source.Comments)
    for (AllowComment &Says : parseAllowances(Comment.Text)) {
      Allowance A;
      A.Place = {Path.str(), Comment.FirstLine, Comment.Column};
      A.FirstLine = Comment.FirstLine;
      A.LastLine = Comment.LastLine;
      if (Comment.IsAlone)
        A.FirstLine = A.LastLine = nextCodeLine(Source, Comment.LastLine + 1);
      A.Says = std::move(Says);
      Allowances.push_back(std::move(A));
    }
}

const Allowance *AllowingFile::find(uint32_t Line, uint32_t Column,
                                    StringRef Rule) const {
  if (Allowances.empty())
    return nullptr;
  uint32_t End = endOfStatement(Source, Line, Column);
  auto Found = llvm::find_if(Allowances, [&](const Allowance &A) {
    return A.LastLine >= Line && A.FirstLine <= End && A.Says.Mistake.empty() &&
           llvm::is_contained(A.Says.Rules, Rule);
  });
  return Found == Allowances.end() ? nullptr : &*Found;
}

std::vector<AllowanceMistake>
AllowingFile::mistakes(llvm::ArrayRef<std::string> KnownRules) const {
  std::vector<AllowanceMistake> Found;
  for (const Allowance &A : Allowances) {
    if (!A.Says.Mistake.empty()) {
      Found.push_back({&A, "", A.Says.Mistake + "; " + HowToWrite});
      continue;
    }
    for (const std::string &Id : A.Says.Rules)
      if (!llvm::is_contained(KnownRules, Id))
        Found.push_back({&A, Id,
                         "there is no rule '" + Id +
                             "' to suppress; 'bootorder rules list' names "
                             "them"});
  }
  return Found;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

static const Allowance *findAt(const SourcePlace &Place, StringRef Rule,
                               FindAllowingFile FileOf) {
  const AllowingFile *File = FileOf(Place.File);
  return File ? File->find(Place.Line, Place.Column, Rule) : nullptr;
}

const Allowance *bootorder::findAllowance(const Finding &F,
                                          FindAllowingFile FileOf) {
  if (const Allowance *Here = findAt(F.Place, F.Rule, FileOf))
    return Here;
  return F.Path.empty()
             ? nullptr
             : findAt(F.Path[decisionOf(F).Frame].Place, F.Rule, FileOf);
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

bool bootorder::isSuppressedBy(const Finding &F, const ChainSuppression &By) {
  if (!llvm::is_contained(By.Rules, F.Rule))
    return false;
  // What is reached in another way, too, is not what the rules speak of.
  if (F.RootPaths.size() < F.Roots.size() && F.Roots.size() > 1)
    return false;
  return matches(F.Path, F.Sink, By.Chain) &&
         llvm::all_of(F.RootPaths, [&](const RootWitness &Root) {
           return matches(Root.Path, F.Sink, By.Chain);
         });
}
