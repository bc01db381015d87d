//===- CacheFolder.h - the cache on disk ----------------------------------===//
//
//   DIR/CACHEDIR.TAG             tells backup programs, and `cache clear`, what
//                                the folder is (https://bford.info/cachedir/)
//   DIR/v1/KIND/XX/NAME          one file each; XX are the first digits of NAME
//
// A file is written beside its place and renamed, so readers see all of it or
// nothing, however many runs use the folder and whenever one of them dies. A
// name is written once with one content, or any of several that are all right.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_CACHEFOLDER_H
#define BOOTORDER_STORE_CACHEFOLDER_H

#include "store/CacheFile.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <atomic>
#include <mutex>
#include <vector>

namespace bootorder {

/// Files and bytes of one kind.
struct CacheUsage {
  uint64_t Files = 0;
  uint64_t Bytes = 0;
};

/// All members may be called from any thread. Nothing here fails: what cannot
/// be read is a miss, what cannot be written stops the writing, and
/// takeWarnings() says so.
class CacheFolder {
public:
  explicit CacheFolder(std::string Path) : Path(std::move(Path)) {}

  const std::string &path() const { return Path; }

  /// The whole file, damaged or not; null if there is none.
  std::unique_ptr<llvm::MemoryBuffer> map(CacheKind Kind, Digest Name);

  /// The body of a file; none if there is no such file or it is damaged, which
  /// is noted.
  std::optional<CacheBody> read(CacheKind Kind, Digest Name);

  /// Keeps \p File, which sealCacheFile() made. False if that is not possible;
  /// from then on nothing is written.
  bool write(CacheKind Kind, Digest Name, llvm::StringRef File);

  /// Notes that the file was of use, for prune(). False if there is no such
  /// file, or this was noted within the last hour and is not again.
  bool touch(CacheKind Kind, Digest Name);

  /// The file makes no sense; it is removed and a warning kept.
  void damaged(CacheKind Kind, Digest Name);

  /// At most two: the first damaged file with the number of others, and why
  /// nothing could be written. Each is given once.
  std::vector<std::string> takeWarnings();

  bool hasWritten() const { return HasWritten; }

  /// By CacheKind. Walks the folder.
  std::vector<CacheUsage> usage() const;

  /// Removes what was not of use for longest, until at most \p MaxBytes are
  /// left, and what interrupted runs left behind. The bytes removed.
  uint64_t prune(uint64_t MaxBytes);

  /// Removes every file of the cache, of any version, and nothing else.
  /// Errors: \p Path holds something that is no cache, or cannot be removed.
  llvm::Error clear();

private:
  std::string folderOf(CacheKind Kind) const;
  std::string pathOf(CacheKind Kind, Digest Name) const;
  bool makeFolders(llvm::StringRef Folder);
  void stopWriting(llvm::StringRef What, std::error_code Why);

  std::string Path;
  std::atomic<bool> CanWrite{true};
  std::atomic<bool> HasWritten{false};
  std::mutex Mutex; ///< guards the members below
  std::string WriteWarning;
  std::string FirstDamaged;
  uint64_t DamagedFiles = 0;
};

} // namespace bootorder

#endif
