#ifndef BOOTORDER_TOOL_COMMANDS_H
#define BOOTORDER_TOOL_COMMANDS_H

#include "tool/ExitStatus.h"

#include "llvm/Support/Error.h"

namespace CLI {
class App;
} // namespace CLI

namespace bootorder {

/// What a subcommand leaves behind for main(), which alone ends the process.
struct CommandResult {
  ExitStatus Status = ExitStatus::Ok;

  /// Prints \p E to the error stream and keeps \p Why as the status.
  ///
  /// Diagnostics, which have a place, are printed as they are; any other error
  /// as "bootorder: error: <message>". \p E must not be success.
  void fail(ExitStatus Why, llvm::Error E);
};

/// Adds one subcommand to an application.
///
/// The function calls `App.add_subcommand`, keeps its option values in a
/// `std::shared_ptr` that the subcommand's callback owns, and lets the callback
/// set \p Result. \p Result outlives the callback.
///
/// To add a subcommand: write `tool/<Name>Command.cpp` with one such function,
/// name the file in `tool/CMakeLists.txt`, declare the function below, and list
/// it in `tool/Application.cpp`.
using RegisterCommand = void (*)(CLI::App &App, CommandResult &Result);

void registerBaselineCommand(CLI::App &App, CommandResult &Result);
void registerCacheCommand(CLI::App &App, CommandResult &Result);
void registerCaptureCommand(CLI::App &App, CommandResult &Result);
void registerCheckCommand(CLI::App &App, CommandResult &Result);
void registerDiffCommand(CLI::App &App, CommandResult &Result);
void registerDumpCommand(CLI::App &App, CommandResult &Result);
void registerExplainCommand(CLI::App &App, CommandResult &Result);
void registerExtractCommand(CLI::App &App, CommandResult &Result);
void registerMatrixCommand(CLI::App &App, CommandResult &Result);
void registerMergeCommand(CLI::App &App, CommandResult &Result);
void registerPhaseMapCommand(CLI::App &App, CommandResult &Result);
void registerRulesCommand(CLI::App &App, CommandResult &Result);
void registerWhatIfCommand(CLI::App &App, CommandResult &Result);

} // namespace bootorder

#endif // BOOTORDER_TOOL_COMMANDS_H
