#include "tool/capture/CommandFile.h"

#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace llvm;

namespace bootorder {
namespace {

/// A path that Kbuild wrote, relative to the object root: `./x.o` is `x.o`.
std::string belowRoot(StringRef Path, StringRef ObjectRoot) {
  return treeRelativePath(absolutePath(Path, ObjectRoot), ObjectRoot);
}

bool isObjectName(StringRef Word) {
  return Word.ends_with(".o") || Word.ends_with(".a");
}

/// Kbuild's own files are small and few are missing: none if it is not there,
/// or is none of those.
std::optional<std::string> textOf(StringRef Path, StringRef ObjectRoot) {
  constexpr uint64_t MaxSize = uint64_t(16) << 20;
  std::string File = absolutePath(Path, ObjectRoot);
  if (!sys::fs::is_regular_file(File)) // a command may name any device
    return std::nullopt;
  Expected<std::string> Text = readFile(File, MaxSize);
  if (Text)
    return std::move(*Text);
  consumeError(Text.takeError());
  return std::nullopt;
}

void readListFile(StringRef Path, StringRef ObjectRoot,
                  std::vector<std::string> &Inputs) {
  std::optional<std::string> Text = textOf(Path, ObjectRoot);
  if (!Text)
    return;
  SmallVector<StringRef, 32> Words;
  SplitString(*Text, Words);
  for (StringRef Word : Words)
    if (isObjectName(Word))
      Inputs.push_back(belowRoot(Word, ObjectRoot));
}

void replaceAll(std::string &Text, StringRef From, StringRef To) {
  for (size_t At = 0; (At = Text.find(From, At)) != std::string::npos;
       At += To.size())
    Text.replace(At, From.size(), To);
}

} // namespace

std::optional<SavedCommand> parseSavedCommand(StringRef Text) {
  StringRef Line = Text.split('\n').first;
  if (!Line.consume_front("savedcmd_") && !Line.consume_front("cmd_"))
    return std::nullopt;
  auto [Target, Command] = Line.split(" := ");
  if (Command.empty())
    return std::nullopt;
  SavedCommand Saved{Target.trim().str(), Command.str()};
  replaceAll(Saved.Command, "$(pound)", "#");
  replaceAll(Saved.Command, "\\#", "#");
  replaceAll(Saved.Command, "$$", "$");
  return Saved;
}

std::string commandFileOf(StringRef Target) {
  StringRef Folder = Target.substr(0, Target.rfind('/') + 1);
  return (Folder + "." + Target.drop_front(Folder.size()) + ".cmd").str();
}

std::optional<SavedCommand> readSavedCommand(StringRef ObjectRoot,
                                             StringRef Target) {
  std::optional<std::string> Text = textOf(commandFileOf(Target), ObjectRoot);
  return Text ? parseSavedCommand(*Text) : std::nullopt;
}

std::vector<std::string> shellWords(StringRef Command) {
  BumpPtrAllocator Storage;
  StringSaver Saver(Storage);
  SmallVector<const char *, 64> Words;
  cl::TokenizeGNUCommandLine(Command, Saver, Words);
  return {Words.begin(), Words.end()};
}

std::vector<std::string> objectInputs(const SavedCommand &Saved,
                                      StringRef ObjectRoot) {
  std::vector<std::string> Inputs;
  std::string Format; // of a printf, while its words last
  bool FormatFollows = false;
  for (StringRef Word : shellWords(Saved.Command)) {
    if (FormatFollows)
      Format = Word.split('%').first.str();
    FormatFollows = Word == "printf";
    if (Word == "|")
      Format.clear();
    Word = Word.trim("();");
    if (Word.consume_front("@"))
      readListFile(Word, ObjectRoot, Inputs);
    else if (isObjectName(Word) && !Word.starts_with("-"))
      Inputs.push_back(belowRoot(Format + Word.str(), ObjectRoot));
  }
  std::string Self = belowRoot(Saved.Target, ObjectRoot);
  erase_if(Inputs, [&](StringRef Input) { return Input == Self; });
  return Inputs;
}

std::string addedSymbolPrefix(const SavedCommand &Saved) {
  for (StringRef Word : shellWords(Saved.Command))
    if (Word.consume_front("--prefix-symbols="))
      return Word.str();
  return "";
}

} // namespace bootorder
