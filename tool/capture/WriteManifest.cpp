#include "tool/capture/CaptureManifest.h"

#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <tuple>

using namespace llvm;

namespace bootorder {

std::string CapturedTree::displayPath(StringRef Path) const {
  std::string Absolute = absolutePath(Path, ObjectRoot);
  for (StringRef Root : {StringRef(SourceRoot), StringRef(ObjectRoot)})
    if (!Root.empty() && isInside(Absolute, Root))
      return treeRelativePath(Absolute, Root);
  return Absolute;
}

void replaceSource(CapturedTree &Tree, StringRef From, StringRef To) {
  for (CapturedUnit &Unit : Tree.Units) {
    if (Unit.File != From)
      continue;
    Unit.File = To.str();
    for (std::string &Argument : Unit.Arguments)
      if (!StringRef(Argument).starts_with("-") &&
          absolutePath(Argument, Unit.Directory) == From)
        Argument = To.str();
  }
  sortTree(Tree);
}

void sortTree(CapturedTree &Tree) {
  sort(Tree.Units, [](const CapturedUnit &A, const CapturedUnit &B) {
    return std::tie(A.File, A.Output) < std::tie(B.File, B.Output);
  });
  sort(Tree.WantedObjects);
  Tree.WantedObjects.erase(
      std::unique(Tree.WantedObjects.begin(), Tree.WantedObjects.end()),
      Tree.WantedObjects.end());
}

static StringRef membershipName(Membership Where) {
  switch (Where) {
  case Membership::Builtin:
    return "builtin";
  case Membership::Module:
    return "module";
  case Membership::Other:
    return "other";
  }
  llvm_unreachable("every membership has a name");
}

/// File names and options are bytes; JSON is UTF-8.
static void writeText(json::OStream &J, StringRef Key, StringRef Text) {
  J.attribute(Key, json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text));
}

static void writeTexts(json::OStream &J, StringRef Key,
                       const std::vector<std::string> &Texts) {
  J.attributeArray(Key, [&] {
    for (const std::string &Text : Texts)
      J.value(json::isUTF8(Text) ? Text : json::fixUTF8(Text));
  });
}

static std::string databaseText(const CapturedTree &Tree) {
  std::string Text;
  raw_string_ostream OS(Text);
  json::OStream J(OS, /*IndentSize=*/1);
  J.array([&] {
    for (const CapturedUnit &Unit : Tree.Units)
      if (Unit.Kind == UnitKind::C)
        J.object([&] {
          writeText(J, "directory", Unit.Directory);
          writeText(J, "file", Unit.File);
          writeTexts(J, "arguments", Unit.Arguments);
          writeText(J, "output", Unit.Output);
        });
  });
  OS << "\n";
  return Text;
}

static void writeUnit(json::OStream &J, const CapturedUnit &Unit) {
  bool IsC = Unit.Kind == UnitKind::C;
  J.object([&] {
    J.attribute("kind", IsC ? "c" : "asm");
    writeText(J, "source", Unit.File);
    writeText(J, "object", Unit.Output);
    J.attribute("membership", membershipName(Unit.Where));
    if (!Unit.SymbolPrefix.empty())
      writeText(J, "prefix", Unit.SymbolPrefix);
    if (!Unit.PartOf.empty())
      writeText(J, "in", Unit.PartOf);
    if (IsC)
      return;
    writeText(J, "directory", Unit.Directory);
    writeTexts(J, "arguments", Unit.Arguments);
  });
}

static std::string manifestText(const CapturedTree &Tree) {
  std::string Text;
  raw_string_ostream OS(Text);
  json::OStream J(OS, /*IndentSize=*/1);
  J.object([&] {
    J.attribute("schema", 1);
    J.attribute("complete", Tree.IsComplete);
    writeText(J, "sourceRoot", Tree.SourceRoot);
    writeText(J, "objectRoot", Tree.ObjectRoot);
    writeText(J, "kernel", Tree.Kernel);
    writeText(J, "arch", Tree.Arch);
    writeText(J, "srcArch", Tree.SrcArch);
    writeText(J, "config", Tree.ConfigFile);
    J.attributeObject("compiler", [&] {
      writeTexts(J, "command", Tree.Compiler);
      J.attribute("kind", Tree.Kind == CompilerKind::Gcc ? "gcc" : "clang");
      writeText(J, "version", Tree.CompilerVersion);
    });
    writeTexts(J, "wanted", Tree.WantedObjects);
    J.attributeArray("units", [&] {
      for (const CapturedUnit &Unit : Tree.Units)
        writeUnit(J, Unit);
    });
  });
  OS << "\n";
  return Text;
}

Error writeCapturedTree(const CapturedTree &Tree, StringRef Directory) {
  if (Error E = makeFolder(Directory))
    return E;
  SmallString<256> Database(Directory), Manifest(Directory);
  sys::path::append(Database, "compile_commands.json");
  sys::path::append(Manifest, "capture.json");
  if (Error E = writeFile(Database, databaseText(Tree)))
    return E;
  return writeFile(Manifest, manifestText(Tree));
}

} // namespace bootorder
