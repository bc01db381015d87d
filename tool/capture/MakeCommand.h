#ifndef BOOTORDER_TOOL_CAPTURE_MAKECOMMAND_H
#define BOOTORDER_TOOL_CAPTURE_MAKECOMMAND_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace bootorder {

/// A make command as the user wrote it, sorted.
struct MakeCommand {
  std::string Program;              ///< `make`
  std::vector<std::string> Options; ///< in order, with their values; no `-C`
  std::vector<std::string> Goals;   ///< in order
  /// Where make runs: the current folder, or where `-C` leads; absolute.
  std::string Directory;
  /// `NAME=value`, in order.
  std::vector<std::string> Variables;
  bool HasJobs = false; ///< `-j` is among Options

  /// The value of the last `NAME=` on the command line, or of the environment
  /// variable, or empty.
  std::string variable(llvm::StringRef Name) const;
  bool setsVariable(llvm::StringRef Name) const;
  /// Adds `Name=Value`, in place of an earlier one.
  void setVariable(llvm::StringRef Name, llvm::StringRef Value);

  /// Program, `-C`, options, variables and \p Goals, ready to run.
  std::vector<std::string> words(llvm::ArrayRef<std::string> Goals) const;
};

/// Sorts \p Words, the first of which is the program; \p CurrentDirectory is
/// absolute. Errors: no words; a program that is not make.
llvm::Expected<MakeCommand> parseMakeCommand(llvm::ArrayRef<std::string> Words,
                                             llvm::StringRef CurrentDirectory);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_MAKECOMMAND_H
