#include "tool/capture/Cleanup.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "tool/capture/CommandFile.h"
#include "tool/capture/standin/EmptyObject.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {
namespace {

/// Files below the object root that matter here, relative to it, sorted.
struct Listing {
  std::vector<std::string> Objects;      ///< `*.o` and other link results
  std::vector<std::string> CommandFiles; ///< `.*.cmd`, `auto.conf.cmd`
};

bool isLinkResult(StringRef Name) {
  return Name.ends_with(".o") || Name.ends_with(".so") ||
         Name.ends_with(".so.dbg");
}

Expected<Listing> listTree(StringRef Root) {
  Listing Found;
  std::error_code Why;
  sys::fs::recursive_directory_iterator At(Root, Why,
                                           /*follow_symlinks=*/false);
  for (sys::fs::recursive_directory_iterator End; At != End && !Why;
       At.increment(Why)) {
    StringRef Name = sys::path::filename(At->path());
    if (Name == ".git" && At->type() == sys::fs::file_type::directory_file)
      At.no_push();
    if (At->type() != sys::fs::file_type::regular_file)
      continue;
    if (isLinkResult(Name))
      Found.Objects.push_back(treeRelativePath(At->path(), Root));
    else if (Name.ends_with(".cmd"))
      Found.CommandFiles.push_back(treeRelativePath(At->path(), Root));
  }
  if (Why)
    return makeError("cannot list '" + Root + "': " + Why.message());
  sort(Found.Objects);
  sort(Found.CommandFiles);
  return Found;
}

class Cleaner {
public:
  explicit Cleaner(const CleanupRequest &Request) : Request(Request) {}

  Expected<CleanupOutcome> run() {
    Expected<Listing> Found = listTree(Request.ObjectRoot);
    if (!Found)
      return Found.takeError();
    for (const std::string &Object : Found->Objects)
      if (objectState(path(Object)) == ObjectState::Empty)
        Unreal.insert(Object);
    Outcome.EmptyObjects = Unreal.size();
    readCommands(Found->CommandFiles);
    spread();
    for (const auto &Target : Unreal.keys()) {
      if (Error E = saveSource(Target))
        return std::move(E);
      if (Error E = removeTarget(Target))
        return std::move(E);
    }
    sort(Outcome.SavedSources);
    if (Error E = removeDependencyFiles())
      return std::move(E);
    if (Error E = restoreSaved())
      return std::move(E);
    if (Error E = rewriteCommands())
      return std::move(E);
    return std::move(Outcome);
  }

private:
  std::string path(StringRef Relative) const {
    return absolutePath(Relative, Request.ObjectRoot);
  }

  void readCommands(ArrayRef<std::string> CommandFiles) {
    for (const std::string &File : CommandFiles) {
      std::string Text = readWholeFile(path(File));
      // auto.conf.cmd holds no command, but compares CC with what it was.
      if (mentionsReplaced(Text))
        Mentioning.push_back(File);
      if (std::optional<SavedCommand> Saved = parseSavedCommand(Text))
        Commands.push_back(std::move(*Saved));
    }
  }

  bool mentionsReplaced(StringRef Text) const {
    return any_of(Request.Replaced,
                  [&](const auto &Pair) { return Text.contains(Pair.first); });
  }

  /// Whatever takes in an unreal object is unreal, until nothing changes.
  void spread() {
    std::vector<std::pair<std::string, std::vector<std::string>>> Takers;
    for (const SavedCommand &Saved : Commands) {
      std::string Target =
          treeRelativePath(path(Saved.Target), Request.ObjectRoot);
      if (!Unreal.contains(Target))
        Takers.emplace_back(std::move(Target),
                            objectInputs(Saved, Request.ObjectRoot));
    }
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (auto &[Target, Inputs] : Takers)
        if (!Unreal.contains(Target) &&
            any_of(Inputs, [&](const std::string &Input) {
              return Unreal.contains(Input);
            }))
          Changed |= Unreal.insert(Target).second;
    }
  }

  Error removeFile(const std::string &Path) {
    if (std::error_code Why = sys::fs::remove(Path))
      return makeError("cannot remove '" + Path + "': " + Why.message() +
                       "; remove it before the next make");
    return Error::success();
  }

  /// A source among what was made of empty objects is still to be parsed.
  Error saveSource(StringRef Target) {
    bool IsSource = Target.ends_with(".S") || Target.ends_with(".c");
    if (Request.SourceFolder.empty() || !IsSource ||
        !sys::fs::exists(path(Target)))
      return Error::success();
    std::string Copy = absolutePath(Target, Request.SourceFolder);
    if (Error E = makeFolder(sys::path::parent_path(Copy)))
      return E;
    if (Error E = writeFile(Copy, readWholeFile(path(Target))))
      return E;
    Outcome.SavedSources.push_back(Target.str());
    return Error::success();
  }

  Error removeTarget(StringRef Target) {
    if (Error E = removeFile(path(Target)))
      return E;
    return removeFile(path(commandFileOf(Target)));
  }

  /// Those that Kbuild did not come to read and remove.
  Error removeDependencyFiles() {
    for (const CommandRecord &Record :
         decodeRecords(readWholeFile(Request.StateFolder + "/log")))
      if (Record.Fate != ObjectFate::Real && !Record.DependencyFile.empty())
        if (Error E = removeFile(
                absolutePath(Record.DependencyFile, Record.Directory)))
          return E;
    return Error::success();
  }

  /// See saveCommandFile() of the stand-in for the names.
  Error restoreSaved() {
    std::string Folder = Request.StateFolder + "/saved";
    std::error_code Why;
    for (sys::fs::directory_iterator At(Folder, Why), End; At != End && !Why;
         At.increment(Why)) {
      std::string Object = sys::path::filename(At->path()).str();
      std::replace(Object.begin(), Object.end(), '%', '/');
      if (Error E =
              writeFile(path(commandFileOf(Object)), readWholeFile(At->path())))
        return E;
      Restored.insert(commandFileOf(Object));
    }
    return Error::success();
  }

  Error rewriteCommands() {
    for (const std::string &File : Mentioning) {
      if (Restored.contains(File) || !sys::fs::exists(path(File)))
        continue;
      std::string Text = readWholeFile(path(File));
      for (const auto &[Ours, Theirs] : Request.Replaced)
        for (size_t At = 0; (At = Text.find(Ours, At)) != std::string::npos;
             At += Theirs.size())
          Text.replace(At, Ours.size(), Theirs);
      if (Error E = writeFile(path(File), Text))
        return E;
    }
    return Error::success();
  }

  const CleanupRequest &Request;
  CleanupOutcome Outcome;
  StringSet<> Unreal;   ///< to be removed, relative to the object root
  StringSet<> Restored; ///< command files put back
  std::vector<SavedCommand> Commands;
  std::vector<std::string> Mentioning; ///< command files that name a stand-in
};

} // namespace

Expected<CleanupOutcome> cleanUp(const CleanupRequest &Request) {
  return Cleaner(Request).run();
}

} // namespace bootorder
