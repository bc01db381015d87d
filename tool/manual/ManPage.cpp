#include "tool/manual/ManPage.h"

using llvm::raw_ostream;
using llvm::StringRef;

namespace bootorder {

/// \p Text so that roff prints just that.
static std::string roff(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (C == '\\')
      Out += "\\e";
    else if (C == '-')
      Out += "\\-";
    else if (C == '\'')
      Out += "\\(aq";
    else if (C == '\n')
      Out += ' ';
    else
      Out += C;
  }
  // A line that begins with a period is a request.
  return StringRef(Out).starts_with(".") ? "\\&" + Out : Out;
}

/// `\fB\-j\fR, \fB\-\-jobs\fR \fIN\fR`.
static void printHeading(const CommandOption &Option, raw_ostream &OS) {
  OS << ".TP\n";
  bool IsFirst = true;
  for (const std::string &Name : Option.Names) {
    OS << (IsFirst ? "" : ", ") << "\\fB" << roff(Name) << "\\fR";
    IsFirst = false;
  }
  if (!Option.Value.empty())
    OS << (IsFirst ? "" : " ") << "\\fI" << roff(Option.Value) << "\\fR";
  OS << '\n';
}

static void printOption(const CommandOption &Option, raw_ostream &OS) {
  printHeading(Option, OS);
  OS << roff(Option.Text);
  if (!Option.Default.empty())
    OS << " (default: " << roff(Option.Default) << ")";
  if (Option.IsRequired && !Option.Names.empty())
    OS << " (required)";
  OS << '\n';
}

static void printSynopsis(const CommandModel &Command, raw_ostream &OS) {
  OS << ".SS \"bootorder " << roff(Command.Path);
  if (!Command.Options.empty())
    OS << " [OPTION]...";
  for (const CommandOption &Word : Command.Positionals)
    OS << ' ' << roff(Word.Value) << (Word.IsRepeated ? "..." : "");
  if (!Command.Commands.empty())
    OS << " SUBCOMMAND";
  OS << "\"\n";
}

static void printCommand(const CommandModel &Command, raw_ostream &OS) {
  printSynopsis(Command, OS);
  OS << roff(Command.Text) << ".\n";
  for (const CommandOption &Word : Command.Positionals)
    printOption(Word, OS);
  for (const CommandOption &Option : Command.Options)
    printOption(Option, OS);
  if (!Command.Footer.empty())
    OS << ".PP\n" << roff(Command.Footer) << '\n';
  for (const CommandModel &Sub : Command.Commands)
    printCommand(Sub, OS);
}

void printManPage(const CommandModel &Program, StringRef Template,
                  StringRef Version, raw_ostream &OS) {
  for (StringRef Line; !Template.empty();) {
    std::tie(Line, Template) = Template.split('\n');
    if (Line == "@COMMANDS@") {
      for (const CommandModel &Command : Program.Commands)
        printCommand(Command, OS);
      continue;
    }
    auto [Before, After] = Line.split("@VERSION@");
    OS << Before << (Before.size() == Line.size() ? "" : Version) << After
       << '\n';
  }
}

} // namespace bootorder
