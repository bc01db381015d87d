#include "tool/report/CodeQuality.h"

#include "tool/report/JsonParts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace bootorder {

static StringRef severityOf(SeverityKind Severity) {
  switch (Severity) {
  case SeverityKind::Error:
    return "critical";
  case SeverityKind::Warning:
    return "minor";
  case SeverityKind::Note:
    return "info";
  }
  llvm_unreachable("not a severity");
}

static void writeIssue(json::OStream &J, const Twine &Description,
                       StringRef Check, StringRef Fingerprint,
                       StringRef Severity, const SourcePlace &Place) {
  J.object([&] {
    J.attribute("description", text(Description.str()));
    J.attribute("check_name", text(Check));
    J.attribute("fingerprint", text(Fingerprint));
    J.attribute("severity", Severity);
    J.attributeObject("location", [&] {
      J.attribute("path", text(Place.File));
      J.attributeObject(
          "lines", [&] { J.attribute("begin", std::max(1u, Place.Line)); });
    });
  });
}

static std::string descriptionOf(const Finding &F) {
  std::string Text = F.Message;
  if (F.Path.empty())
    return Text;
  Text += ": '" + F.Function + "' calls '" + F.Sink + "' in step '" +
          F.Step.Function + "'";
  if (!F.NeedsMilestone.empty())
    Text += (F.NeedsAfter ? ", which comes before milestone "
                          : ", which comes after milestone ") +
            F.NeedsMilestone;
  return Text;
}

void printCodeQuality(raw_ostream &OS, const Report &R) {
  json::OStream J(OS, /*IndentSize=*/2);
  StringMap<unsigned> Seen;
  J.array([&] {
    for (const Finding &F : R.Result.Findings) {
      if (!isReported(R, F) || R.standingOf(F).Kind == StandingKind::Baselined)
        continue;
      unsigned Number = ++Seen[F.Fingerprint];
      std::string Print =
          F.Fingerprint + (Number == 1 ? "" : "-" + utostr(Number));
      writeIssue(J, descriptionOf(F), F.Rule, Print, severityOf(F.Severity),
                 F.Place);
    }
    for (const std::string &Reason : R.Incomplete)
      writeIssue(J, "findings may be missing: " + Reason, "incomplete-analysis",
                 "incomplete-analysis-" + utostr(++Seen["incomplete"]),
                 "blocker", {"Makefile", 1, 0});
  });
  OS << "\n";
}

} // namespace bootorder
