//===- PreludeFiles.cpp - a prelude as files that are nowhere -------------===//

#include "extract/Prelude.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

namespace {

/// The files of the prelude, then those below.
class PreludeFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  PreludeFileSystem(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Below,
                    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Memory,
                    const Prelude::Parts &Parts)
      : ProxyFileSystem(std::move(Below)), Memory(std::move(Memory)),
        Path(Parts.Path), Source(Parts.Source) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &File) override {
    return isOurs(File) ? Memory->status(File) : ProxyFileSystem::status(File);
  }

  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &File) override {
    return isOurs(File) ? Memory->openFileForRead(File)
                        : ProxyFileSystem::openFileForRead(File);
  }

private:
  bool isOurs(const llvm::Twine &File) const {
    llvm::SmallString<256> Buffer;
    llvm::StringRef Name = File.toStringRef(Buffer);
    return Name == Path || Name == Source;
  }

  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Memory;
  std::string Path, Source;
};

} // namespace

Prelude::Prelude(Parts P)
    : Whole(std::move(P)), Index(Whole.Table),
      Memory(llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>()) {
  Memory->addFileNoOwn(Whole.Path, /*ModificationTime=*/0,
                       llvm::MemoryBufferRef(Whole.Precompiled, Whole.Path));
  Memory->addFileNoOwn(Whole.Source, /*ModificationTime=*/0,
                       llvm::MemoryBufferRef(Whole.Text, Whole.Source));
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
Prelude::over(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) const {
  return llvm::makeIntrusiveRefCnt<PreludeFileSystem>(std::move(Files), Memory,
                                                      Whole);
}

std::vector<uint32_t> Prelude::hiddenMacros() const {
  std::lock_guard<std::mutex> Lock(Mutex);
  return Hidden;
}

void Prelude::hideMacro(uint32_t Macro) const {
  std::lock_guard<std::mutex> Lock(Mutex);
  auto At = llvm::lower_bound(Hidden, Macro);
  if (At == Hidden.end() || *At != Macro)
    Hidden.insert(At, Macro);
}
