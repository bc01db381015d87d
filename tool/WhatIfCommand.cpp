/// \file
/// `bootorder what-if`: what a reorder of the boot would do, before it is made.

#include "link/Link.h"
#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/driver/Interrupt.h"
#include "tool/driver/SpineMoves.h"
#include "tool/report/ReportDiff.h"
#include "tool/report/TextReporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

namespace {

struct WhatIfOptions {
  AnalysisOptions Analysis;
  std::vector<std::string> Moves;
  bool IsJson = false;
  bool WithChains = false;
  TextOptions Text;
  size_t MaxFunctions = 20;
};

/// The tree as it is and as it would be.
struct WhatIfAnswer {
  std::vector<std::string> Moves; ///< made, in words
  Report Old, New;
  ReportDiff Diff;
};

} // namespace

/// Analyses the tree of \p Ready twice; the second time its calls are moved.
/// Errors: a move that cannot be made.
static llvm::Expected<WhatIfAnswer> answer(const WhatIfOptions &Options,
                                           Prepared &Ready) {
  std::vector<SpineMove> Moves;
  for (const std::string &Text : Options.Moves) {
    llvm::Expected<SpineMove> Move = parseSpineMove(Text);
    if (!Move)
      return Move.takeError();
    Moves.push_back(std::move(*Move));
  }
  SolveOptions Solving = solveOptions(Options.Analysis, Ready);
  Program P = linkTree(Ready.Facts, Ready.Rules);
  SolveResult Before = solve(P, Ready.Rules, Solving);

  WhatIfAnswer Answer;
  SpineMoves Editor(Ready.Facts, P, Before);
  for (const SpineMove &Move : Moves) {
    llvm::Expected<std::string> Made = Editor.apply(Move);
    if (!Made)
      return Made.takeError();
    Answer.Moves.push_back(std::move(*Made));
  }
  Solving.WithGuards = Options.WithChains; // of new findings
  SolveResult After =
      solve(linkTree(Ready.Facts, Ready.Rules), Ready.Rules, Solving);

  Answer.Old = reportOf(analysisOf(Ready, std::move(Before)), ReportRequest());
  Answer.New = reportOf(analysisOf(Ready, std::move(After)), ReportRequest());
  Answer.Diff = compareReports(knownReport(Answer.Old, "as it is"),
                               knownReport(Answer.New, "as it would be"));
  Answer.Diff.HasPhases = true;
  Answer.Diff.Phases = comparePhases(Answer.Old.Result, Answer.New.Result);
  return Answer;
}

/// Of the findings of \p R only those of \p Added are to be shown.
static void showOnly(const std::vector<KnownFinding> &Added, Report &R) {
  std::map<std::string, size_t> Left;
  for (const KnownFinding &F : Added)
    ++Left[F.Fingerprint];
  for (size_t I = 0; I < R.Result.Findings.size(); ++I) {
    const Finding &F = R.Result.Findings[I];
    if (isReported(R, F) && Left[F.Fingerprint] != 0)
      --Left[F.Fingerprint];
    else if (R.Standings[I].Kind == StandingKind::New)
      R.Standings[I].Kind = StandingKind::Untouched;
  }
}

static void print(const WhatIfOptions &Options, WhatIfAnswer &Answer) {
  if (Options.IsJson)
    return printDiffJson(llvm::outs(), Answer.Diff, BOOTORDER_VERSION,
                         Answer.Moves);
  for (const std::string &Move : Answer.Moves)
    llvm::outs() << "what if " << Move << "\n";
  if (Options.WithChains) {
    showOnly(Answer.Diff.Added, Answer.New);
    printFindings(llvm::outs(), Answer.New, Options.Text);
  }
  printDiff(llvm::outs(), Answer.Diff, Options.MaxFunctions);
}

static void runWhatIf(const WhatIfOptions &Options, CommandResult &Result) {
  std::optional<Prepared> Ready = prepare(Options.Analysis, Result);
  if (!Ready)
    return;
  llvm::Expected<WhatIfAnswer> Answer = answer(Options, *Ready);
  if (!Answer)
    return Result.fail(ExitStatus::UsageError, Answer.takeError());
  watchInterrupts(); // the answer is written to its end
  print(Options, *Answer);
  if (llvm::any_of(Answer->Diff.Added,
                   [](const KnownFinding &F) { return F.Severity == "error"; }))
    Result.Status = ExitStatus::GateFailed;
  else if (!Answer->Diff.Incomplete.empty())
    Result.Status = ExitStatus::Incomplete;
}

static void addAnswerOptions(CLI::App &Command, WhatIfOptions &Options) {
  Command
      .add_option("--move", Options.Moves,
                  "Put one call of the boot's spine before or after another; "
                  "may be given again, each on top of those before it")
      ->type_name("CALL:before|after:CALL")
      ->required()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  Command.add_option("--format", Options.IsJson, "text or json")
      ->type_name("text|json")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, bool>{{"text", false}, {"json", true}}));
  Command.add_flag("--chains", Options.WithChains,
                   "Show new findings as 'bootorder check' does, not in a line "
                   "each");
  Command
      .add_option("--max-path", Options.Text.MaxPath,
                  "Frames shown of a chain; 0: all")
      ->type_name("N")
      ->capture_default_str();
  Command
      .add_option("--max-functions", Options.MaxFunctions,
                  "Functions shown whose phase changed; 0: all")
      ->type_name("N")
      ->capture_default_str();
}

void registerWhatIfCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "what-if", "Say what a reorder of the boot would do, before it is made");
  auto Options = std::make_shared<WhatIfOptions>();
  Options->Text.MaxPath = 12;
  addAnswerOptions(Command, *Options);
  addTreeOptions(Command, Options->Analysis);
  addFactsOption(Command, Options->Analysis);
  addRuleOptions(Command, Options->Analysis);
  Command.footer("Exit status: 0 nothing new; 1 a new finding that is an "
                 "error; 2 usage, or a move that cannot be made; 3 the "
                 "analysis is incomplete; 4 I/O or internal error.");
  Command.callback([Options, &Result] { runWhatIf(*Options, Result); });
}

} // namespace bootorder
