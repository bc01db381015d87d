#ifndef BOOTORDER_SUPPORT_INSTALLATION_H
#define BOOTORDER_SUPPORT_INSTALLATION_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace bootorder {

// CMake decides at configuration where the parts are installed; only the ways
// from one to another are compiled in, so the prefix can be moved. A build tree
// looks like an installation in the usual folders.

/// The folder that the running program is in, links followed.
std::string programFolder();

/// The folder of bootorder if the clang-tidy module is in \p ModuleFolder.
std::string programFolderOfModule(llvm::StringRef ModuleFolder);

/// Where the rule sets are installed if bootorder is in \p ProgramFolder; they
/// need not be there.
std::string installedRulesFolder(llvm::StringRef ProgramFolder);

/// The compiler stand-in, `bootorder-cc`, that belongs to the bootorder in
/// \p ProgramFolder. Errors: only a part of bootorder was copied there.
llvm::Expected<std::string> findStandIn(llvm::StringRef ProgramFolder);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_INSTALLATION_H
