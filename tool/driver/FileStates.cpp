#include "tool/driver/FileStates.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace bootorder {

static uint8_t useBit(InputKind Kind) {
  return 1u << static_cast<unsigned>(Kind);
}

FileStates::Shard &FileStates::shardOf(StringRef Path) {
  return Shards[xxh3_64bits(Path) % Shards.size()];
}

void FileStates::look(const std::string &Path, Record &R) {
  bool IsFolder = false;
  R.File.StampTime = clockNow();
  R.File.Stamp = stampOf(Path.c_str(), IsFolder);
  R.Kind = R.File.Stamp || IsFolder ? InputKind::Present : InputKind::Absent;
  R.IsKnown = true;
}

void FileStates::hash(const std::string &Path, Record &R) {
  if (!R.File.Stamp)
    return; // a folder
  if (std::optional<Digest> Known = Memo.find(Path, *R.File.Stamp)) {
    R.File.Content = *Known;
    R.Kind = InputKind::Content;
    return;
  }
  auto Content = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false,
                                       /*IsVolatile=*/true);
  if (!Content)
    return; // not readable: it cannot be what was read before
  R.File.Content = digestOf((*Content)->getBuffer());
  R.Kind = InputKind::Content;
}

bool FileStates::isUnchanged(const Input &Wanted, const TreePaths &Paths,
                             InputState &State, Record *&Found) {
  std::string Path = Paths.join(Wanted.Root, Wanted.Path);
  Shard &S = shardOf(Path);
  std::lock_guard<std::mutex> Lock(S.Mutex);
  Record &R = S.Records[Path];
  Found = &R;
  if (!R.IsKnown)
    look(Path, R);
  if (Wanted.Kind == InputKind::Content && R.Kind == InputKind::Present)
    hash(Path, R);
  bool IsThere = R.Kind != InputKind::Absent;
  if (IsThere != (Wanted.Kind != InputKind::Absent))
    return false;
  if (Wanted.Kind != InputKind::Content) {
    State.add(Wanted.Kind, Digest());
    return true;
  }
  if (R.Kind != InputKind::Content ||
      fingerprintOf(R.File.Content) != Wanted.Fingerprint)
    return false;
  State.add(Wanted.Kind, R.File.Content);
  return true;
}

const Input *FileStates::findChange(const InputList &Inputs,
                                    const TreePaths &Paths) {
  InputState State;
  std::vector<std::pair<Record *, InputKind>> Found;
  Found.reserve(Inputs.Files.size());
  for (const Input &Wanted : Inputs.Files) {
    Record *R = nullptr;
    if (!isUnchanged(Wanted, Paths, State, R))
      return &Wanted;
    Found.push_back({R, Wanted.Kind});
  }
  // Equal fingerprints and another state: 1 in 2^32, and any file may be it.
  if (State.take() != Inputs.State)
    return Inputs.Files.empty() ? nullptr : &Inputs.Files.front();
  for (auto [R, Kind] : Found)
    R->Uses |= useBit(Kind);
  return nullptr;
}

void FileStates::learn(StringRef Path, const LoggedInput &Seen) {
  Shard &S = shardOf(Path);
  std::lock_guard<std::mutex> Lock(S.Mutex);
  Record &R = S.Records[Path];
  bool WasThere = R.Kind != InputKind::Absent;
  bool IsThere = Seen.Kind != InputKind::Absent;
  if (R.IsKnown && WasThere != IsThere)
    IsTorn = true;
  if (R.Kind == InputKind::Content && Seen.Kind == InputKind::Content &&
      R.File.Content != Seen.Content)
    IsTorn = true;
  if (!R.IsKnown ||
      (R.Kind != InputKind::Content && Seen.Kind == InputKind::Content)) {
    R.Kind = Seen.Kind;
    R.File = Seen;
  }
  R.IsKnown = true;
  R.Uses |= useBit(Seen.Kind);
}

/// Sorts \p Files, which \p Kinds belong to, and sums them up.
static InputList finishList(std::vector<std::pair<Input, Digest>> Files) {
  llvm::sort(Files,
             [](const auto &A, const auto &B) { return A.first < B.first; });
  InputList List;
  InputState State;
  List.Files.reserve(Files.size());
  for (auto &[File, Content] : Files) {
    if (File.Kind == InputKind::Content)
      File.Fingerprint = fingerprintOf(Content);
    else
      Content = Digest();
    State.add(File.Kind, Content);
    List.Files.push_back(File);
  }
  List.State = State.take();
  return List;
}

InputList FileStates::listOf(const InputLog &Log, const TreePaths &Paths) {
  std::vector<std::pair<Input, Digest>> Files;
  for (const auto &Entry : Log.inputs()) {
    learn(Entry.getKey(), Entry.second);
    auto [Root, Path] = Paths.split(Entry.getKey());
    Files.push_back({{Path, Root, Entry.second.Kind, 0}, Entry.second.Content});
  }
  return finishList(std::move(Files));
}

std::optional<InputList> FileStates::usedInputs(const TreePaths &Paths) {
  if (IsTorn)
    return std::nullopt;
  std::vector<std::pair<Input, Digest>> Files;
  for (Shard &S : Shards) {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    for (const auto &Entry : S.Records) {
      const Record &R = Entry.second;
      if (R.Uses == 0)
        continue;
      auto [Root, Path] = Paths.split(Entry.getKey());
      auto Strictest = static_cast<InputKind>(Log2_32(R.Uses));
      Files.push_back({{Path, Root, Strictest, 0}, R.File.Content});
    }
  }
  return finishList(std::move(Files));
}

std::vector<RunInput> FileStates::usedPaths() {
  std::vector<RunInput> Paths;
  for (Shard &S : Shards) {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    for (const auto &Entry : S.Records)
      if (Entry.second.Uses != 0)
        Paths.push_back(
            {Entry.getKey().str(), Entry.second.Kind != InputKind::Absent});
  }
  return Paths;
}

FileMemo FileStates::takeMemo() {
  for (Shard &S : Shards) {
    std::lock_guard<std::mutex> Lock(S.Mutex);
    for (const auto &Entry : S.Records) {
      const Record &R = Entry.second;
      if (R.Kind == InputKind::Content && R.File.Stamp &&
          Memo.find(Entry.getKey(), *R.File.Stamp) != R.File.Content)
        Memo.add(Entry.getKey(), *R.File.Stamp, R.File.Content,
                 R.File.StampTime);
    }
  }
  return std::move(Memo);
}

} // namespace bootorder
