#include "tool/driver/MemoryHeaders.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {

bool MemoryHeaders::isKnown(uint64_t Key) const {
  std::shared_lock<std::shared_mutex> Lock(Mutex);
  return Known.count(Key) != 0;
}

void MemoryHeaders::publish(HeaderFacts Facts) {
  std::unique_lock<std::shared_mutex> Lock(Mutex);
  uint64_t Key = Facts.Key;
  Known.try_emplace(Key, std::move(Facts));
}

std::vector<HeaderFacts> MemoryHeaders::take() {
  std::unique_lock<std::shared_mutex> Lock(Mutex);
  std::vector<HeaderFacts> All;
  All.reserve(Known.size());
  for (auto &[Key, Facts] : Known)
    All.push_back(std::move(Facts));
  Known.clear();
  llvm::sort(All, [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  });
  return All;
}

} // namespace bootorder
