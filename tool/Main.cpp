/// \file
/// The entry point: parses the command line, and ends the process.

#include "tool/Application.h"
#include "tool/KbuildCheck.h"

#include "support/Error.h"
#include "support/Suggest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/InitLLVM.h"

#include <CLI/CLI.hpp>

using namespace bootorder;

namespace {

/// \p Message about the command line, and where its help is.
llvm::Error usageError(const CLI::App &App, const llvm::Twine &Message) {
  std::string Command = App.get_name();
  for (std::vector<CLI::App *> Given = App.get_subcommands(); !Given.empty();
       Given = Given.back()->get_subcommands())
    Command += " " + Given.back()->get_name();
  return makeError(Message + "; see '" + Command + " --help'");
}

/// There is no subcommand on the command line, at most a word meant as one.
llvm::Error missingCommand(const CLI::App &App) {
  std::vector<std::string> Words = App.remaining();
  if (Words.empty())
    return usageError(App, "no subcommand given");
  if (llvm::StringRef(Words.front()).starts_with("-"))
    return usageError(App, "unknown option '" + Words.front() + "'");

  std::vector<std::string> Names;
  for (const CLI::App *Command : App.get_subcommands(nullptr))
    Names.push_back(Command->get_name());
  std::vector<llvm::StringRef> Known(Names.begin(), Names.end());
  std::string Suggestion = suggestWord(Words.front(), Known);
  return usageError(App, "unknown subcommand '" + Words.front() + "'" +
                             (Suggestion.empty() ? "" : ", ") + Suggestion);
}

/// CLI11 throws to say "help was asked for" too. Its sentences begin with a
/// capital letter, ours do not; an option's name stays as it is.
void reportParseError(const CLI::App &App, const CLI::ParseError &Error,
                      CommandResult &Result) {
  if (Error.get_exit_code() == 0) {
    App.exit(Error);
    return;
  }
  std::string Message = Error.what();
  if (Message.size() > 1 && llvm::isAlpha(Message[0]) &&
      !llvm::isUpper(Message[1]))
    Message[0] = llvm::toLower(Message[0]);
  Result.fail(ExitStatus::UsageError,
              usageError(App, llvm::StringRef(Message).rtrim(". \n")));
}

ExitStatus runTool(int Argc, char **Argv) {
  CommandResult Result;
  std::unique_ptr<CLI::App> App = makeApplication(Result);
  try {
    App->parse(Argc, Argv);
    if (App->get_subcommands().empty())
      Result.fail(ExitStatus::UsageError, missingCommand(*App));
  } catch (const CLI::ParseError &Error) {
    reportParseError(*App, Error, Result);
  }
  return Result.Status;
}

} // namespace

int main(int Argc, char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  if (isKbuildCheck(Argv[0]))
    return static_cast<int>(runKbuildCheck({Argv + 1, Argv + Argc}));
  return static_cast<int>(runTool(Argc, Argv));
}
