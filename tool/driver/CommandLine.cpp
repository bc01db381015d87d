#include "tool/driver/CommandLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <CLI/CLI.hpp>

namespace bootorder {

void addTreeOptions(CLI::App &Command, AnalysisOptions &Options) {
  Command
      .add_option("-p", Options.Directory,
                  "Folder of compile_commands.json, as 'bootorder capture' or "
                  "any build leaves it")
      ->type_name("DIR")
      ->capture_default_str();
  Command
      .add_option("-j,--jobs", Options.Threads,
                  "Units parsed at once; 0: one per core")
      ->type_name("N")
      ->capture_default_str();
  Command.add_flag_callback(
      "--no-prelude", [&Options] { Options.Preludes.AreWanted = false; },
      "Parse common headers anew in every unit");
  Command.add_flag("--verify-prelude", Options.Preludes.AreVerified,
                   "Parse every unit both ways; exit status 4 if their facts "
                   "differ");
  Command
      .add_option("--prelude-units", Options.Preludes.MinimumUnits,
                  "Fewer units of one kind get no prelude")
      ->group(""); // for tests: a small tree would have none
  addCacheOptions(Command, Options.Cache);
}

void addCachePlaceOptions(CLI::App &Command, CacheOptions &Options) {
  Command
      .add_option("--cache", Options.Directory,
                  "Folder of the cache (default: $BOOTORDER_CACHE, else "
                  "~/.cache/bootorder)")
      ->type_name("DIR");
  Command
      .add_option("--cache-size", Options.Size,
                  "How large the cache may grow (default: "
                  "$BOOTORDER_CACHE_SIZE, else 5G)")
      ->type_name("SIZE");
}

void addCacheOptions(CLI::App &Command, CacheOptions &Options) {
  addCachePlaceOptions(Command, Options);
  Command
      .add_flag("--no-cache", Options.IsOff,
                "Neither use nor keep facts of other runs")
      ->excludes(Command.get_option("--cache"));
  Command.add_flag("--recompute", Options.Recompute,
                   "Analyse anew what has not changed since an earlier run; "
                   "facts still come from the cache");
  Command.add_flag("--why-parsed", Options.WhyParsed,
                   "Say how many units were parsed, and which changed files "
                   "made that necessary");
}

void addFactsOption(CLI::App &Command, AnalysisOptions &Options) {
  Command
      .add_option("--facts", Options.FactsDirectory,
                  "Folder that 'bootorder extract' wrote, read instead of "
                  "parsing a tree")
      ->type_name("DIR")
      ->excludes(Command.get_option("-p"));
}

AnalysisOptions optionsForTree(const std::string &Folder,
                               AnalysisOptions Options) {
  llvm::SmallString<128> Description(Folder);
  llvm::sys::path::append(Description, "tree.json");
  if (llvm::sys::fs::exists(Description))
    Options.FactsDirectory = Folder;
  else
    Options.Directory = Folder;
  return Options;
}

void addRuleOptions(CLI::App &Command, AnalysisOptions &Options) {
  Command
      .add_option("--rules", Options.Rules,
                  "Rule set by name, or a rule file; may be given again")
      ->type_name("NAME|FILE")
      ->expected(1)
      ->allow_extra_args(false) // what follows is the command's own
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->capture_default_str();
  Command
      .add_option("--profile", Options.Wanted,
                  "default, or strict: also the rules that are noisy by nature")
      ->type_name("PROFILE")
      ->default_str("default")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Profile>{
          {"default", Profile::Default}, {"strict", Profile::Strict}}));
}

void addMechanismOption(CLI::App &Command, AnalysisOptions &Options) {
  std::vector<std::string> Names;
  for (const MechanismName &Known : mechanismNames())
    Names.push_back(Known.Name.str());
  Command
      .add_option_function<std::vector<std::string>>(
          "--without",
          [&Options](const std::vector<std::string> &Given) {
            for (const MechanismName &Known : mechanismNames())
              if (llvm::is_contained(Given, Known.Name))
                Options.Has.*Known.Part = false;
          },
          "Parts of the analysis to leave out, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(Names))
      ->group(""); // for measuring
}

} // namespace bootorder
