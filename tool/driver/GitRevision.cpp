#include "tool/driver/GitRevision.h"

#include "tool/capture/RunProcess.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;

namespace bootorder {

static StringRef withoutUser(StringRef Host) {
  return Host.contains('@') ? Host.rsplit('@').second : Host;
}

std::string publicUri(StringRef Remote) {
  auto [Scheme, Rest] = Remote.split("://");
  if (!Rest.empty()) {
    auto [Host, Path] = Rest.split('/');
    return (Scheme + "://" + withoutUser(Host) + "/" + Path).str();
  }
  auto [Host, Path] = Remote.split(':');
  if (Path.empty() || Host.contains('/'))
    return ""; // a folder
  return ("ssh://" + withoutUser(Host) + "/" + Path.ltrim('/')).str();
}

/// What git says to \p Question about \p Root; none if it fails.
static std::optional<std::string>
askGit(StringRef Root, std::initializer_list<const char *> Question) {
  std::vector<std::string> Words = {"git", "-C", Root.str()};
  Words.insert(Words.end(), Question.begin(), Question.end());
  Expected<ProcessResult> Git = runProcess(Words, {});
  if (!Git) {
    consumeError(Git.takeError()); // no git: nothing is known
    return std::nullopt;
  }
  if (Git->ExitCode != 0)
    return std::nullopt;
  return Git->Output;
}

std::optional<TreeRevision> revisionOf(StringRef Root) {
  std::optional<std::string> Said = askGit(
      Root, {"rev-parse", "--show-prefix", "HEAD", "--abbrev-ref", "HEAD"});
  if (!Said)
    return std::nullopt;
  SmallVector<StringRef, 4> Lines;
  StringRef(*Said).split(Lines, '\n');
  // Where Root lies in its work tree, the revision, the branch.
  if (Lines.size() < 3 || !Lines[0].empty() || Lines[1].empty())
    return std::nullopt;
  TreeRevision Revision;
  Revision.Id = Lines[1].str();
  if (Lines[2] != "HEAD")
    Revision.Branch = Lines[2].str();
  if (auto Remote = askGit(Root, {"config", "--get", "remote.origin.url"}))
    Revision.Repository = publicUri(StringRef(*Remote).trim());
  return Revision;
}

} // namespace bootorder
