//===- MemoryHeaders.h - header functions of one run ----------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_MEMORYHEADERS_H
#define BOOTORDER_TOOL_DRIVER_MEMORYHEADERS_H

#include "extract/Extract.h"
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace bootorder {

/// Keeps the facts of header functions in memory.
class MemoryHeaders : public HeaderRegistry {
public:
  bool isKnown(uint64_t Key) const override;
  void publish(HeaderFacts Facts) override;

  /// All facts, sorted by key; empty afterwards.
  std::vector<HeaderFacts> take();

private:
  mutable std::shared_mutex Mutex; ///< guards Known
  std::unordered_map<uint64_t, HeaderFacts> Known;
};

} // namespace bootorder

#endif
