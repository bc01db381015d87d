//===- Preludes.h - the preludes of one tree ------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PRELUDES_H
#define BOOTORDER_TOOL_DRIVER_PRELUDES_H

#include "extract/Prelude.h"
#include "tool/driver/SharedFiles.h"

namespace bootorder {

struct PreludeOptions {
  bool AreWanted = false;
  /// Extract everything plainly too, and fail if anything differs.
  bool AreVerified = false;
  /// Fewer units of one kind are not worth a prelude.
  size_t MinimumUnits = 24;
  /// A header is taken if this share of the units includes it.
  double Share = 1.0 / 3;
};

/// A prelude, if any, for each of \p Units.
///
/// Headers are chosen by preprocessing a few units of each kind. The facts of
/// functions in chosen headers are published in \p Headers. A prelude that
/// cannot be made is said on the error stream; its units are parsed plainly.
/// The result does not depend on \p Threads (0: one per core).
std::vector<std::shared_ptr<const Prelude>>
makePreludes(llvm::ArrayRef<ExtractRequest> Units, HeaderRegistry &Headers,
             std::shared_ptr<SharedFiles> Files, const PreludeOptions &Options,
             unsigned Threads);

} // namespace bootorder

#endif
