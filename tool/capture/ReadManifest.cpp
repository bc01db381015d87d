#include "tool/capture/CaptureManifest.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Json.h"
#include "support/Paths.h"
#include "tool/capture/CommandFile.h"
#include "tool/capture/ResponseFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {
namespace {

constexpr int64_t SchemaVersion = 1;
constexpr StringLiteral Remedy =
    "write it again with 'bootorder capture -- make ...'";

/// One entry of a compile database. Older ones have a shell command instead of
/// arguments, and no output.
struct DatabaseEntry {
  std::string Directory, File, Output, Command;
  std::vector<std::string> Arguments;
};

bool fromJSON(const json::Value &V, DatabaseEntry &Entry, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("directory", Entry.Directory) &&
         O.map("file", Entry.File) && O.mapOptional("output", Entry.Output) &&
         O.mapOptional("command", Entry.Command) &&
         O.mapOptional("arguments", Entry.Arguments);
}

/// A unit of the manifest, its words not yet understood.
struct UnitRecord {
  std::string Kind, Where;
  CapturedUnit Unit;
};

bool fromJSON(const json::Value &V, UnitRecord &R, json::Path P) {
  json::ObjectMapper O(V, P);
  CapturedUnit &Unit = R.Unit;
  return O && O.map("kind", R.Kind) && O.map("source", Unit.File) &&
         O.map("object", Unit.Output) && O.map("membership", R.Where) &&
         O.mapOptional("prefix", Unit.SymbolPrefix) &&
         O.mapOptional("in", Unit.PartOf) &&
         O.mapOptional("directory", Unit.Directory) &&
         O.mapOptional("arguments", Unit.Arguments);
}

struct CompilerRecord {
  std::vector<std::string> Command;
  std::string Kind, Version;
};

bool fromJSON(const json::Value &V, CompilerRecord &R, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("command", R.Command) && O.map("kind", R.Kind) &&
         O.map("version", R.Version);
}

struct TreeRecord {
  int64_t Schema = 0;
  CapturedTree Tree;
  CompilerRecord Compiler;
  std::vector<UnitRecord> Units;
};

bool fromJSON(const json::Value &V, TreeRecord &R, json::Path P) {
  json::ObjectMapper O(V, P);
  CapturedTree &T = R.Tree;
  return O && O.map("complete", T.IsComplete) &&
         O.map("sourceRoot", T.SourceRoot) &&
         O.map("objectRoot", T.ObjectRoot) && O.map("kernel", T.Kernel) &&
         O.map("arch", T.Arch) && O.map("srcArch", T.SrcArch) &&
         O.map("config", T.ConfigFile) && O.map("compiler", R.Compiler) &&
         O.map("wanted", T.WantedObjects) && O.map("units", R.Units);
}

Error malformed(StringRef File, json::Path::Root &Where) {
  return makeError("'" + File + "': " + toString(Where.getError()) + "; " + Remedy);
}

/// The argument of `-o`, for databases that do not name their outputs.
std::string outputOf(const std::vector<std::string> &Arguments) {
  for (size_t I = 0; I + 1 < Arguments.size(); ++I)
    if (Arguments[I] == "-o")
      return Arguments[I + 1];
  return "";
}

CapturedUnit toUnit(DatabaseEntry Entry,
                    std::vector<std::string> &ResponseFiles) {
  CapturedUnit Unit;
  if (Entry.Arguments.empty())
    Entry.Arguments = shellWords(Entry.Command);
  // First of all: a response file may name the output, or say -DMODULE.
  Unit.Unreadable =
      expandResponseFiles(Entry.Arguments, Entry.Directory, ResponseFiles);
  Unit.Output = Entry.Output.empty() ? outputOf(Entry.Arguments) : Entry.Output;
  Unit.File = absolutePath(Entry.File, Entry.Directory);
  Unit.Directory = std::move(Entry.Directory);
  Unit.Arguments = std::move(Entry.Arguments);
  if (StringRef(Unit.File).ends_with(".S"))
    Unit.Kind = UnitKind::Assembly;
  return Unit;
}

Expected<std::vector<CapturedUnit>>
parseDatabase(const NamedText &File, std::vector<std::string> &ResponseFiles) {
  Expected<json::Value> Root = parseJson(File.Text, File.Path, Remedy);
  if (!Root)
    return Root.takeError();
  std::vector<DatabaseEntry> Entries;
  json::Path::Root Where("compile database");
  if (!fromJSON(*Root, Entries, Where))
    return malformed(File.Path, Where);
  std::vector<CapturedUnit> Units;
  for (DatabaseEntry &Entry : Entries)
    Units.push_back(toUnit(std::move(Entry), ResponseFiles));
  return Units;
}

Membership membershipFromName(StringRef Name) {
  return StringSwitch<Membership>(Name)
      .Case("module", Membership::Module)
      .Case("other", Membership::Other)
      .Default(Membership::Builtin);
}

/// Puts the C units' commands, which only the database has, into \p Units.
Error joinCommands(std::vector<UnitRecord> &Units,
                   std::vector<CapturedUnit> Database, StringRef File,
                   CapturedTree &Tree) {
  StringMap<CapturedUnit> ByObject;
  for (CapturedUnit &Unit : Database)
    ByObject[Unit.Output] = std::move(Unit);
  for (UnitRecord &Record : Units) {
    CapturedUnit &Unit = Record.Unit;
    Unit.Where = membershipFromName(Record.Where);
    if (Record.Kind == "asm") {
      Unit.Kind = UnitKind::Assembly;
      Unit.Unreadable = expandResponseFiles(Unit.Arguments, Unit.Directory,
                                            Tree.ResponseFiles);
    } else {
      auto Found = ByObject.find(Unit.Output);
      if (Found == ByObject.end())
        return makeError("'" + File + "' has no command for '" + Unit.Output +
                         "', which capture.json names; " + Remedy);
      Unit.Directory = Found->second.Directory;
      Unit.Arguments = Found->second.Arguments;
      Unit.Unreadable = Found->second.Unreadable;
    }
    Tree.Units.push_back(std::move(Unit));
  }
  return Error::success();
}

Expected<CapturedTree> parseManifest(const NamedText &File,
                                     StringRef DatabaseFile,
                                     std::vector<CapturedUnit> Database) {
  Expected<json::Value> Root = parseJson(File.Text, File.Path, Remedy);
  if (!Root)
    return Root.takeError();
  // Another version may lack keys: ask for it first.
  const json::Object *Object = Root->getAsObject();
  if (!Object || Object->getInteger("schema") != SchemaVersion)
    return makeError("'" + File.Path + "' is not a capture of this version; " +
                     Remedy);
  TreeRecord Record;
  json::Path::Root Where("capture.json");
  if (!fromJSON(*Root, Record, Where))
    return malformed(File.Path, Where);
  CapturedTree Tree = std::move(Record.Tree);
  Tree.Compiler = std::move(Record.Compiler.Command);
  Tree.CompilerVersion = std::move(Record.Compiler.Version);
  Tree.Kind =
      Record.Compiler.Kind == "clang" ? CompilerKind::Clang : CompilerKind::Gcc;
  if (Error E =
          joinCommands(Record.Units, std::move(Database), DatabaseFile, Tree))
    return std::move(E);
  return Tree;
}

Expected<NamedText> readNamed(StringRef Path) {
  Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  return NamedText{Path.str(), std::move(*Text)};
}

} // namespace

Expected<CapturedTree>
parseCapturedTree(const NamedText &Database,
                  const std::optional<NamedText> &Manifest) {
  std::vector<std::string> ResponseFiles;
  Expected<std::vector<CapturedUnit>> Units =
      parseDatabase(Database, ResponseFiles);
  if (!Units)
    return Units.takeError();
  if (Manifest) {
    Expected<CapturedTree> Tree =
        parseManifest(*Manifest, Database.Path, std::move(*Units));
    if (Tree)
      append_range(Tree->ResponseFiles, ResponseFiles);
    return Tree;
  }
  CapturedTree Tree;
  Tree.ResponseFiles = std::move(ResponseFiles);
  Tree.Units = std::move(*Units);
  if (Error E = describePlainDatabase(Tree))
    return withContext(std::move(E), "'" + Database.Path + "'");
  sortTree(Tree);
  return Tree;
}

Expected<CapturedTree> readCapturedTree(StringRef Directory) {
  SmallString<256> Database(Directory), Manifest(Directory);
  sys::path::append(Database, "compile_commands.json");
  sys::path::append(Manifest, "capture.json");
  if (!sys::fs::exists(Database))
    return makeError("no compile database '" + Database.str() +
                     "'; make one with 'bootorder capture -o " + Directory +
                     " -- make ...'");
  Expected<NamedText> Commands = readNamed(Database);
  if (!Commands)
    return Commands.takeError();
  if (!sys::fs::exists(Manifest))
    return parseCapturedTree(*Commands, std::nullopt);
  Expected<NamedText> Rest = readNamed(Manifest);
  if (!Rest)
    return Rest.takeError();
  return parseCapturedTree(*Commands, std::move(*Rest));
}

} // namespace bootorder
