#include "tool/capture/CaptureManifest.h"

#include "rules/KernelTree.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {
namespace {

std::vector<std::string> includeOptions(ArrayRef<std::string> Arguments) {
  std::vector<std::string> Options;
  copy_if(Arguments, std::back_inserter(Options),
          [](StringRef Argument) { return Argument.starts_with("-I"); });
  return Options;
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

} // namespace

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
      Tree.SrcArch = srcArchOf(includeOptions(Unit.Arguments));
    if (is_contained(Unit.Arguments, "-DMODULE"))
      Unit.Where = Membership::Module;
  }
  Tree.Arch = Tree.SrcArch;
  Tree.ConfigFile = configurationIn(Tree.ObjectRoot);
  describeCompiler(Tree);
  return Error::success();
}

} // namespace bootorder
