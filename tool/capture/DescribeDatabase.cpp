#include "tool/capture/CaptureManifest.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <optional>

using namespace llvm;

namespace bootorder {
namespace {

bool hasEntry(StringRef Directory, StringRef Name) {
  SmallString<256> Path(Directory);
  sys::path::append(Path, Name);
  return sys::fs::exists(Path);
}

/// Releases before 2.6.24 have no Kconfig at the top, but one per architecture.
bool isKernelTree(StringRef Directory) {
  return hasEntry(Directory, "Makefile") &&
         hasEntry(Directory, "scripts/Makefile.build") &&
         hasEntry(Directory, "init/main.c");
}

/// The closest folder above \p File that passes \p Test, or nothing.
template <typename Predicate>
std::string folderAbove(StringRef File, Predicate Test) {
  for (StringRef At = sys::path::parent_path(File); !At.empty();
       At = sys::path::parent_path(At))
    if (Test(At))
      return At.str();
  return "";
}

/// A kernel's own tree, or one in its shape: a Makefile beside a Kconfig.
std::string sourceRootAbove(StringRef File) {
  std::string Root = folderAbove(File, isKernelTree);
  if (!Root.empty())
    return Root;
  return folderAbove(File, [](StringRef At) {
    return hasEntry(At, "Makefile") &&
           (hasEntry(At, "Kconfig") || hasEntry(At, "Kbuild"));
  });
}

/// `x86` of `-I../arch/x86/include`, the first such option.
std::string srcArchOf(ArrayRef<std::string> Arguments) {
  for (StringRef Argument : Arguments) {
    size_t At = Argument.find("arch/");
    if (!Argument.starts_with("-I") || At == StringRef::npos)
      continue;
    StringRef Rest = Argument.substr(At + StringRef("arch/").size());
    auto [Arch, Tail] = Rest.split('/');
    if (Tail.starts_with("include"))
      return Arch.str();
  }
  return "";
}

std::vector<std::string> leadingWords(ArrayRef<std::string> Arguments) {
  std::vector<std::string> Words;
  for (const std::string &Argument : Arguments) {
    if (!Words.empty() && StringRef(Argument).starts_with("-"))
      break;
    Words.push_back(Argument);
  }
  return Words;
}

void describeCompiler(CapturedTree &Tree) {
  Tree.Compiler = leadingWords(Tree.Units.front().Arguments);
  bool IsClang = any_of(Tree.Compiler, [](StringRef Word) {
    return sys::path::filename(Word).contains("clang");
  });
  Tree.Kind = IsClang ? CompilerKind::Clang : CompilerKind::Gcc;
}

std::string configurationIn(StringRef ObjectRoot) {
  for (StringRef Name : {".config", "include/config/auto.conf"})
    if (hasEntry(ObjectRoot, Name))
      return absolutePath(Name, ObjectRoot);
  return "";
}

} // namespace

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

Error describePlainDatabase(CapturedTree &Tree) {
  if (Tree.Units.empty())
    return makeError("names no unit; write it again with 'bootorder capture "
                     "-- make ...'");
  for (const CapturedUnit &Unit : Tree.Units)
    if (Tree.SourceRoot.empty())
      Tree.SourceRoot = sourceRootAbove(Unit.File);
  if (Tree.SourceRoot.empty())
    return makeError("its sources lie in no kernel tree (a Makefile beside a "
                     "Kconfig); capture the tree with 'bootorder capture -- "
                     "make ...'");
  // Kbuild runs the compiler at the root of the object tree.
  Tree.ObjectRoot = Tree.Units.front().Directory;
  if (Expected<std::string> Version = readKernelVersion(Tree.SourceRoot))
    Tree.Kernel = std::move(*Version);
  else
    return Version.takeError();
  for (CapturedUnit &Unit : Tree.Units) {
    if (Tree.SrcArch.empty())
      Tree.SrcArch = srcArchOf(Unit.Arguments);
    if (is_contained(Unit.Arguments, "-DMODULE"))
      Unit.Where = Membership::Module;
  }
  Tree.Arch = Tree.SrcArch;
  Tree.ConfigFile = configurationIn(Tree.ObjectRoot);
  describeCompiler(Tree);
  return Error::success();
}

} // namespace bootorder
