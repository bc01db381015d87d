/// \file
/// Writes, while bootorder is built, what is made from its options.

#include "tool/Application.h"
#include "tool/manual/Completion.h"
#include "tool/manual/ManPage.h"

#include "support/Error.h"
#include "support/Files.h"
#include "llvm/Support/InitLLVM.h"

#include <CLI/CLI.hpp>

using namespace bootorder;

static constexpr char Usage[] =
    "usage: bootorder-manual man TEMPLATE | bash | zsh | fish";

static llvm::Error printManual(llvm::ArrayRef<std::string> Words,
                               const CommandModel &Program) {
  llvm::raw_ostream &OS = llvm::outs();
  if (Words.size() == 2 && Words[0] == "man") {
    llvm::Expected<std::string> Template = readFile(Words[1]);
    if (!Template)
      return Template.takeError();
    printManPage(Program, *Template, BOOTORDER_VERSION, OS);
  } else if (Words.size() == 1 && Words[0] == "bash") {
    printBashCompletion(Program, OS);
  } else if (Words.size() == 1 && Words[0] == "zsh") {
    printZshCompletion(Program, OS);
  } else if (Words.size() == 1 && Words[0] == "fish") {
    printFishCompletion(Program, OS);
  } else {
    return makeError(Usage);
  }
  return llvm::Error::success();
}

int main(int Argc, char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  CommandResult Result;
  std::unique_ptr<CLI::App> App = makeApplication(Result);
  std::vector<std::string> Words(Argv + 1, Argv + Argc);
  if (llvm::Error E = printManual(Words, describeCommands(*App)))
    Result.fail(ExitStatus::UsageError, std::move(E));
  return static_cast<int>(Result.Status);
}
