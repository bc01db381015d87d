#include "tool/report/Tables.h"

#include "solve/FindingText.h"
#include "support/Error.h"
#include "support/Suggest.h"
#include "tool/report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using namespace llvm;

namespace bootorder {

void printSteps(raw_ostream &OS, const SolveResult &Result) {
  for (const StepRow &Row : Result.Steps)
    OS << Row.Step.Number << '\t' << Row.Step.Function << '\t'
       << placeText(Row.Step.Place) << '\t' << join(Row.Milestones, ",")
       << '\n';
}

/// Number of the step that completes \p Milestone.
static std::optional<uint32_t> stepOf(const SolveResult &Result,
                                      StringRef Milestone) {
  for (const StepRow &Row : Result.Steps)
    if (is_contained(Row.Milestones, Milestone))
      return Row.Step.Number;
  return std::nullopt;
}

static Error noSuchMilestone(const SolveResult &Result, StringRef Name) {
  std::vector<StringRef> Known;
  for (const StepRow &Row : Result.Steps)
    Known.insert(Known.end(), Row.Milestones.begin(), Row.Milestones.end());
  StringRef Nearest = nearestWord(Name, Known);
  std::string Remedy = Nearest.empty()
                           ? "'bootorder dump steps' lists those it does"
                           : ("did you mean '" + Nearest + "'?").str();
  return makeError("this boot completes no milestone '" + Name + "'; " +
                   Remedy);
}

Error printReached(raw_ostream &OS, const SolveResult &Result,
                   StringRef Before) {
  uint32_t Last = ~0u;
  if (!Before.empty()) {
    std::optional<uint32_t> Step = stepOf(Result, Before);
    if (!Step)
      return noSuchMilestone(Result, Before);
    Last = *Step;
  }
  for (const ReachedRow &Row : Result.Reached)
    if (Row.FirstStep <= Last)
      OS << Row.Function << '\t' << Row.File << '\t' << Row.FirstStep << '\t'
         << Row.LastStep << '\n';
  return Error::success();
}

void printUnresolved(raw_ostream &OS, const SolveResult &Result) {
  for (const UnresolvedCall &Call : Result.Summary.UnresolvedCalls)
    OS << placeText(Call.Place) << ':' << Call.Place.Column << '\t'
       << Call.Function << '\t' << Call.Through << '\n';
}

} // namespace bootorder
