#ifndef BOOTORDER_TOOL_CAPTURE_MEMBERSHIP_H
#define BOOTORDER_TOOL_CAPTURE_MEMBERSHIP_H

#include "tool/capture/CaptureManifest.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// Fills in which unit of \p Tree belongs to what, and the objects vmlinux is
/// made of, from Kbuild's own lists.
///
/// \p Roots are the archives and objects that Kbuild links into vmlinux,
/// relative to the object root. They are followed down through the command
/// files of archives, composites and objcopy results to the units; whatever
/// they reach is built in, what they do not is another program's, and units
/// compiled with `-DMODULE` are modules. If no root was built, every unit that
/// is no module counts as built in.
/// Reads one command file per archive and composite.
void assignMembership(CapturedTree &Tree, llvm::ArrayRef<std::string> Roots);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_MEMBERSHIP_H
