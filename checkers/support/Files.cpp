#include "support/Files.h"
#include "support/Error.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using std::errc;

namespace bootorder {

/// What the reader can do about \p Code; starts with "; " unless empty.
static StringRef remedyFor(std::error_code Code) {
  if (Code == errc::no_such_file_or_directory)
    return "; check the path";
  if (Code == errc::permission_denied || Code == errc::operation_not_permitted)
    return "; check the permissions of the file and its folder";
  if (Code == errc::read_only_file_system)
    return "; choose a folder that can be written";
  if (Code == errc::no_space_on_device)
    return "; free some space and run again";
  if (Code == errc::is_a_directory)
    return "; name a file inside the folder";
  return "";
}

static Error fileError(const Twine &Action, StringRef Path,
                       std::error_code Code) {
  return makeError(Action + " '" + Path +
                   "': " + StringRef(Code.message()).lower() + remedyFor(Code));
}

static Error tooLarge(StringRef Path, uint64_t MaxBytes) {
  return makeError("cannot read '" + Path + "': it is larger than " +
                   Twine(MaxBytes >> 20) +
                   " MiB, the most that is read; check that it is the file "
                   "that was meant");
}

Expected<std::string> readFile(StringRef Path, uint64_t MaxBytes) {
  Expected<sys::fs::file_t> File = sys::fs::openNativeFileForRead(Path);
  if (!File)
    return fileError("cannot read", Path, errorToErrorCode(File.takeError()));
  auto Close = make_scope_exit([&] { sys::fs::closeFile(*File); });
  sys::fs::file_status Status;
  if (std::error_code Code = sys::fs::status(*File, Status))
    return fileError("cannot read", Path, Code);
  if (sys::fs::is_directory(Status))
    return fileError("cannot read", Path,
                     make_error_code(errc::is_a_directory));
  // The size is a hint: the file may grow, and that of a pipe is 0.
  std::string Content;
  if (Status.getSize() > MaxBytes)
    return tooLarge(Path, MaxBytes);
  Content.reserve(Status.getSize());
  SmallVector<char, 0> Chunk(size_t(64) << 10);
  for (;;) {
    Expected<size_t> Read = sys::fs::readNativeFile(*File, Chunk);
    if (!Read)
      return fileError("cannot read", Path, errorToErrorCode(Read.takeError()));
    if (*Read == 0)
      return Content;
    if (Content.size() + *Read > MaxBytes)
      return tooLarge(Path, MaxBytes);
    Content.append(Chunk.data(), *Read);
  }
}

Error writeFile(StringRef Path, StringRef Content) {
  Error E = writeToOutput(Path, [&](raw_ostream &OS) {
    OS << Content;
    return Error::success();
  });
  if (!E)
    return Error::success();
  return fileError("cannot write", Path, errorToErrorCode(std::move(E)));
}

Error makeFolder(StringRef Path) {
  if (std::error_code Code = sys::fs::create_directories(Path))
    return fileError("cannot create folder", Path, Code);
  return Error::success();
}

} // namespace bootorder
