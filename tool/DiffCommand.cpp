/// \file
/// `bootorder diff`: what became of the findings from one tree to another.

#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/report/ReportDiff.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

enum class DiffFormat { Text, Json };

struct DiffOptions {
  AnalysisOptions Analysis;
  std::string Old, New;
  DiffFormat Format = DiffFormat::Text;
  size_t MaxFunctions = 20;
};

/// One side of the comparison.
struct DiffSide {
  KnownReport Known;
  std::optional<SolveResult> Result; ///< of a tree
};

} // namespace

static std::optional<DiffSide> readSide(const std::string &Name,
                                        const DiffOptions &Options,
                                        CommandResult &Result) {
  if (!llvm::sys::fs::is_directory(Name)) {
    auto Known = readReport(Name);
    if (Known)
      return DiffSide{std::move(*Known), std::nullopt};
    Result.fail(ExitStatus::UsageError, Known.takeError());
    return std::nullopt;
  }
  std::optional<Analysis> Analysed =
      analyse(optionsForTree(Name, Options.Analysis), Result);
  if (!Analysed)
    return std::nullopt;
  Report R = reportOf(std::move(*Analysed), ReportRequest());
  return DiffSide{knownReport(R, Name), std::move(R.Result)};
}

static void runDiff(const DiffOptions &Options, CommandResult &Result) {
  std::optional<DiffSide> Old = readSide(Options.Old, Options, Result);
  if (!Old)
    return;
  std::optional<DiffSide> New = readSide(Options.New, Options, Result);
  if (!New)
    return;

  ReportDiff Diff = compareReports(Old->Known, New->Known);
  Diff.HasPhases = Old->Result && New->Result;
  if (Diff.HasPhases)
    Diff.Phases = comparePhases(*Old->Result, *New->Result);
  switch (Options.Format) {
  case DiffFormat::Text:
    printDiff(llvm::outs(), Diff, Options.MaxFunctions);
    break;
  case DiffFormat::Json:
    printDiffJson(llvm::outs(), Diff, BOOTORDER_VERSION);
    break;
  }
  if (llvm::any_of(Diff.Added,
                   [](const KnownFinding &F) { return F.Severity == "error"; }))
    Result.Status = ExitStatus::GateFailed;
  else if (!Diff.Incomplete.empty())
    Result.Status = ExitStatus::Incomplete;
}

void registerDiffCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "diff", "Compare the findings of two reports or two trees");
  auto Options = std::make_shared<DiffOptions>();
  Command
      .add_option("OLD", Options->Old,
                  "A JSON or SARIF report, a facts folder, or a folder of "
                  "compile_commands.json")
      ->required();
  Command.add_option("NEW", Options->New, "The same")->required();
  Command.add_option("--format", Options->Format, "text or json")
      ->type_name("FORMAT")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(std::map<std::string, DiffFormat>{
          {"text", DiffFormat::Text}, {"json", DiffFormat::Json}}));
  Command
      .add_option("--max-functions", Options->MaxFunctions,
                  "Functions shown whose phase changed; 0: all")
      ->type_name("N")
      ->capture_default_str();
  addRuleOptions(Command, Options->Analysis);
  Command.footer("Exit status: 0 nothing new; 1 a new finding that is an "
                 "error; 2 usage; 3 one of the analyses is incomplete; 4 I/O "
                 "or internal error.");
  Command.callback([Options, &Result] { runDiff(*Options, Result); });
}

} // namespace bootorder
