/// \file
/// `bootorder rules`: what the rules at hand report, and how they fit a tree.

#include "tool/RulesCommand.h"

#include "rules/RuleReader.h"
#include "solve/Lint.h"
#include "support/Installation.h"
#include "support/Json.h"
#include "tool/driver/CommandLine.h"
#include "tool/report/Report.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

using namespace llvm;

namespace bootorder {

static StringRef spelling(Profile In) {
  switch (In) {
  case Profile::Default:
    return "default";
  case Profile::Strict:
    return "strict";
  }
  llvm_unreachable("every profile has a word");
}

void printRules(const RuleSet &Rules, raw_ostream &OS) {
  size_t IdWidth = 0, TitleWidth = 0;
  for (const Rule &R : Rules.Rules) {
    IdWidth = std::max(IdWidth, R.Id.size());
    TitleWidth = std::max(TitleWidth, R.Title.size());
  }
  for (const Rule &R : Rules.Rules)
    OS << left_justify(R.Id, IdWidth) << "  "
       << left_justify(R.Title, TitleWidth) << "  "
       << left_justify(nameOf(severityOf(R)), 7) << "  "
       << left_justify(spelling(R.In), 7) << "  " << R.Doc << '\n';
}

static void printTexts(StringRef Key, ArrayRef<std::string> Texts,
                       json::OStream &J) {
  J.attributeArray(Key, [&] {
    for (const std::string &Text : Texts)
      J.value(jsonText(Text));
  });
}

static void printProviderJson(const Provider &Maker, json::OStream &J) {
  J.attributeObject("madeBy", [&] {
    printTexts("functions", Maker.Functions.patterns(), J);
    J.attributeObject("object", [&] {
      J.attribute("index", Maker.Object.Index);
      printTexts("path", Maker.Object.Path, J);
    });
  });
}

void printRulesJson(const RuleSet &Rules, raw_ostream &OS) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", BOOTORDER_VERSION);
    J.attribute("ruleset", jsonText(Rules.Name));
    J.attributeArray("rules", [&] {
      for (const Rule &R : Rules.Rules)
        J.object([&] {
          J.attribute("id", jsonText(R.Id));
          J.attribute("title", jsonText(R.Title));
          J.attribute("severity", nameOf(severityOf(R)));
          J.attribute("profile", spelling(R.In));
          J.attribute("stage", R.IsTrial ? "trial" : "stable");
          J.attribute("since", jsonText(R.Since));
          J.attributeObject("needs", [&] {
            J.attribute("after", jsonText(R.After));
            J.attribute("before", jsonText(R.Before));
            J.attribute("until", jsonText(R.Until));
            if (R.MadeBy)
              printProviderJson(*R.MadeBy, J);
          });
          J.attribute("why", jsonText(R.Why));
          J.attribute("fix", jsonText(R.Fix));
          J.attribute("doc", jsonText(R.Doc));
          J.attribute("file", jsonText(R.Where.File));
          J.attribute("line", R.Where.Line);
        });
    });
  });
  OS << '\n';
}

Expected<RuleSet> readNamedRules(ArrayRef<std::string> NamesOrFiles) {
  std::vector<std::string> Files;
  for (const std::string &Name : NamesOrFiles) {
    Expected<std::string> File = findRules(Name, programFolder());
    if (!File)
      return File.takeError();
    Files.push_back(std::move(*File));
  }
  return readRules(Files);
}

/// Complaints go to the error stream, the sum to the standard output.
static void lintTree(AnalysisOptions Options, CommandResult &Result) {
  Options.Wanted = Profile::Strict; // rules of every profile have to fit
  std::optional<Prepared> Ready = prepare(Options, Result);
  if (!Ready)
    return;
  Program P = linkTree(Ready->Facts, Ready->Rules);
  Ledger Units;
  addUnitCounts(Units, Ready->Facts);
  DiagnosticList Complaints = lintRules(P, Ready->Rules, Ready->Constants);
  if (!Units.UnitsLost.empty())
    Result.Status = ExitStatus::Incomplete;
  size_t Count = 0;
  Error Found =
      handleErrors(Complaints.take(), [&](std::unique_ptr<DiagnosticsError> E) {
        Count = E->list().size();
        return Error(std::move(E));
      });
  if (Found)
    Result.fail(ExitStatus::GateFailed, std::move(Found));
  outs() << countText(Count, "complaint") << " about "
         << countText(Ready->Rules.Rules.size(), "rule") << ", "
         << countText(Ready->Rules.Milestones.size(), "milestone") << " and "
         << countText(Ready->Rules.Tables.size(), "table") << " that apply to "
         << "Linux " << Ready->Facts.Tree.Kernel << " "
         << Ready->Facts.Tree.Arch << "; "
         << countText(Units.UnitsLost.size(), "unit") << " lost\n";
}

static void addList(CLI::App &Rules, CommandResult &Result) {
  CLI::App &List = *Rules.add_subcommand(
      "list", "Lists the rules: id, title, severity, profile and manual page.");
  auto Names =
      std::make_shared<std::vector<std::string>>(1, DefaultRuleSet.str());
  auto IsJson = std::make_shared<bool>(false);
  List.add_option("--rules", *Names, "Rule set by name, or a rule file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  List.add_option("--format", *IsJson, "text or json")
      ->type_name("text|json")
      ->default_str("text")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, bool>{{"text", false}, {"json", true}}));
  List.callback([Names, IsJson, &Result] {
    Expected<RuleSet> Read = readNamedRules(*Names);
    if (!Read)
      return Result.fail(ExitStatus::UsageError, Read.takeError());
    (*IsJson ? printRulesJson : printRules)(*Read, outs());
  });
}

static void addLint(CLI::App &Rules, CommandResult &Result) {
  CLI::App &Lint = *Rules.add_subcommand(
      "lint", "Reports what the rules say that a tree does not bear out.");
  auto Options = std::make_shared<AnalysisOptions>();
  addTreeOptions(Lint, *Options);
  addFactsOption(Lint, *Options);
  addRuleOptions(Lint, *Options);
  Lint.footer("Exit status: 0 the rules fit; 1 they do not; 2 usage, "
              "configuration or rule error; 3 units lost; 4 I/O or internal "
              "error.");
  Lint.callback([Options, &Result] { lintTree(*Options, Result); });
}

void registerRulesCommand(CLI::App &App, CommandResult &Result) {
  CLI::App *Rules =
      App.add_subcommand("rules", "Shows what the rules know and report.");
  Rules->require_subcommand(1);
  addList(*Rules, Result);
  addLint(*Rules, Result);
}

} // namespace bootorder
