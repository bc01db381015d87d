//===- SharedFiles.h - each header is read once, for all workers ----------===//

#ifndef BOOTORDER_TOOL_DRIVER_SHAREDFILES_H
#define BOOTORDER_TOOL_DRIVER_SHAREDFILES_H

#include "tool/driver/InputLog.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <array>
#include <map>
#include <memory>
#include <mutex>

namespace bootorder {

/// What a file held when it was first read.
struct SharedContent {
  std::shared_ptr<llvm::MemoryBuffer> Buffer; ///< ended by a NUL, not counted
  ReadFile File;
};

/// What files held, by absolute path.
using FileDigests = std::map<std::string, Digest>;

/// What the disk said about each path, remembered for the length of a run.
///
/// Look-ups that failed are remembered too: most look-ups of an include path
/// do. Contents are kept of headers only, as sources are read once anyway.
/// Files must not change during the run. All members may be called from any
/// thread.
class SharedFiles {
public:
  /// \p Disk is asked once per path; its own working directory does not matter.
  explicit SharedFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk);

  /// A file system over \p Files that starts in \p Directory. Each has a
  /// working directory of its own, so every worker takes one. What is asked of
  /// it is added to \p Log, unless that is null.
  static llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
  open(std::shared_ptr<SharedFiles> Files, llvm::StringRef Directory,
       InputLog *Log = nullptr);

  /// Status of the absolute \p Path.
  llvm::ErrorOr<llvm::vfs::Status> status(llvm::StringRef Path);

  /// Content of the absolute \p Path.
  llvm::ErrorOr<SharedContent> content(llvm::StringRef Path);

  /// What the files held whose contents are kept.
  FileDigests digests();

  llvm::vfs::FileSystem &disk() { return *Disk; }

private:
  struct Shard {
    std::mutex Mutex; ///< guards both maps
    llvm::StringMap<llvm::ErrorOr<llvm::vfs::Status>> Statuses;
    llvm::StringMap<SharedContent> Contents;
  };
  Shard &shardOf(llvm::StringRef Path);

  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk;
  std::array<Shard, 32> Shards;
};

} // namespace bootorder

#endif
