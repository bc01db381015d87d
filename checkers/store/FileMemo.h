//===- FileMemo.h - digests of files that have not changed ----------------===//

#ifndef BOOTORDER_STORE_FILEMEMO_H
#define BOOTORDER_STORE_FILEMEMO_H

#include "store/Digest.h"
#include "llvm/ADT/StringMap.h"
#include <chrono>
#include <optional>

namespace bootorder {

/// What stat(2) says of a file. Writing to a file, replacing it and setting its
/// times back all show in one of these.
struct FileStamp {
  uint64_t Size = 0;
  uint64_t Inode = 0;
  int64_t Modified = 0; ///< nanoseconds since 1970
  int64_t Changed = 0;  ///< likewise; no program can set it back

  friend bool operator==(const FileStamp &A, const FileStamp &B) {
    return A.Size == B.Size && A.Inode == B.Inode && A.Modified == B.Modified &&
           A.Changed == B.Changed;
  }
};

/// Stamp of the regular file \p Path, or of what it links to; `/dev/null` has
/// one, too. None if there is no such file. \p IsFolder: whether there is a folder instead.
std::optional<FileStamp> stampOf(const char *Path, bool &IsFolder);

/// Digests by absolute path. Not for use by several threads at once.
class FileMemo {
public:
  /// Files written to within this time before they were read are not kept: the
  /// clock of a file system may be that coarse, and a second write would not
  /// show. The slowest, FAT's, counts in two seconds.
  static constexpr std::chrono::nanoseconds Granularity =
      std::chrono::seconds(2);

  /// The digest of \p Path if it still has \p Stamp.
  std::optional<Digest> find(llvm::StringRef Path,
                             const FileStamp &Stamp) const;

  /// Remembers that \p Path, with the \p Stamp taken before it was read, had
  /// the content of \p Content. \p Now is the time of that stamp in
  /// nanoseconds. Replaces what was known.
  void add(llvm::StringRef Path, const FileStamp &Stamp, Digest Content,
           int64_t Now);

  /// Whether add() changed anything.
  bool isChanged() const { return IsChanged; }

  /// As a body of CacheFile.h, sorted by path; and back. A body that makes no
  /// sense gives none.
  std::string encode() const;
  static std::optional<FileMemo> decode(llvm::StringRef Body);

private:
  struct Known {
    FileStamp Stamp;
    Digest Content;
  };
  llvm::StringMap<Known> Files;
  bool IsChanged = false;
};

/// Nanoseconds since 1970.
int64_t clockNow();

} // namespace bootorder

#endif
