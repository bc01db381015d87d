#include "tool/report/JsonReporter.h"

#include "tool/report/JsonParts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace bootorder {

static void writeValue(json::OStream &J, const Finding &F) {
  if (!F.HasValue) {
    J.attribute("value", nullptr);
    return;
  }
  J.attributeObject("value", [&] {
    J.attribute("text", text(F.Value.Text));
    J.attribute("known", F.Value.IsKnown);
    if (F.Value.IsKnown)
      J.attribute("number", F.Value.Number);
    J.attribute("bitName", text(F.Value.BitName));
    J.attribute("bit", F.Value.Bit);
  });
}

static void writePlacement(json::OStream &J, const Finding &F) {
  J.attribute("sink", text(F.Sink));
  J.attribute("function", text(F.Function));
  J.attribute("file", text(F.Place.File));
  J.attribute("line", F.Place.Line);
  J.attribute("column", F.Place.Column);
  J.attributeObject("step", [&] { writeStep(J, F.Step); });
  J.attributeObject("needs", [&] {
    J.attribute("milestone", text(F.NeedsMilestone));
    J.attribute("means", text(F.MilestoneMeans));
    J.attribute("order", F.NeedsAfter ? "after" : "before");
    writeStep(J, F.Milestone);
  });
}

static void writeStanding(json::OStream &J, const Standing &S) {
  J.attribute("standing", nameOf(S.Kind));
  J.attribute("standingReason", text(S.Reason));
  J.attribute("standingOwner", text(S.Owner));
  J.attribute("standingFile", text(S.Where.File));
  J.attribute("standingLine", S.Where.Line);
}

static void writeGuards(json::OStream &J, const Finding &F) {
  J.attributeArray("guards", [&] {
    for (const GuardNote &Note : F.Guards)
      J.object([&] {
        J.attribute("condition", text(Note.Condition));
        J.attribute("function", text(Note.Function));
        J.attribute("file", text(Note.Place.File));
        J.attribute("line", Note.Place.Line);
        J.attribute("known", Note.IsKnown);
        J.attribute("text", text(Note.Text));
        J.attribute("causeFile", text(Note.Cause.File));
        J.attribute("causeLine", Note.Cause.Line);
      });
  });
}

static void writeFinding(json::OStream &J, const Report &R, const Finding &F) {
  J.object([&] {
    J.attribute("rule", text(F.Rule));
    J.attribute("class", nameOf(F.Class));
    J.attribute("severity", nameOf(F.Severity));
    J.attribute("confidence", nameOf(F.Confidence));
    J.attribute("confidenceReason", text(F.ConfidenceReason));
    J.attribute("message", text(F.Message));
    J.attribute("why", text(F.Why));
    J.attribute("doc", text(F.Doc));
    writePlacement(J, F);
    writeValue(J, F);
    J.attribute("fingerprint", text(F.Fingerprint));
    writeStanding(J, R.standingOf(F));
    writeList(J, "roots", F.Roots);
    J.attributeArray("others", [&] {
      for (const OtherPlace &Other : F.Others)
        J.object([&] {
          J.attribute("sink", text(Other.Sink));
          J.attribute("function", text(Other.Function));
          J.attribute("file", text(Other.Place.File));
          J.attribute("line", Other.Place.Line);
        });
    });
    J.attributeArray("path", [&] {
      for (const WitnessFrame &Frame : F.Path)
        writeFrame(J, Frame);
    });
    writeGuards(J, F);
    if (!F.Failure.Call.empty())
      J.attributeObject("onlyAfterFailureOf", [&] {
        J.attribute("call", text(F.Failure.Call));
        J.attribute("function", text(F.Failure.Function));
        J.attribute("file", text(F.Failure.Place.File));
        J.attribute("line", F.Failure.Place.Line);
      });
    J.attribute("effect", text(F.Effect));
    J.attribute("effectMeans", text(F.EffectMeans));
    J.attributeArray("effectPath", [&] {
      for (const WitnessFrame &Frame : F.EffectPath)
        writeFrame(J, Frame);
    });
  });
}

static void writeUnits(json::OStream &J, const Ledger &L) {
  J.attribute("units", L.Units);
  J.attribute("unitsParsed", L.UnitsParsed);
  J.attribute("unitsWithNotes", L.UnitsWithNotes);
  J.attributeArray("unitsLost", [&] {
    for (const LostUnit &Unit : L.UnitsLost)
      J.object([&] {
        J.attribute("unit", text(Unit.Unit));
        J.attribute("reason", text(Unit.Reason));
      });
  });
  J.attribute("moduleUnits", L.ModuleUnits);
  J.attribute("assemblyUnits", L.AssemblyUnits);
}

static void writeLedger(json::OStream &J, const Report &R) {
  const Ledger &L = R.Result.Summary;
  writeUnits(J, L);
  J.attribute("functions", L.Functions);
  J.attribute("duplicateDefinitions", L.DuplicateDefinitions);
  writeList(J, "duplicates", L.Duplicates);
  J.attribute("flowLostFunctions", L.FlowLostFunctions);
  J.attributeObject("reachedBefore", [&] {
    for (const auto &[Milestone, Count] : L.ReachedBefore)
      J.attribute(json::fixUTF8(Milestone), Count);
  });
  J.attribute("steps", static_cast<int64_t>(R.Result.Steps.size()));
  writeList(J, "missingMilestones", L.MissingMilestones);
  writeList(J, "missingEntryPoints", L.MissingEntryPoints);
  J.attribute("indirectCalls", L.IndirectCalls);
  J.attribute("unresolvedIndirectCalls",
              static_cast<int64_t>(L.UnresolvedCalls.size()));
  J.attribute("branches", L.Branches);
  J.attribute("branchesDecided", L.BranchesDecided);
  J.attribute("valuesRead", L.ValuesRead);
  J.attribute("valuesKnown", L.ValuesKnown);
  writeList(J, "assumed", L.Assumed);
  J.attribute("heldBack", L.HeldBack);
  J.attribute("suppressed", L.Suppressed);
  for (FindingClass Class : {FindingClass::Masked, FindingClass::Latent})
    J.attribute(nameOf(Class), static_cast<int64_t>(count_if(
                                   R.Result.Findings, [&](const Finding &F) {
                                     return F.Class == Class;
                                   })));
  J.attributeObject("standings", [&] {
    for (StandingKind Kind : {StandingKind::Baselined, StandingKind::Suppressed,
                              StandingKind::Untouched, StandingKind::Elsewhere})
      J.attribute(nameOf(Kind), static_cast<int64_t>(R.countOf(Kind)));
  });
}

static void writeRemarks(json::OStream &J, const Report &R) {
  J.attributeArray("remarks", [&] {
    for (const GateRemark &Remark : R.Remarks)
      J.object([&] {
        J.attribute("file", text(Remark.Where.File));
        J.attribute("line", Remark.Where.Line);
        J.attribute("column", Remark.Where.Column);
        J.attribute("message", text(Remark.Message));
      });
  });
}

static void writeClass(json::OStream &J, const Report &R, FindingClass Class) {
  J.attributeArray(nameOf(Class), [&] {
    for (const Finding &F : R.Result.Findings)
      if (F.Class == Class)
        writeFinding(J, R, F);
  });
}

void printJson(raw_ostream &OS, const Report &R, OnRequest Also) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", R.Version);
    J.attributeObject("tree", [&] {
      J.attribute("kernel", text(R.Kernel));
      J.attribute("arch", text(R.Arch));
      J.attribute("configuration", text(R.Configuration));
    });
    J.attribute("complete", R.Incomplete.empty());
    writeList(J, "incomplete", R.Incomplete);
    J.attributeObject("ledger", [&] { writeLedger(J, R); });
    J.attributeArray("findings", [&] {
      for (const Finding &F : R.Result.Findings)
        if (isReported(R, F))
          writeFinding(J, R, F);
    });
    J.attributeArray("suppressed", [&] {
      for (const Finding &F : R.Result.Findings)
        if (isShown(F) && R.standingOf(F).Kind == StandingKind::Suppressed)
          writeFinding(J, R, F);
    });
    if (Also.Masked)
      writeClass(J, R, FindingClass::Masked);
    if (Also.Latent)
      writeClass(J, R, FindingClass::Latent);
    writeRemarks(J, R);
    J.attributeArray("sources", [&] {
      for (const auto &[File, Functions] : R.Extents)
        J.value(text(File));
    });
  });
  OS << "\n";
}

} // namespace bootorder
