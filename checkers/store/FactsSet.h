//===- FactsSet.h - the facts of a whole tree in a folder -----------------===//
//
//   index.json          {"format": 1, "units": [...], "headers": [...]}
//   units/OUTPUT.facts  one unit each, named after its object file
//   headers/XX.facts    header functions by the first two digits of their key
//
// The index lists every file and is written last, the old one removed first:
// a folder whose writer was interrupted has none and is refused. A unit has its
// own file under a name a person can guess, for `dump facts`; the thirty
// thousand header functions of a kernel do not.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_STORE_FACTSSET_H
#define BOOTORDER_STORE_FACTSSET_H

#include "model/Facts.h"
#include "llvm/Support/Error.h"

namespace bootorder {

struct FactsSet {
  std::vector<TuFacts> Units;       ///< sorted by source, then output
  std::vector<HeaderFacts> Headers; ///< ascending by key, unique
};

/// Puts \p Units and \p Headers, in any order, into the folder \p Directory;
/// files of a set that was there are replaced or removed. Of headers with one
/// key the first is kept: equal keys mean equal facts. The same facts give the
/// same files. \p Threads 0 means one per core.
llvm::Error writeFactsSet(llvm::StringRef Directory,
                          const std::vector<TuFacts> &Units,
                          const std::vector<HeaderFacts> &Headers,
                          unsigned Threads = 0);

/// Reads a folder written by writeFactsSet(). One bad file fails the set, and
/// the error lists every bad file.
llvm::Expected<FactsSet> readFactsSet(llvm::StringRef Directory,
                                      unsigned Threads = 0);

} // namespace bootorder

#endif
