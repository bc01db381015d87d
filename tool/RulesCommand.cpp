/// \file
/// `bootorder rules list`: what the rules at hand report.

#include "tool/RulesCommand.h"

#include "rules/RuleReader.h"
#include "tool/Commands.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

using namespace llvm;

namespace bootorder {

static StringRef spelling(Severity Level) {
  switch (Level) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  llvm_unreachable("every severity has a word");
}

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
       << left_justify(spelling(R.Level), 7) << "  "
       << left_justify(spelling(R.In), 7) << "  " << R.Doc << '\n';
}

/// The folder that this program was started from.
static std::string executableFolder() {
  std::string Program = sys::fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&executableFolder));
  return sys::path::parent_path(Program).str();
}

Expected<RuleSet> readNamedRules(ArrayRef<std::string> NamesOrFiles) {
  std::vector<std::string> Files;
  for (const std::string &Name : NamesOrFiles) {
    Expected<std::string> File = findRules(Name, executableFolder());
    if (!File)
      return File.takeError();
    Files.push_back(std::move(*File));
  }
  return readRules(Files);
}

void registerRulesCommand(CLI::App &App, CommandResult &Result) {
  CLI::App *Rules =
      App.add_subcommand("rules", "Shows what the rules know and report.");
  Rules->require_subcommand(1);
  CLI::App *List = Rules->add_subcommand(
      "list", "Lists the rules: id, title, severity, profile and manual page.");
  auto Names =
      std::make_shared<std::vector<std::string>>(1, DefaultRuleSet.str());
  List->add_option("--rules", *Names, "Rule set by name, or a rule file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  List->callback([Names, &Result] {
    Expected<RuleSet> Read = readNamedRules(*Names);
    if (Read)
      printRules(*Read, outs());
    else
      Result.fail(ExitStatus::UsageError, Read.takeError());
  });
}

} // namespace bootorder
