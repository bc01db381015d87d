#include "tool/driver/InputLog.h"

#include "support/Paths.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace bootorder {

void InputLog::looked(StringRef Path, bool IsThere) {
  LoggedInput &Input = Inputs[Path];
  if (IsThere && Input.Kind == InputKind::Absent)
    Input.Kind = InputKind::Present;
}

void InputLog::read(StringRef Path, const ReadFile &File) {
  LoggedInput &Input = Inputs[Path];
  static_cast<ReadFile &>(Input) = File;
  Input.Kind = InputKind::Content;
}

void InputLog::addPrelude(const InputLog &Prelude,
                          ArrayRef<std::string> Files) {
  StringSet<> Wanted;
  for (const std::string &File : Files)
    Wanted.insert(absolutePath(File, "/"));
  auto IsWanted = [&](StringRef Path) {
    return Wanted.contains(absolutePath(Path, "/"));
  };
  StringSet<> Read;
  for (const auto &Entry : Prelude.Inputs)
    if (Entry.second.Kind == InputKind::Content && IsWanted(Entry.getKey()))
      Read.insert(absolutePath(Entry.getKey(), "/"));
  // A header with two names may have been read by the other one: then all that
  // was read counts.
  bool AllCount = Read.size() != Wanted.size();
  for (const auto &Entry : Prelude.Inputs) {
    const LoggedInput &Seen = Entry.second;
    if (Seen.Kind == InputKind::Content && !AllCount &&
        !IsWanted(Entry.getKey()))
      continue;
    LoggedInput &Input = Inputs[Entry.getKey()];
    if (Input.Kind <= Seen.Kind)
      Input = Seen;
  }
}

} // namespace bootorder
