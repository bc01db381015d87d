#include "tool/driver/ShardNote.h"

#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace bootorder {

/// Raised when the meaning of shard.json changes.
static constexpr int64_t FormatVersion = 1;

std::string listText(ArrayRef<int64_t> Numbers) {
  std::string Text;
  for (size_t I = 0; I != Numbers.size(); ++I) {
    if (I != 0)
      Text += I + 1 == Numbers.size() ? " and " : ", ";
    Text += itostr(Numbers[I]);
  }
  return Text;
}

std::vector<int64_t> missingParts(const ShardNote &Note) {
  std::vector<int64_t> Missing;
  for (int64_t Part = 1; Part <= Note.Of; ++Part)
    if (!is_contained(Note.Parts, Part))
      Missing.push_back(Part);
  return Missing;
}

std::string describeShard(const ShardNote &Note) {
  std::string Text;
  raw_string_ostream OS(Text);
  json::OStream J(OS, /*IndentSize=*/1);
  J.object([&] {
    J.attribute("format", FormatVersion);
    J.attribute("program", Note.Program);
    J.attribute("rules", Note.Rules);
    J.attribute("revision", Note.Revision);
    J.attribute("cut", Note.Cut);
    J.attribute("units", Note.Units);
    J.attribute("of", Note.Of);
    J.attributeArray("parts", [&] {
      for (int64_t Part : Note.Parts)
        J.value(Part);
    });
    J.attributeObject("inputs", [&] {
      for (const auto &[Path, Content] : Note.Inputs)
        J.attribute(json::fixUTF8(Path), Content);
    });
  });
  OS << "\n";
  return Text;
}

static bool fromJSON(const json::Value &V, ShardNote &Note, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("program", Note.Program) && O.map("rules", Note.Rules) &&
         O.map("revision", Note.Revision) && O.map("cut", Note.Cut) &&
         O.map("units", Note.Units) && O.map("of", Note.Of) &&
         O.map("parts", Note.Parts) && O.map("inputs", Note.Inputs);
}

Expected<ShardNote> parseShardNote(StringRef Text) {
  Expected<json::Value> Root = json::parse(Text);
  if (!Root)
    return Root.takeError();
  const json::Object *Object = Root->getAsObject();
  if (!Object || Object->getInteger("format") != FormatVersion)
    return makeError("written by another version of bootorder; extract the "
                     "shard again");
  ShardNote Note;
  json::Path::Root Path("shard.json");
  if (!fromJSON(*Root, Note, Path))
    return Path.getError();
  bool IsOrdered =
      std::adjacent_find(Note.Parts.begin(), Note.Parts.end(),
                         std::greater_equal<int64_t>()) == Note.Parts.end();
  if (!IsOrdered || Note.Parts.empty() || Note.Parts.front() < 1 ||
      Note.Parts.back() > Note.Of)
    return makeError("its parts are not among 1 to " + Twine(Note.Of) +
                     "; extract the shard again");
  return Note;
}

/// What must be equal, and what to say if it is not.
static Error requireSame(StringRef A, StringRef B, StringRef IntoName,
                         StringRef FromName, const Twine &What) {
  if (A == B)
    return Error::success();
  return makeError("'" + IntoName + "' and '" + FromName + "' " + What);
}

static Error joinInputs(ShardNote &Into, StringRef IntoName,
                        const ShardNote &From, StringRef FromName) {
  for (const auto &[Path, Content] : From.Inputs) {
    auto [Known, IsNew] = Into.Inputs.insert({Path, Content});
    if (!IsNew && Known->second != Content)
      return makeError("'" + Path + "' was not the same when '" + IntoName +
                       "' and '" + FromName +
                       "' were extracted; extract the older one again");
  }
  return Error::success();
}

Error joinNotes(ShardNote &Into, StringRef IntoName, const ShardNote &From,
                StringRef FromName) {
  auto Require = [&](StringRef A, StringRef B, const Twine &What) {
    return requireSame(A, B, IntoName, FromName, What);
  };
  std::string Program =
      "were extracted by different builds of bootorder: " + Into.Program +
      " and " + From.Program;
  std::string Revision =
      "are of different revisions of the tree: " + Into.Revision + " and " +
      From.Revision;
  std::string Number = "are of different cuts: into " + itostr(Into.Of) +
                       " and into " + itostr(From.Of) + " shards";
  if (Error E = Require(Into.Program, From.Program, Program))
    return E;
  if (Error E = Require(itostr(Into.Of), itostr(From.Of), Number))
    return E;
  if (Into.Revision.empty())
    Into.Revision = From.Revision;
  if (!From.Revision.empty())
    if (Error E = Require(Into.Revision, From.Revision, Revision))
      return E;
  if (Error E = Require(Into.Rules, From.Rules,
                        "were extracted with different rules; give all shards "
                        "the same --rules"))
    return E;
  if (Error E = Require(Into.Cut, From.Cut,
                        "are of different compile databases, or their sources "
                        "differ in size; extract both from the same tree"))
    return E;
  if (Error E = joinInputs(Into, IntoName, From, FromName))
    return E;
  append_range(Into.Parts, From.Parts);
  llvm::sort(Into.Parts);
  Into.Parts.erase(std::unique(Into.Parts.begin(), Into.Parts.end()),
                   Into.Parts.end());
  return Error::success();
}

} // namespace bootorder
