/// \file
/// The entry point: registers the subcommands, parses the command line, and
/// ends the process.

#include "tool/Commands.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/InitLLVM.h"

#include <CLI/CLI.hpp>

using namespace bootorder;

namespace {

/// In the order in which `--help` lists them.
constexpr llvm::ArrayRef<RegisterCommand> Commands;

constexpr char Version[] =
    "bootorder " BOOTORDER_VERSION "\nLLVM " LLVM_VERSION_STRING;

/// CLI11 has exit codes of its own; all but "help was asked for" mean a wrong
/// command line.
ExitStatus reportParseResult(const CLI::App &App,
                             const CLI::ParseError &Error) {
  return App.exit(Error) == 0 ? ExitStatus::Ok : ExitStatus::UsageError;
}

ExitStatus runTool(int Argc, char **Argv) {
  CLI::App App("Finds code that runs too early, or too late, in the boot of a "
               "Linux kernel tree.",
               "bootorder");
  App.set_version_flag("--version", Version);
  App.require_subcommand(/*min=*/1, /*max=*/1);

  CommandResult Result;
  for (RegisterCommand Register : Commands)
    Register(App, Result);
  try {
    App.parse(Argc, Argv);
  } catch (const CLI::ParseError &Error) {
    return reportParseResult(App, Error);
  }
  return Result.Status;
}

} // namespace

int main(int Argc, char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  return static_cast<int>(runTool(Argc, Argv));
}
