//===- FileStates.h - what the disk holds now, asked once per path --------===//

#ifndef BOOTORDER_TOOL_DRIVER_FILESTATES_H
#define BOOTORDER_TOOL_DRIVER_FILESTATES_H

#include "tool/driver/InputLog.h"
#include "tool/driver/RunInputs.h"
#include "tool/driver/TreePaths.h"
#include <array>
#include <atomic>
#include <mutex>

namespace bootorder {

/// Compares the disk with the inputs of cached results.
///
/// Each path is looked at once in a run, with one stat(2); its content is
/// hashed only if the memo does not know it. All members may be called from
/// any thread.
class FileStates {
public:
  explicit FileStates(FileMemo Memo) : Memo(std::move(Memo)) {}

  /// The first input that is not as \p Inputs want it; null if all are.
  /// If all are, they count as used.
  const Input *findChange(const InputList &Inputs, const TreePaths &Paths);

  /// The inputs of \p Log, which was just parsed, and the digest of their
  /// state; the list refers to \p Log. They count as used.
  InputList listOf(const InputLog &Log, const TreePaths &Paths);

  /// All inputs that count as used, as seen from \p Paths; the list refers
  /// to this object. None if the tree changed while it was read.
  std::optional<InputList> usedInputs(const TreePaths &Paths);

  /// The same by path, also if the tree changed.
  std::vector<RunInput> usedPaths();

  /// The memo with all that this run learned; empty afterwards.
  FileMemo takeMemo();

private:
  struct Record {
    InputKind Kind = InputKind::Absent; ///< Present: not hashed yet
    bool IsKnown = false;
    std::atomic<uint8_t> Uses{0}; ///< a bit per InputKind it counts as
    ReadFile File; ///< stamp of Present and Content; digest of Content
  };
  struct Shard {
    std::mutex Mutex; ///< guards Records, all but their Uses
    llvm::StringMap<Record> Records;
  };

  Shard &shardOf(llvm::StringRef Path);
  /// Whether \p Wanted is what the disk has; the record in \p Found.
  bool isUnchanged(const Input &Wanted, const TreePaths &Paths,
                   InputState &State, Record *&Found);
  void look(const std::string &Path, Record &R);
  void hash(const std::string &Path, Record &R);
  /// What \p Path was when it was parsed.
  void learn(llvm::StringRef Path, const LoggedInput &Seen);

  FileMemo Memo; ///< only read until takeMemo()
  std::array<Shard, 64> Shards;
  std::atomic<bool> IsTorn{false}; ///< two reads of one path differ
};

} // namespace bootorder

#endif
