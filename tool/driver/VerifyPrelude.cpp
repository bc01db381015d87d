#include "tool/driver/VerifyPrelude.h"

#include "model/FactsHash.h"
#include "model/FactsPrinter.h"
#include "tool/report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <tuple>

using namespace llvm;

namespace bootorder {

/// Lines of one listing that are shown of a difference.
static constexpr size_t MaxLines = 8;

static void count(const FactsModule &Module, FactsCount &Out) {
  auto CountValues = [&](const ExprPool &Exprs) {
    Out.Registrations += count_if(Exprs.Nodes, [](const Expr &E) {
      return E.Kind == ExprKind::Function;
    });
  };
  Out.Functions += Module.Functions.size();
  for (const Function &F : Module.Functions)
    Out.CallSites += count_if(
        F.Events, [](const Event &E) { return E.Kind == EventKind::Call; });
  for (const Object &O : Module.Objects)
    CountValues(O.Exprs);
  for (const AsmText &A : Module.Asms)
    Out.Registrations += count_if(
        A.Items, [](const AsmItem &I) { return I.Kind == AsmItemKind::Data; });
}

FactsCount countFacts(const ExtractedUnits &Facts) {
  FactsCount Out;
  Out.Units = Facts.Units.size();
  for (const TuFacts &Unit : Facts.Units)
    count(Unit.Module, Out);
  for (const HeaderFacts &Header : Facts.Headers)
    count(Header.Module, Out);
  return Out;
}

static void print(const FactsCount &C, StringRef Which, raw_ostream &OS) {
  OS << Which << ": " << countText(C.Units, "unit") << ", "
     << countText(C.Functions, "function") << ", "
     << countText(C.CallSites, "call site") << ", "
     << countText(C.Registrations, "registration") << "\n";
}

/// The listing of \p Facts, line by line, header keys left out: they differ
/// wherever something below does.
template <typename Facts>
static std::vector<std::string> listing(const Facts &F) {
  std::string Text;
  raw_string_ostream Stream(Text);
  printFacts(F.Module, Stream);
  SmallVector<StringRef, 0> Lines;
  StringRef(Text).split(Lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::vector<std::string> Result;
  for (StringRef Line : Lines) {
    size_t Key = Line.find("[header ");
    Result.push_back(
        Line.substr(0, Key).str() +
        (Key == StringRef::npos
             ? ""
             : Line.substr(std::min(Key + 24, Line.size())).str()));
  }
  return Result;
}

/// Lines of \p A that \p B does not have.
static void printMissing(const std::vector<std::string> &A,
                         const std::vector<std::string> &B, StringRef Sign,
                         raw_ostream &OS) {
  std::map<StringRef, int> Have;
  for (const std::string &Line : B)
    ++Have[Line];
  size_t Shown = 0;
  for (const std::string &Line : A)
    if (--Have[Line] < 0 && ++Shown <= MaxLines)
      OS << "  " << Sign << " " << Line << "\n";
  if (Shown > MaxLines)
    OS << "  " << Sign << " and " << countText(Shown - MaxLines) << " more\n";
}

template <typename Facts>
static void printDifference(const Facts &Plain, const Facts &WithPrelude,
                            raw_ostream &OS) {
  std::vector<std::string> A = listing(Plain), B = listing(WithPrelude);
  printMissing(A, B, "-", OS);
  printMissing(B, A, "+", OS);
}

static std::vector<std::tuple<std::string, unsigned, unsigned, std::string>>
notesOf(const TuFacts &Unit) {
  std::vector<std::tuple<std::string, unsigned, unsigned, std::string>> Notes;
  for (const ParseNote &N : Unit.Notes)
    Notes.push_back({N.File, N.Line, N.Column, N.Message});
  return Notes;
}

static std::vector<uint64_t> keysIn(const FactsModule &Module) {
  std::vector<uint64_t> Keys;
  for (const Symbol &S : Module.Symbols)
    Keys.push_back(S.HeaderKey);
  return Keys;
}

/// Whether \p A and \p B are alike but for keys.
static bool hasEqualText(const TuFacts &A, const TuFacts &B) {
  return hashFacts(A.Module) == hashFacts(B.Module) &&
         notesOf(A) == notesOf(B) && A.FlowLostFunctions == B.FlowLostFunctions;
}

static size_t compareUnits(const ExtractedUnits &Plain,
                           const ExtractedUnits &WithPrelude, raw_ostream &OS) {
  size_t Differing = 0;
  std::map<std::pair<StringRef, StringRef>, const TuFacts *> Others;
  for (const TuFacts &Unit : WithPrelude.Units)
    Others[{Unit.Source, Unit.Output}] = &Unit;
  for (const TuFacts &Unit : Plain.Units) {
    const TuFacts *Other = Others[{Unit.Source, Unit.Output}];
    if (!Other) {
      OS << Unit.Source << ": lost with a prelude\n";
      ++Differing;
      continue;
    }
    if (hasEqualText(Unit, *Other) && Unit.HeaderKeys == Other->HeaderKeys &&
        keysIn(Unit.Module) == keysIn(Other->Module))
      continue;
    ++Differing;
    if (hasEqualText(Unit, *Other)) {
      OS << Unit.Source << ": uses header functions that differ\n";
      continue;
    }
    OS << Unit.Source << ":\n";
    printDifference(Unit, *Other, OS);
  }
  return Differing;
}

/// Header functions by name, place and facts without keys.
using HeaderSet = std::map<std::tuple<std::string, unsigned, std::string>,
                           std::map<uint64_t, const HeaderFacts *>>;

static HeaderSet headersOf(const ExtractedUnits &Facts) {
  HeaderSet Set;
  for (const HeaderFacts &Header : Facts.Headers) {
    const FactsModule &M = Header.Module;
    const Function &F = M.Functions.front();
    Set[{M.str(F.Loc.File).str(), F.Loc.Line, M.str(M[F.Symbol].Name).str()}]
       [hashFacts(M)] = &Header;
  }
  return Set;
}

static void eraseCommon(std::map<uint64_t, const HeaderFacts *> &A,
                        std::map<uint64_t, const HeaderFacts *> &B) {
  for (auto It = A.begin(); It != A.end();) {
    if (B.erase(It->first))
      It = A.erase(It);
    else
      ++It;
  }
}

static size_t compareHeaders(const ExtractedUnits &Plain,
                             const ExtractedUnits &WithPrelude,
                             raw_ostream &OS) {
  HeaderSet A = headersOf(Plain), B = headersOf(WithPrelude);
  for (const auto &[Place, Unused] : B)
    A[Place]; // so that one loop meets all
  size_t Differing = 0;
  for (auto &[Place, Ours] : A) {
    std::map<uint64_t, const HeaderFacts *> &Theirs = B[Place];
    eraseCommon(Ours, Theirs);
    if (Ours.empty() && Theirs.empty())
      continue;
    ++Differing;
    OS << std::get<0>(Place) << ":" << std::get<1>(Place) << ": '"
       << std::get<2>(Place) << "': " << Ours.size() << " versions only without"
       << " and " << Theirs.size() << " only with a prelude\n";
    if (!Ours.empty() && !Theirs.empty())
      printDifference(*Ours.begin()->second, *Theirs.begin()->second, OS);
  }
  return Differing;
}

size_t compareFacts(const ExtractedUnits &Plain,
                    const ExtractedUnits &WithPrelude, raw_ostream &OS) {
  size_t Differing = compareHeaders(Plain, WithPrelude, OS) +
                     compareUnits(Plain, WithPrelude, OS);
  Differing += Plain.Headers.size() != WithPrelude.Headers.size() ||
               !std::equal(Plain.Headers.begin(), Plain.Headers.end(),
                           WithPrelude.Headers.begin(),
                           [](const HeaderFacts &A, const HeaderFacts &B) {
                             return A.Key == B.Key;
                           });
  print(countFacts(Plain), "without prelude", OS);
  print(countFacts(WithPrelude), "with prelude", OS);
  OS << countText(WithPrelude.UnitsWithPrelude, "unit")
     << " parsed with a prelude, " << countText(WithPrelude.Refused.size())
     << " plainly in spite of one\n";
  std::map<std::string, size_t> Reasons;
  for (const LostUnit &Unit : WithPrelude.Refused)
    ++Reasons[Unit.Reason];
  for (const auto &[Reason, Count] : Reasons)
    OS << "  " << countText(Count) << ": " << Reason << "\n";
  OS << countText(Differing, "difference") << "\n";
  return Differing;
}

} // namespace bootorder
