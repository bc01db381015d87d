#include "tool/capture/ResponseFiles.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/StringSaver.h"

using namespace llvm;

namespace bootorder {
namespace {

/// Whether the word after \p Word is its value.
bool takesValue(StringRef Word) {
  constexpr StringLiteral Options[] = {
      "-o",       "-I",          "-D",         "-U",       "-MF",
      "-MT",      "-MQ",         "-x",         "-include", "-imacros",
      "-isystem", "-iquote",     "-idirafter", "-iprefix", "-isysroot",
      "-Xclang",  "-Xassembler", "-T"};
  return is_contained(Options, Word);
}

// LLVM's own expansion opens what it is given: it would wait for a pipe.
class Expansion {
public:
  Expansion(StringRef Directory, std::vector<std::string> &Files)
      : Directory(Directory), Files(Files) {}

  bool expand(ArrayRef<std::string> Words, unsigned Depth) {
    for (const std::string &Word : Words)
      if (!add(Word, Depth))
        return false;
    return true;
  }

  std::vector<std::string> Result;
  std::string Reason;

private:
  bool add(const std::string &Word, unsigned Depth) {
    if (Word.size() < 2 || Word[0] != '@') {
      Result.push_back(Word);
      return true;
    }
    std::string Path = absolutePath(StringRef(Word).drop_front(), Directory);
    sys::fs::file_status Status;
    std::error_code Code = sys::fs::status(Path, Status);
    if (Code && !Result.empty() && takesValue(Result.back())) {
      Result.push_back(Word);
      return true;
    }
    Files.push_back(Path);
    if (Code)
      return refuse(Path, StringRef(Code.message()).lower());
    if (!sys::fs::is_regular_file(Status))
      return refuse(Path, "it is not a regular file");
    if (Depth == MaxResponseDepth)
      return refuse(Path, "response files include each other too deeply");
    return addFile(Path, Depth);
  }

  bool addFile(const std::string &Path, unsigned Depth) {
    Expected<std::string> Text = readFile(Path, MaxResponseBytes);
    if (!Text)
      return refuse(Path, toString(Text.takeError()));
    Bytes += Text->size();
    if (Bytes > MaxResponseBytes || ++Count > MaxCount)
      return refuse(Path, "the response files of the command are too large");
    BumpPtrAllocator Memory;
    StringSaver Saver(Memory);
    SmallVector<const char *, 0> Words;
    cl::TokenizeGNUCommandLine(*Text, Saver, Words);
    return expand(std::vector<std::string>(Words.begin(), Words.end()),
                  Depth + 1);
  }

  bool refuse(StringRef Path, StringRef Why) {
    Reason =
        ("cannot read the response file '" + Path + "' of its command: " + Why +
         "; build again and keep the file, or write its options "
         "into compile_commands.json")
            .str();
    return false;
  }

  static constexpr unsigned MaxCount = 10000;
  StringRef Directory;
  std::vector<std::string> &Files;
  uint64_t Bytes = 0;
  unsigned Count = 0;
};

} // namespace

std::string expandResponseFiles(std::vector<std::string> &Arguments,
                                StringRef Directory,
                                std::vector<std::string> &Files) {
  Expansion E(Directory, Files);
  if (!E.expand(Arguments, /*Depth=*/0))
    return std::move(E.Reason);
  Arguments = std::move(E.Result);
  return "";
}

} // namespace bootorder
