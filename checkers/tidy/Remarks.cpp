#include "tidy/Remarks.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <unistd.h>

using namespace llvm;

namespace bootorder {

bool startsClangTidy(StringRef CommandLine) {
  SmallVector<StringRef, 8> Words;
  CommandLine.split(Words, '\0');
  // An interpreter comes first, if the program is a script.
  for (StringRef Word : ArrayRef(Words).take_front(2)) {
    StringRef Name = sys::path::filename(Word);
    if (Name.contains("run-clang-tidy") || Name.contains("clang-tidy-diff"))
      return true;
  }
  return false;
}

/// What the system says of process \p Id; empty if nothing.
static std::string processFile(StringRef Id, StringRef Name) {
  auto File = MemoryBuffer::getFileAsStream("/proc/" + Id + "/" + Name);
  return File ? (*File)->getBuffer().str() : "";
}

/// When process \p Id started, in ticks since the system did; empty: not known.
static std::string startOf(StringRef Id) {
  // The name of the program is in brackets and may hold anything.
  std::string Status = processFile(Id, "stat");
  SmallVector<StringRef, 24> Fields;
  StringRef(Status).rsplit(')').second.trim().split(Fields, ' ');
  constexpr size_t Start = 19; // field 22 of proc(5), from the third on
  return Fields.size() > Start ? Fields[Start].str() : "";
}

static std::string listPrefix() {
  return "bootorder-said-" + utostr(::getuid()) + "-";
}

/// Removes lists in \p Folder whose processes are gone.
static void removeOldLists(StringRef Folder) {
  std::string Prefix = listPrefix();
  std::error_code Code;
  for (sys::fs::directory_iterator I(Folder, Code), End; I != End && !Code;
       I.increment(Code)) {
    StringRef Name = sys::path::filename(I->path());
    if (!Name.consume_front(Prefix))
      continue;
    auto [Id, Start] = Name.split('-');
    if (startOf(Id) != Start)
      sys::fs::remove(I->path());
  }
}

SaidList::SaidList() {
  std::string Parent = utostr(::getppid());
  std::string Start = startOf(Parent);
  if (Start.empty() || !startsClangTidy(processFile(Parent, "cmdline")))
    return;
  SmallString<128> Path;
  sys::path::system_temp_directory(/*ErasedOnReboot=*/true, Path);
  sys::path::append(Path, listPrefix() + Parent + "-" + Start);
  File = Path.str().str();
}

bool SaidList::isNews(StringRef Key) {
  if (!Here.insert(Key.str()).second)
    return false;
  if (File.empty())
    return true;
  if (!sys::fs::exists(File))
    removeOldLists(sys::path::parent_path(File));
  int Descriptor = -1;
  if (sys::fs::openFileForReadWrite(File, Descriptor, sys::fs::CD_OpenAlways,
                                    sys::fs::OF_Append, /*Mode=*/0600))
    return true;
  raw_fd_ostream OS(Descriptor, /*shouldClose=*/true);
  if (sys::fs::lockFile(Descriptor))
    return true;
  auto Unlock = make_scope_exit([&] { sys::fs::unlockFile(Descriptor); });
  std::string Line = utohexstr(xxh3_64bits(Key), /*LowerCase=*/true, 16) + "\n";
  // By the same descriptor: to close another one would end the lock.
  auto Said = MemoryBuffer::getOpenFile(
      sys::fs::convertFDToNativeFile(Descriptor), File, /*FileSize=*/-1);
  if (Said && (*Said)->getBuffer().contains(Line))
    return false;
  OS << Line;
  OS.flush();
  return true;
}

} // namespace bootorder
