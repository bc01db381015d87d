//===- CommandModel.h - the command line as data --------------------------===//
//
// The manual page and the completions of shells are printed from what the
// subcommands themselves registered, so none of them can fall behind.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_MANUAL_COMMANDMODEL_H
#define BOOTORDER_TOOL_MANUAL_COMMANDMODEL_H

#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace bootorder {

/// An option or a positional word, but for those that no help lists.
struct CommandOption {
  std::vector<std::string> Names; ///< `-j`, `--jobs`; none for a positional
  std::string Value;              ///< `DIR`; empty for a flag
  std::vector<std::string> Words; ///< the values it can have, if few; sorted
  std::string Default;            ///< empty: none, or the text has it
  std::string Text;
  bool IsRequired = false;
  bool IsRepeated = false; ///< takes any number of values
};

/// A command, and its subcommands in the order of their help.
struct CommandModel {
  std::string Path; ///< `rules list`; empty for the program itself
  std::string Text; ///< one sentence
  std::string Footer;
  std::vector<CommandOption> Options;
  std::vector<CommandOption> Positionals;
  std::vector<CommandModel> Commands;

  /// The last word of Path.
  std::string name() const { return Path.substr(Path.rfind(' ') + 1); }
};

/// What \p App and all below it offer.
CommandModel describeCommands(const CLI::App &App);

} // namespace bootorder

#endif
