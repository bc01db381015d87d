//===- InputLog.h - what one parse asked of the disk ----------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_INPUTLOG_H
#define BOOTORDER_TOOL_DRIVER_INPUTLOG_H

#include "store/CacheInputs.h"
#include "store/FileMemo.h"
#include "llvm/ADT/StringMap.h"

namespace bootorder {

/// A file that was read, as it was at that moment.
struct ReadFile {
  Digest Content;
  std::optional<FileStamp> Stamp; ///< taken before the content; none: no disk
  int64_t StampTime = 0;          ///< when, as clockNow() gives it
};

struct LoggedInput : ReadFile {
  InputKind Kind = InputKind::Absent;
};

/// Paths by what became of them; belongs to one parse, so to one thread.
///
/// Folders that exist are not noted: what they hold is looked up by name.
class InputLog {
public:
  void looked(llvm::StringRef Path, bool IsThere);
  void read(llvm::StringRef Path, const ReadFile &File);
  /// Adds what a unit depends on that was parsed on top of \p Prelude and rests
  /// on the headers \p Files of it: what they hold, and every look-up that did
  /// not end in reading: a header that appears may stand in front of any. If
  /// one of \p Files was not read by that name, all that was read counts.
  void addPrelude(const InputLog &Prelude, llvm::ArrayRef<std::string> Files);

  const llvm::StringMap<LoggedInput> &inputs() const { return Inputs; }

private:
  llvm::StringMap<LoggedInput> Inputs; ///< by absolute path
};

} // namespace bootorder

#endif
