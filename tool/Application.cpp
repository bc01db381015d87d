#include "tool/Application.h"

#include "store/FactsFile.h"
#include "tool/RulesCommand.h"
#include "tool/driver/Analysis.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"

#include <CLI/CLI.hpp>

namespace bootorder {

/// In the order in which `--help` lists them.
static constexpr RegisterCommand Commands[] = {
    registerCaptureCommand, registerCheckCommand,    registerExplainCommand,
    registerDumpCommand,    registerExtractCommand,  registerMergeCommand,
    registerRulesCommand,   registerDiffCommand,     registerMatrixCommand,
    registerWhatIfCommand,  registerBaselineCommand, registerPhaseMapCommand,
    registerCacheCommand};

static std::string rulesText() {
  constexpr size_t ShownDigits = 12;
  std::string Name = DefaultRuleSet.str();
  llvm::Expected<RuleSet> Rules = readNamedRules({Name});
  if (!Rules) {
    llvm::consumeError(Rules.takeError());
    return Name + " (cannot be read: see 'bootorder rules list')";
  }
  return Name + " " + digestOfRules(*Rules).hex().substr(0, ShownDigits);
}

std::string versionText() {
  return "bootorder " BOOTORDER_VERSION "\nLLVM " LLVM_VERSION_STRING
         "\nfacts format " +
         llvm::utostr(FactsVersion) + "\nrules " + rulesText();
}

std::unique_ptr<CLI::App> makeApplication(CommandResult &Result) {
  auto App = std::make_unique<CLI::App>(
      "Finds code that runs too early, or too late, in the boot of a Linux "
      "kernel tree.",
      "bootorder");
  App->set_version_flag("--version", versionText);
  App->require_subcommand(/*min=*/0, /*max=*/1);
  for (RegisterCommand Register : Commands)
    Register(*App, Result);
  // Subcommands inherit this when they are added: only the words that none of
  // them takes may remain, for a better message than CLI11's.
  App->allow_extras();
  return App;
}

} // namespace bootorder
