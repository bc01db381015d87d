//===- MergeFacts.h - facts of shards to facts of the tree ----------------===//
//
// Merging is a union. Units are told apart by their object files, header
// functions by what they are: their keys are made anew for the union, so the
// result is that of one machine, byte for byte, whatever the number of shards
// and the order of merging, and merging anything twice changes nothing.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_MERGEFACTS_H
#define BOOTORDER_TOOL_DRIVER_MERGEFACTS_H

#include "tool/driver/TreeFacts.h"

namespace bootorder {

/// Facts, and the folder they are from.
struct NamedFacts {
  std::string Name;
  TreeFacts Facts;
};

/// All that \p Inputs, at least one, know together. TreeFacts::Shard of the
/// result is none once no shard is missing. A unit that one input has and
/// another one lost is not lost. Constants, and how they were evaluated, are
/// those of the first unit that enters the boot.
///
/// Errors: facts of different trees, configurations or builds of bootorder;
/// facts of one unit that differ; each with both folders and what differs.
llvm::Expected<TreeFacts> mergeFacts(std::vector<NamedFacts> Inputs);

} // namespace bootorder

#endif
