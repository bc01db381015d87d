/// \file
/// `bootorder phase-map`: the boot of a tree, for the clang-tidy module.

#include "solve/MakePhaseMap.h"
#include "store/PhaseMapFile.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "tool/driver/CommandLine.h"
#include "tool/driver/MapFiles.h"
#include "tool/report/Report.h"

#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct PhaseMapOptions {
  AnalysisOptions Analysis;
  std::string Output;
};

} // namespace

static void runPhaseMap(const PhaseMapOptions &Options, CommandResult &Result) {
  std::optional<Prepared> Ready = prepare(Options.Analysis, Result);
  if (!Ready)
    return;
  Program P = linkTree(Ready->Facts, Ready->Rules);
  PhaseMap Map =
      makePhaseMap(P, Ready->Rules, solveOptions(Options.Analysis, *Ready));
  const TreeDescription &Tree = Ready->Facts.Tree;
  Map.Kernel = Tree.Kernel;
  Map.Arch = Tree.Arch;
  Map.Configuration = configurationOf(Tree);
  Map.Rules = digestOfRules(Ready->Rules).hex();
  Map.IsStrict = Options.Analysis.Wanted == Profile::Strict;
  Map.Files = mapFilesOf(Ready->Facts);
  std::string Bytes = encodePhaseMap(Map);
  if (llvm::Error E = writeFile(Options.Output, Bytes))
    return Result.fail(ExitStatus::InternalError, std::move(E));
  llvm::outs() << "wrote '" << Options.Output
               << "': " << countText(Map.Steps.size(), "step") << " of Linux "
               << Map.Kernel << " (" << Map.Arch << "), "
               << countText(Map.Functions.size(), "function") << ", "
               << countText(Bytes.size()) << " bytes\n";
  if (!Ready->Facts.Lost.empty())
    Result.Status = ExitStatus::Incomplete;
}

void registerPhaseMapCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "phase-map", "Write the boot of a tree down for the clang-tidy module");
  auto Options = std::make_shared<PhaseMapOptions>();
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  Command.add_option("-o", Options->Output, "File to write")
      ->type_name("FILE")
      ->required();
  Command.callback([Options, &Result] { runPhaseMap(*Options, Result); });
}

} // namespace bootorder
