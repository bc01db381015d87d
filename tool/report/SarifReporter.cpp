#include "tool/report/SarifReporter.h"

#include "solve/FindingText.h"
#include "tool/report/JsonParts.h"
#include "tool/report/SarifWriter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <limits>

using namespace llvm;

namespace bootorder {

bool SarifWriter::isWritten(const Finding &F) const {
  bool IsAskedFor =
      Options.Profile == SarifProfile::Full && Options.Also.has(F);
  if (!isShown(F))
    return IsAskedFor;
  return isReported(R, F) || (Options.Profile == SarifProfile::Full &&
                              R.standingOf(F).Kind == StandingKind::Suppressed);
}

size_t SarifWriter::limit(size_t OfGitHub) const {
  return Options.Profile == SarifProfile::GitHub
             ? OfGitHub
             : std::numeric_limits<size_t>::max();
}

void SarifWriter::writeNotification(StringRef Id, StringRef Level,
                                    StringRef Text, const SourcePlace &Place) {
  J.object([&] {
    J.attributeObject("descriptor", [&] { J.attribute("id", Id); });
    J.attribute("level", Level);
    writeMessage("message", Text);
    if (!Place.File.empty())
      J.attributeArray("locations", [&] {
        J.object([&] { writePhysical(Place, /*WithText=*/false); });
      });
  });
}

void SarifWriter::writeUnseen() {
  const Ledger &L = R.Result.Summary;
  for (const std::string &Reason : R.Incomplete)
    writeNotification("incomplete-analysis", "error",
                      "Findings may be missing: " + Reason + ".", {});
  for (const LostUnit &Unit : L.UnitsLost)
    writeNotification("lost-unit", "error",
                      "'" + Unit.Unit + "' is lost: " + Unit.Reason + ".", {});
  for (const std::string &Milestone : L.MissingMilestones)
    writeNotification("missing-milestone", "warning",
                      "Milestone '" + Milestone + "' is not in this boot.", {});
  for (const UnresolvedCall &Call : L.UnresolvedCalls)
    writeNotification("unresolved-call", "note",
                      "'" + Call.Function + "' calls '" + Call.Through +
                          "', of which no target is known.",
                      Call.Place);
  size_t Count = count_if(R.Result.Findings,
                          [&](const Finding &F) { return isWritten(F); });
  if (Count > limit(GitHubLimits::Results))
    writeNotification("results-left-out", "error",
                      "Only the first " + countText(GitHubLimits::Results) +
                          " of " + countText(Count) +
                          " findings are here; '--sarif-profile full' has all.",
                      {});
  for (const GateRemark &Remark : R.Remarks)
    writeNotification("gate-remark", "warning",
                      placeText(Remark.Where) + ": " + Remark.Message + ".",
                      {});
  for (const Finding &F : R.Result.Findings)
    if (isWritten(F) && !lineHash(F.Place))
      writeNotification("no-source", "warning",
                        "'" + placeText(F.Place) + "' could not be read.", {});
}

void SarifWriter::writeInvocation() {
  J.attributeArray("invocations", [&] {
    J.object([&] {
      // GitHub and editors show that a run went wrong: silence is no answer.
      J.attribute("executionSuccessful", R.Incomplete.empty());
      J.attributeArray("toolExecutionNotifications", [&] { writeUnseen(); });
    });
  });
}

void SarifWriter::writeRoots() {
  J.attributeObject("originalUriBaseIds", [&] {
    J.attributeObject("%SRCROOT%", [&] {
      if (!R.SourceRoot.empty())
        J.attribute("uri", "file://" + uriOf(R.SourceRoot) + "/");
      writeMessage("description", "The root of the kernel tree.");
    });
  });
}

void SarifWriter::writeProvenance() {
  if (!R.Revision)
    return;
  J.attributeArray("versionControlProvenance", [&] {
    J.object([&] {
      J.attribute("repositoryUri", R.Revision->Repository.empty()
                                       ? "file://" + uriOf(R.SourceRoot) + "/"
                                       : json::fixUTF8(R.Revision->Repository));
      J.attribute("revisionId", text(R.Revision->Id));
      if (!R.Revision->Branch.empty())
        J.attribute("branch", text(R.Revision->Branch));
      J.attributeObject("mappedTo",
                        [&] { J.attribute("uriBaseId", "%SRCROOT%"); });
    });
  });
}

/// `bootorder/powerpc/pmac32/`: GitHub keeps the alerts of each such category
/// apart, so that one configuration does not close the alerts of another.
static std::string automationId(const Report &R) {
  std::string Id = "bootorder/";
  for (const std::string &Part : {R.Arch, R.Configuration})
    if (!Part.empty())
      Id += uriOf(Part) + "/";
  return Id;
}

void SarifWriter::writeRun() {
  J.object([&] {
    writeTool();
    writeInvocation();
    J.attributeObject("automationDetails",
                      [&] { J.attribute("id", automationId(R)); });
    writeProvenance();
    writeRoots();
    writeTaxonomies();
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeArray("results", [&] {
      size_t Written = 0;
      for (const Finding &F : R.Result.Findings)
        if (isWritten(F) && Written++ < limit(GitHubLimits::Results))
          writeResult(F);
    });
    J.attributeObject("properties", [&] {
      J.attribute("kernel", text(R.Kernel));
      J.attribute("arch", text(R.Arch));
      J.attribute("configuration", text(R.Configuration));
    });
  });
}

void printSarif(raw_ostream &OS, const Report &R, const SarifOptions &Options) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("$schema",
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                "schemas/sarif-schema-2.1.0.json");
    J.attribute("version", "2.1.0");
    J.attributeArray("runs", [&] { SarifWriter(J, R, Options).writeRun(); });
  });
  OS << "\n";
}

} // namespace bootorder
