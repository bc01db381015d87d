#include "tool/capture/KbuildTable.h"

#include "rules/MapReader.h"
#include "rules/RuleReader.h"
#include "support/Error.h"
#include "support/Files.h"
#include "llvm/Support/Regex.h"

using namespace llvm;

namespace bootorder {
namespace {

/// Reads the sections that hold conditional entries of one kernel version.
class TableReader {
public:
  TableReader(const VersionTuple &Kernel, DiagnosticList &Mistakes)
      : Mistakes(Mistakes) {
    Tree.Kernel = Kernel;
  }

  void readSections(MapReader &Map, KbuildTable &Table) {
    Map.each("variables", [&](const YamlNode &Node) {
      MapReader Entry(Node, "variable", Mistakes);
      MakeVariable Variable{Entry.requiredText("name"),
                            Entry.requiredText("value")};
      if (applies(Entry))
        Table.Variables.push_back(std::move(Variable));
    });
    readPatterns(Map, "real_objects", "objects", Table.RealObjects);
    readPatterns(Map, "skipped_links", "outputs", Table.SkippedLinks);
    Map.each("real_compiler",
             [&](const YamlNode &Node) { readAdaption(Node, Table); });
    Map.each("edits",
             [&](const YamlNode &Node) { readEdit(Node, Table.Edits); });
  }

private:
  /// Takes the keys that every entry may have and ends it.
  bool applies(MapReader &Entry) {
    bool Holds = Entry.condition().holdsIn(Tree);
    Entry.requiredText("why");
    Entry.finish();
    return Holds;
  }

  void readPatterns(MapReader &Map, StringRef Section, StringRef Key,
                    std::vector<std::string> &Patterns) {
    Map.each(Section, [&](const YamlNode &Node) {
      MapReader Entry(Node, Section, Mistakes);
      std::vector<std::string> Texts = Entry.texts(Key);
      if (applies(Entry))
        Patterns.insert(Patterns.end(), Texts.begin(), Texts.end());
    });
  }

  void readAdaption(const YamlNode &Node, KbuildTable &Table) {
    constexpr std::pair<StringRef, CompilerKind> Names[] = {
        {"gcc", CompilerKind::Gcc}, {"clang", CompilerKind::Clang}};
    MapReader Entry(Node, "real compiler", Mistakes);
    CompilerKind Kind =
        Entry.choice<CompilerKind>("compiler", Names, CompilerKind::Gcc);
    CompilerAdaption Adaption{Entry.texts("drop"), Entry.texts("add")};
    if (applies(Entry))
      (Kind == CompilerKind::Gcc ? Table.Gcc : Table.Clang) =
          std::move(Adaption);
  }

  void readEdit(const YamlNode &Node, std::vector<TextEdit> &Edits) {
    MapReader Entry(Node, "edit", Mistakes);
    TextEdit Edit;
    Edit.Files = Entry.texts("files");
    Edit.Pattern = Entry.requiredText("pattern");
    Edit.With = Entry.text("with");
    Edit.Why = Entry.text("why");
    std::string Reason;
    if (!Regex(Edit.Pattern).isValid(Reason))
      Entry.error(Entry.place(),
                  "'" + Edit.Pattern +
                      "' is not a regular expression: " + Reason);
    if (applies(Entry))
      Edits.push_back(std::move(Edit));
  }

  TreeInfo Tree;
  DiagnosticList &Mistakes;
};

} // namespace

Expected<KbuildTable> parseKbuildTable(StringRef Content, StringRef File,
                                       const VersionTuple &Kernel) {
  Expected<YamlNode> Root = parseYaml(Content, File);
  if (!Root)
    return Root.takeError();
  DiagnosticList Mistakes;
  KbuildTable Table;
  MapReader Map(*Root, "Kbuild table", Mistakes);
  Map.requiredText("bootorder");
  Table.PassThroughGoals = Map.texts("pass_through");
  Table.WholeKernelGoals = Map.texts("whole_kernel");
  TableReader(Kernel, Mistakes).readSections(Map, Table);
  Map.finish();
  if (Error E = Mistakes.take())
    return std::move(E);
  return Table;
}

Expected<KbuildTable> readKbuildTable(StringRef ExecutableDir,
                                      const VersionTuple &Kernel) {
  Expected<std::string> File = findRules("kbuild", ExecutableDir);
  if (!File)
    return File.takeError();
  Expected<std::string> Content = readFile(*File);
  if (!Content)
    return Content.takeError();
  return parseKbuildTable(*Content, *File, Kernel);
}

} // namespace bootorder
