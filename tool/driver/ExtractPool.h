//===- ExtractPool.h - all units of a tree to facts, on all cores ---------===//

#ifndef BOOTORDER_TOOL_DRIVER_EXTRACTPOOL_H
#define BOOTORDER_TOOL_DRIVER_EXTRACTPOOL_H

#include "extract/Extract.h"
#include "solve/SolveResult.h"
#include "tool/driver/Preludes.h"
#include "llvm/ADT/ArrayRef.h"
#include <functional>

namespace bootorder {

class TreeCache;

/// extractUnit(), or what a test puts in its place.
using UnitExtractor = std::function<llvm::Expected<ExtractResult>(
    const ExtractRequest &, HeaderRegistry *,
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>)>;

/// extractUnit(), but a source that is not there is an error and not a note:
/// Clang recovers even from that.
llvm::Expected<ExtractResult>
extractSource(const ExtractRequest &Request, HeaderRegistry *Headers,
              llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

/// Facts of many units.
struct ExtractedUnits {
  std::vector<TuFacts> Units; ///< in the order of the requests, lost ones gone
  /// Sorted by key: what Units use, and what that uses in turn.
  std::vector<HeaderFacts> Headers;
  std::vector<LostUnit> Lost; ///< in the order of the requests
  size_t UnitsWithPrelude = 0;
  /// Units that had to be parsed plainly in spite of a prelude, with reasons.
  std::vector<LostUnit> Refused;
  /// The headers that were parsed, and what they held.
  FileDigests Read;
};

/// Runs \p Extract on every request, on \p Threads threads (0: one per core),
/// but for those that \p Cache, unless null, has the facts of; it is given the
/// others as they are made.
///
/// Large sources go first, so that no core is left with one at the end. The
/// result does not depend on the number of threads. A crash of the parser
/// costs that unit only: it is tried again alone, then listed as lost. Header
/// functions have canonical keys (model/CanonicalHeaders.h). With preludes the
/// facts are the same, and sooner there.
/// Errors: an interrupt.
llvm::Expected<ExtractedUnits> extractAll(llvm::ArrayRef<ExtractRequest> Units,
                                          const UnitExtractor &Extract,
                                          unsigned Threads,
                                          const PreludeOptions &Preludes = {},
                                          TreeCache *Cache = nullptr);

} // namespace bootorder

#endif
