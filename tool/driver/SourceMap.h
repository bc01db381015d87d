//===- SourceMap.h - which lines of the tree are which function -----------===//

#ifndef BOOTORDER_TOOL_DRIVER_SOURCEMAP_H
#define BOOTORDER_TOOL_DRIVER_SOURCEMAP_H

#include "tool/driver/TreeFacts.h"
#include "tool/report/SourceExtents.h"

namespace bootorder {

/// Files and functions of \p Facts, header functions included.
SourceExtents extentsOf(const TreeFacts &Facts);

} // namespace bootorder

#endif
