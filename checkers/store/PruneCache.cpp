//===- PruneCache.cpp - how large the cache is, and making it smaller -----===//

#include "store/CacheFolder.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace bootorder;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr std::chrono::hours TemporaryAge{1};

struct CacheEntry {
  std::string Path;
  uint64_t Bytes = 0; ///< on the disk, in whole blocks
  llvm::sys::TimePoint<> Used;
  bool IsTemporary = false;
};

uint64_t inBlocks(uint64_t Bytes) { return (Bytes + 4095) / 4096 * 4096; }

/// Files below \p Folder that have names as the cache gives them; none if
/// there is no such folder.
std::vector<CacheEntry> entriesBelow(StringRef Folder) {
  std::vector<CacheEntry> Found;
  std::error_code Code;
  for (fs::recursive_directory_iterator
           I(Folder, Code, /*follow_symlinks=*/false),
       End;
       !Code && I != End; I.increment(Code)) {
    llvm::ErrorOr<fs::basic_file_status> Status = I->status();
    if (!Status || Status->type() != fs::file_type::regular_file)
      continue;
    StringRef Name = path::filename(I->path());
    bool IsTemporary = Name.ends_with(".tmp");
    StringRef Hex = Name.take_until([](char C) { return C == '.'; });
    if (Hex.size() != 32 || !llvm::all_of(Hex, llvm::isHexDigit) ||
        (!IsTemporary && Hex != Name))
      continue;
    Found.push_back({I->path(), inBlocks(Status->getSize()),
                     Status->getLastModificationTime(), IsTemporary});
  }
  return Found;
}

llvm::Error cannotRemove(StringRef Path, std::error_code Code) {
  return makeError("cannot remove '" + Path +
                   "': " + StringRef(Code.message()).lower() +
                   "; check the permissions of the folder");
}

/// Folders of the cache below \p Path, of this version and of others.
std::vector<std::string> versionFolders(StringRef Path) {
  std::vector<std::string> Found;
  std::error_code Code;
  for (fs::directory_iterator I(Path, Code), End; !Code && I != End;
       I.increment(Code)) {
    StringRef Name = path::filename(I->path());
    unsigned Version;
    if (Name.consume_front("v") && !Name.getAsInteger(10, Version))
      Found.push_back(I->path());
  }
  llvm::sort(Found);
  return Found;
}

/// Removes the folders below \p Folder that are empty, deepest first.
void removeEmptyFolders(StringRef Folder) {
  std::error_code Code;
  for (fs::directory_iterator I(Folder, Code, /*follow_symlinks=*/false), End;
       !Code && I != End; I.increment(Code))
    if (I->type() == fs::file_type::directory_file)
      removeEmptyFolders(I->path());
  fs::remove(Folder);
}

} // namespace

std::vector<CacheUsage> CacheFolder::usage() const {
  std::vector<CacheUsage> Usage(CacheKinds);
  for (unsigned Kind = 0; Kind != CacheKinds; ++Kind)
    for (const CacheEntry &Entry :
         entriesBelow(folderOf(static_cast<CacheKind>(Kind)))) {
      ++Usage[Kind].Files;
      Usage[Kind].Bytes += Entry.Bytes;
    }
  return Usage;
}

uint64_t CacheFolder::prune(uint64_t MaxBytes) {
  auto Now = std::chrono::system_clock::now();
  uint64_t Total = 0, Removed = 0;
  std::vector<CacheEntry> Entries;
  for (const std::string &Folder : versionFolders(Path))
    for (CacheEntry &Entry : entriesBelow(Folder)) {
      if (Entry.IsTemporary && Now - Entry.Used < TemporaryAge)
        continue; // another run is writing it
      Total += Entry.Bytes;
      Entries.push_back(std::move(Entry));
    }
  llvm::sort(Entries, [](const CacheEntry &A, const CacheEntry &B) {
    return std::tie(B.IsTemporary, A.Used, A.Path) <
           std::tie(A.IsTemporary, B.Used, B.Path);
  });
  for (const CacheEntry &Entry : Entries) {
    if (!Entry.IsTemporary && Total - Removed <= MaxBytes)
      break;
    if (!fs::remove(Entry.Path))
      Removed += Entry.Bytes;
  }
  return Removed;
}

llvm::Error CacheFolder::clear() {
  if (!fs::exists(Path))
    return llvm::Error::success();
  llvm::SmallString<128> Tag(Path);
  path::append(Tag, "CACHEDIR.TAG");
  auto Text = llvm::MemoryBuffer::getFile(Tag);
  if (!Text || !(*Text)->getBuffer().contains("bootorder")) {
    std::error_code Code;
    if (fs::directory_iterator(Path, Code) == fs::directory_iterator())
      return llvm::Error::success();
    return makeError("'" + Path +
                     "' is no cache of bootorder: its 'CACHEDIR.TAG' does not "
                     "say so; name the folder with --cache, or remove it by "
                     "hand");
  }
  for (const std::string &Folder : versionFolders(Path)) {
    for (const CacheEntry &Entry : entriesBelow(Folder))
      if (std::error_code Code = fs::remove(Entry.Path))
        return cannotRemove(Entry.Path, Code);
    removeEmptyFolders(Folder);
  }
  if (std::error_code Code = fs::remove(Tag))
    return cannotRemove(Tag, Code);
  fs::remove(Path); // stays if it holds anything else
  return llvm::Error::success();
}
