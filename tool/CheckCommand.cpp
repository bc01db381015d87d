/// \file
/// `bootorder check`: findings of a tree, and an exit status for a gate.

#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/report/Outputs.h"

#include "llvm/ADT/StringExtras.h"

#include <CLI/CLI.hpp>

#include <set>

namespace bootorder {

namespace {

struct CheckOptions {
  AnalysisOptions Analysis;
  std::vector<std::string> Formats;
  FailOn Gate = FailOn::Any;
  double RequiredCoverage = 100;
  ReportOptions Report;
  std::string Configuration; ///< empty: named by a digest
};

} // namespace

/// What the rules call too early or too late, sorted.
static std::vector<std::string> milestonesOf(const RuleSet &Rules) {
  std::set<std::string> Names;
  for (const Rule &R : Rules.Rules)
    for (const std::string &Name : {R.After, R.Before})
      if (!Name.empty())
        Names.insert(Name);
  return {Names.begin(), Names.end()};
}

static Report reportOf(Analysis A, const CheckOptions &Options) {
  Report R;
  R.Version = BOOTORDER_VERSION;
  R.Kernel = std::move(A.Tree.Kernel);
  R.Arch = std::move(A.Tree.Arch);
  R.SourceRoot = std::move(A.Tree.SourceRoot);
  R.Configuration = Options.Configuration.empty() ? configurationOf(A.Tree)
                                                  : Options.Configuration;
  R.RuleSet = llvm::join(Options.Analysis.Rules, ",");
  R.RulesDigest = std::move(A.RulesDigest);
  R.Rules = A.Rules.Rules;
  R.Incomplete = incompleteReasons(A.Result, A.Rules, Options.RequiredCoverage);
  if (!A.Tree.IsCaptureComplete)
    R.Incomplete.insert(R.Incomplete.begin(),
                        "the tree was not captured to its end");
  R.Milestones = milestonesOf(A.Rules);
  R.Result = std::move(A.Result);
  return R;
}

static void runCheck(const CheckOptions &Options, CommandResult &Result) {
  // A report that cannot be written is known before the tree is parsed.
  auto Outputs = parseOutputs(Options.Formats);
  if (!Outputs)
    return Result.fail(ExitStatus::UsageError, Outputs.takeError());
  if (llvm::Error E = checkOutputs(*Outputs))
    return Result.fail(ExitStatus::InternalError, std::move(E));

  // Rules, facts, program, abstract boot.
  AnalysisOptions Tree = Options.Analysis;
  Tree.AllRoots = Options.Report.Text.AllRoots;
  std::optional<Analysis> Analysed = analyse(Tree, Result);
  if (!Analysed)
    return;

  // From here on nothing is computed: findings are shown and weighed.
  Report R = reportOf(std::move(*Analysed), Options);
  if (llvm::Error E = writeOutputs(*Outputs, R, Options.Report))
    return Result.fail(ExitStatus::InternalError, std::move(E));
  Result.Status = judge(R.Result, Options.Gate, !R.Incomplete.empty());
}

static void addSarifOptions(CLI::App &Command, CheckOptions &Options) {
  Command
      .add_option(
          "--sarif-profile", Options.Report.Sarif.Profile,
          "github: within the limits of code scanning; full: everything")
      ->type_name("github|full")
      ->default_str("github")
      ->transform(CLI::CheckedTransformer(std::map<std::string, SarifProfile>{
          {"github", SarifProfile::GitHub}, {"full", SarifProfile::Full}}));
  Command
      .add_option("--configuration", Options.Configuration,
                  "What SARIF calls this kernel configuration (default: a "
                  "digest of its symbols)")
      ->type_name("NAME");
}

static void addReportOptions(CLI::App &Command, CheckOptions &Options) {
  Command
      .add_option(
          "--format", Options.Formats,
          "text, json or sarif, on the standard output or in a file (default: "
          "text); may be given again")
      ->type_name("FORMAT[=FILE]")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  Command.add_flag("--all-roots", Options.Report.Text.AllRoots,
                   "Show how every spine call reaches a finding");
  Command.add_flag("--all-places", Options.Report.Text.AllPlaces,
                   "List all places that the decision of a finding leads to");
  Command.add_flag_callback(
      "--explain-masked",
      [&Options] {
        Options.Report.Text.WithMasked = Options.Report.Sarif.WithMasked = true;
      },
      "Show what a mask in memory hides, as well");
  Command
      .add_option("--max-path", Options.Report.Text.MaxPath,
                  "Frames shown of a chain; 0: all")
      ->type_name("N")
      ->capture_default_str();
}

static void addGateOptions(CLI::App &Command, CheckOptions &Options) {
  Command
      .add_option("--fail-on", Options.Gate,
                  "What makes the exit status 1: any finding that is an error, "
                  "or never")
      ->type_name("any|never")
      ->default_str("any")
      ->transform(CLI::CheckedTransformer(std::map<std::string, FailOn>{
          {"any", FailOn::Any}, {"never", FailOn::Never}}));
  Command
      .add_option("--require-coverage", Options.RequiredCoverage,
                  "Percentage of units that must have been parsed, or the exit "
                  "status is 3")
      ->type_name("PCT")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
}

void registerCheckCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command =
      *App.add_subcommand("check", "Find boot-order bugs in a kernel tree");
  auto Options = std::make_shared<CheckOptions>();
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  addMechanismOption(Command, Options->Analysis);
  addReportOptions(Command, *Options);
  addSarifOptions(Command, *Options);
  addGateOptions(Command, *Options);
  Command.footer("Exit status: 0 clean; 1 a finding fails the gate; 2 usage, "
                 "configuration or rule error; 3 analysis incomplete; 4 I/O or "
                 "internal error.");
  Command.callback([Options, &Result] { runCheck(*Options, Result); });
}

} // namespace bootorder
