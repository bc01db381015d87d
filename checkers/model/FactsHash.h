//===- FactsHash.h - a module as a number ---------------------------------===//

#ifndef BOOTORDER_MODEL_FACTSHASH_H
#define BOOTORDER_MODEL_FACTSHASH_H

#include "model/Facts.h"

namespace bootorder {

/// \p Hash with \p Value added to what it was made of; order matters.
inline uint64_t mixHash(uint64_t Hash, uint64_t Value) {
  Hash ^= Value + 0x9e3779b97f4a7c15 + (Hash << 12) + (Hash >> 4);
  return Hash * 0xff51afd7ed558ccd;
}

/// Hash of everything in \p Module but the header keys of its symbols. Modules
/// built by the same calls in the same order have equal hashes. Linear.
uint64_t hashFacts(const FactsModule &Module);

} // namespace bootorder

#endif
