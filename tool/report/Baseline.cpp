#include "tool/report/Baseline.h"

#include "rules/MapReader.h"
#include "support/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include <ctime>
#include <map>

using namespace llvm;

namespace bootorder {

static constexpr StringRef FormatVersion = "1";

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// `2027-01-31`.
static bool isDay(StringRef Text) {
  if (Text.size() != 10 || Text[4] != '-' || Text[7] != '-')
    return false;
  unsigned Month, DayOfMonth, Year;
  return !Text.substr(0, 4).getAsInteger(10, Year) &&
         !Text.substr(5, 2).getAsInteger(10, Month) &&
         !Text.substr(8, 2).getAsInteger(10, DayOfMonth) && Month >= 1 &&
         Month <= 12 && DayOfMonth >= 1 && DayOfMonth <= 31;
}

static Expected<Expiry> parseExpiry(StringRef Text) {
  Expiry Expires;
  Expires.Text = Text.str();
  if (isDay(Text)) {
    Expires.Day = Text.str();
    return Expires;
  }
  StringRef Number = Text;
  Number.consume_front("v");
  if (Expected<VersionTuple> Kernel = parseKernelVersion(Number)) {
    Expires.Kernel = *Kernel;
    return Expires;
  } else {
    consumeError(Kernel.takeError());
  }
  return makeError("'" + Text +
                   "' is neither a day nor a kernel version; write "
                   "'2027-01-31' or 'v6.14'");
}

Error checkExpiry(StringRef Text) {
  if (Text.empty())
    return Error::success();
  return parseExpiry(Text).takeError();
}

static BaselineEntry readEntry(const YamlNode &Node,
                               DiagnosticList &Diagnostics) {
  MapReader Map(Node, "an entry of the baseline", Diagnostics);
  BaselineEntry Entry;
  Entry.Where = Node.Where;
  Entry.Fingerprint = Map.requiredText("fingerprint");
  Entry.Rule = Map.requiredText("rule");
  Entry.Arch = Map.text("arch");
  Entry.In = Map.text("in");
  Entry.Chain = Map.text("chain");
  Entry.Roots = Map.texts("roots");
  Entry.Owner = Map.requiredText("owner");
  Entry.Reason = Map.requiredText("reason");
  std::string Expires = Map.text("expires");
  if (!Expires.empty()) {
    if (Expected<Expiry> Parsed = parseExpiry(Expires))
      Entry.Expires = *Parsed;
    else
      Diagnostics.add(Map.node("expires")->Where, Parsed.takeError());
  }
  Map.finish();
  return Entry;
}

/// Two entries for one finding would accept more than either says.
static void checkTwins(const Baseline &B, DiagnosticList &Diagnostics) {
  std::map<std::pair<std::string, std::string>, const BaselineEntry *> First;
  for (const BaselineEntry &Entry : B.Entries) {
    auto [Known, IsNew] =
        First.try_emplace({Entry.Fingerprint, Entry.Arch}, &Entry);
    if (!IsNew)
      Diagnostics.add(
          Entry.Where,
          "fingerprint '" + Entry.Fingerprint + "' is in here twice",
          "join it with the entry in line " + Twine(Known->second->Where.Line));
  }
}

Expected<Baseline> parseBaseline(StringRef Text, StringRef File) {
  Expected<YamlNode> Root = parseYaml(Text, File);
  if (!Root)
    return Root.takeError();
  DiagnosticList Diagnostics;
  MapReader Map(*Root, "the baseline", Diagnostics);
  Baseline B;
  B.File = File.str();
  B.Text = Text.str();
  std::string Version = Map.requiredText("bootorder-baseline");
  if (!Version.empty() && Version != FormatVersion)
    Map.error(Map.node("bootorder-baseline")->Where,
              "baseline version '" + Version + "' is not known",
              "this program reads 'bootorder-baseline: 1'");
  for (const std::string &Directory : Map.texts("directories"))
    B.Directories.push_back(StringRef(Directory).rtrim('/').str());
  if (!Map.node("findings"))
    Map.error(Map.place(), "the baseline has no 'findings'",
              "an empty one says 'findings: []'");
  Map.each("findings", [&](const YamlNode &Node) {
    B.Entries.push_back(readEntry(Node, Diagnostics));
  });
  Map.finish();
  checkTwins(B, Diagnostics);
  if (Error E = Diagnostics.take())
    return std::move(E);
  return B;
}

Expected<Baseline> readBaseline(StringRef Path) {
  Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  return parseBaseline(*Text, Path);
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

const BaselineEntry *findEntry(const Baseline &B, const Finding &F,
                               StringRef Arch) {
  auto Found = find_if(B.Entries, [&](const BaselineEntry &Entry) {
    return Entry.Fingerprint == F.Fingerprint && Entry.Arch == Arch;
  });
  return Found == B.Entries.end() ? nullptr : &*Found;
}

std::vector<std::string> rootsBeyond(const BaselineEntry &Entry,
                                     const Finding &F) {
  std::vector<std::string> Beyond;
  copy_if(F.Roots, std::back_inserter(Beyond), [&](const std::string &Root) {
    return !is_contained(Entry.Roots, Root);
  });
  return Beyond;
}

bool hasExpired(const Expiry &Expires, StringRef Today, StringRef Kernel) {
  if (!Expires.Day.empty())
    return Today >= Expires.Day;
  if (!Expires.Kernel)
    return false;
  Expected<VersionTuple> Now = parseKernelVersion(Kernel);
  if (Now)
    return *Now >= *Expires.Kernel;
  // A tree without a version is no later than any.
  consumeError(Now.takeError());
  return false;
}

static bool isUnderGate(const Baseline &B, StringRef File) {
  if (B.Directories.empty())
    return true;
  return any_of(B.Directories, [&](StringRef Directory) {
    return File.starts_with(Directory) &&
           (File.size() == Directory.size() || File[Directory.size()] == '/');
  });
}

/// How \p F stands towards \p B.
static Standing standingIn(const Baseline &B, const Finding &F, StringRef Today,
                           const Report &R) {
  Standing Result;
  if (!isUnderGate(B, F.Place.File)) {
    Result.Kind = StandingKind::Elsewhere;
    return Result;
  }
  const BaselineEntry *Entry = findEntry(B, F, R.Arch);
  if (!Entry)
    return Result;
  Result.Where = {B.File, Entry->Where.Line, Entry->Where.Column};
  if (hasExpired(Entry->Expires, Today, R.Kernel)) {
    Result.Reason = "its entry in the baseline expired: " + Entry->Expires.Text;
    return Result;
  }
  std::vector<std::string> Beyond = rootsBeyond(*Entry, F);
  if (!Beyond.empty()) {
    Result.Reason = "its entry in the baseline does not list " +
                    countText(Beyond.size(), "root") + ": " +
                    join(Beyond, ", ");
    return Result;
  }
  Result.Kind = StandingKind::Baselined;
  Result.Reason = Entry->Reason;
  Result.Owner = Entry->Owner;
  return Result;
}

static void remarkOnStaleEntries(const Baseline &B, Report &R) {
  for (const BaselineEntry &Entry : B.Entries) {
    bool IsNeeded = any_of(R.Result.Findings, [&](const Finding &F) {
      return isShown(F) && F.Fingerprint == Entry.Fingerprint;
    });
    if (Entry.Arch != R.Arch || IsNeeded)
      continue;
    R.Remarks.push_back(
        {{B.File, Entry.Where.Line, Entry.Where.Column},
         "no finding matches this entry any more; remove it, or let 'bootorder "
         "baseline prune' do so"});
  }
}

void applyBaseline(const Baseline &B, StringRef Today, Report &R) {
  for (size_t I = 0; I != R.Result.Findings.size(); ++I)
    if (R.Standings[I].Kind == StandingKind::New &&
        isShown(R.Result.Findings[I]))
      R.Standings[I] = standingIn(B, R.Result.Findings[I], Today, R);
  R.HasBaseline = true;
  if (R.Incomplete.empty())
    remarkOnStaleEntries(B, R);
}

std::string today() {
  return formatv("{0:%Y-%m-%d}", sys::toUtcTime(std::time(nullptr))).str();
}

} // namespace bootorder
