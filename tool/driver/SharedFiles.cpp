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

ErrorOr<std::shared_ptr<MemoryBuffer>> SharedFiles::content(StringRef Path) {
  Shard &S = shardOf(Path);
  {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    auto Known = S.Contents.find(Path);
    if (Known != S.Contents.end())
      return Known->second;
  }
  auto Read = Disk->getBufferForFile(Path);
  if (!Read)
    return Read.getError();
  std::shared_ptr<MemoryBuffer> Content = std::move(*Read);
  if (!isShared(Path))
    return Content;
  std::lock_guard<std::mutex> Lock(S.Mutex);
  return S.Contents.try_emplace(Path, std::move(Content)).first->second;
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
             vfs::Status Status)
      : Files(std::move(Files)), Path(std::move(Path)),
        Status(std::move(Status)) {}

  ErrorOr<vfs::Status> status() override { return Status; }

  ErrorOr<std::unique_ptr<MemoryBuffer>>
  getBuffer(const Twine &Name, int64_t /*FileSize*/,
            bool /*RequiresNullTerminator*/, bool /*IsVolatile*/) override {
    auto Content = Files->content(Path);
    if (!Content)
      return Content.getError();
    return std::make_unique<ContentView>(std::move(*Content), Name.str());
  }

  std::error_code close() override { return {}; }

private:
  std::shared_ptr<SharedFiles> Files;
  std::string Path; ///< absolute
  vfs::Status Status;
};

/// The face of SharedFiles that Clang sees.
class SharedFileSystem : public vfs::FileSystem {
public:
  SharedFileSystem(std::shared_ptr<SharedFiles> Files, StringRef Directory)
      : Files(std::move(Files)), Directory(Directory) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    SmallString<256> Name;
    StringRef Asked = Path.toStringRef(Name);
    ErrorOr<vfs::Status> Status = Files->status(absolute(Asked));
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
                                        std::move(*Status));
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
  /// Only a leading "./" is dropped: "a/../b" means another file when "a" is a
  /// link.
  std::string absolute(StringRef Path) const {
    if (sys::path::is_absolute(Path))
      return Path.str();
    while (Path.consume_front("./"))
      Path = Path.ltrim('/');
    if (Path.empty() || Path == ".")
      return Directory;
    return Directory + "/" + Path.str();
  }

  std::shared_ptr<SharedFiles> Files;
  std::string Directory;
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem>
SharedFiles::open(std::shared_ptr<SharedFiles> Files, StringRef Directory) {
  return makeIntrusiveRefCnt<SharedFileSystem>(std::move(Files), Directory);
}

} // namespace bootorder
