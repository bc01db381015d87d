//===- Shards.h - a tree cut into parts for several machines --------------===//
//
// A shard is what one machine extracts. The cut depends on the compile database
// and on the sizes of the sources, so machines that see the same tree cut it
// alike; a digest of the cut in every part proves that they did.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_SHARDS_H
#define BOOTORDER_TOOL_DRIVER_SHARDS_H

#include "store/Digest.h"
#include "tool/driver/TreeUnits.h"

namespace bootorder {

/// One of Count parts; the default is the whole tree.
struct ShardChoice {
  unsigned Index = 1; ///< 1 .. Count
  unsigned Count = 1;
  bool isWhole() const { return Count == 1; }
};

/// `I/N`, with 1 <= I <= N <= 10000. Errors: anything else.
llvm::Expected<ShardChoice> parseShard(llvm::StringRef Text);

/// The shard, 1 .. \p Count, of each of \p Units: large sources first, each to
/// the shard that has least to do, so that all take about as long.
std::vector<unsigned> cutIntoShards(llvm::ArrayRef<ExtractRequest> Units,
                                    unsigned Count);

/// How a tree was cut.
struct ShardCut {
  Digest Cut;        ///< of all commands, and which shard each is in
  int64_t Units = 0; ///< of the whole tree, also those that cannot be parsed
};

/// Leaves in \p Units those of \p Choice.
ShardCut takeShard(TreeUnits &Units, ShardChoice Choice);

} // namespace bootorder

#endif
