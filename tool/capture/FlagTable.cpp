#include "tool/capture/FlagTable.h"

#include "rules/MapReader.h"
#include "rules/RuleReader.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {
namespace {

constexpr std::pair<StringRef, CompilerKind> CompilerNames[] = {
    {"gcc", CompilerKind::Gcc}, {"clang", CompilerKind::Clang}};

bool isWildcard(char C) { return C == '*' || C == '?' || C == '['; }

FlagRule readRule(const YamlNode &Node, DiagnosticList &Mistakes) {
  MapReader Map(Node, "option", Mistakes);
  FlagRule Rule;
  Rule.Text = Map.requiredText("option");
  Rule.Prefix = StringRef(Rule.Text).take_until(isWildcard).str();
  Rule.Pattern = Map.globs("option");
  Rule.TakesValue = Map.flag("with_value");
  if (Map.node("becomes"))
    Rule.Becomes = Map.text("becomes");
  if (const YamlNode *Only = Map.node("when"))
    Rule.Only = Map.word<CompilerKind>(*Only, "when", CompilerNames);
  Map.finish();
  return Rule;
}

TargetRule readTarget(const YamlNode &Node, DiagnosticList &Mistakes) {
  MapReader Map(Node, "target", Mistakes);
  TargetRule Rule;
  Rule.SrcArch = Map.requiredText("arch");
  Rule.Target = Map.requiredText("target");
  Rule.Option = Map.globs("option");
  Map.finish();
  return Rule;
}

DefaultRule readDefault(const YamlNode &Node, DiagnosticList &Mistakes) {
  MapReader Map(Node, "default", Mistakes);
  DefaultRule Rule;
  Rule.Option = Map.requiredText("option");
  Rule.Unless = Map.globs("unless");
  Map.finish();
  return Rule;
}

/// What stands for \p Option, which \p Rule matches.
std::string replacement(const FlagRule &Rule, StringRef Option) {
  StringRef Text = Rule.Text, Becomes = *Rule.Becomes;
  if (!Text.ends_with("*") || !Becomes.consume_back("*"))
    return Becomes.str();
  return (Becomes + Option.drop_front(Text.size() - 1)).str();
}

bool hasOption(ArrayRef<std::string> Arguments, const GlobSet &Pattern) {
  return any_of(Arguments,
                [&](StringRef Argument) { return Pattern.matches(Argument); });
}

bool namesTarget(ArrayRef<std::string> Arguments) {
  return any_of(Arguments, [](StringRef Argument) {
    return Argument.starts_with("--target=") || Argument == "-target" ||
           Argument == "--target";
  });
}

/// The target of \p Unit by the table, or empty.
StringRef targetOf(const CapturedTree &Tree, const CapturedUnit &Unit,
                   const FlagTable &Table) {
  for (const TargetRule &Rule : Table.Targets) {
    if (Rule.SrcArch != Tree.SrcArch)
      continue;
    if (Rule.Option.empty() || hasOption(Unit.Arguments, Rule.Option))
      return Rule.Target;
  }
  return "";
}

/// True for the source file among the arguments, relative or not.
bool isSourceOperand(StringRef Argument, const CapturedUnit &Unit) {
  return !Argument.starts_with("-") &&
         absolutePath(Argument, Unit.Directory) ==
             absolutePath(Unit.File, Unit.Directory);
}

const FlagRule *ruleFor(StringRef Argument, const CapturedTree &Tree,
                        const FlagTable &Table) {
  for (const FlagRule &Rule : Table.Rules)
    if (Argument.starts_with(Rule.Prefix) &&
        (!Rule.Only || *Rule.Only == Tree.Kind) &&
        Rule.Pattern.matches(Argument))
      return &Rule;
  return nullptr;
}

/// Options whose value Kbuild may write as the next argument; the value is
/// passed on untouched even if it looks like an option or like the source.
bool keepsNextArgument(StringRef Option) {
  return is_contained({"-include", "-isystem", "-I", "-D", "-U", "-imacros",
                       "-iquote", "-idirafter", "-x", "-mllvm", "-Xclang",
                       "-target"},
                      Option);
}

} // namespace

Expected<FlagTable> parseFlagTable(StringRef Content, StringRef File) {
  Expected<YamlNode> Root = parseYaml(Content, File);
  if (!Root)
    return Root.takeError();
  DiagnosticList Mistakes;
  FlagTable Table;
  MapReader Map(*Root, "flag table", Mistakes);
  Map.requiredText("bootorder");
  Map.each("options", [&](const YamlNode &Node) {
    Table.Rules.push_back(readRule(Node, Mistakes));
  });
  Map.each("defaults", [&](const YamlNode &Node) {
    Table.Defaults.push_back(readDefault(Node, Mistakes));
  });
  Map.each("targets", [&](const YamlNode &Node) {
    Table.Targets.push_back(readTarget(Node, Mistakes));
  });
  Map.finish();
  if (Error E = Mistakes.take())
    return std::move(E);
  return Table;
}

Expected<FlagTable> readFlagTable(StringRef ExecutableDir) {
  Expected<std::string> File = findRules("flags", ExecutableDir);
  if (!File)
    return File.takeError();
  Expected<std::string> Content = readFile(*File);
  if (!Content)
    return Content.takeError();
  return parseFlagTable(*Content, *File);
}

std::vector<std::string> clangArguments(const CapturedTree &Tree,
                                        const CapturedUnit &Unit,
                                        const FlagTable &Table) {
  std::vector<std::string> Result;
  ArrayRef<std::string> Arguments = Unit.Arguments;
  // The compiler's own words: `ccache gcc`.
  while (!Arguments.empty() && !StringRef(Arguments.front()).starts_with("-"))
    Arguments = Arguments.drop_front();
  if (!namesTarget(Arguments))
    if (StringRef Target = targetOf(Tree, Unit, Table); !Target.empty())
      Result.push_back(("--target=" + Target).str());
  for (const DefaultRule &Rule : Table.Defaults)
    if (!hasOption(Arguments, Rule.Unless))
      Result.push_back(Rule.Option);
  for (size_t I = 0; I < Arguments.size(); ++I) {
    StringRef Argument = Arguments[I];
    if (isSourceOperand(Argument, Unit))
      continue;
    const FlagRule *Rule = ruleFor(Argument, Tree, Table);
    bool HasValue = Rule ? Rule->TakesValue : keepsNextArgument(Argument);
    HasValue &= I + 1 < Arguments.size();
    if (!Rule)
      Result.push_back(Argument.str());
    else if (Rule->Becomes)
      Result.push_back(replacement(*Rule, Argument));
    if (HasValue && (!Rule || Rule->Becomes))
      Result.push_back(Arguments[I + 1]);
    I += HasValue;
  }
  return Result;
}

} // namespace bootorder
