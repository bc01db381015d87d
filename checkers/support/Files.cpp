#include "support/Files.h"
#include "support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
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

Expected<std::string> readFile(StringRef Path) {
  if (sys::fs::is_directory(Path))
    return fileError("cannot read", Path,
                     make_error_code(errc::is_a_directory));
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false,
                                      /*IsVolatile=*/true);
  if (!Buffer)
    return fileError("cannot read", Path, Buffer.getError());
  return (*Buffer)->getBuffer().str();
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
