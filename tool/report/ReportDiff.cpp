#include "tool/report/ReportDiff.h"

#include "solve/FindingText.h"
#include "tool/report/JsonParts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include <algorithm>
#include <map>
#include <set>

using namespace llvm;

namespace bootorder {

ReportDiff compareReports(const KnownReport &Old, const KnownReport &New) {
  ReportDiff Diff;
  Diff.Old = Old.Name;
  Diff.New = New.Name;
  for (const KnownReport *Report : {&Old, &New})
    if (!Report->IsComplete)
      Diff.Incomplete.push_back(Report->Name);
  StringMap<size_t> Left;
  for (const KnownFinding &F : Old.Findings)
    ++Left[F.Fingerprint];
  for (const KnownFinding &F : New.Findings) {
    auto Known = Left.find(F.Fingerprint);
    bool IsKnown = Known != Left.end() && Known->second != 0;
    if (IsKnown)
      --Known->second;
    (IsKnown ? Diff.Unchanged : Diff.Added).push_back(F);
  }
  for (const KnownFinding &F : Old.Findings)
    if (size_t &Count = Left[F.Fingerprint]) {
      --Count;
      Diff.Fixed.push_back(F);
    }
  return Diff;
}

//===----------------------------------------------------------------------===//
// Phases
//===----------------------------------------------------------------------===//

/// The step that completes each milestone.
static std::map<std::string, uint32_t> milestonesOf(const SolveResult &Result) {
  std::map<std::string, uint32_t> Steps;
  for (const StepRow &Row : Result.Steps)
    for (const std::string &Name : Row.Milestones)
      Steps.try_emplace(Name, Row.Step.Number);
  return Steps;
}

std::vector<PhaseChange> comparePhases(const SolveResult &Old,
                                       const SolveResult &New) {
  std::map<std::string, uint32_t> OldSteps = milestonesOf(Old),
                                  NewSteps = milestonesOf(New);
  std::map<std::pair<std::string, std::string>, uint32_t> WasFirst;
  for (const ReachedRow &Row : Old.Reached)
    WasFirst.try_emplace({Row.Function, Row.File}, Row.FirstStep);

  // Helpers of headers follow their callers; people look for those.
  std::vector<PhaseChange> Changes, OfHeaders;
  for (const ReachedRow &Row : New.Reached) {
    auto Was = WasFirst.find({Row.Function, Row.File});
    if (Was == WasFirst.end())
      continue;
    PhaseChange Change{Row.Function, Row.File, {}, {}};
    for (const auto &[Name, OldStep] : OldSteps) {
      auto NewStep = NewSteps.find(Name);
      if (NewStep == NewSteps.end())
        continue;
      bool WaitedFor = OldStep < Was->second,
           WaitsFor = NewStep->second < Row.FirstStep;
      if (WaitedFor && !WaitsFor)
        Change.NowBefore.push_back(Name);
      if (!WaitedFor && WaitsFor)
        Change.NowAfter.push_back(Name);
    }
    // First what comes soonest, and last: it says the most.
    llvm::sort(Change.NowBefore, [&](const auto &A, const auto &B) {
      return NewSteps[A] < NewSteps[B];
    });
    llvm::sort(Change.NowAfter, [&](const auto &A, const auto &B) {
      return NewSteps[A] > NewSteps[B];
    });
    bool IsOfHeader = StringRef(Row.File).ends_with(".h");
    if (!Change.NowBefore.empty() || !Change.NowAfter.empty())
      (IsOfHeader ? OfHeaders : Changes).push_back(std::move(Change));
  }
  llvm::append_range(Changes, OfHeaders);
  return Changes;
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static void printFindings(raw_ostream &OS, StringRef Title,
                          const std::vector<KnownFinding> &Findings) {
  for (const KnownFinding &F : Findings)
    OS << placeText(F.Place) << ": " << F.Severity << ": " << Title << ": "
       << F.Message << ", in '" << F.Function << "' [bootorder-" << F.Rule
       << "]\n";
}

/// The first few of \p Names: the rest follows from them.
static std::string firstOf(ArrayRef<std::string> Names, StringRef Others) {
  constexpr size_t Shown = 3;
  if (Names.size() <= Shown + 1)
    return join(Names, ", ");
  return join(Names.take_front(Shown), ", ") + " and " +
         countText(Names.size() - Shown) + " " + Others.str();
}

/// `can now run before slab, irqs_on; runs only after timekeeping`.
static std::string changeText(const PhaseChange &Change) {
  std::string Text;
  if (!Change.NowBefore.empty())
    Text = "can now run before " + firstOf(Change.NowBefore, "later ones");
  if (!Change.NowAfter.empty())
    Text += (Text.empty() ? "" : "; ") +
            ("runs only after " + firstOf(Change.NowAfter, "earlier ones"));
  return Text;
}

void printDiff(raw_ostream &OS, const ReportDiff &Diff, size_t MaxPhases) {
  printFindings(OS, "new", Diff.Added);
  printFindings(OS, "fixed", Diff.Fixed);
  size_t Shown = MaxPhases == 0 ? Diff.Phases.size()
                                : std::min(MaxPhases, Diff.Phases.size());
  for (const PhaseChange &Change : ArrayRef(Diff.Phases).take_front(Shown))
    OS << Change.File << ": note: '" << Change.Function << "' "
       << changeText(Change) << "\n";
  if (size_t Left = Diff.Phases.size() - Shown)
    OS << "... " << countText(Left, "more function")
       << ", --max-functions 0 lists all\n";
  OS << countText(Diff.Added.size()) << " new, " << countText(Diff.Fixed.size())
     << " fixed, " << countText(Diff.Unchanged.size()) << " unchanged";
  if (Diff.HasPhases)
    OS << "; " << countText(Diff.Phases.size(), "function") << " changed phase";
  OS << "\n";
  for (const std::string &Name : Diff.Incomplete)
    OS << "  incomplete: the analysis of '" << Name
       << "', so findings of it may be missing\n";
}

static void writeFindings(json::OStream &J, StringRef Key,
                          const std::vector<KnownFinding> &Findings) {
  J.attributeArray(Key, [&] {
    for (const KnownFinding &F : Findings)
      J.object([&] { writeFinding(J, F); });
  });
}

void printDiffJson(raw_ostream &OS, const ReportDiff &Diff, StringRef Version,
                   const std::vector<std::string> &Moves) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", Version);
    J.attribute("old", text(Diff.Old));
    J.attribute("new", text(Diff.New));
    if (!Moves.empty())
      writeList(J, "moves", Moves);
    writeList(J, "incomplete", Diff.Incomplete);
    writeFindings(J, "added", Diff.Added);
    writeFindings(J, "fixed", Diff.Fixed);
    writeFindings(J, "unchanged", Diff.Unchanged);
    if (Diff.HasPhases)
      J.attributeArray("functions", [&] {
        for (const PhaseChange &Change : Diff.Phases)
          J.object([&] {
            J.attribute("function", text(Change.Function));
            J.attribute("file", text(Change.File));
            writeList(J, "nowBefore", Change.NowBefore);
            writeList(J, "nowAfter", Change.NowAfter);
          });
      });
  });
  OS << "\n";
}

} // namespace bootorder
