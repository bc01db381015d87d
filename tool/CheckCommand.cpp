/// \file
/// `bootorder check`: findings of a tree, and an exit status for a gate.

#include "support/Error.h"
#include "support/Files.h"
#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/driver/GitChange.h"
#include "tool/driver/GitRevision.h"
#include "tool/driver/Watch.h"
#include "tool/report/Baseline.h"
#include "tool/report/Outputs.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/TimeProfiler.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct CheckOptions {
  AnalysisOptions Analysis;
  std::vector<std::string> Formats;
  bool WithoutGuards = false;
  FailOn Gate = FailOn::Any;
  ReportRequest Request;
  ReportOptions Report;
  /// Longer chains are folded.
  static constexpr unsigned LongPath = 12;
  std::string BaselineFile; ///< empty: none
  std::string Since;        ///< a revision; empty: all findings count
  std::string TimeTrace;    ///< file; empty: the passes are not timed
  bool IsWatching = false;
};

} // namespace

static std::nullopt_t fail(CommandResult &Result, ExitStatus Why,
                           llvm::Error E) {
  Result.fail(Why, std::move(E));
  return std::nullopt;
}

/// What \p Analysed comes to by \p Options, written to \p Outputs.
static std::optional<Report> report(const CheckOptions &Options,
                                    Analysis Analysed,
                                    const std::optional<Baseline> &Known,
                                    llvm::ArrayRef<Output> Outputs,
                                    CommandResult &Result) {
  llvm::TimeTraceScope Timed("report");
  Report R = reportOf(std::move(Analysed), Options.Request);
  R.Revision = revisionOf(R.SourceRoot);
  if (Known)
    applyBaseline(*Known, today(), R);
  if (!Options.Since.empty()) {
    auto Changed = changesSince(R.SourceRoot, Options.Since);
    if (!Changed)
      return fail(Result, ExitStatus::UsageError, Changed.takeError());
    applyChange(*Changed, R);
  }
  ReportOptions Shown = Options.Report;
  Shown.Text.WithAccepted = Options.Gate != FailOn::New;
  if (llvm::Error E = writeOutputs(Outputs, R, Shown))
    return fail(Result, ExitStatus::InternalError, std::move(E));
  Result.Status = judge(R, Options.Gate);
  return R;
}

/// None after an error, which \p Result then has printed.
static std::optional<Report> runCheck(const CheckOptions &Options,
                                      CommandResult &Result) {
  // A report that cannot be written is known before the tree is parsed.
  auto Outputs = parseOutputs(Options.Formats);
  if (!Outputs)
    return fail(Result, ExitStatus::UsageError, Outputs.takeError());
  if (llvm::Error E = checkOutputs(*Outputs))
    return fail(Result, ExitStatus::InternalError, std::move(E));

  std::optional<Baseline> Known;
  if (!Options.BaselineFile.empty()) {
    auto Read = readBaseline(Options.BaselineFile);
    if (!Read)
      return fail(Result, ExitStatus::UsageError, Read.takeError());
    Known = std::move(*Read);
  }

  // Rules, facts, program, abstract boot.
  AnalysisOptions Tree = Options.Analysis;
  Tree.AllRoots = Options.Report.Text.AllRoots;
  Tree.WithGuards = !Options.WithoutGuards;
  Tree.WithLatentGuards = Tree.WithGuards && Options.Report.Also.Latent;
  std::optional<Analysis> Analysed = analyse(Tree, Result);
  if (!Analysed)
    return std::nullopt;

  // From here on nothing is computed: findings are shown and weighed.
  return report(Options, std::move(*Analysed), Known, *Outputs, Result);
}

static void runWatch(CheckOptions Options, CommandResult &Result) {
  llvm::Expected<CachePlace> Place = findCache(Options.Analysis.Cache);
  if (!Place)
    return Result.fail(ExitStatus::UsageError, Place.takeError());
  if (Place->Directory.empty())
    return Result.fail(ExitStatus::UsageError,
                       makeError("the cache knows which files to watch, and "
                                 "there is no place for one; name a folder "
                                 "with --cache"));
  bool WhyParsed = Options.Analysis.Cache.WhyParsed;
  auto Check = [&](RunInputs &Inputs, bool IsFirst, CommandResult &Round) {
    Options.Analysis.Inputs = &Inputs;
    Options.Analysis.Cache.WhyParsed = WhyParsed || !IsFirst;
    if (!Options.BaselineFile.empty())
      addInput(Inputs, Options.BaselineFile);
    return runCheck(Options, Round);
  };
  watch(Check, Result);
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
      .add_option("--configuration", Options.Request.Configuration,
                  "What SARIF calls this kernel configuration (default: a "
                  "digest of its symbols)")
      ->type_name("NAME");
}

/// Passes that take less, in microseconds, are left out of the trace.
static constexpr unsigned TraceGranularity = 1000;

static void runTimed(const CheckOptions &Options, CommandResult &Result) {
  if (Options.IsWatching)
    return runWatch(Options, Result);
  if (Options.TimeTrace.empty()) {
    runCheck(Options, Result);
    return;
  }
  llvm::timeTraceProfilerInitialize(TraceGranularity, "bootorder");
  runCheck(Options, Result);
  llvm::SmallString<0> Trace;
  llvm::raw_svector_ostream OS(Trace);
  llvm::timeTraceProfilerWrite(OS);
  llvm::timeTraceProfilerCleanup();
  if (llvm::Error E = writeFile(Options.TimeTrace, Trace))
    Result.fail(ExitStatus::InternalError, std::move(E));
}

static void addReportOptions(CLI::App &Command, CheckOptions &Options) {
  Command
      .add_option(
          "--format", Options.Formats,
          "text, json, sarif or codequality, on the standard output or in a "
          "file (default: text); may be given again")
      ->type_name("FORMAT[=FILE]")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  Command.add_flag("--all-roots", Options.Report.Text.AllRoots,
                   "Show how every spine call reaches a finding");
  Command.add_flag("--all-places", Options.Report.Text.AllPlaces,
                   "List all places that the decision of a finding leads to");
  Command.add_flag("--no-guards", Options.WithoutGuards,
                   "Do not say why the tests on the way to a finding do not "
                   "help, which takes a second walk of the boot");
  Command.add_flag("--explain-masked", Options.Report.Also.Masked,
                   "Show what a mask in memory hides, as well");
  Command.add_flag(
      "--explain-latent", Options.Report.Also.Latent,
      "Show what is harmless only because of the present order, as well");
  Command
      .add_option("--time-trace", Options.TimeTrace,
                  "File to write how long each pass took to, in the format of "
                  "clang's -ftime-trace")
      ->type_name("FILE");
  Command
      .add_option("--max-path", Options.Report.Text.MaxPath,
                  "Frames shown of a chain: its ends, and what decides; "
                  "0: all")
      ->type_name("N")
      ->capture_default_str();
}

static void addGateOptions(CLI::App &Command, CheckOptions &Options) {
  Command
      .add_option("--fail-on", Options.Gate,
                  "What makes the exit status 1: any finding that is an error, "
                  "one that the baseline does not have, or never")
      ->type_name("new|any|never")
      ->default_str("any")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, FailOn>{{"new", FailOn::New},
                                        {"any", FailOn::Any},
                                        {"never", FailOn::Never}}));
  Command
      .add_option("--baseline", Options.BaselineFile,
                  "Findings that this tree may keep, as 'bootorder baseline "
                  "write' writes them")
      ->type_name("FILE");
  Command
      .add_option("--since", Options.Since,
                  "Only findings whose chain, or the spine before them, the "
                  "tree has changed since this revision")
      ->type_name("REV");
  Command
      .add_option("--require-coverage", Options.Request.RequiredCoverage,
                  "Percentage of units that must have been parsed, or the exit "
                  "status is 3")
      ->type_name("PCT")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
}

static void addWatchOption(CLI::App &Command, CheckOptions &Options) {
  CLI::Option *Watch =
      Command.add_flag("--watch", Options.IsWatching,
                       "Check again whenever a file that was read is saved, "
                       "until Ctrl-C");
  for (const char *Name :
       {"--facts", "--no-cache", "--verify-prelude", "--time-trace"})
    Watch->excludes(Command.get_option(Name));
}

void registerCheckCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command =
      *App.add_subcommand("check", "Find boot-order bugs in a kernel tree");
  auto Options = std::make_shared<CheckOptions>();
  Options->Report.Text.MaxPath = CheckOptions::LongPath;
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  addMechanismOption(Command, Options->Analysis);
  addReportOptions(Command, *Options);
  addSarifOptions(Command, *Options);
  addGateOptions(Command, *Options);
  addWatchOption(Command, *Options);
  Command.footer("Exit status: 0 clean; 1 a finding fails the gate; 2 usage, "
                 "configuration or rule error; 3 analysis incomplete; 4 I/O or "
                 "internal error.");
  Command.callback([Options, &Result] {
    Options->Request.RuleSet = llvm::join(Options->Analysis.Rules, ",");
    runTimed(*Options, Result);
  });
}

} // namespace bootorder
