/// \file
/// What Kbuild leaves and says: `.cmd` files, its answers, the log of the
/// compiler stand-in.

#include "FuzzInput.h"
#include "tool/capture/CommandFile.h"
#include "tool/capture/KbuildView.h"
#include "tool/capture/standin/CaptureLog.h"

using namespace bootorder;
using llvm::StringRef;

static void readCommand(StringRef Text) {
  std::optional<SavedCommand> Saved = parseSavedCommand(Text);
  if (!Saved)
    return;
  for (const std::string &Input : objectInputs(*Saved, "/nowhere"))
    mustHold(!Input.empty());
  addedSymbolPrefix(*Saved);
  finalObject(parseCommand(shellWords(Saved->Command)).Output);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Text = textOf(Data, Size);
  readCommand(Text);
  llvm::Expected<KbuildView> View = parseKbuildAnswer(Text);
  succeeded(View);
  for (const CommandRecord &Record : decodeRecords(Text.str()))
    parseCommand(Record.Arguments);
  auto [Path, Patterns] = Text.split('\n');
  matchesAnyPattern(Path.str(), Patterns.str());
  return 0;
}
