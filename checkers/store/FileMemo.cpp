//===- FileMemo.cpp - digests of files that have not changed --------------===//

#include "store/FileMemo.h"
#include "store/CacheCodec.h"
#include "store/FactsCodec.h"
#include "llvm/ADT/STLExtras.h"
#include <sys/stat.h>

using namespace bootorder;
using llvm::StringRef;

static int64_t inNanoseconds(const timespec &Time) {
  return int64_t(Time.tv_sec) * 1000000000 + Time.tv_nsec;
}

int64_t bootorder::clockNow() {
  timespec Now;
  clock_gettime(CLOCK_REALTIME, &Now);
  return inNanoseconds(Now);
}

std::optional<FileStamp> bootorder::stampOf(const char *Path, bool &IsFolder) {
  struct stat Status;
  IsFolder = false;
  if (::stat(Path, &Status) != 0)
    return std::nullopt;
  IsFolder = S_ISDIR(Status.st_mode);
  if (!S_ISREG(Status.st_mode) && !S_ISCHR(Status.st_mode))
    return std::nullopt;
  return FileStamp{uint64_t(Status.st_size), uint64_t(Status.st_ino),
                   inNanoseconds(Status.st_mtim),
                   inNanoseconds(Status.st_ctim)};
}

std::optional<Digest> FileMemo::find(StringRef Path,
                                     const FileStamp &Stamp) const {
  auto Found = Files.find(Path);
  if (Found == Files.end() || !(Found->second.Stamp == Stamp))
    return std::nullopt;
  return Found->second.Content;
}

void FileMemo::add(StringRef Path, const FileStamp &Stamp, Digest Content,
                   int64_t Now) {
  if (std::max(Stamp.Modified, Stamp.Changed) >= Now - Granularity.count())
    return;
  Files[Path] = {Stamp, Content};
  IsChanged = true;
}

std::string FileMemo::encode() const {
  std::vector<const llvm::StringMapEntry<Known> *> Sorted;
  for (const auto &File : Files)
    Sorted.push_back(&File);
  llvm::sort(Sorted, [](const auto *A, const auto *B) {
    return A->getKey() < B->getKey();
  });
  std::vector<uint8_t> Characters;
  std::vector<store::Remembered> Stored;
  for (const auto *File : Sorted) {
    StringRef Path = File->getKey();
    Characters.insert(Characters.end(), Path.bytes_begin(), Path.bytes_end());
    const Known &K = File->second;
    Stored.emplace_back(bootorder::encode(K.Content), K.Stamp.Size,
                        K.Stamp.Inode, K.Stamp.Modified, K.Stamp.Changed,
                        Characters.size());
  }
  flatbuffers::FlatBufferBuilder Out;
  auto Chars = Out.CreateVector(Characters);
  auto All = Out.CreateVectorOfStructs(Stored);
  return finishCacheRoot(Out, store::CreateMemo(Out, Chars, All));
}

std::optional<FileMemo> FileMemo::decode(StringRef Body) {
  const auto *Stored = cacheContent<store::Memo>(Body);
  if (!Stored || !Stored->chars() || !Stored->files() ||
      !isAligned(Stored->files()))
    return std::nullopt;
  StringRef All(reinterpret_cast<const char *>(Stored->chars()->data()),
                Stored->chars()->size());
  FileMemo Memo;
  uint32_t Begin = 0;
  for (const store::Remembered *R : *Stored->files()) {
    uint32_t End = R->path_end();
    if (End < Begin || End > All.size())
      return std::nullopt;
    Memo.Files[All.slice(Begin, End)] = {
        {R->size(), R->inode(), R->modified(), R->changed()},
        bootorder::decode(&R->digest())};
    Begin = End;
  }
  return Memo;
}
