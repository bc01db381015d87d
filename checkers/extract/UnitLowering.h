//===- UnitLowering.h - what a unit owns to facts -------------------------===//

#ifndef BOOTORDER_EXTRACT_UNITLOWERING_H
#define BOOTORDER_EXTRACT_UNITLOWERING_H

#include "extract/Collector.h"
#include "model/Facts.h"

namespace bootorder {

/// Lowers \p Owned into the module of \p Facts and lists the keys of the header
/// functions that it names.
void lowerOwned(const OwnedDeclarations &Owned, UnitContext &Unit,
                TuFacts &Facts);

/// The facts of the header function \p F, which has a body.
HeaderFacts lowerHeaderFunction(const clang::FunctionDecl &F, uint64_t Key,
                                UnitContext &Unit);

/// Keys of the header functions that \p Module names. Sorted, each once.
std::vector<uint64_t> headerKeysIn(const FactsModule &Module);

} // namespace bootorder

#endif
