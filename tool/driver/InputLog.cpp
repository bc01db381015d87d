#include "tool/driver/InputLog.h"

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

void InputLog::add(const InputLog &Other) {
  for (const auto &Entry : Other.Inputs) {
    LoggedInput &Input = Inputs[Entry.getKey()];
    if (Input.Kind <= Entry.second.Kind)
      Input = Entry.second;
  }
}

} // namespace bootorder
