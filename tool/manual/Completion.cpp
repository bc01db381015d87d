#include "tool/manual/Completion.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

ValueKind valueKindOf(const CommandOption &Option) {
  if (!Option.Words.empty())
    return ValueKind::Words;
  StringRef Value = Option.Value;
  if (Value == "ID")
    return ValueKind::RuleId;
  if (Value.contains("DIR") || Value.contains("TREE"))
    return ValueKind::Folder;
  if (Value.contains_insensitive("FILE") || Value.contains("REPORT"))
    return ValueKind::File;
  return ValueKind::Free;
}

/// Lists the ids of rules, one a line.
static constexpr char RuleIds[] =
    "bootorder rules list 2>/dev/null | cut -d' ' -f1";

/// \p Visit for every command below \p Program, outer ones first.
static void forEachCommand(const CommandModel &Program,
                           function_ref<void(const CommandModel &)> Visit) {
  Visit(Program);
  for (const CommandModel &Command : Program.Commands)
    forEachCommand(Command, Visit);
}

/// Names of \p Command's subcommands, then of its options.
static std::vector<std::string> wordsAfter(const CommandModel &Command) {
  std::vector<std::string> Words;
  for (const CommandModel &Sub : Command.Commands)
    Words.push_back(Sub.name());
  for (const CommandOption &Option : Command.Options)
    append_range(Words, Option.Names);
  return Words;
}

//===-- bash --------------------------------------------------------------===//

static constexpr char BashHead[] =
    R"sh(# bash completion for bootorder; made from the options of the program.

_bootorder() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local path= word
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $path/$word in
)sh";

static constexpr char BashMiddle[] =
    R"sh(      */--) compopt -o default; return ;;
    esac
  done
  # The value of an option.
  case $path/$previous in
)sh";

static constexpr char BashWords[] = R"sh(  esac
  # A subcommand or an option, else a file.
  case $path in
)sh";

static constexpr char BashTail[] = R"sh(  esac
  [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _bootorder bootorder
)sh";

static std::string bashReply(const CommandOption &Option) {
  switch (valueKindOf(Option)) {
  case ValueKind::Words:
    return "COMPREPLY=($(compgen -W '" + join(Option.Words, " ") +
           "' -- \"$current\"))";
  case ValueKind::RuleId:
    return std::string("COMPREPLY=($(compgen -W \"$(") + RuleIds +
           ")\" -- \"$current\"))";
  case ValueKind::Folder:
    return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "
           "\"$current\")";
  case ValueKind::File:
    return "compopt -o default";
  case ValueKind::Free:
    return ":";
  }
  llvm_unreachable("every kind completes somehow");
}

static void printBashValues(const CommandModel &Command, raw_ostream &OS) {
  for (const CommandOption &Option : Command.Options) {
    if (Option.Value.empty())
      continue;
    std::vector<std::string> Patterns;
    for (const std::string &Name : Option.Names)
      Patterns.push_back("'" + Command.Path + "/" + Name + "'");
    OS << "    " << join(Patterns, "|") << ") " << bashReply(Option)
       << "; return ;;\n";
  }
}

void printBashCompletion(const CommandModel &Program, raw_ostream &OS) {
  OS << BashHead;
  forEachCommand(Program, [&](const CommandModel &Command) {
    for (const CommandModel &Sub : Command.Commands)
      OS << "      '" << Command.Path << "/" << Sub.name() << "') path='"
         << Sub.Path << "' ;;\n";
  });
  OS << BashMiddle;
  forEachCommand(Program, [&](const CommandModel &Command) {
    printBashValues(Command, OS);
  });
  OS << BashWords;
  forEachCommand(Program, [&](const CommandModel &Command) {
    OS << "    '" << Command.Path << "') COMPREPLY=($(compgen -W '"
       << join(wordsAfter(Command), " ") << "' -- \"$current\")) ;;\n";
  });
  OS << BashTail;
}

//===-- zsh ---------------------------------------------------------------===//

/// \p Text inside single quotes, and inside the brackets of _arguments.
static std::string zshText(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (C == '\'')
      Out += "'\\''";
    else if (C == '[' || C == ']' || C == ':' || C == '\\')
      Out += std::string("\\") + C;
    else
      Out += C;
  }
  return Out;
}

static std::string zshAction(const CommandOption &Option) {
  switch (valueKindOf(Option)) {
  case ValueKind::Words:
    return "(" + join(Option.Words, " ") + ")";
  case ValueKind::RuleId:
    return "_bootorder_rule_ids";
  case ValueKind::Folder:
    return "_files -/";
  case ValueKind::File:
    return "_files";
  case ValueKind::Free:
    return "";
  }
  llvm_unreachable("every kind completes somehow");
}

static std::string functionName(const CommandModel &Command) {
  std::string Name = "_bootorder_" + Command.Path;
  for (char &C : Name)
    if (!isAlnum(C))
      C = '_';
  return Command.Path.empty() ? "_bootorder" : Name;
}

static void printZshOptions(const CommandModel &Command, raw_ostream &OS) {
  for (const CommandOption &Option : Command.Options)
    for (const std::string &Name : Option.Names) {
      // Any option may be given again: the program says which may not.
      OS << " \\\n    '*" << Name << "[" << zshText(Option.Text) << "]";
      if (!Option.Value.empty())
        OS << ":" << zshText(Option.Value) << ":" << zshAction(Option);
      OS << "'";
    }
}

static void printZshCommand(const CommandModel &Command, raw_ostream &OS) {
  OS << "\n" << functionName(Command) << "() {\n";
  if (Command.Commands.empty()) {
    OS << "  _arguments -S";
    printZshOptions(Command, OS);
    OS << " \\\n    '*:file:_files'\n}\n";
    return;
  }
  OS << "  local curcontext=$curcontext state line\n  _arguments -C";
  printZshOptions(Command, OS);
  OS << " \\\n    '1:subcommand:((";
  for (const CommandModel &Sub : Command.Commands)
    OS << " " << Sub.name() << "\\:\"" << zshText(Sub.Text) << "\"";
  OS << "))' \\\n    '*::argument:->rest'\n  [[ $state = rest ]] || return\n"
     << "  case $line[1] in\n";
  for (const CommandModel &Sub : Command.Commands)
    OS << "    " << Sub.name() << ") " << functionName(Sub) << " ;;\n";
  OS << "  esac\n}\n";
}

void printZshCompletion(const CommandModel &Program, raw_ostream &OS) {
  OS << "#compdef bootorder\n"
     << "# zsh completion for bootorder; made from the options of the "
        "program.\n\n"
     << "_bootorder_rule_ids() {\n  compadd -- ${(f)\"$(" << RuleIds
     << ")\"}\n}\n";
  forEachCommand(Program, [&](const CommandModel &Command) {
    printZshCommand(Command, OS);
  });
  OS << "\n_bootorder \"$@\"\n";
}

//===-- fish --------------------------------------------------------------===//

/// \p Text between single quotes.
static std::string fishText(StringRef Text) {
  std::string Out = "'";
  for (char C : Text)
    Out += C == '\'' || C == '\\' ? std::string("\\") + C : std::string(1, C);
  return Out + "'";
}

/// When completions of \p Command are in place: its words have been typed, and
/// none of the next.
static std::string fishCondition(const CommandModel &Command) {
  std::string Condition;
  SmallVector<StringRef, 2> Words;
  StringRef(Command.Path)
      .split(Words, ' ', /*MaxSplit=*/-1,
             /*KeepEmpty=*/false);
  for (StringRef Word : Words)
    Condition += ("__fish_seen_subcommand_from " + Word + "; and ").str();
  std::string Next;
  for (const CommandModel &Sub : Command.Commands)
    Next += " " + Sub.name();
  if (!Next.empty())
    return Condition + "not __fish_seen_subcommand_from" + Next;
  return StringRef(Condition).drop_back(StringRef("; and ").size()).str();
}

static std::string fishArguments(const CommandOption &Option) {
  switch (valueKindOf(Option)) {
  case ValueKind::Words:
    return " -x -a '" + join(Option.Words, " ") + "'";
  case ValueKind::RuleId:
    return std::string(" -x -a \"(") + RuleIds + ")\"";
  case ValueKind::Folder:
    return " -x -a '(__fish_complete_directories)'";
  case ValueKind::File:
    return " -r -F";
  case ValueKind::Free:
    return " -x";
  }
  llvm_unreachable("every kind completes somehow");
}

static void printFishOption(const CommandOption &Option, StringRef Condition,
                            raw_ostream &OS) {
  OS << "complete -c bootorder -n '" << Condition << "'";
  for (StringRef Name : Option.Names)
    if (Name.consume_front("--"))
      OS << " -l " << Name;
    else
      OS << " -s " << Name.drop_front();
  if (!Option.Value.empty())
    OS << fishArguments(Option);
  OS << " -d " << fishText(Option.Text) << "\n";
}

void printFishCompletion(const CommandModel &Program, raw_ostream &OS) {
  OS << "# fish completion for bootorder; made from the options of the "
        "program.\n";
  forEachCommand(Program, [&](const CommandModel &Command) {
    std::string Condition = fishCondition(Command);
    OS << "\n";
    for (const CommandModel &Sub : Command.Commands)
      OS << "complete -c bootorder -n '" << Condition << "' -f -a "
         << Sub.name() << " -d " << fishText(Sub.Text) << "\n";
    for (const CommandOption &Option : Command.Options)
      printFishOption(Option, Condition, OS);
  });
}

} // namespace bootorder
