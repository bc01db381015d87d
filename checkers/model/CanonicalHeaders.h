//===- CanonicalHeaders.h - one identity per header function --------------===//
//
// While a tree is extracted, a header function is known by a key made before
// its body was parsed (extract/HeaderKey.h). That key is finer than its facts:
// macros that leave no trace count, and which ones were defined depends on how
// the unit was parsed. This pass gives each header function a key made of its
// facts, so that it is the same however the facts came about.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_CANONICALHEADERS_H
#define BOOTORDER_MODEL_CANONICALHEADERS_H

#include "model/Facts.h"

namespace bootorder {

/// Replaces all header keys in \p Units and \p Headers by canonical ones.
///
/// Two functions have the same canonical key if their facts are equal and the
/// header functions they name have the same canonical keys in turn: classes are
/// refined until their number no longer grows, so cycles are fine. Of equal
/// functions one remains; those that no unit uses, itself or through others,
/// are dropped. Errors in bodies become notes of the units that use them.
/// Keys without facts stay as they are.
///
/// \p Headers: sorted by key before and after. Linear in the facts times the
/// longest chain of calls that tells two functions apart.
void canonicaliseHeaders(std::vector<TuFacts> &Units,
                         std::vector<HeaderFacts> &Headers);

} // namespace bootorder

#endif
