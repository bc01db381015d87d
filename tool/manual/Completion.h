#ifndef BOOTORDER_TOOL_MANUAL_COMPLETION_H
#define BOOTORDER_TOOL_MANUAL_COMPLETION_H

#include "tool/manual/CommandModel.h"

#include "llvm/Support/raw_ostream.h"

namespace bootorder {

// Each prints a script that completes subcommands, options and values of
// \p Program: words where an option takes one of a few, else ids of rules,
// folders or files, by the name of the value.

void printBashCompletion(const CommandModel &Program, llvm::raw_ostream &OS);
void printZshCompletion(const CommandModel &Program, llvm::raw_ostream &OS);
void printFishCompletion(const CommandModel &Program, llvm::raw_ostream &OS);

/// What completes a value.
enum class ValueKind { Free, Words, RuleId, Folder, File };

ValueKind valueKindOf(const CommandOption &Option);

} // namespace bootorder

#endif
