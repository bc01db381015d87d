//===- Preludes.h - the preludes of one tree ------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PRELUDES_H
#define BOOTORDER_TOOL_DRIVER_PRELUDES_H

#include "extract/Prelude.h"
#include "tool/driver/SharedFiles.h"

namespace bootorder {

class TreeCache;

struct PreludeOptions {
  bool AreWanted = false;
  /// Extract everything plainly too, and fail if anything differs.
  bool AreVerified = false;
  /// Fewer units of one kind are not worth a prelude.
  size_t MinimumUnits = 24;
  /// A header is taken if this share of the units includes it.
  double Share = 1.0 / 3;
};

/// What one unit is parsed on top of.
struct UnitPrelude {
  std::shared_ptr<const Prelude> Headers; ///< null: parse all
  /// What was asked of the disk for them; null without a cache.
  std::shared_ptr<const InputLog> Log;
};

/// A prelude for each of \p Units that is better off with one. Those that are
/// not \p Wanted, one flag per unit, neither get one nor are counted.
///
/// Headers are chosen by preprocessing a few units of each kind. The facts of
/// functions in chosen headers are published in \p Headers, and kept in
/// \p Cache, unless that is null. A prelude that cannot be made is said on the
/// error stream; its units are parsed plainly.
/// The result does not depend on \p Threads (0: one per core).
std::vector<UnitPrelude> makePreludes(llvm::ArrayRef<ExtractRequest> Units,
                                      const std::vector<bool> &Wanted,
                                      HeaderRegistry &Headers,
                                      std::shared_ptr<SharedFiles> Files,
                                      const PreludeOptions &Options,
                                      unsigned Threads, TreeCache *Cache);

} // namespace bootorder

#endif
