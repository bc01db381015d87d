//===- ListChecks.cpp - names of the checks, for the compiler -------------===//
//
//   bootorder-list-checks RULES-FOLDER > CheckNames.inc
//
// Writes the name of a check for every rule of the rule sets in the folder,
// sorted, `bootorder-bad-suppression` and `bootorder-custom`, as string
// literals. A rule set is a file NAME/NAME.yaml with the key `ruleset`.
//
//===----------------------------------------------------------------------===//

#include "rules/RuleReader.h"
#include "support/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace bootorder;
using namespace llvm;

/// The main files of the rule sets below \p Folder, sorted.
static std::set<std::string> findRuleSets(StringRef Folder) {
  std::set<std::string> Files;
  std::error_code Code;
  for (sys::fs::directory_iterator I(Folder, Code), End; I != End && !Code;
       I.increment(Code)) {
    SmallString<256> File(I->path());
    sys::path::append(File, sys::path::filename(I->path()) + ".yaml");
    if (!sys::fs::exists(File))
      continue;
    std::string Text = cantFail(readFile(File));
    if (StringRef(Text).contains("\nruleset:"))
      Files.insert(File.str().str());
  }
  return Files;
}

int main(int Count, char **Arguments) {
  ExitOnError Exit("bootorder-list-checks: ");
  if (Count != 2)
    Exit(createStringError("usage: bootorder-list-checks RULES-FOLDER"));
  std::set<std::string> Names = {"bad-suppression", "custom"};
  for (const std::string &File : findRuleSets(Arguments[1]))
    for (const Rule &R : Exit(readRules({File})).Rules)
      Names.insert(R.Id);
  for (const std::string &Name : Names)
    outs() << "\"bootorder-" << Name << "\",\n";
  return 0;
}
