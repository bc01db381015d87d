#include "tool/capture/MakeCommand.h"

#include "support/Error.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace llvm;

namespace bootorder {
namespace {

/// `NAME=value`, `NAME:=value`; make's own test is as simple.
bool isVariable(StringRef Word) {
  size_t Equals = Word.find('=');
  return Equals != StringRef::npos && Equals > 0 && isAlpha(Word[0]);
}

/// Options of make with a value in the next word.
bool takesNextWord(StringRef Option) {
  return is_contained({"-f", "-I", "-o", "-W", "--file", "--makefile",
                       "--include-dir", "--old-file", "--eval", "--what-if"},
                      Option);
}

bool isNumber(StringRef Word) { return !Word.empty() && all_of(Word, isDigit); }

/// The folder that `-C` names at \p Words[I], if that is one; moves \p I on.
std::string folderOption(ArrayRef<std::string> Words, size_t &I) {
  StringRef Word = Words[I];
  if ((Word == "-C" || Word == "--directory") && I + 1 < Words.size())
    return Words[++I];
  if (Word.consume_front("--directory=") ||
      (Word.starts_with("-C") && Word.consume_front("-C")))
    return Word.str();
  return "";
}

} // namespace

std::string MakeCommand::variable(StringRef Name) const {
  for (StringRef Text : reverse(Variables))
    if (Text.consume_front(Name) && Text.consume_front("="))
      return Text.str();
  return sys::Process::GetEnv(Name).value_or("");
}

bool MakeCommand::setsVariable(StringRef Name) const {
  return any_of(Variables, [&](StringRef Text) {
    return Text.consume_front(Name) && Text.starts_with("=");
  });
}

void MakeCommand::setVariable(StringRef Name, StringRef Value) {
  erase_if(Variables, [&](StringRef Text) {
    return Text.consume_front(Name) && Text.starts_with("=");
  });
  Variables.push_back((Name + "=" + Value).str());
}

std::vector<std::string> MakeCommand::words(ArrayRef<std::string> Goals) const {
  std::vector<std::string> Words = {Program, "-C", Directory};
  append_range(Words, Options);
  append_range(Words, Variables);
  append_range(Words, Goals);
  return Words;
}

Expected<MakeCommand> parseMakeCommand(ArrayRef<std::string> Words,
                                       StringRef CurrentDirectory) {
  if (Words.empty())
    return makeError("no make command; write it after '--': 'bootorder capture "
                     "-- make ARCH=x86_64'");
  MakeCommand Command;
  Command.Program = Words[0];
  Command.Directory = CurrentDirectory.str();
  if (!sys::path::filename(Command.Program).contains("make"))
    return makeError("'" + Command.Program +
                     "' is not make; write the command after '--': 'bootorder "
                     "capture -- make ARCH=x86_64'");
  for (size_t I = 1; I < Words.size(); ++I) {
    StringRef Word = Words[I];
    if (std::string Folder = folderOption(Words, I); !Folder.empty()) {
      Command.Directory = absolutePath(Folder, Command.Directory);
    } else if (Word.starts_with("-")) {
      Command.Options.push_back(Word.str());
      Command.HasJobs |= Word.starts_with("-j") || Word.starts_with("--jobs");
      bool CountFollows = (Word == "-j" || Word == "-l") &&
                          I + 1 < Words.size() && isNumber(Words[I + 1]);
      if ((takesNextWord(Word) && I + 1 < Words.size()) || CountFollows)
        Command.Options.push_back(Words[++I]);
    } else if (isVariable(Word)) {
      Command.Variables.push_back(Word.str());
    } else {
      Command.Goals.push_back(Word.str());
    }
  }
  return Command;
}

} // namespace bootorder
