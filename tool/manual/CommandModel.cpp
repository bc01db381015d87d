#include "tool/manual/CommandModel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <CLI/CLI.hpp>

using llvm::StringRef;

namespace bootorder {

/// CLI11 puts what a value is checked by behind its name:
/// `new|any:value in {any->1,new->0} OR {1,0}`.
static std::pair<StringRef, StringRef> nameAndCheck(StringRef TypeName) {
  for (StringRef Mark : {":value in ", ":FLOAT in ", ":INT in "})
    if (size_t At = TypeName.find(Mark); At != StringRef::npos)
      return {TypeName.take_front(At), TypeName.drop_front(At + Mark.size())};
  return {TypeName, ""};
}

/// The words of `{any->1,new->0} OR ...`.
static std::vector<std::string> checkedWords(StringRef Check) {
  std::vector<std::string> Words;
  if (!Check.consume_front("{"))
    return Words;
  llvm::SmallVector<StringRef, 8> Pairs;
  Check.split('}').first.split(Pairs, ',');
  for (StringRef Pair : Pairs)
    Words.push_back(Pair.split("->").first.str());
  llvm::sort(Words);
  return Words;
}

static CommandOption describe(const CLI::Option &From) {
  CommandOption Option;
  for (const std::string &Name : From.get_snames())
    Option.Names.push_back("-" + Name);
  for (const std::string &Name : From.get_lnames())
    Option.Names.push_back("--" + Name);
  Option.Text = From.get_description();
  Option.IsRequired = From.get_required();
  if (From.get_items_expected_max() == 0)
    return Option; // a flag
  std::string TypeName = From.get_type_name();
  auto [Value, Check] = nameAndCheck(TypeName);
  Option.Value = Value.str();
  if (From.get_positional() && Value == "TEXT")
    Option.Value = From.get_name();
  Option.Words = checkedWords(Check);
  Option.IsRepeated =
      From.get_items_expected_max() >= CLI::detail::expected_max_vector_size;
  std::string Written = From.get_default_str();
  StringRef Default = Written;
  if (Default.consume_front("["))
    Default.consume_back("]");
  Option.Default = Default.str();
  return Option;
}

static CommandModel describe(const CLI::App &App, const std::string &Path) {
  CommandModel Command;
  Command.Path = Path;
  Command.Text = StringRef(App.get_description()).rtrim('.').str();
  Command.Footer = App.get_footer();
  for (const CLI::Option *Option : App.get_options())
    if (!Option->get_group().empty())
      (Option->get_positional() ? Command.Positionals : Command.Options)
          .push_back(describe(*Option));
  for (const CLI::App *Sub : App.get_subcommands(nullptr))
    Command.Commands.push_back(
        describe(*Sub, (Path.empty() ? "" : Path + " ") + Sub->get_name()));
  return Command;
}

CommandModel describeCommands(const CLI::App &App) { return describe(App, ""); }

} // namespace bootorder
