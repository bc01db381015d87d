#include "tool/report/ExplainText.h"

#include "tool/report/Report.h"
#include "tool/report/SourceLines.h"
#include "tool/report/WitnessText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace bootorder {

/// Rows of a kind that are shown unless all are asked for.
static constexpr size_t FewPhases = 4, FewContexts = 8, FewCallTargets = 8,
                        FewReasons = 2;

std::string rangeText(StepRange Steps) {
  if (Steps.First == Steps.Last)
    return "step " + utostr(Steps.First);
  return "steps " + utostr(Steps.First) + " to " + utostr(Steps.Last);
}

static void printTitle(raw_ostream &OS, const Twine &Text) {
  WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true) << Text;
  OS << "\n";
}

/// `, and 3 more: --all shows them`.
static void printLeft(raw_ostream &OS, size_t Left, const Twine &Noun) {
  if (Left != 0)
    OS << "  ... " << countText(Left) << " more " << Noun
       << ", --all shows them\n";
}

void printReasons(raw_ostream &OS, const std::vector<ReasonLine> &Why,
                  unsigned Indent) {
  for (const ReasonLine &Line : Why) {
    OS.indent(Indent + 2 * Line.Depth) << Line.Text;
    if (!Line.Place.File.empty())
      OS << " (" << placeText(Line.Place) << ")";
    OS << "\n";
  }
}

//===----------------------------------------------------------------------===//
// When it runs
//===----------------------------------------------------------------------===//

static std::string stepText(const StepPlace &Step) {
  std::string Text = "'" + Step.Function + "'";
  if (!Step.Place.File.empty())
    Text += " (" + placeText(Step.Place) + ")";
  return Text;
}

static void printMilestones(raw_ostream &OS, const Explanation &E) {
  // In the order of the boot: those it cannot run before come first.
  const MilestoneAnswer *Last = nullptr, *Next = nullptr;
  for (const MilestoneAnswer &A : E.Milestones)
    if (!A.RunsBefore)
      Last = &A;
    else if (!Next)
      Next = &A;
  if (Last)
    OS << "  cannot run before '" << Last->Milestone << "' (step "
       << Last->Step.Number << ") is complete\n";
  if (Next)
    OS << "  can run before '" << Next->Milestone << "' (step "
       << Next->Step.Number << "), and before all later milestones\n";
  if (E.WalkedSteps < E.StepCount)
    OS << "  followed up to step " << E.WalkedSteps
       << ": no selected rule needs more\n";
}

static std::string phaseText(const PhaseRun &Run) {
  std::string Text;
  if (!Run.After.empty())
    Text = "after " + Run.After;
  if (!Run.Before.empty())
    Text += (Text.empty() ? "before " : ", before ") + Run.Before;
  return Text.empty() ? "the whole boot" : Text;
}

static void printPhase(raw_ostream &OS, const PhaseRun &Run,
                       const ExplainTextOptions &Options) {
  OS << "  " << phaseText(Run) << ": " << rangeText(Run.Steps);
  if (Run.StepCount > 1)
    OS << ", runs in " << countText(Run.StepCount) << " of them";
  OS << "; first in " << stepText(Run.Step) << "\n";
  if (!Run.HeldBack.empty())
    OS << "    findings on this way are held back: " << Run.HeldBack << "\n";
  printWitness(OS, Run.Path, Options.MaxPath, /*Indent=*/4);
}

static void printPhases(raw_ostream &OS, const Explanation &E,
                        const ExplainTextOptions &Options) {
  size_t Shown = Options.WithAll ? E.Phases.size() : FewPhases;
  OS << "\n";
  printTitle(OS, "a shortest chain for each phase it runs in");
  for (const PhaseRun &Run : ArrayRef(E.Phases).take_front(Shown))
    printPhase(OS, Run, Options);
  if (E.Phases.size() > Shown)
    printLeft(OS, E.Phases.size() - Shown, "phases");
}

static void printWhen(raw_ostream &OS, const Explanation &E,
                      const ExplainTextOptions &Options) {
  if (E.Steps.empty())
    return;
  OS << "  runs in " << rangeText({E.Steps.front().First, E.Steps.back().Last})
     << " of " << countText(E.StepCount);
  if (E.IsOnSpine)
    OS << ", as a part of the boot that is walked call by call";
  OS << "\n";
  printMilestones(OS, E);
  printPhases(OS, E, Options);
}

static void printAbsence(raw_ostream &OS, const Explanation &E,
                         const ExplainTextOptions &Options) {
  OS << "  does not run";
  if (E.WalkedSteps < E.StepCount)
    OS << " before step " << E.WalkedSteps
       << ", up to which the selected rules need the boot walked";
  else
    OS << " in any of the " << countText(E.StepCount) << " steps of the boot";
  OS << "\n";
  for (const ExplainedObstacle &O : E.Obstacles) {
    OS << "\n";
    printTitle(OS, "stopped: " + O.Text);
    printReasons(OS, O.Why, 4);
    std::vector<WitnessFrame> Path{O.Call};
    Path.insert(Path.end(), O.Path.begin(), O.Path.end());
    printWitness(OS, Path, Options.MaxPath, /*Indent=*/4);
  }
  if (E.Obstacles.empty() && E.HeldBy.empty())
    OS << "  nothing that runs leads to it, by name or by pointer\n";
  for (const std::string &Holder : E.HeldBy)
    OS << "  its address is in " << Holder << "\n";
}

//===----------------------------------------------------------------------===//
// With what, and what follows from it
//===----------------------------------------------------------------------===//

static void printContexts(raw_ostream &OS, const Explanation &E,
                          const ExplainTextOptions &Options) {
  bool IsPlain = E.Contexts.size() == 1 && E.Contexts[0].Arguments.empty() &&
                 E.Contexts[0].Results.empty();
  if (E.Contexts.empty() || IsPlain)
    return;
  OS << "\n";
  printTitle(OS, countText(E.Contexts.size(), "context"));
  size_t Shown = Options.WithAll ? E.Contexts.size() : FewContexts;
  for (const ExplainedContext &C : ArrayRef(E.Contexts).take_front(Shown)) {
    OS << "  (" << (C.Arguments.empty() ? "..." : join(C.Arguments, ", "))
       << "), " << rangeText({C.Steps.front().First, C.Steps.back().Last});
    for (const ExplainedResult &R : C.Results) {
      OS << (&R == C.Results.data() ? ": returns " : ", ") << R.Value;
      if (C.Results.size() > 1)
        OS << " in " << rangeText(R.Steps);
    }
    OS << "\n";
  }
  if (E.Contexts.size() > Shown)
    printLeft(OS, E.Contexts.size() - Shown, "contexts");
}

static void printQuote(raw_ostream &OS, const SourcePlace &Place,
                       SourceLines &Lines) {
  if (std::optional<StringRef> Line = Lines.line(Place))
    OS << right_justify(utostr(Place.Line), 7) << " | " << Line->trim() << "\n";
}

static void printBranch(raw_ostream &OS, const ExplainedBranch &B,
                        SourceLines &Lines) {
  printQuote(OS, B.Place, Lines);
  OS << "  " << placeText(B.Place) << ": '" << B.Condition << "' " << B.Outcome
     << " in " << rangeText(B.Steps);
  if (B.OfContexts > 1)
    OS << ", " << countText(B.Contexts) << " of "
       << countText(B.OfContexts, "context");
  OS << "\n";
  printReasons(OS, B.Why, /*Indent=*/4);
}

static void printBranches(raw_ostream &OS, const Explanation &E,
                          SourceLines &Lines,
                          const ExplainTextOptions &Options) {
  if (E.Branches == 0)
    return;
  OS << "\n";
  std::vector<std::string> Places;
  for (const ExplainedBranch &B : E.Decided)
    if (!is_contained(Places, placeText(B.Place) + B.Condition))
      Places.push_back(placeText(B.Place) + B.Condition);
  printTitle(OS, countText(Places.size()) + " of " + countText(E.Branches) +
                     (E.Branches == 1 ? " branch" : " branches") + " decided");
  std::map<std::string, size_t> Alike; ///< by place and outcome
  for (const ExplainedBranch &B : E.Decided) {
    size_t Number =
        ++Alike[placeText(B.Place) + " '" + B.Condition + "' " + B.Outcome];
    if (Options.WithAll || Number <= FewReasons)
      printBranch(OS, B, Lines);
  }
  for (const auto &[Said, Number] : Alike)
    if (!Options.WithAll && Number > FewReasons)
      OS << "  ... " << Said << ": " << countText(Number - FewReasons)
         << " more reasons, --all shows them\n";
}

static void printCall(raw_ostream &OS, const ExplainedCall &Call,
                      const ExplainTextOptions &Options) {
  OS << "  " << placeText(Call.Place) << ": " << Call.Through;
  if (!Call.IsReached) {
    OS << " is not reached\n";
    return;
  }
  if (Call.Targets.empty()) {
    OS << " has no known target\n";
    return;
  }
  OS << " calls " << countText(Call.Targets.size(), "function");
  if (Call.FlowTargets > Call.Targets.size())
    OS << ", of " << countText(Call.FlowTargets)
       << " that registrations would allow; memory holds no other";
  OS << "\n";
  size_t Shown = Options.WithAll ? Call.Targets.size() : FewCallTargets;
  for (const ExplainedTarget &T : ArrayRef(Call.Targets).take_front(Shown)) {
    OS << "    " << T.Edge.Callee << " in " << rangeText(T.Steps);
    if (!T.Edge.Evidence.empty())
      OS << ", " << T.Edge.Evidence;
    if (!T.Edge.EvidencePlace.File.empty())
      OS << " (" << placeText(T.Edge.EvidencePlace) << ")";
    OS << "\n";
  }
  if (Call.Targets.size() > Shown)
    printLeft(OS, Call.Targets.size() - Shown, "targets");
}

void printExplanation(raw_ostream &OS, const Explanation &E,
                      const ExplainTextOptions &Options) {
  SourceLines Lines(Options.SourceRoot);
  printTitle(OS,
             E.Function +
                 (E.Place.File.empty() ? "" : " (" + placeText(E.Place) + ")"));
  if (!E.HasBody)
    OS << "  is written in assembly: what it does is not followed\n";
  if (E.Steps.empty())
    printAbsence(OS, E, Options);
  else
    printWhen(OS, E, Options);
  printContexts(OS, E, Options);
  printBranches(OS, E, Lines, Options);
  if (!E.Calls.empty()) {
    OS << "\n";
    printTitle(OS, countText(E.Calls.size(), "call") + " through pointers");
  }
  for (const ExplainedCall &Call : E.Calls)
    printCall(OS, Call, Options);
  for (const RuleExplanation &R : E.Rules)
    printRule(OS, E, R, Lines, Options);
}

} // namespace bootorder
