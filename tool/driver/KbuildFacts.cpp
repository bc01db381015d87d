#include "tool/driver/KbuildFacts.h"

#include "model/CanonicalHeaders.h"
#include "store/FactsFile.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Json.h"
#include "support/Paths.h"
#include "tool/capture/Capture.h"
#include "tool/capture/Membership.h"
#include "tool/capture/standin/CompilerCommand.h"
#include "tool/driver/ExtractPool.h"
#include "tool/driver/MemoryHeaders.h"
#include "tool/driver/Pipeline.h"
#include "tool/driver/SafeRun.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static constexpr int64_t FormatVersion = 1;
static constexpr char Remedy[] = "remove the folder and run make with C=2 again";

static std::vector<std::string> words(StringRef Line) {
  SmallVector<StringRef, 16> Parts;
  SplitString(Line, Parts);
  return {Parts.begin(), Parts.end()};
}

/// `mm/slub.o` of `-Wp,-MMD,mm/.slub.o.d`; empty if there is no such word.
static std::string objectOf(ArrayRef<std::string> Words) {
  for (StringRef Word : Words) {
    if (!Word.consume_front("-Wp,-MMD,") && !Word.consume_front("-Wp,-MD,"))
      continue;
    SmallString<128> Object(sys::path::parent_path(Word));
    StringRef Name = sys::path::filename(Word);
    Name.consume_front(".");
    Name.consume_back(".d");
    sys::path::append(Object, Name);
    return finalObject(Object.str().str());
  }
  return "";
}

Expected<CapturedUnit> kbuildUnit(std::vector<std::string> Words,
                                  StringRef CheckFlags, StringRef Compiler,
                                  StringRef Directory) {
  // What is meant for sparse stands first.
  for (const std::string &Flag : words(CheckFlags))
    if (!Words.empty() && Words.front() == Flag)
      Words.erase(Words.begin());
  if (Words.empty() || !StringRef(Words.back()).ends_with(".c"))
    return makeError(
        "no source at the end of the command line; bootorder-check "
        "is run by Kbuild: make C=1 CHECK=bootorder-check");
  CapturedUnit Unit;
  Unit.Directory = Directory.str();
  std::string Source = std::move(Words.back());
  Words.pop_back();
  Unit.File = absolutePath(Source, Directory);
  Unit.Output = objectOf(Words);
  if (Unit.Output.empty()) {
    SmallString<128> Object(treeRelativePath(Unit.File, Directory));
    sys::path::replace_extension(Object, "o");
    Unit.Output = Object.str().str();
  }
  Unit.Arguments = words(Compiler);
  Unit.Arguments.insert(Unit.Arguments.end(), Words.begin(), Words.end());
  for (const std::string &Word :
       {std::string("-c"), std::string("-o"), Unit.Output, Source})
    Unit.Arguments.push_back(Word);
  return Unit;
}

/// FOLDER/units/OBJECT and \p Extension, inside the folder whatever the object.
static std::string unitFile(StringRef Folder, StringRef Object,
                            StringRef Extension) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, "units");
  for (StringRef Part : split(Object, '/'))
    if (!Part.empty())
      sys::path::append(Path, Part == ".." ? "__" : Part);
  return (Path + Extension).str();
}

static std::string describe(const CapturedUnit &Unit, StringRef Lost) {
  json::Array Arguments;
  for (const std::string &Argument : Unit.Arguments)
    Arguments.push_back(jsonText(Argument));
  json::Object Object{{"format", FormatVersion},
                      {"directory", jsonText(Unit.Directory)},
                      {"file", jsonText(Unit.File)},
                      {"output", jsonText(Unit.Output)},
                      {"arguments", std::move(Arguments)}};
  if (!Lost.empty())
    Object["lost"] = jsonText(Lost);
  return formatv("{0:2}\n", json::Value(std::move(Object)));
}

/// Parses \p Request into the file \p Facts; the reason why that failed, else
/// empty.
static Expected<std::string> extractInto(const ExtractRequest &Request,
                                         StringRef FactsFile) {
  std::string Lost, Bytes;
  std::optional<int> Crash = runSafely([&] {
    MemoryHeaders Headers;
    auto Result = extractSource(Request, &Headers, vfs::getRealFileSystem());
    if (Result)
      Bytes = encodeUnit(Result->Facts, Headers.take());
    else
      Lost = toString(Result.takeError());
  });
  if (Crash)
    return "the parser crashed (status " + itostr(*Crash) + ")";
  if (!Lost.empty())
    return Lost;
  if (Error E = makeFolder(sys::path::parent_path(FactsFile)))
    return std::move(E);
  if (Error E = writeFile(FactsFile, Bytes))
    return std::move(E);
  return "";
}

Expected<std::string> writeKbuildUnit(const CapturedUnit &Unit,
                                      StringRef Folder) {
  CapturedTree Tree;
  Tree.Units = {Unit};
  if (Error E = describePlainDatabase(Tree))
    return withContext(std::move(E), "'" + Unit.File + "'");
  Expected<TreeUnits> Units = unitsOf(Tree);
  if (!Units)
    return Units.takeError();
  Expected<std::string> Lost = std::string();
  if (!Units->Requests.empty())
    Lost = extractInto(Units->Requests.front(),
                       unitFile(Folder, Unit.Output, ".facts"));
  if (!Lost)
    return Lost;
  std::string File = unitFile(Folder, Unit.Output, ".json");
  if (Error E = makeFolder(sys::path::parent_path(File)))
    return std::move(E);
  if (Error E = writeFile(File, describe(Unit, *Lost)))
    return std::move(E);
  return Lost;
}

bool isKbuildFolder(StringRef Folder) {
  return !sys::fs::exists(Folder + "/tree.json") &&
         !sys::fs::exists(Folder + "/index.json") &&
         sys::fs::is_directory(Folder + "/units");
}

namespace {

/// One OBJECT.json.
struct KbuildRecord {
  int64_t Format = 0;
  CapturedUnit Unit;
  std::string Lost;
};

bool fromJSON(const json::Value &V, KbuildRecord &R, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("format", R.Format) &&
         O.map("directory", R.Unit.Directory) && O.map("file", R.Unit.File) &&
         O.map("output", R.Unit.Output) &&
         O.map("arguments", R.Unit.Arguments) && O.mapOptional("lost", R.Lost);
}

} // namespace

static Expected<KbuildRecord> readRecord(StringRef File) {
  Expected<std::string> Text = readFile(File);
  if (!Text)
    return Text.takeError();
  KbuildRecord Record;
  json::Path::Root Where("unit");
  Expected<json::Value> Root = parseJson(*Text, File, Remedy);
  if (!Root)
    return Root.takeError();
  if (!fromJSON(*Root, Record, Where) || Record.Format != FormatVersion)
    return makeError("'" + File + "' was written by another version; " + Remedy);
  return Record;
}

/// The OBJECT.json below \p Folder, sorted.
static Expected<std::vector<std::string>> listRecords(StringRef Folder) {
  std::vector<std::string> Files;
  std::error_code Code;
  sys::fs::recursive_directory_iterator At(Folder + "/units", Code), End;
  for (; At != End && !Code; At.increment(Code))
    if (StringRef(At->path()).ends_with(".json"))
      Files.push_back(At->path());
  if (Code)
    return makeError("cannot list '" + Folder + "': " + Code.message());
  if (Files.empty())
    return makeError("'" + Folder +
                     "' has no facts yet; run make C=2 CHECK=bootorder-check");
  llvm::sort(Files);
  return Files;
}

/// Adds the facts in \p File to \p Facts; of header functions with one key the
/// first remains.
static Error addFacts(StringRef File, TreeFacts &Facts,
                      MemoryHeaders &Headers) {
  Expected<FactsFile> Read = readFactsFile(File);
  if (!Read)
    return Read.takeError();
  if (!Read->Unit)
    return makeError("'" + File + "' has no unit; " + Remedy);
  Facts.Units.push_back(std::move(*Read->Unit));
  for (HeaderFacts &Header : Read->Headers)
    Headers.publish(std::move(Header));
  return Error::success();
}

Expected<TreeFacts> readKbuildFacts(StringRef Folder, const RuleSet &Rules) {
  Expected<std::vector<std::string>> Files = listRecords(Folder);
  if (!Files)
    return Files.takeError();
  CapturedTree Tree;
  std::map<std::string, std::string> Reasons; // by object
  for (const std::string &File : *Files) {
    Expected<KbuildRecord> Record = readRecord(File);
    if (!Record)
      return Record.takeError();
    if (!Record->Lost.empty())
      Reasons[Record->Unit.Output] = Record->Lost;
    Tree.Units.push_back(std::move(Record->Unit));
  }
  if (Error E = describePlainDatabase(Tree))
    return withContext(std::move(E), "'" + Folder + "'");
  assignMembership(Tree, linkRoots(Tree.ObjectRoot));
  sortTree(Tree);
  Expected<TreeUnits> Units = unitsOf(Tree);
  if (!Units)
    return Units.takeError();

  TreeFacts Facts;
  Facts.Tree = std::move(Units->Tree);
  Facts.Lost = std::move(Units->Lost);
  MemoryHeaders Headers;
  for (const ExtractRequest &Request : Units->Requests) {
    auto Lost = Reasons.find(Request.Output);
    if (Lost != Reasons.end())
      Facts.Lost.push_back({Request.Output, Lost->second, Request.Output});
    else if (Error E = addFacts(unitFile(Folder, Request.Output, ".facts"),
                                Facts, Headers))
      return std::move(E);
  }
  Facts.Headers = Headers.take();
  canonicaliseHeaders(Facts.Units, Facts.Headers);
  Facts.Tree.Like = likeEntryUnit(Units->Requests, Facts.Units, Rules);
  sortLost(Facts.Lost);
  return Facts;
}

} // namespace bootorder
