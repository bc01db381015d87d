#ifndef BOOTORDER_RULES_RULEREADER_H
#define BOOTORDER_RULES_RULEREADER_H

#include "rules/RuleSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace bootorder {

/// Reads \p Files and everything they include into one rule set.
///
/// The language is described in docs/rules.md. A file included twice is read
/// once. Errors: every mistake of the run as one DiagnosticsError, each with
/// file, line, column and, where there is one, the nearest right word.
llvm::Expected<RuleSet> readRules(llvm::ArrayRef<std::string> Files);

/// Files that include each other in a row: a link that leads back to its own
/// folder makes such a row endless without naming a file twice.
constexpr unsigned MaxIncludeDepth = 32;

/// What the file at a path says.
using RuleFileReader =
    llvm::function_ref<llvm::Expected<std::string>(llvm::StringRef Path)>;

/// The same for files that \p Read has, wherever from.
llvm::Expected<RuleSet> readRules(llvm::ArrayRef<std::string> Files,
                                  RuleFileReader Read);

/// The file that `--rules \p NameOrFile` means.
///
/// A path is taken as it is. A bare name such as `linux` is looked for as
/// NAME/NAME.yaml where rules are installed for a program in \p ExecutableDir,
/// then in the source tree that this program was built from.
/// Errors: neither exists; the message lists where it looked.
llvm::Expected<std::string> findRules(llvm::StringRef NameOrFile,
                                      llvm::StringRef ExecutableDir);

/// Names of all macros that some part of \p Rules mentions: what extraction has
/// to record whether or not a call stands beside it. Sorted, unique.
std::vector<std::string> macroVocabulary(const RuleSet &Rules);

} // namespace bootorder

#endif // BOOTORDER_RULES_RULEREADER_H
