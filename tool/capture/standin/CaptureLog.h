/// \file
/// The log that stand-ins append to and that `bootorder capture` reads.
///
/// A record is
/// \code
///   "BORC"                    4 bytes, magic
///   length                    4 bytes, host byte order: bytes that follow
///   field NUL field NUL ...   each field ended by a NUL
/// \endcode
/// with the fields: kind ("c" or "s"), fate ("faked", "kept", "real"), working
/// directory, object, dependency file, then the arguments. No argument of a
/// process can hold a NUL, so nothing is escaped. Each record is one `write`
/// to a file opened with `O_APPEND`, hence whole even with many processes at
/// once; a record cut short by a full disk ends the log.

#ifndef BOOTORDER_TOOL_CAPTURE_STANDIN_CAPTURELOG_H
#define BOOTORDER_TOOL_CAPTURE_STANDIN_CAPTURELOG_H

#include "tool/capture/standin/CompilerCommand.h"

#include <string>
#include <vector>

namespace bootorder {

/// What became of the object of a recorded command.
enum class ObjectFate {
  Faked, ///< An empty object was written; capture removes it at the end.
  Kept,  ///< A real object was there already and was left alone.
  Real,  ///< The real compiler was run.
};

/// One recorded compiler command.
struct CommandRecord {
  CommandKind Kind = CommandKind::C;
  ObjectFate Fate = ObjectFate::Faked;
  std::string Directory;      ///< Working directory, absolute.
  std::string Object;         ///< The final object, as in the command.
  std::string DependencyFile; ///< As in the command; may be empty.
  /// The real compiler's words, then the arguments as Kbuild gave them.
  std::vector<std::string> Arguments;
};

/// The bytes of \p Record.
std::string encodeRecord(const CommandRecord &Record);

/// All whole records of \p Bytes, in order; whatever follows the last whole
/// record is ignored.
std::vector<CommandRecord> decodeRecords(const std::string &Bytes);

/// Appends \p Record to the log \p Path in one write. False, with errno set,
/// if that was not possible.
bool appendRecord(const std::string &Path, const CommandRecord &Record);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_STANDIN_CAPTURELOG_H
