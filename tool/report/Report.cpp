#include "tool/report/Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace bootorder {

const Standing &Report::standingOf(const Finding &F) const {
  static const Standing IsNew;
  return Standings.empty() ? IsNew : Standings[&F - Result.Findings.data()];
}

size_t Report::countOf(StandingKind Kind) const {
  return count_if(Result.Findings, [&](const Finding &F) {
    return isShown(F) && standingOf(F).Kind == Kind;
  });
}

bool isReported(const Report &R, const Finding &F) {
  StandingKind Kind = R.standingOf(F).Kind;
  return isShown(F) && Kind != StandingKind::Suppressed &&
         Kind != StandingKind::Untouched;
}

StringRef nameOf(StandingKind Kind) {
  switch (Kind) {
  case StandingKind::New:
    return "new";
  case StandingKind::Baselined:
    return "baselined";
  case StandingKind::Suppressed:
    return "suppressed";
  case StandingKind::Untouched:
    return "untouched";
  case StandingKind::Elsewhere:
    return "elsewhere";
  }
  llvm_unreachable("not a standing");
}

StringRef nameOf(FindingClass Class) {
  switch (Class) {
  case FindingClass::Violation:
    return "violation";
  case FindingClass::Masked:
    return "masked";
  case FindingClass::Latent:
    return "latent";
  }
  llvm_unreachable("not a class");
}

StringRef nameOf(SeverityKind Severity) {
  switch (Severity) {
  case SeverityKind::Error:
    return "error";
  case SeverityKind::Warning:
    return "warning";
  case SeverityKind::Note:
    return "note";
  }
  llvm_unreachable("not a severity");
}

StringRef nameOf(ConfidenceKind Confidence) {
  switch (Confidence) {
  case ConfidenceKind::High:
    return "high";
  case ConfidenceKind::Medium:
    return "medium";
  case ConfidenceKind::Low:
    return "low";
  }
  llvm_unreachable("not a confidence");
}

StringRef nameOf(WitnessEdgeKind Edge) {
  switch (Edge) {
  case WitnessEdgeKind::Direct:
    return "direct";
  case WitnessEdgeKind::Cleanup:
    return "cleanup";
  case WitnessEdgeKind::Ops:
    return "ops";
  case WitnessEdgeKind::Pointer:
    return "pointer";
  case WitnessEdgeKind::Table:
    return "table";
  case WitnessEdgeKind::Assembly:
    return "assembly";
  case WitnessEdgeKind::Assumed:
    return "assumed";
  case WitnessEdgeKind::Sink:
    return "sink";
  }
  llvm_unreachable("not an edge");
}

std::string countText(uint64_t Count) {
  std::string Digits = utostr(Count);
  for (size_t At = Digits.size(); At > 3;) {
    At -= 3;
    Digits.insert(At, 1, ',');
  }
  return Digits;
}

std::string countText(uint64_t Count, StringRef Noun) {
  return (countText(Count) + " " + Noun + (Count == 1 ? "" : "s")).str();
}

} // namespace bootorder
