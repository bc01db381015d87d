//===- KbuildFacts.h - facts that a kernel build leaves behind ------------===//
//
// `make C=1 CHECK=bootorder-check` runs bootorder once for every source that it
// compiles, several at a time. Each run writes two files of its own:
//
//   units/OBJECT.facts  the unit, with the header functions that it uses; keys
//                       are those of the parse
//   units/OBJECT.json   the command, and why there are no facts if there are
//                       none; written last
//
// The rest of what `check --facts` asks about is read off the object tree when
// the folder is read.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_KBUILDFACTS_H
#define BOOTORDER_TOOL_DRIVER_KBUILDFACTS_H

#include "rules/RuleSet.h"
#include "tool/capture/CaptureManifest.h"
#include "tool/driver/TreeFacts.h"

namespace bootorder {

/// The unit that Kbuild asks a checker about: \p Words are the checker's
/// arguments, that is CHECKFLAGS (\p CheckFlags, separated by blanks), the
/// compiler's flags and the source. \p Compiler is what compiles it, as a
/// command line.
/// Errors: the words name no source.
llvm::Expected<CapturedUnit> kbuildUnit(std::vector<std::string> Words,
                                        llvm::StringRef CheckFlags,
                                        llvm::StringRef Compiler,
                                        llvm::StringRef Directory);

/// Parses \p Unit and writes what became of it into the facts folder
/// \p Folder, made if it is not there. The reason why there are no facts; empty
/// if there are, or if the unit is no part of vmlinux.
/// Errors: no kernel tree around the source, a file that cannot be written.
llvm::Expected<std::string> writeKbuildUnit(const CapturedUnit &Unit,
                                            llvm::StringRef Folder);

/// Whether \p Folder is one that writeKbuildUnit() has written to.
bool isKbuildFolder(llvm::StringRef Folder);

/// All units in \p Folder as one tree. Units without facts are lost. Which ones
/// belong to vmlinux is what Kbuild's own lists say, if it was built so far.
/// Errors: a file that cannot be read or understood, with what to do.
llvm::Expected<TreeFacts> readKbuildFacts(llvm::StringRef Folder,
                                          const RuleSet &Rules);

} // namespace bootorder

#endif
