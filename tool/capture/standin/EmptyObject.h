/// \file
/// Writes the empty objects that keep Kbuild going, and recognises them.
///
/// An empty object is what the real compiler makes of an empty file under the
/// same ABI options, so its ELF class, machine, byte order and flags are right
/// on every architecture without a table here; it defines no symbol. A mark
/// after the last byte tells it from an object somebody built; ELF readers do
/// not look behind the section headers.

#ifndef BOOTORDER_TOOL_CAPTURE_STANDIN_EMPTYOBJECT_H
#define BOOTORDER_TOOL_CAPTURE_STANDIN_EMPTYOBJECT_H

#include <string>
#include <vector>

namespace bootorder {

/// Who sits at a path where an object is to be written.
enum class ObjectState {
  Absent, ///< Nothing, or a file of no bytes.
  Empty,  ///< An empty object of ours.
  Real,   ///< Somebody's object.
};

/// Looks at \p Path.
ObjectState objectState(const std::string &Path);

/// An object template for \p AbiOptions, made by \p Compiler (its words) and
/// kept in the folder \p CacheDirectory under a name derived from both.
///
/// Empty if the compiler refuses. Costs one compiler start per distinct set of
/// options, a file read afterwards. Safe to call from many processes.
std::string emptyObjectBytes(const std::string &CacheDirectory,
                             const std::vector<std::string> &Compiler,
                             const std::vector<std::string> &AbiOptions);

/// Writes \p Bytes and the mark to a new file at \p Path, whatever was there.
/// False, with errno set, if that was not possible.
bool writeEmptyObject(const std::string &Path, const std::string &Bytes);

/// Reads a whole file; empty if it cannot be read.
std::string readWholeFile(const std::string &Path);

/// Writes a whole file in place of \p Path. False, with errno set, on failure.
bool writeWholeFile(const std::string &Path, const std::string &Bytes);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_STANDIN_EMPTYOBJECT_H
