/// \file
/// `bootorder matrix`: one report over several architectures and
/// configurations.

#include "support/Files.h"
#include "support/Json.h"
#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/report/Matrix.h"
#include "tool/report/SarifReporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

enum class MatrixFormat { Text, Json, Sarif };

struct MatrixCommandOptions {
  AnalysisOptions Analysis;
  std::vector<std::string> Reports; ///< `REPORT` or `NAME=REPORT`
  MatrixFormat Format = MatrixFormat::Text;
  MatrixOptions Shown;
};

/// What is known of the builds so far.
struct MatrixInput {
  std::vector<std::string> Names; ///< as given; empty: by what they say
  std::vector<KnownReport> Builds;
  std::vector<llvm::json::Value> Logs; ///< SARIF, if that is asked for
};

} // namespace

/// The SARIF log of \p R as a value.
static llvm::json::Value sarifOf(const Report &R) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printSarif(OS, R, SarifOptions());
  return llvm::cantFail(parseJson(Text, "the report", ""));
}

static bool addTree(const std::string &Folder,
                    const MatrixCommandOptions &Options, MatrixInput &Into,
                    CommandResult &Result) {
  std::optional<Analysis> Analysed =
      analyse(optionsForTree(Folder, Options.Analysis), Result);
  if (!Analysed)
    return false;
  Report R = reportOf(std::move(*Analysed), ReportRequest());
  Into.Builds.push_back(knownReport(R, Folder));
  if (Options.Format == MatrixFormat::Sarif)
    Into.Logs.push_back(sarifOf(R));
  return true;
}

static llvm::Error addReport(const std::string &File,
                             const MatrixCommandOptions &Options,
                             MatrixInput &Into) {
  llvm::Expected<std::string> Text = readFile(File);
  if (!Text)
    return Text.takeError();
  llvm::Expected<KnownReport> Known = parseReport(*Text, File);
  if (!Known)
    return Known.takeError();
  Into.Builds.push_back(std::move(*Known));
  if (Options.Format == MatrixFormat::Sarif)
    Into.Logs.push_back(llvm::cantFail(parseJson(*Text, File, "")));
  return llvm::Error::success();
}

/// False after an error, which \p Result has.
static bool addInput(const std::string &Given,
                     const MatrixCommandOptions &Options, MatrixInput &Into,
                     CommandResult &Result) {
  auto [Name, File] = llvm::StringRef(Given).split('=');
  if (File.empty() || llvm::sys::fs::exists(Given))
    std::tie(Name, File) = std::pair("", llvm::StringRef(Given));
  Into.Names.push_back(Name.str());
  if (llvm::sys::fs::is_directory(File))
    return addTree(File.str(), Options, Into, Result);
  llvm::Error E = addReport(File.str(), Options, Into);
  if (!E)
    return true;
  Result.fail(ExitStatus::UsageError, std::move(E));
  return false;
}

static llvm::Error print(const MatrixCommandOptions &Options, const Matrix &M,
                         std::vector<llvm::json::Value> Logs) {
  switch (Options.Format) {
  case MatrixFormat::Text:
    printMatrix(llvm::outs(), M, Options.Shown);
    return llvm::Error::success();
  case MatrixFormat::Json:
    printMatrixJson(llvm::outs(), M, BOOTORDER_VERSION, Options.Shown);
    return llvm::Error::success();
  case MatrixFormat::Sarif:
    return printMatrixSarif(llvm::outs(), M, std::move(Logs));
  }
  llvm_unreachable("not a format");
}

static void runMatrix(const MatrixCommandOptions &Options,
                      CommandResult &Result) {
  MatrixInput Input;
  for (const std::string &Given : Options.Reports)
    if (!addInput(Given, Options, Input, Result))
      return;
  if (llvm::Error E = nameBuilds(Input.Builds, Input.Names))
    return Result.fail(ExitStatus::UsageError, std::move(E));
  Matrix M = joinReports(std::move(Input.Builds));
  if (llvm::Error E = print(Options, M, std::move(Input.Logs)))
    return Result.fail(ExitStatus::UsageError, std::move(E));
  if (llvm::any_of(M.Rows, [](const MatrixRow &Row) {
        return Row.Finding.Severity == "error";
      }))
    Result.Status = ExitStatus::GateFailed;
  else if (llvm::any_of(M.Builds, [](const KnownReport &Build) {
             return !Build.IsComplete;
           }))
    Result.Status = ExitStatus::Incomplete;
}

void registerMatrixCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "matrix", "Join the reports of several architectures and configurations");
  auto Options = std::make_shared<MatrixCommandOptions>();
  Command
      .add_option("reports", Options->Reports,
                  "JSON or SARIF reports, facts folders, or folders of "
                  "compile_commands.json; with the name of the build, or "
                  "called by their architecture")
      ->type_name("[NAME=]REPORT")
      ->required();
  Command.add_option("--format", Options->Format, "text, json or sarif")
      ->type_name("FORMAT")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, MatrixFormat>{{"text", MatrixFormat::Text},
                                              {"json", MatrixFormat::Json},
                                              {"sarif", MatrixFormat::Sarif}}));
  Command.add_flag("--differing", Options->Shown.OnlyDiffering,
                   "Only findings that some builds have and others, with the "
                   "same code, have not");
  addRuleOptions(Command, Options->Analysis);
  Command.footer("Exit status: 0 no error in any build; 1 an error in one; 2 "
                 "usage; 3 a report is of an incomplete analysis; 4 I/O or "
                 "internal error.");
  Command.callback([Options, &Result] { runMatrix(*Options, Result); });
}

} // namespace bootorder
