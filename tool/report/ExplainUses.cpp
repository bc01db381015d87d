#include "tool/report/ExplainText.h"
#include "tool/report/Report.h"
#include "tool/report/SourceLines.h"
#include "tool/report/WitnessText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace bootorder {

/// Uses of one outcome that are shown unless all are asked for.
static constexpr size_t FewUses = 5;

StringRef nameOf(UseOutcomeKind Outcome) {
  switch (Outcome) {
  case UseOutcomeKind::Reported:
    return "reported";
  case UseOutcomeKind::Masked:
    return "masked";
  case UseOutcomeKind::Latent:
    return "latent";
  case UseOutcomeKind::HeldBack:
    return "held back";
  case UseOutcomeKind::Harmless:
    return "harmless";
  case UseOutcomeKind::Guarded:
    return "guarded";
  }
  llvm_unreachable("not an outcome");
}

static void printUse(raw_ostream &OS, const ExplainedUse &Use,
                     const ExplainTextOptions &Options) {
  OS << "  ";
  WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true)
      << nameOf(Use.Outcome) << ": ";
  OS << "'" << Use.Sink << "' in '" << Use.Function << "' ("
     << placeText(Use.Place) << ")";
  if (!Use.Text.empty())
    OS << "; " << Use.Text;
  if (Use.Others != 0)
    OS << ", from " << countText(Use.Others, "other use") << " as well";
  OS << "\n";
  printReasons(OS, Use.Why, /*Indent=*/6);
  bool IsDull = Use.Outcome == UseOutcomeKind::Harmless && !Options.WithAll;
  if (Use.Path.size() > 1 && !IsDull)
    printWitness(OS, Use.Path, Options.MaxPath, /*Indent=*/4);
}

void printRule(raw_ostream &OS, const Explanation &E, const RuleExplanation &R,
               SourceLines &, const ExplainTextOptions &Options) {
  OS << "\n";
  WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true)
      << "rule " << R.Rule << ", "
      << (R.NeedsAfter ? "which needs milestone "
                       : "which must precede milestone ")
      << R.Milestone;
  OS << " (step " << R.MilestoneStep.Number << ", "
     << placeText(R.MilestoneStep.Place) << ")\n";
  if (!R.RunsInWindow) {
    OS << "  '" << E.Function << "' does not run "
       << (R.NeedsAfter ? "before" : "after")
       << " that: nothing in it or below it can be reported\n";
    return;
  }
  if (R.Uses.empty())
    OS << "  no sink of the rule is in it or below it\n";
  std::map<UseOutcomeKind, size_t> Count;
  for (const ExplainedUse &Use : R.Uses)
    if (++Count[Use.Outcome] <= FewUses || Options.WithAll)
      printUse(OS, Use, Options);
  for (const auto &[Outcome, Number] : Count)
    if (Number > FewUses && !Options.WithAll)
      OS << "  ... " << countText(Number - FewUses) << " more "
         << nameOf(Outcome) << ", --all shows them\n";
}

} // namespace bootorder
