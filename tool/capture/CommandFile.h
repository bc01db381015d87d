/// \file
/// Kbuild's `.x.o.cmd` files: the command that made `x.o`, kept beside it.

#ifndef BOOTORDER_TOOL_CAPTURE_COMMANDFILE_H
#define BOOTORDER_TOOL_CAPTURE_COMMANDFILE_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// The first assignment of a `.cmd` file.
struct SavedCommand {
  std::string Target;  ///< as Kbuild writes it: relative to the object root
  std::string Command; ///< shell text, make's escapes undone
};

/// Reads `cmd_x.o := ...` (until 6.3) or `savedcmd_x.o := ...` off the first
/// line of \p Text; none if there is neither.
std::optional<SavedCommand> parseSavedCommand(llvm::StringRef Text);

/// `dir/.x.o.cmd` for `dir/x.o`.
std::string commandFileOf(llvm::StringRef Target);

/// The saved command of \p Target, a path relative to \p ObjectRoot; none if
/// it has no command file.
std::optional<SavedCommand> readSavedCommand(llvm::StringRef ObjectRoot,
                                             llvm::StringRef Target);

/// The words of a shell command, without quotes.
std::vector<std::string> shellWords(llvm::StringRef Command);

/// Objects and archives that \p Saved takes in, relative to \p ObjectRoot, in
/// command order. Lists in files (`@x.mod`) are read; `printf "dir/%s " x.o`,
/// with which 6.x feeds ar, is understood.
std::vector<std::string> objectInputs(const SavedCommand &Saved,
                                      llvm::StringRef ObjectRoot);

/// What `objcopy --prefix-symbols=` in \p Saved adds; may be empty.
std::string addedSymbolPrefix(const SavedCommand &Saved);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_COMMANDFILE_H
