/// \file
/// `bootorder explain`: when a function can run, through whom, what stops it.

#include "solve/Explain.h"
#include "tool/driver/CommandLine.h"
#include "tool/driver/Interrupt.h"
#include "tool/report/ExplainJson.h"
#include "tool/report/ExplainText.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct ExplainOptions {
  AnalysisOptions Analysis;
  ExplainRequest Request;
  bool IsJson = false;
  ExplainTextOptions Text;
};

} // namespace

/// Findings print a rule's id with the name of the tool before it.
static std::string bareRule(llvm::StringRef Id) {
  Id.consume_front("bootorder-");
  return Id.str();
}

static void runExplain(ExplainOptions &Options, CommandResult &Result) {
  std::optional<Prepared> Ready = prepare(Options.Analysis, Result);
  if (!Ready)
    return;
  Program P = linkTree(Ready->Facts, Ready->Rules);
  Options.Request.Rule = bareRule(Options.Request.Rule);
  auto Answer = explain(P, Ready->Rules, solveOptions(Options.Analysis, *Ready),
                        Options.Request);
  if (!Answer)
    return Result.fail(ExitStatus::UsageError, Answer.takeError());
  watchInterrupts(); // the answer is written to its end
  if (Options.IsJson)
    return printExplanationJson(llvm::outs(), *Answer, BOOTORDER_VERSION);
  Options.Text.SourceRoot = Ready->Facts.Tree.SourceRoot;
  printExplanation(llvm::outs(), *Answer, Options.Text);
}

static void addRequestOptions(CLI::App &Command, ExplainOptions &Options) {
  Command.add_option("function", Options.Request.Function, "Its name in C")
      ->type_name("FUNCTION")
      ->required();
  Command
      .add_option("--file", Options.Request.File,
                  "Where it is defined, if several functions have the name; "
                  "the end of the path is enough")
      ->type_name("FILE");
  Command
      .add_option("--at", Options.Request.Line,
                  "Only branches and calls on this line")
      ->type_name("LINE");
  Command
      .add_option("--rule", Options.Request.Rule,
                  "Say of each sink of this rule in the function or below it "
                  "why it is, or is not, reported")
      ->type_name("ID");
}

static void addFormatOptions(CLI::App &Command, ExplainOptions &Options) {
  Command.add_option("--format", Options.IsJson, "text or json")
      ->type_name("text|json")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, bool>{{"text", false}, {"json", true}}));
  Command
      .add_option("--max-path", Options.Text.MaxPath,
                  "Frames shown of a chain; 0: all")
      ->type_name("N")
      ->capture_default_str();
  Command.add_flag("--all", Options.Text.WithAll,
                   "Show every phase, context, target and use");
}

void registerExplainCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "explain", "Say when a function can run, and what stops it");
  auto Options = std::make_shared<ExplainOptions>();
  addRequestOptions(Command, *Options);
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  addMechanismOption(Command, Options->Analysis);
  addFormatOptions(Command, *Options);
  Command.footer("Exit status: 0 explained; 2 usage error, no such function or "
                 "rule, or several functions of that name; 4 I/O or internal "
                 "error.");
  Command.callback([Options, &Result] { runExplain(*Options, Result); });
}

} // namespace bootorder
