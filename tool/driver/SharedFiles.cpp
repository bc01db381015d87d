#include "tool/driver/SharedFiles.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace bootorder {

SharedFiles::SharedFiles(IntrusiveRefCntPtr<vfs::FileSystem> Disk)
    : Disk(std::move(Disk)) {}

SharedFiles::Shard &SharedFiles::shardOf(StringRef Path) {
  return Shards[xxh3_64bits(Path) % Shards.size()];
}

ErrorOr<vfs::Status> SharedFiles::status(StringRef Path) {
  Shard &S = shardOf(Path);
  {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    auto Known = S.Statuses.find(Path);
    if (Known != S.Statuses.end())
      return Known->second;
  }
  // Asked without the lock: two workers may ask at once and learn the same.
  ErrorOr<vfs::Status> Status = Disk->status(Path);
  std::lock_guard<std::mutex> Lock(S.Mutex);
  return S.Statuses.try_emplace(Path, Status).first->second;
}

/// Whether several units are likely to read \p Path.
static bool isShared(StringRef Path) {
  StringRef Extension = sys::path::extension(Path);
  return Extension != ".c" && Extension != ".S";
}

/// The digest is of the bytes that are parsed: a file written to meanwhile may
/// read differently a moment later, so it is copied and not mapped.
static ErrorOr<SharedContent> readContent(vfs::FileSystem &Disk,
                                          StringRef Path) {
  SharedContent Content;
  bool IsFolder = false;
  Content.File.StampTime = clockNow();
  Content.File.Stamp = stampOf(Path.str().c_str(), IsFolder);
  auto Read = Disk.getBufferForFile(Path, /*FileSize=*/-1,
                                    /*RequiresNullTerminator=*/true,
                                    /*IsVolatile=*/true);
  if (!Read)
    return Read.getError();
  Content.File.Content = digestOf((*Read)->getBuffer());
  Content.Buffer = std::move(*Read);
  return Content;
}

ErrorOr<SharedContent> SharedFiles::content(StringRef Path) {
  Shard &S = shardOf(Path);
  {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    auto Known = S.Contents.find(Path);
    if (Known != S.Contents.end())
      return Known->second;
  }
  // To open a pipe is to wait for a writer, and devices need not end.
  ErrorOr<vfs::Status> Status = status(Path);
  if (Status && !Status->isRegularFile() && Path != "/dev/null")
    return std::make_error_code(Status->isDirectory()
                                    ? std::errc::is_a_directory
                                    : std::errc::not_supported);
  ErrorOr<SharedContent> Content = readContent(*Disk, Path);
  if (!Content || !isShared(Path))
    return Content;
  std::lock_guard<std::mutex> Lock(S.Mutex);
  return S.Contents.try_emplace(Path, std::move(*Content)).first->second;
}

FileDigests SharedFiles::digests() {
  FileDigests All;
  for (Shard &S : Shards) {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    for (const auto &File : S.Contents)
      All[File.first().str()] = File.second.File.Content;
  }
  return All;
}

namespace {

/// A buffer over content that others own as well.
class ContentView : public MemoryBuffer {
public:
  ContentView(std::shared_ptr<MemoryBuffer> Content, StringRef Name)
      : Content(std::move(Content)), Name(Name) {
    init(this->Content->getBufferStart(), this->Content->getBufferEnd(),
         /*RequiresNullTerminator=*/true);
  }
  StringRef getBufferIdentifier() const override { return Name; }
  BufferKind getBufferKind() const override { return MemoryBuffer_Malloc; }

private:
  std::shared_ptr<MemoryBuffer> Content;
  std::string Name;
};

class SharedFile : public vfs::File {
public:
  SharedFile(std::shared_ptr<SharedFiles> Files, std::string Path,
             vfs::Status Status, InputLog *Log)
      : Files(std::move(Files)), Path(std::move(Path)),
        Status(std::move(Status)), Log(Log) {}

  ErrorOr<vfs::Status> status() override { return Status; }

  ErrorOr<std::unique_ptr<MemoryBuffer>>
  getBuffer(const Twine &Name, int64_t /*FileSize*/,
            bool /*RequiresNullTerminator*/, bool /*IsVolatile*/) override {
    ErrorOr<SharedContent> Content = Files->content(Path);
    if (!Content)
      return Content.getError();
    if (Log)
      Log->read(Path, Content->File);
    return std::make_unique<ContentView>(std::move(Content->Buffer),
                                         Name.str());
  }

  std::error_code close() override { return {}; }

private:
  std::shared_ptr<SharedFiles> Files;
  std::string Path; ///< absolute
  vfs::Status Status;
  InputLog *Log; ///< may be null
};

/// The face of SharedFiles that Clang sees.
class SharedFileSystem : public vfs::FileSystem {
public:
  SharedFileSystem(std::shared_ptr<SharedFiles> Files, StringRef Directory,
                   InputLog *Log)
      : Files(std::move(Files)), Directory(Directory), Log(Log) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    SmallString<256> Name;
    StringRef Asked = Path.toStringRef(Name);
    std::string Absolute = absolute(Asked);
    ErrorOr<vfs::Status> Status = Files->status(Absolute);
    if (Log && !(Status && Status->isDirectory()))
      Log->looked(Absolute, bool(Status));
    if (!Status)
      return Status;
    // Clang tells by the name whether a file system redirected it.
    return vfs::Status::copyWithNewName(*Status, Asked);
  }

  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    ErrorOr<vfs::Status> Status = status(Path);
    if (!Status)
      return Status.getError();
    SmallString<256> Name;
    return std::make_unique<SharedFile>(Files, absolute(Path.toStringRef(Name)),
                                        std::move(*Status), Log);
  }

  vfs::directory_iterator dir_begin(const Twine &Path,
                                    std::error_code &Code) override {
    SmallString<256> Name;
    return Files->disk().dir_begin(absolute(Path.toStringRef(Name)), Code);
  }

  std::error_code getRealPath(const Twine &Path,
                              SmallVectorImpl<char> &Output) override {
    SmallString<256> Name;
    return Files->disk().getRealPath(absolute(Path.toStringRef(Name)), Output);
  }

  ErrorOr<std::string> getCurrentWorkingDirectory() const override {
    return Directory;
  }

  std::error_code setCurrentWorkingDirectory(const Twine &Path) override {
    SmallString<256> Name;
    Directory = absolute(Path.toStringRef(Name));
    return {};
  }

private:
  /// Only "." is dropped: "a/../b" means another file when "a" is a link.
  std::string absolute(StringRef Path) const {
    SmallString<256> Result;
    if (!sys::path::is_absolute(Path))
      Result = Directory;
    sys::path::append(Result, Path);
    sys::path::remove_dots(Result, /*remove_dot_dot=*/false);
    return Result.str().str();
  }

  std::shared_ptr<SharedFiles> Files;
  std::string Directory;
  InputLog *Log; ///< may be null
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem>
SharedFiles::open(std::shared_ptr<SharedFiles> Files, StringRef Directory,
                  InputLog *Log) {
  return makeIntrusiveRefCnt<SharedFileSystem>(std::move(Files), Directory,
                                               Log);
}

} // namespace bootorder
