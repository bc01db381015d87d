//===- MapFiles.h - the files that a phase map rests on -------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_MAPFILES_H
#define BOOTORDER_TOOL_DRIVER_MAPFILES_H

#include "model/PhaseMap.h"
#include "tool/driver/TreeFacts.h"

namespace bootorder {

/// Every file that \p Facts name as a place of something, as it is on disk now;
/// those that are gone are left out. Sorted by path.
std::vector<MapFile> mapFilesOf(const TreeFacts &Facts);

} // namespace bootorder

#endif
