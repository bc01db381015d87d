/// \file
/// `bootorder merge`: facts of shards, from many machines, to those of a tree.

#include "tool/Commands.h"

#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/MergeFacts.h"
#include "tool/driver/Pipeline.h"
#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct MergeOptions {
  std::vector<std::string> Folders;
  std::string OutputDirectory;
};

} // namespace

static llvm::Expected<TreeFacts>
readAndMerge(const std::vector<std::string> &Folders) {
  std::vector<NamedFacts> Inputs;
  for (const std::string &Folder : Folders) {
    llvm::Expected<TreeFacts> Facts = readTreeFacts(Folder);
    if (!Facts)
      return Facts.takeError();
    Inputs.push_back({Folder, std::move(*Facts)});
  }
  return mergeFacts(std::move(Inputs));
}

static void printSummary(const TreeFacts &Facts) {
  Ledger L;
  addUnitCounts(L, Facts);
  llvm::outs() << countText(L.Units, "unit") << ": " << countText(L.UnitsParsed)
               << " parsed, " << countText(L.UnitsWithNotes) << " with notes, "
               << countText(L.UnitsLost.size()) << " lost\n";
  for (const LostUnit &Unit : L.UnitsLost)
    llvm::outs() << "  lost: " << Unit.Unit << ": " << Unit.Reason << "\n";
}

static void runMerge(const MergeOptions &Options, CommandResult &Result) {
  watchInterrupts(); // the folder is written to its end
  llvm::Expected<TreeFacts> Facts = readAndMerge(Options.Folders);
  if (!Facts)
    return Result.fail(ExitStatus::UsageError, Facts.takeError());
  if (llvm::Error E = writeTreeFacts(*Facts, Options.OutputDirectory))
    return Result.fail(ExitStatus::InternalError, std::move(E));
  printSummary(*Facts);
  if (Facts->Shard) {
    std::vector<int64_t> Missing = missingParts(*Facts->Shard);
    Result.fail(ExitStatus::Incomplete,
                makeError("'" + Options.OutputDirectory + "' lacks shard" +
                          llvm::Twine(Missing.size() == 1 ? " " : "s ") +
                          listText(Missing) + " of " +
                          llvm::Twine(Facts->Shard->Of) +
                          "; merge it with the rest before it is checked"));
  } else if (!Facts->Lost.empty()) {
    Result.Status = ExitStatus::Incomplete;
  }
}

void registerMergeCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "merge", "Join the facts of shards that 'extract --shard' wrote");
  auto Options = std::make_shared<MergeOptions>();
  Command
      .add_option("folders", Options->Folders,
                  "Folders of facts, of shards or merged ones, in any order")
      ->type_name("DIR")
      ->required();
  Command
      .add_option("-o", Options->OutputDirectory,
                  "Folder for the facts, made if it is not there")
      ->type_name("DIR")
      ->required();
  Command.footer("Exit status: 0 all of the tree is there; 2 usage, or folders "
                 "that do not belong together; 3 shards are missing or units "
                 "lost; 4 I/O or internal error.");
  Command.callback([Options, &Result] { runMerge(*Options, Result); });
}

} // namespace bootorder
