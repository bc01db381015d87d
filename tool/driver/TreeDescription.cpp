#include "tool/driver/TreeFacts.h"

#include "support/Error.h"
#include "support/Json.h"

using namespace llvm;

namespace bootorder {

/// Raised when the meaning of tree.json or of the files beside it changes.
static constexpr int64_t FormatVersion = 1;

static void writeStrings(json::OStream &J, StringRef Key,
                         const std::vector<std::string> &List) {
  J.attributeArray(Key, [&] {
    for (const std::string &Item : List)
      J.value(jsonText(Item));
  });
}

static void writeLike(json::OStream &J, const ExtractRequest &Like) {
  J.attributeObject("like", [&] {
    J.attribute("directory", jsonText(Like.Directory));
    J.attribute("file", jsonText(Like.File));
    J.attribute("output", jsonText(Like.Output));
    writeStrings(J, "arguments", Like.Arguments);
  });
}

std::string describeTree(const TreeFacts &Facts) {
  const TreeDescription &Tree = Facts.Tree;
  std::string Text;
  raw_string_ostream OS(Text);
  json::OStream J(OS, /*IndentSize=*/1);
  J.object([&] {
    J.attribute("format", FormatVersion);
    J.attribute("kernel", jsonText(Tree.Kernel));
    J.attribute("arch", jsonText(Tree.Arch));
    J.attribute("sourceRoot", jsonText(Tree.SourceRoot));
    if (Tree.Config)
      writeStrings(J, "config", *Tree.Config);
    J.attribute("complete", Tree.IsCaptureComplete);
    J.attribute("moduleUnits", Tree.ModuleUnits);
    J.attributeObject("prefixes", [&] {
      for (const auto &[Object, Prefix] : Tree.Prefixes)
        J.attribute(json::fixUTF8(Object), jsonText(Prefix));
    });
    writeLike(J, Tree.Like);
    J.attributeObject("constants", [&] {
      for (const auto &[Name, Value] : Tree.Constants)
        J.attribute(json::fixUTF8(Name), Value);
    });
    J.attributeArray("lost", [&] {
      for (const LostUnit &Unit : Facts.Lost)
        J.object([&] {
          J.attribute("unit", jsonText(Unit.Unit));
          J.attribute("reason", jsonText(Unit.Reason));
          if (!Unit.Output.empty())
            J.attribute("object", jsonText(Unit.Output));
        });
    });
  });
  OS << "\n";
  return Text;
}

namespace {

/// How llvm::json reads the parts; found by argument-dependent look-up.
struct LostRecord : LostUnit {};

bool fromJSON(const json::Value &V, LostRecord &Unit, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("unit", Unit.Unit) && O.map("reason", Unit.Reason) &&
         O.mapOptional("object", Unit.Output);
}

struct LikeRecord : ExtractRequest {};

bool fromJSON(const json::Value &V, LikeRecord &Like, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("directory", Like.Directory) && O.map("file", Like.File) &&
         O.map("output", Like.Output) && O.map("arguments", Like.Arguments);
}

struct TreeRecord {
  int64_t Format = 0;
  TreeDescription Tree;
  LikeRecord Like;
  std::vector<LostRecord> Lost;
};

bool fromJSON(const json::Value &V, TreeRecord &R, json::Path P) {
  json::ObjectMapper O(V, P);
  TreeDescription &T = R.Tree;
  return O && O.map("kernel", T.Kernel) && O.map("arch", T.Arch) &&
         O.map("sourceRoot", T.SourceRoot) && O.map("config", T.Config) &&
         O.map("complete", T.IsCaptureComplete) &&
         O.map("moduleUnits", T.ModuleUnits) && O.map("prefixes", T.Prefixes) &&
         O.map("like", R.Like) && O.map("constants", T.Constants) &&
         O.map("lost", R.Lost);
}

} // namespace

/// An old file may lack keys: its version is looked at before anything else.
static Error checkFormat(const json::Value &Root) {
  const json::Object *Object = Root.getAsObject();
  if (Object && Object->getInteger("format") == FormatVersion)
    return Error::success();
  return makeError("written by another version of bootorder; write it again "
                   "with 'bootorder extract'");
}

Error parseTreeDescription(StringRef Text, TreeFacts &Facts) {
  Expected<json::Value> Root =
      parseJson(Text, "tree.json", "run 'bootorder extract' again");
  if (!Root)
    return Root.takeError();
  if (Error E = checkFormat(*Root))
    return E;
  TreeRecord Record;
  json::Path::Root Path("tree.json");
  if (!fromJSON(*Root, Record, Path))
    return Path.getError();
  Facts.Tree = std::move(Record.Tree);
  Facts.Tree.Like = std::move(Record.Like);
  Facts.Tree.Like.SourceRoot = Facts.Tree.SourceRoot;
  Facts.Lost.assign(Record.Lost.begin(), Record.Lost.end());
  return Error::success();
}

} // namespace bootorder
