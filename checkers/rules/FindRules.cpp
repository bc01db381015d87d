#include "rules/RuleReader.h"
#include "support/Error.h"
#include "support/Installation.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

/// NAME/NAME.yaml below \p Folder.
static std::string ruleFileIn(StringRef Folder, StringRef Name) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, Name, Name + ".yaml");
  return Path.str().str();
}

/// A bare word: neither a folder nor an extension.
static bool isRuleSetName(StringRef Text) {
  return !Text.contains('/') && sys::path::extension(Text).empty();
}

Expected<std::string> findRules(StringRef NameOrFile, StringRef ExecutableDir) {
  if (!isRuleSetName(NameOrFile)) {
    if (sys::fs::is_regular_file(NameOrFile))
      return NameOrFile.str();
    return makeError("no rule file '" + NameOrFile +
                     "'; check the path, or give the name of a rule set");
  }
  std::string Installed =
      ruleFileIn(installedRulesFolder(ExecutableDir), NameOrFile);
  std::string InSources = ruleFileIn(BOOTORDER_SOURCE_RULES_DIR, NameOrFile);
  for (const std::string &Path : {Installed, InSources})
    if (sys::fs::is_regular_file(Path))
      return Path;
  return makeError("no rule set '" + NameOrFile + "': neither '" + Installed +
                   "' nor '" + InSources +
                   "' exists; give the path of a rule file instead");
}

} // namespace bootorder
