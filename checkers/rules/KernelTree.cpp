#include "rules/KernelTree.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static bool hasEntry(StringRef Directory, StringRef Name) {
  SmallString<256> Path(Directory);
  sys::path::append(Path, Name);
  return sys::fs::exists(Path);
}

/// Releases before 2.6.24 have no Kconfig at the top, but one per architecture.
static bool isKernelTree(StringRef Directory) {
  return hasEntry(Directory, "Makefile") &&
         hasEntry(Directory, "scripts/Makefile.build") &&
         hasEntry(Directory, "init/main.c");
}

/// The closest folder above \p File that passes \p Test, or nothing.
template <typename Predicate>
static std::string folderAbove(StringRef File, Predicate Test) {
  for (StringRef At = sys::path::parent_path(File); !At.empty();
       At = sys::path::parent_path(At))
    if (Test(At))
      return At.str();
  return "";
}

std::string sourceRootAbove(StringRef File) {
  std::string Root = folderAbove(File, isKernelTree);
  if (!Root.empty())
    return Root;
  return folderAbove(File, [](StringRef At) {
    return hasEntry(At, "Makefile") &&
           (hasEntry(At, "Kconfig") || hasEntry(At, "Kbuild"));
  });
}

std::string srcArchOf(ArrayRef<std::string> IncludePaths) {
  for (StringRef Path : IncludePaths) {
    size_t At = Path.find("arch/");
    if (At == StringRef::npos)
      continue;
    StringRef Rest = Path.substr(At + StringRef("arch/").size());
    auto [Arch, Tail] = Rest.split('/');
    if (Tail.starts_with("include"))
      return Arch.str();
  }
  return "";
}

std::string configurationIn(StringRef ObjectRoot) {
  for (StringRef Name : {".config", "include/config/auto.conf"})
    if (hasEntry(ObjectRoot, Name))
      return absolutePath(Name, ObjectRoot);
  return "";
}

Expected<std::string> readKernelVersion(StringRef SourceRoot) {
  std::string Path = absolutePath("Makefile", SourceRoot);
  Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  std::string Parts[4];
  constexpr StringLiteral Names[] = {"VERSION", "PATCHLEVEL", "SUBLEVEL",
                                     "EXTRAVERSION"};
  StringRef Rest = *Text;
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    auto [Name, Value] = Line.split('=');
    for (size_t I = 0; I < std::size(Names); ++I)
      if (Name.trim() == Names[I] && Parts[I].empty())
        Parts[I] = Value.trim().str();
  }
  if (Parts[0].empty() || Parts[1].empty())
    return makeError("'" + Path +
                     "' states no VERSION and PATCHLEVEL; is this the Makefile "
                     "of a kernel tree?");
  std::string Version = Parts[0] + "." + Parts[1];
  if (!Parts[2].empty())
    Version += "." + Parts[2];
  return Version + Parts[3];
}

std::optional<std::vector<std::string>> readConfiguration(StringRef File) {
  if (File.empty())
    return std::nullopt;
  Expected<std::string> Text = readFile(File);
  if (!Text) {
    consumeError(Text.takeError());
    return std::nullopt;
  }
  std::vector<std::string> Names;
  for (StringRef Rest = *Text, Line; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    auto [Name, Value] = Line.split('=');
    if (Name.consume_front("CONFIG_") && (Value == "y" || Value == "m"))
      Names.push_back(Name.str());
  }
  llvm::sort(Names);
  return Names;
}

Expected<RuleSet> selectForTree(const RuleSet &Rules, const KernelTree &Tree,
                                Profile Wanted) {
  TreeInfo Info;
  Expected<VersionTuple> Kernel = parseKernelVersion(Tree.Kernel);
  if (!Kernel)
    return withContext(Kernel.takeError(), "in the Makefile of the tree");
  Info.Kernel = *Kernel;
  Info.Arch = Tree.SrcArch;
  Info.Config = [&Tree](StringRef Name) -> std::optional<bool> {
    if (!Tree.Config)
      return std::nullopt;
    return std::binary_search(Tree.Config->begin(), Tree.Config->end(), Name);
  };
  RuleSet Selected = selectFor(Rules, Info);
  if (Wanted == Profile::Default)
    erase_if(Selected.Rules,
             [](const Rule &R) { return R.In == Profile::Strict; });
  return Selected;
}

} // namespace bootorder
