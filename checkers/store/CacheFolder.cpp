//===- CacheFolder.cpp - the cache on disk --------------------------------===//

#include "store/CacheFolder.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace bootorder;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr const char *KindFolders[CacheKinds] = {
    "manifests", "entries", "trees", "memos", "answers"};
static constexpr StringRef TagFile = "CACHEDIR.TAG";
static constexpr StringRef TagText =
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Made by bootorder, which can make all of it again; see docs/cache.md.\n"
    "# 'bootorder cache clear' removes it.\n";
/// What a run that died leaves: `NAME.XXXXXX.tmp`.
static constexpr StringRef TemporarySuffix = ".tmp";
static constexpr std::chrono::hours TouchInterval{1};

static std::string versionFolder() { return "v" + llvm::utostr(CacheVersion); }

static std::string inFolder(StringRef Folder, StringRef Name) {
  llvm::SmallString<128> Result(Folder);
  path::append(Result, Name);
  return Result.str().str();
}

std::string CacheFolder::folderOf(CacheKind Kind) const {
  llvm::SmallString<128> Result(Path);
  path::append(Result, versionFolder(),
               KindFolders[static_cast<unsigned>(Kind)]);
  return Result.str().str();
}

std::string CacheFolder::pathOf(CacheKind Kind, Digest Name) const {
  llvm::SmallString<128> Result(folderOf(Kind));
  std::string Hex = Name.hex();
  path::append(Result, StringRef(Hex).take_front(2), Hex);
  return Result.str().str();
}

std::unique_ptr<llvm::MemoryBuffer> CacheFolder::map(CacheKind Kind,
                                                     Digest Name) {
  auto File = llvm::MemoryBuffer::getFile(pathOf(Kind, Name), /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  return File ? std::move(*File) : nullptr;
}

std::optional<CacheBody> CacheFolder::read(CacheKind Kind, Digest Name) {
  std::unique_ptr<llvm::MemoryBuffer> File = map(Kind, Name);
  if (!File)
    return std::nullopt;
  std::optional<CacheBody> Body = openCacheFile(Kind, Name, File->getBuffer());
  if (!Body) {
    damaged(Kind, Name);
    return std::nullopt;
  }
  if (Body->Unpacked.empty()) { // the mapping ends here
    Body->Unpacked.assign(Body->Bytes.bytes_begin(), Body->Bytes.bytes_end());
    Body->Bytes =
        StringRef(reinterpret_cast<const char *>(Body->Unpacked.data()),
                  Body->Unpacked.size());
  }
  return Body;
}

/// Makes the folders above a file, and the tag that says whose they are.
bool CacheFolder::makeFolders(StringRef Folder) {
  if (fs::exists(Folder))
    return true;
  if (std::error_code Code = fs::create_directories(Folder)) {
    stopWriting(Folder, Code);
    return false;
  }
  std::string Tag = inFolder(Path, TagFile);
  if (fs::exists(Tag))
    return true;
  std::error_code Code;
  llvm::raw_fd_ostream Out(Tag, Code);
  if (!Code)
    Out << TagText;
  Out.close();
  Out.clear_error(); // a full disk shows in the next write
  return true;
}

bool CacheFolder::write(CacheKind Kind, Digest Name, StringRef File) {
  if (!CanWrite)
    return false;
  std::string Final = pathOf(Kind, Name);
  if (!makeFolders(path::parent_path(Final)))
    return false;
  int Descriptor = -1;
  llvm::SmallString<128> Temporary;
  if (std::error_code Code = fs::createUniqueFile(
          Final + ".%%%%%%%%" + TemporarySuffix, Descriptor, Temporary)) {
    stopWriting(Final, Code);
    return false;
  }
  llvm::raw_fd_ostream Out(Descriptor, /*shouldClose=*/true);
  Out << File;
  Out.close();
  std::error_code Code = Out.error();
  Out.clear_error();
  if (!Code)
    Code = fs::rename(Temporary, Final);
  if (Code) {
    fs::remove(Temporary);
    stopWriting(Final, Code);
    return false;
  }
  HasWritten = true;
  return true;
}

bool CacheFolder::touch(CacheKind Kind, Digest Name) {
  std::string File = pathOf(Kind, Name);
  fs::file_status Status;
  auto Now = std::chrono::system_clock::now();
  if (fs::status(File, Status) ||
      Status.getLastModificationTime() > Now - TouchInterval)
    return false;
  int Descriptor = -1;
  if (fs::openFileForWrite(File, Descriptor, fs::CD_OpenExisting,
                           fs::OF_Append))
    return false;
  fs::setLastAccessAndModificationTime(Descriptor, Now);
  fs::file_t Native = fs::convertFDToNativeFile(Descriptor);
  fs::closeFile(Native);
  return true;
}

void CacheFolder::damaged(CacheKind Kind, Digest Name) {
  std::string File = pathOf(Kind, Name);
  fs::remove(File);
  std::lock_guard<std::mutex> Lock(Mutex);
  // Workers come in any order; the least name is the same in every run.
  if (DamagedFiles++ == 0 || File < FirstDamaged)
    FirstDamaged = File;
}

void CacheFolder::stopWriting(StringRef What, std::error_code Why) {
  CanWrite = false;
  std::lock_guard<std::mutex> Lock(Mutex);
  if (WriteWarning.empty())
    WriteWarning =
        ("cannot write '" + What + "': " + StringRef(Why.message()).lower() +
         "; going on without keeping new facts in the cache")
            .str();
}

std::vector<std::string> CacheFolder::takeWarnings() {
  std::lock_guard<std::mutex> Lock(Mutex);
  std::vector<std::string> Warnings;
  if (DamagedFiles) {
    std::string Others =
        DamagedFiles == 1
            ? std::string()
            : " (and " + llvm::utostr(DamagedFiles - 1) + " more)";
    Warnings.push_back("cache file '" + FirstDamaged + "'" + Others +
                       " is damaged or not of this bootorder; what it held is "
                       "made again");
  }
  if (!WriteWarning.empty())
    Warnings.push_back(WriteWarning);
  DamagedFiles = 0;
  WriteWarning.clear();
  return Warnings;
}
