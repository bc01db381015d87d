#include "tool/capture/Capture.h"

#include "support/Error.h"
#include "support/Paths.h"
#include "tool/capture/CommandFile.h"
#include "tool/capture/Membership.h"
#include "tool/capture/standin/CompilerCommand.h"
#include "tool/capture/standin/EmptyObject.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {
namespace {

/// The command that made an object, without what Kbuild ran after it.
std::vector<std::string> compilerWords(StringRef Command) {
  std::vector<std::string> Words = shellWords(Command.split(" ; ").first);
  // 6.x ends the compiler's part with a bare semicolon.
  auto End = find(Words, ";");
  Words.erase(End, Words.end());
  return Words;
}

std::optional<CapturedUnit> unitFrom(StringRef CommandFile,
                                     StringRef ObjectRoot) {
  std::optional<SavedCommand> Saved =
      parseSavedCommand(readWholeFile(CommandFile.str()));
  if (!Saved)
    return std::nullopt;
  CapturedUnit Unit;
  Unit.Arguments = compilerWords(Saved->Command);
  CompilerCommand Command = parseCommand(Unit.Arguments);
  if (Command.Kind == CommandKind::PassThrough)
    return std::nullopt;
  Unit.Kind = Command.Kind == CommandKind::C ? UnitKind::C : UnitKind::Assembly;
  Unit.Directory = ObjectRoot.str();
  Unit.File = absolutePath(Command.Source, ObjectRoot);
  Unit.Output = treeRelativePath(
      absolutePath(finalObject(Command.Output), ObjectRoot), ObjectRoot);
  return Unit;
}

} // namespace

std::vector<std::string> linkRoots(StringRef ObjectRoot) {
  for (StringRef Name : {"vmlinux.o", "vmlinux", "vmlinux.a", "built-in.a"})
    if (readSavedCommand(ObjectRoot, Name))
      return {Name.str()};
  return {};
}

Expected<CapturedTree> readCommandFiles(StringRef ObjectRoot) {
  CapturedTree Tree;
  std::error_code Why;
  sys::fs::recursive_directory_iterator At(ObjectRoot, Why,
                                           /*follow_symlinks=*/false);
  for (sys::fs::recursive_directory_iterator End; At != End && !Why;
       At.increment(Why))
    if (StringRef(At->path()).ends_with(".o.cmd"))
      if (std::optional<CapturedUnit> Unit = unitFrom(At->path(), ObjectRoot))
        Tree.Units.push_back(std::move(*Unit));
  if (Why)
    return makeError("cannot list '" + ObjectRoot + "': " + Why.message());
  if (Tree.Units.empty())
    return makeError("no command file of a kernel object below '" + ObjectRoot +
                     "'; build the kernel there, or run 'bootorder capture -- "
                     "make ...', which needs no build");
  sortTree(Tree);
  if (Error E = describePlainDatabase(Tree))
    return std::move(E);
  assignMembership(Tree, linkRoots(ObjectRoot));
  sortTree(Tree);
  return Tree;
}

} // namespace bootorder
