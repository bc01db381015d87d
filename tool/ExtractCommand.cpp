/// \file
/// `bootorder extract`: facts of a tree in a folder, for `check --facts`.

#include "tool/driver/CommandLine.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/RunInputs.h"
#include "tool/driver/Shards.h"
#include "tool/report/Report.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

namespace bootorder {

namespace {

struct ExtractOptions {
  AnalysisOptions Analysis;
  std::string Shard; ///< `I/N`; empty: all
  std::string OutputDirectory;
};

} // namespace

/// How many units could share headers, and the commonest reasons why not.
static void printPreludeUse(const TreeFacts &Facts) {
  constexpr size_t MaxReasons = 5;
  std::map<std::string, size_t> ByReason;
  for (const LostUnit &Unit : Facts.Refused)
    ++ByReason[Unit.Reason];
  std::vector<std::pair<size_t, std::string>> Reasons;
  for (const auto &[Reason, Count] : ByReason)
    Reasons.push_back({Count, Reason});
  std::sort(Reasons.rbegin(), Reasons.rend());
  llvm::outs() << "  common headers parsed once for "
               << countText(Facts.UnitsWithPrelude, "unit") << ", anew for "
               << countText(Facts.Refused.size())
               << " that read them differently\n";
  for (size_t I = 0; I != std::min(Reasons.size(), MaxReasons); ++I)
    llvm::outs() << "    " << countText(Reasons[I].first) << ": "
                 << Reasons[I].second << "\n";
}

static void printSummary(const TreeFacts &Facts) {
  Ledger L;
  addUnitCounts(L, Facts);
  if (Facts.Shard)
    llvm::outs() << "shard " << Facts.Shard->Parts.front() << " of "
                 << Facts.Shard->Of << ", of a tree with "
                 << countText(Facts.Shard->Units, "unit") << "\n";
  llvm::outs() << countText(L.Units, "unit") << ": " << countText(L.UnitsParsed)
               << " parsed, " << countText(L.UnitsWithNotes) << " with notes, "
               << countText(L.UnitsLost.size()) << " lost\n";
  if (Facts.UnitsWithPrelude + Facts.Refused.size() != 0)
    printPreludeUse(Facts);
  for (const LostUnit &Unit : L.UnitsLost)
    llvm::outs() << "  lost: " << Unit.Unit << ": " << Unit.Reason << "\n";
}

/// Adds to \p Note what files held that were not read because the facts of
/// their units were in the cache.
static void addCachedInputs(const RunInputs &Inputs, ShardNote &Note) {
  for (const RunInput &Input : Inputs.Files) {
    if (!Input.IsThere || Note.Inputs.count(Input.Path) != 0 ||
        !llvm::sys::fs::is_regular_file(Input.Path))
      continue;
    if (auto File = llvm::MemoryBuffer::getFile(Input.Path))
      Note.Inputs[Input.Path] = digestOf((*File)->getBuffer()).hex();
  }
}

static void runExtract(ExtractOptions Options, CommandResult &Result) {
  RunInputs Inputs;
  if (!Options.Shard.empty()) {
    llvm::Expected<ShardChoice> Shard = parseShard(Options.Shard);
    if (!Shard)
      return Result.fail(ExitStatus::UsageError, Shard.takeError());
    Options.Analysis.Shard = *Shard;
    Options.Analysis.Inputs = &Inputs;
  }
  std::optional<Prepared> Ready = prepare(Options.Analysis, Result);
  if (!Ready)
    return;
  if (Ready->Facts.Shard)
    addCachedInputs(Inputs, *Ready->Facts.Shard);
  watchInterrupts(); // the folder is written to its end
  if (llvm::Error E = writeTreeFacts(Ready->Facts, Options.OutputDirectory))
    return Result.fail(ExitStatus::InternalError, std::move(E));
  printSummary(Ready->Facts);
  if (!Ready->Facts.Lost.empty())
    Result.Status = ExitStatus::Incomplete;
}

void registerExtractCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "extract", "Write the facts of a kernel tree for 'check --facts'");
  auto Options = std::make_shared<ExtractOptions>();
  addTreeOptions(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  Command
      .add_option("--shard", Options->Shard,
                  "Only the I-th of N parts, for 'bootorder merge': machines "
                  "that see the same tree cut it alike")
      ->type_name("I/N");
  Command
      .add_option("-o", Options->OutputDirectory,
                  "Folder for the facts, made if it is not there")
      ->type_name("DIR")
      ->required();
  Command.callback([Options, &Result] { runExtract(*Options, Result); });
}

} // namespace bootorder
