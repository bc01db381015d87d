#include "tool/capture/ShadowTree.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include <map>
#include <set>

using namespace llvm;

namespace bootorder {
namespace {

/// Left behind by builds inside the source tree; an `O=` build refuses them.
constexpr StringLiteral BuildLeftovers[] = {".config", "include/config",
                                            "include/generated", "include/asm"};

std::string editLines(StringRef Text, const TextEdit &Edit) {
  Regex Pattern(Edit.Pattern);
  std::string Result;
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    bool EndsInNewline = Line.size() < Text.size();
    Result += Pattern.sub(Edit.With, Line);
    if (EndsInNewline)
      Result += '\n';
    Text = Rest;
  }
  return Result;
}

Error link(StringRef To, StringRef From) {
  if (std::error_code Why = sys::fs::create_link(To, From))
    return makeError("cannot make the link '" + From + "': " + Why.message() +
                     "; choose a writable folder with '-o'");
  return Error::success();
}

/// Fills folder \p Relative of the shadow.
class Mirror {
public:
  Mirror(StringRef SourceRoot, StringRef Shadow,
         ArrayRef<EditedFile> EditedFiles)
      : SourceRoot(SourceRoot), Shadow(Shadow) {
    Folders.insert("include"); // holds leftovers of builds
    for (const EditedFile &File : EditedFiles) {
      Files[File.Path] = &File;
      for (StringRef Up = sys::path::parent_path(File.Path); !Up.empty();
           Up = sys::path::parent_path(Up))
        Folders.insert(Up.str());
    }
  }

  Error fill(StringRef Relative) {
    std::string From = absolutePath(Relative, SourceRoot);
    if (Error E = makeFolder(absolutePath(Relative, Shadow)))
      return E;
    std::error_code Why;
    for (sys::fs::directory_iterator At(From, Why), End; At != End && !Why;
         At.increment(Why))
      if (Error E = mirror(treeRelativePath(At->path(), SourceRoot)))
        return E;
    if (Why)
      return makeError("cannot list '" + From + "': " + Why.message());
    return Error::success();
  }

private:
  Error mirror(const std::string &Path) {
    std::string To = absolutePath(Path, SourceRoot);
    std::string From = absolutePath(Path, Shadow);
    if (is_contained(BuildLeftovers, Path))
      return Error::success();
    if (auto Found = Files.find(Path); Found != Files.end())
      return writeFile(From, Found->second->Text);
    if (Folders.count(Path) && sys::fs::is_directory(To))
      return fill(Path);
    return link(To, From);
  }

  std::string SourceRoot, Shadow;
  std::map<std::string, const EditedFile *> Files;
  std::set<std::string> Folders; ///< that cannot be a link
};

} // namespace

Expected<std::vector<EditedFile>> applyEdits(StringRef SourceRoot,
                                             ArrayRef<TextEdit> Edits) {
  std::map<std::string, std::string> Texts, Originals;
  for (const TextEdit &Edit : Edits)
    for (const std::string &Path : Edit.Files) {
      std::string Absolute = absolutePath(Path, SourceRoot);
      if (!sys::fs::exists(Absolute))
        continue;
      if (!Texts.count(Path)) {
        Expected<std::string> Text = readFile(Absolute);
        if (!Text)
          return Text.takeError();
        Texts[Path] = Originals[Path] = *Text;
      }
      Texts[Path] = editLines(Texts[Path], Edit);
    }
  std::vector<EditedFile> Files;
  for (auto &[Path, Text] : Texts)
    if (Text != Originals[Path])
      Files.push_back({Path, Text});
  return Files;
}

Error makeShadowTree(StringRef SourceRoot, ArrayRef<EditedFile> Files,
                     StringRef Shadow) {
  // Removes links, never what they lead to.
  if (std::error_code Why =
          sys::fs::remove_directories(Shadow, /*IgnoreErrors=*/false))
    return makeError("cannot replace the folder '" + Shadow +
                     "': " + Why.message());
  return Mirror(SourceRoot, Shadow, Files).fill("");
}

} // namespace bootorder
