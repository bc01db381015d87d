#ifndef BOOTORDER_TOOL_APPLICATION_H
#define BOOTORDER_TOOL_APPLICATION_H

#include "tool/Commands.h"

#include <memory>
#include <string>

namespace bootorder {

/// The program's command line with all subcommands, in the order of its help.
/// They leave what they did in \p Result, which must outlive the application.
std::unique_ptr<CLI::App> makeApplication(CommandResult &Result);

/// What `--version` prints, one line each: the version, that of LLVM, the
/// format of facts, and the default rule set with twelve digits of its digest,
/// as SARIF has it in full. Rules that cannot be read are said to be missing.
std::string versionText();

} // namespace bootorder

#endif // BOOTORDER_TOOL_APPLICATION_H
