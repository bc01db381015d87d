//===- MapFindings.h - a unit's findings in the words of the kernel -------===//

#ifndef BOOTORDER_SOLVE_MAPFINDINGS_H
#define BOOTORDER_SOLVE_MAPFINDINGS_H

#include "model/PhaseMap.h"
#include "solve/Finding.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// Leaves of \p Shared only what \p Modules name, and what that names in turn.
void keepNamed(TuFacts &Shared, llvm::ArrayRef<const FactsModule *> Modules);

/// Puts the steps and chains of \p Map where \p F, which was found with it, has
/// only what is in the program. \p Origins: by step, those of the map.
/// RootPaths are the one chain if there is one root; of several, the map knows
/// one chain only, so there are none.
void tellChain(const PhaseMap &Map, llvm::ArrayRef<uint32_t> Origins,
               Finding &F);

} // namespace bootorder

#endif
