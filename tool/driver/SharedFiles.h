//===- SharedFiles.h - each header is read once, for all workers ----------===//

#ifndef BOOTORDER_TOOL_DRIVER_SHAREDFILES_H
#define BOOTORDER_TOOL_DRIVER_SHAREDFILES_H

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <array>
#include <memory>
#include <mutex>

namespace bootorder {

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
  /// working directory of its own, so every worker takes one.
  static llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
  open(std::shared_ptr<SharedFiles> Files, llvm::StringRef Directory);

  /// Status of the absolute \p Path.
  llvm::ErrorOr<llvm::vfs::Status> status(llvm::StringRef Path);

  /// Content of the absolute \p Path, ended by a NUL that does not count.
  llvm::ErrorOr<std::shared_ptr<llvm::MemoryBuffer>>
  content(llvm::StringRef Path);

  llvm::vfs::FileSystem &disk() { return *Disk; }

private:
  struct Shard {
    std::mutex Mutex; ///< guards both maps
    llvm::StringMap<llvm::ErrorOr<llvm::vfs::Status>> Statuses;
    llvm::StringMap<std::shared_ptr<llvm::MemoryBuffer>> Contents;
  };
  Shard &shardOf(llvm::StringRef Path);

  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk;
  std::array<Shard, 32> Shards;
};

} // namespace bootorder

#endif
