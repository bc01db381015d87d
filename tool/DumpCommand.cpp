/// \file
/// `bootorder dump`: what the analysis knows, as lists for people and scripts.

#include "tool/driver/CommandLine.h"
#include "tool/driver/DumpCommands.h"
#include "tool/driver/DumpFacts.h"
#include "tool/report/CallGraph.h"
#include "tool/report/Functions.h"
#include "tool/report/Inventory.h"
#include "tool/report/Tables.h"

#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct DumpOptions {
  AnalysisOptions Analysis;
  std::string Before;
  bool IsDot = false;
  std::string FactsFile;
};

} // namespace

/// Solves the tree and prints one aspect of the result.
static void
dumpResult(const DumpOptions &Options, CommandResult &Result,
           llvm::function_ref<llvm::Error(const SolveResult &)> Print) {
  std::optional<Analysis> Analysed = analyse(Options.Analysis, Result);
  if (!Analysed)
    return;
  if (llvm::Error E = Print(Analysed->Result))
    Result.fail(ExitStatus::UsageError, std::move(E));
}

/// The edges are not part of a result: a kernel has a hundred thousand.
static void dumpCallGraph(const DumpOptions &Options, CommandResult &Result) {
  std::optional<Prepared> Ready = prepare(Options.Analysis, Result);
  if (!Ready)
    return;
  Program P = linkTree(Ready->Facts, Ready->Rules);
  SolveOptions Solving = solveOptions(Options.Analysis, *Ready);
  if (!Options.IsDot) {
    forEachEdge(P, Ready->Rules, Solving,
                [](const GraphEdge &Edge) { printEdge(llvm::outs(), Edge); });
    return;
  }
  DotWriter Writer(llvm::outs());
  forEachEdge(P, Ready->Rules, Solving,
              [&](const GraphEdge &Edge) { Writer.add(Edge); });
}

static CLI::App &addDump(CLI::App &Dump, const char *Name, const char *Help) {
  CLI::App &Command = *Dump.add_subcommand(Name, Help);
  // `dump steps -p DIR` reads as well as `dump -p DIR steps`.
  Command.fallthrough();
  return Command;
}

static void addResultDumps(CLI::App &Dump, std::shared_ptr<DumpOptions> Options,
                           CommandResult &Result) {
  addDump(Dump, "steps",
          "The boot in order: number, function, place, milestones completed")
      .callback([Options, &Result] {
        dumpResult(*Options, Result, [](const SolveResult &Solved) {
          printSteps(llvm::outs(), Solved);
          return llvm::Error::success();
        });
      });
  CLI::App &Reached = addDump(
      Dump, "reached", "Functions that run: name, file, first step, last step");
  Reached
      .add_option("--before", Options->Before,
                  "Only functions that can run before this milestone")
      ->type_name("MILESTONE");
  Reached.callback([Options, &Result] {
    dumpResult(*Options, Result, [&](const SolveResult &Solved) {
      return printReached(llvm::outs(), Solved, Options->Before);
    });
  });
  addDump(Dump, "unresolved",
          "Indirect calls of reached code whose target is not known")
      .callback([Options, &Result] {
        dumpResult(*Options, Result, [](const SolveResult &Solved) {
          printUnresolved(llvm::outs(), Solved);
          return llvm::Error::success();
        });
      });
}

static void addGraphDump(CLI::App &Dump, std::shared_ptr<DumpOptions> Options,
                         CommandResult &Result) {
  CLI::App &Graph =
      addDump(Dump, "callgraph",
              "Calls of live code: caller, file, callee, file, kind, step");
  Graph
      .add_option("--format", Options->IsDot,
                  "text, or dot for a drawing by Graphviz")
      ->type_name("text|dot")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, bool>{{"text", false}, {"dot", true}}));
  Graph.callback([Options, &Result] { dumpCallGraph(*Options, Result); });
}

static void addInventoryDump(CLI::App &Dump,
                             std::shared_ptr<DumpOptions> Options,
                             CommandResult &Result) {
  addDump(Dump, "inventory", "How many facts there are of each kind")
      .callback([Options, &Result] {
        std::optional<Prepared> Ready = prepare(Options->Analysis, Result);
        if (!Ready)
          return;
        printInventory(llvm::outs(),
                       takeInventory(Ready->Facts.Units, Ready->Facts.Headers,
                                     Ready->Rules));
      });
}

static void addFunctionsDump(CLI::App &Dump,
                             std::shared_ptr<DumpOptions> Options,
                             CommandResult &Result) {
  addDump(Dump, "functions",
          "Functions with a body: name, place, number of events")
      .callback([Options, &Result] {
        if (std::optional<Prepared> Ready = prepare(Options->Analysis, Result))
          printFunctions(llvm::outs(), linkTree(Ready->Facts, Ready->Rules));
      });
}

static void addFactsDump(CLI::App &Dump, std::shared_ptr<DumpOptions> Options,
                         CommandResult &Result) {
  CLI::App &Facts = addDump(
      Dump, "facts", "What is kept of a source file, or of a .facts file");
  Facts
      .add_option("file", Options->FactsFile,
                  "A .facts file, or a source of the compile database")
      ->type_name("FILE")
      ->required();
  Facts.callback([Options, &Result] {
    dumpFacts(Options->Analysis, Options->FactsFile, Result);
  });
}

static void addCommandsDump(CLI::App &Dump,
                            std::shared_ptr<DumpOptions> Options,
                            CommandResult &Result) {
  addDump(Dump, "commands",
          "What Clang is run with, as a compile database: the commands of the "
          "build less what Clang does not know")
      .callback(
          [Options, &Result] { dumpCommands(Options->Analysis, Result); });
}

void registerDumpCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "dump", "Print what the analysis knows of a kernel tree");
  Command.require_subcommand(/*min=*/1, /*max=*/1);
  auto Options = std::make_shared<DumpOptions>();
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  addMechanismOption(Command, Options->Analysis);
  addResultDumps(Command, Options, Result);
  addGraphDump(Command, Options, Result);
  addInventoryDump(Command, Options, Result);
  addFunctionsDump(Command, Options, Result);
  addFactsDump(Command, Options, Result);
  addCommandsDump(Command, Options, Result);
}

} // namespace bootorder
