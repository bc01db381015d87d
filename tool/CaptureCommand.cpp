/// \file
/// `bootorder capture`: Kbuild's compile commands without compiling.

#include "tool/Commands.h"

#include "support/Error.h"
#include "support/Installation.h"
#include "support/Paths.h"
#include "tool/capture/Capture.h"
#include "tool/capture/MakeCommand.h"
#include "tool/driver/Interrupt.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct CaptureCommandOptions {
  std::string OutputFolder = ".";
  std::string CommandFilesTree;
  std::vector<std::string> Words;
};

/// One line on a terminal, drawn over itself.
class Counter {
public:
  ~Counter() {
    if (IsShown && Drawn)
      llvm::errs() << "\r\x1b[K";
  }
  void show(size_t Units) {
    if (!IsShown || Units == Drawn)
      return;
    Drawn = Units;
    llvm::errs() << "\r\x1b[Kcapturing: " << Units << " units";
  }

private:
  const bool IsShown = llvm::errs().is_displayed();
  size_t Drawn = 0;
};

std::string currentDirectory() {
  llvm::SmallString<256> Path;
  llvm::sys::fs::current_path(Path);
  return Path.str().str();
}

void printSummary(const CapturedTree &Tree, llvm::StringRef Folder) {
  size_t Counts[2][3] = {};
  for (const CapturedUnit &Unit : Tree.Units)
    ++Counts[Unit.Kind == UnitKind::Assembly][static_cast<int>(Unit.Where)];
  const size_t(&C)[3] = Counts[0], (&S)[3] = Counts[1];
  llvm::outs() << "captured " << Tree.Units.size() << " commands of Linux "
               << Tree.Kernel << " (" << Tree.Arch << ") into '" << Folder
               << "'\n"
               << "  C: " << C[0] << " built in, " << C[1] << " in modules, "
               << C[2] << " in other images; assembly: " << S[0] << ", " << S[1]
               << ", " << S[2] << "\n";
}

} // namespace

/// Prints what Kbuild said, as it said it.
static void printMakeOutput(const CaptureOutcome &Outcome) {
  llvm::errs() << Outcome.MakeOutput;
  if (!llvm::StringRef(Outcome.MakeOutput).ends_with("\n"))
    llvm::errs() << "\n";
}

static void finish(const CapturedTree &Tree, llvm::StringRef Folder,
                   CommandResult &Result) {
  if (llvm::Error E = writeCapturedTree(Tree, Folder))
    return Result.fail(ExitStatus::InternalError, std::move(E));
  printSummary(Tree, Folder);
}

static void captureWithMake(const CaptureOptions &Options,
                            CommandResult &Result) {
  llvm::Expected<CaptureOutcome> Outcome = [&] {
    Counter Progress;
    return captureTree(Options, [&](size_t Units) { Progress.show(Units); });
  }();
  if (!Outcome)
    return Result.fail(ExitStatus::InternalError, Outcome.takeError());
  if (Outcome->PassedThrough) {
    printMakeOutput(*Outcome);
    if (Outcome->MakeStatus)
      Result.fail(ExitStatus::InternalError,
                  makeError("make failed; what it said is above"));
    return;
  }
  finish(Outcome->Tree, Options.OutputFolder, Result);
  if (Outcome->MakeStatus == 0 || Result.Status != ExitStatus::Ok)
    return;
  printMakeOutput(*Outcome);
  Result.fail(ExitStatus::Incomplete,
              makeError("make failed; what it said is above, and the commands "
                        "it came to were kept"));
}

static void runCapture(const CaptureCommandOptions &Given,
                       CommandResult &Result) {
  std::string Here = currentDirectory();
  std::string Folder = absolutePath(Given.OutputFolder, Here);
  if (Given.CommandFilesTree.empty()) {
    if (llvm::Error E = parseMakeCommand(Given.Words, Here).takeError())
      return Result.fail(ExitStatus::UsageError, std::move(E));
    watchInterrupts();
    captureWithMake({Folder, Given.Words, Here, programFolder()}, Result);
    return;
  }
  llvm::Expected<CapturedTree> Tree =
      readCommandFiles(absolutePath(Given.CommandFilesTree, Here));
  if (!Tree)
    return Result.fail(ExitStatus::InternalError, Tree.takeError());
  finish(*Tree, Folder, Result);
}

void registerCaptureCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "capture", "Run Kbuild without compiling and keep its commands");
  auto Options = std::make_shared<CaptureCommandOptions>();
  Command
      .add_option("-o", Options->OutputFolder,
                  "Folder for compile_commands.json and capture.json, made if "
                  "it is not there; default: the current folder")
      ->type_name("DIR");
  CLI::Option *FromFiles =
      Command
          .add_option("--from-cmd-files", Options->CommandFilesTree,
                      "Read the .cmd files of a finished build instead")
          ->type_name("OBJTREE");
  Command
      .add_option("make", Options->Words,
                  "The make command that builds the kernel, after '--'")
      ->type_name("-- make ARGUMENT...")
      ->excludes(FromFiles);
  Command.callback([Options, &Result] { runCapture(*Options, Result); });
}

} // namespace bootorder
