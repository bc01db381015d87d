#ifndef BOOTORDER_TOOL_RULESCOMMAND_H
#define BOOTORDER_TOOL_RULESCOMMAND_H

#include "rules/RuleSet.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace bootorder {

/// What `--rules` means when nothing is given.
constexpr llvm::StringLiteral DefaultRuleSet = "linux";

/// Reads the rule sets or files that `--rules` names, as one set.
/// Errors: as findRules() and readRules().
llvm::Expected<RuleSet>
readNamedRules(llvm::ArrayRef<std::string> NamesOrFiles);

/// The rules as one JSON object, for scripts and editors.
void printRulesJson(const RuleSet &Rules, llvm::raw_ostream &OS);

/// One line per rule, in the order of the files: id, title, severity, profile
/// and manual page, in columns.
void printRules(const RuleSet &Rules, llvm::raw_ostream &OS);

} // namespace bootorder

#endif // BOOTORDER_TOOL_RULESCOMMAND_H
