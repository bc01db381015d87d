//===- VerifyPrelude.h - the same facts with and without preludes ---------===//

#ifndef BOOTORDER_TOOL_DRIVER_VERIFYPRELUDE_H
#define BOOTORDER_TOOL_DRIVER_VERIFYPRELUDE_H

#include "tool/driver/ExtractPool.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// What a set of facts holds, for the last digit to be compared.
struct FactsCount {
  size_t Units = 0;
  size_t Functions = 0; ///< with bodies, header functions once
  size_t CallSites = 0;
  size_t Registrations = 0; ///< functions in initial values, and asm data
  friend bool operator==(const FactsCount &A, const FactsCount &B) {
    return A.Units == B.Units && A.Functions == B.Functions &&
           A.CallSites == B.CallSites && A.Registrations == B.Registrations;
  }
};

FactsCount countFacts(const ExtractedUnits &Facts);

/// Prints how \p WithPrelude differs from \p Plain: units and functions, with
/// the lines that differ, then the counts of both. Returns how many units and
/// header functions differ.
size_t compareFacts(const ExtractedUnits &Plain,
                    const ExtractedUnits &WithPrelude, llvm::raw_ostream &OS);

} // namespace bootorder

#endif
