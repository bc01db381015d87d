#include "tool/report/ReadReport.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Json.h"

using namespace llvm;

namespace bootorder {

static Error noReport(StringRef Name, const Twine &Why) {
  return makeError("'" + Name + "' is no report of bootorder: " + Why +
                   "; write one with 'bootorder check --format json=FILE' or "
                   "'--format sarif=FILE'");
}

static std::string textAt(const json::Object &O, StringRef Key) {
  return O.getString(Key).value_or("").str();
}

/// The object that \p Keys lead to, one after the other; null if none.
static const json::Object *objectAt(const json::Object *O,
                                    std::initializer_list<StringRef> Keys) {
  for (StringRef Key : Keys)
    O = O ? O->getObject(Key) : nullptr;
  return O;
}

/// The first object of the list \p Key.
static const json::Object *firstOf(const json::Object &O, StringRef Key) {
  const json::Array *List = O.getArray(Key);
  return List && !List->empty() ? List->front().getAsObject() : nullptr;
}

static KnownFinding readOwn(const json::Object &O) {
  KnownFinding F;
  F.Fingerprint = textAt(O, "fingerprint");
  F.Rule = textAt(O, "rule");
  F.Message = textAt(O, "message");
  F.Severity = textAt(O, "severity");
  F.Function = textAt(O, "function");
  F.Place.File = textAt(O, "file");
  F.Place.Line = O.getInteger("line").value_or(0);
  return F;
}

static KnownFinding readSarif(const json::Object &O) {
  KnownFinding F;
  F.Rule = textAt(O, "ruleId");
  F.Severity = textAt(O, "level");
  if (const json::Object *Prints = O.getObject("partialFingerprints"))
    F.Fingerprint = textAt(*Prints, "bootorder/v1");
  if (const json::Object *Own = O.getObject("properties"))
    F.Message = textAt(*Own, "title");
  const json::Object *Location = firstOf(O, "locations");
  if (!Location)
    return F;
  if (auto *File = objectAt(Location, {"physicalLocation", "artifactLocation"}))
    F.Place.File = textAt(*File, "uri");
  if (auto *Region = objectAt(Location, {"physicalLocation", "region"}))
    F.Place.Line = Region->getInteger("startLine").value_or(0);
  if (auto *Logical = firstOf(*Location, "logicalLocations"))
    F.Function = textAt(*Logical, "name");
  return F;
}

/// Reads the objects of \p List with \p Read into \p Into.
static Error readAll(const json::Array &List,
                     KnownFinding (*Read)(const json::Object &),
                     KnownReport &Into) {
  for (const json::Value &Item : List) {
    const json::Object *O = Item.getAsObject();
    KnownFinding F = O ? Read(*O) : KnownFinding();
    if (F.Fingerprint.empty() || F.Rule.empty())
      return noReport(Into.Name, "finding " + Twine(Into.Findings.size() + 1) +
                                     " has no " +
                                     (F.Rule.empty() ? "rule" : "fingerprint"));
    // Masked findings and what is suppressed are none.
    const json::Array *Suppressions = O->getArray("suppressions");
    if (Suppressions && !Suppressions->empty())
      Into.Suppressed.insert(F.Fingerprint);
    else if (F.Severity != "none")
      Into.Findings.push_back(std::move(F));
  }
  return Error::success();
}

/// Which kernel it is about, of the object that says it.
static void readTree(const json::Object &O, KnownReport &Into) {
  Into.Kernel = textAt(O, "kernel");
  Into.Arch = textAt(O, "arch");
  Into.Configuration = textAt(O, "configuration");
}

/// What our own format says beside its findings.
static void readRest(const json::Object &O, KnownReport &Into) {
  if (const json::Object *Tree = O.getObject("tree"))
    readTree(*Tree, Into);
  if (const json::Array *List = O.getArray("suppressed"))
    for (const json::Value &Item : *List)
      if (const json::Object *F = Item.getAsObject())
        Into.Suppressed.insert(textAt(*F, "fingerprint"));
  if (const json::Array *List = O.getArray("sources")) {
    Into.Sources.emplace();
    for (const json::Value &File : *List)
      (*Into.Sources)[File.getAsString().value_or("").str()];
  }
}

static Error readRuns(const json::Array &Runs, KnownReport &Into) {
  for (const json::Value &Item : Runs) {
    const json::Object *Run = Item.getAsObject();
    const json::Array *Results = Run ? Run->getArray("results") : nullptr;
    if (!Results)
      return noReport(Into.Name, "a run has no results");
    if (const json::Object *Invocation = firstOf(*Run, "invocations"))
      Into.IsComplete &=
          Invocation->getBoolean("executionSuccessful").value_or(true);
    if (Error E = readAll(*Results, readSarif, Into))
      return E;
    if (const json::Object *Own = Run->getObject("properties"))
      readTree(*Own, Into);
  }
  return Error::success();
}

Expected<KnownReport> parseReport(StringRef Text, StringRef Name) {
  Expected<json::Value> Root =
      parseJson(Text, Name,
                "give a report that 'bootorder check' wrote with '--format "
                "json' or '--format sarif'");
  if (!Root)
    return Root.takeError();
  const json::Object *O = Root->getAsObject();
  if (!O)
    return noReport(Name, "it is not an object");
  KnownReport Known;
  Known.Name = Name.str();
  if (const json::Array *Runs = O->getArray("runs")) {
    if (Error E = readRuns(*Runs, Known))
      return std::move(E);
    return Known;
  }
  const json::Array *Findings = O->getArray("findings");
  if (!Findings)
    return noReport(Name, "it has neither 'findings' nor 'runs'");
  Known.IsComplete = O->getBoolean("complete").value_or(true);
  if (Error E = readAll(*Findings, readOwn, Known))
    return std::move(E);
  readRest(*O, Known);
  return Known;
}

Expected<KnownReport> readReport(StringRef Path) {
  Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  return parseReport(*Text, Path);
}

KnownReport knownReport(const Report &R, StringRef Name) {
  KnownReport Known;
  Known.Name = Name.str();
  Known.IsComplete = R.Incomplete.empty();
  Known.Kernel = R.Kernel;
  Known.Arch = R.Arch;
  Known.Configuration = R.Configuration;
  Known.Sources = R.Extents;
  Known.HasFunctions = true;
  for (const Finding &F : R.Result.Findings) {
    if (isReported(R, F))
      Known.Findings.push_back({F.Fingerprint, F.Rule, F.Message,
                                nameOf(F.Severity).str(), F.Function, F.Place});
    else if (R.standingOf(F).Kind == StandingKind::Suppressed)
      Known.Suppressed.insert(F.Fingerprint);
  }
  return Known;
}

} // namespace bootorder
