#include "tool/report/TextReporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace bootorder {

/// Names shown of a list that the JSON report has whole.
static constexpr size_t MaxNames = 3;

/// `a, b, c and 4 more`.
static std::string someOf(ArrayRef<std::string> Names) {
  std::string Text = join(Names.take_front(MaxNames), ", ");
  if (Names.size() > MaxNames)
    Text += " and " + countText(Names.size() - MaxNames) + " more";
  return Text;
}

static size_t countOf(const Report &R, FindingClass Class) {
  return count_if(R.Result.Findings,
                  [&](const Finding &F) { return F.Class == Class; });
}

/// ` in Linux 2.6.30 powerpc`; empty if nothing is known of the tree.
static std::string treeText(const Report &R) {
  if (R.Kernel.empty() && R.Arch.empty())
    return "";
  std::string Text = " in Linux";
  for (const std::string &Part : {R.Kernel, R.Arch})
    if (!Part.empty())
      Text += " " + Part;
  return Text;
}

/// `; 9 in the baseline, 1 suppressed`: what people have set aside.
static std::string standingText(const Report &R) {
  static constexpr std::pair<StandingKind, const char *> Known[] = {
      {StandingKind::Baselined, " in the baseline"},
      {StandingKind::Elsewhere, " not under the gate"},
      {StandingKind::Suppressed, " suppressed"},
      {StandingKind::Untouched, " that the change does not touch"}};
  std::string Text;
  for (const auto &[Kind, Words] : Known)
    if (size_t Count = R.countOf(Kind))
      Text += (Text.empty() ? "; " : ", ") + countText(Count) + Words;
  return Text;
}

/// `2 findings in Linux 2.6.30 powerpc`, with what was found but is not shown.
static std::string verdictText(const Report &R) {
  size_t Shown = R.countOf(StandingKind::New);
  std::string Noun = R.HasBaseline ? "new finding" : "finding";
  std::string Text = Shown == 0 ? "no " + Noun + "s" : countText(Shown, Noun);
  Text += treeText(R);
  if (!R.Incomplete.empty())
    Text += Shown == 0 ? ", but the analysis is incomplete"
                       : "; there may be more, the analysis is incomplete";
  Text += standingText(R);
  if (size_t Masked = countOf(R, FindingClass::Masked))
    Text +=
        "; " + countText(Masked) + " masked by the kernel (--explain-masked)";
  if (size_t Latent = countOf(R, FindingClass::Latent))
    Text += "; " + countText(Latent) + " latent (--explain-latent)";
  return Text;
}

static void printUnits(raw_ostream &OS, const Ledger &L) {
  OS << "  units: " << countText(L.UnitsParsed) << " of " << countText(L.Units)
     << " parsed, " << countText(L.UnitsWithNotes) << " with notes, "
     << countText(L.UnitsLost.size()) << " lost; " << countText(L.AssemblyUnits)
     << " of them assembly";
  if (L.ModuleUnits != 0)
    OS << "; " << countText(L.ModuleUnits) << " of modules left out";
  OS << "\n";
  if (L.UnitsLost.empty())
    return;
  std::vector<std::string> Names;
  for (const LostUnit &Unit : L.UnitsLost)
    Names.push_back(Unit.Unit + " (" + Unit.Reason + ")");
  OS << "  lost: " << someOf(Names) << "\n";
}

static void printFunctions(raw_ostream &OS, const Report &R) {
  const Ledger &L = R.Result.Summary;
  OS << "  functions: " << countText(L.Functions);
  for (const std::string &Milestone :
       ArrayRef(R.Milestones).take_front(MaxNames))
    if (auto Found = L.ReachedBefore.find(Milestone);
        Found != L.ReachedBefore.end())
      OS << ", " << countText(Found->second) << " reached before " << Milestone;
  if (L.DuplicateDefinitions != 0)
    OS << "; " << countText(L.DuplicateDefinitions, "duplicate definition");
  if (L.FlowLostFunctions != 0)
    OS << "; " << countText(L.FlowLostFunctions) << " without a flow graph";
  OS << "\n";
}

static void printSteps(raw_ostream &OS, const SolveResult &Result) {
  size_t Milestones = 0;
  for (const StepRow &Row : Result.Steps)
    Milestones += Row.Milestones.size();
  OS << "  boot: " << countText(Result.Steps.size(), "step") << ", "
     << countText(Milestones, "milestone") << " completed";
  if (!Result.Summary.MissingMilestones.empty())
    OS << "; missing: " << someOf(Result.Summary.MissingMilestones);
  if (!Result.Summary.MissingEntryPoints.empty())
    OS << "; entry points missing: "
       << someOf(Result.Summary.MissingEntryPoints);
  OS << "\n";
}

/// `3,105 of 9,210 branches decided`: how much of the boot is known.
static std::string shareText(uint64_t Part, uint64_t Whole, StringRef Nouns) {
  uint64_t Percent = Whole == 0 ? 0 : Part * 100 / Whole;
  return countText(Percent) + " % of " + countText(Whole) + " " + Nouns.str();
}

static void printKnown(raw_ostream &OS, const Ledger &L) {
  OS << "  known: "
     << shareText(L.BranchesDecided, L.Branches, "branches decided") << ", "
     << shareText(L.ValuesKnown, L.ValuesRead, "values in globals");
  if (L.IndirectCalls != 0)
    OS << ", "
       << shareText(L.IndirectCalls - L.UnresolvedCalls.size(), L.IndirectCalls,
                    "calls through pointers");
  OS << "\n";
}

static void printUnseen(raw_ostream &OS, const Ledger &L) {
  OS << "  not seen: "
     << countText(L.UnresolvedCalls.size(), "unresolved indirect call")
     << " in reached code";
  if (!L.UnresolvedCalls.empty())
    OS << " (bootorder dump unresolved)";
  OS << "; " << countText(L.Assumed.size(), "assumption") << " used; "
     << countText(L.HeldBack) << " held back below boundaries";
  if (L.Suppressed != 0)
    OS << "; " << countText(L.Suppressed) << " suppressed by rules";
  OS << "\n";
}

void printLedger(raw_ostream &OS, const Report &R) {
  bool IsClean = R.Incomplete.empty();
  WithColor(OS, IsClean ? raw_ostream::SAVEDCOLOR : raw_ostream::YELLOW,
            /*Bold=*/true)
      << verdictText(R);
  OS << "\n";
  for (const std::string &Reason : ArrayRef(R.Incomplete).take_front(MaxNames))
    OS << "  incomplete: " << Reason << "\n";
  const Ledger &L = R.Result.Summary;
  printUnits(OS, L);
  printFunctions(OS, R);
  printSteps(OS, R.Result);
  if (L.Branches != 0)
    printKnown(OS, L);
  printUnseen(OS, L);
}

} // namespace bootorder
