//===- PreludeChoice.h - which units share which headers ------------------===//
//
// Pure functions from commands and header lists to what a prelude is made of.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PRELUDECHOICE_H
#define BOOTORDER_TOOL_DRIVER_PRELUDECHOICE_H

#include "extract/HeaderGraph.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace bootorder {

/// Units whose commands differ in nothing that a prelude fixes.
struct PreludeGroup {
  std::vector<size_t> Units; ///< indices of requests, ascending
  /// What their commands have in common: of -D what nine in ten define alike,
  /// of -I what all begin with. A macro that each unit defines as another
  /// string is there with a string of no unit.
  std::vector<std::string> Arguments;
  /// Units that search more folders than others are a group of their own; this
  /// is the group of the others, whose prelude they could use as well.
  std::optional<size_t> Wider;
};

/// Groups of at least \p MinimumUnits C units, each after its wider one.
///
/// A unit is in a group if it has all its arguments but for -D, -U and -W, in
/// the same order, and its -I begin with the group's.
std::vector<PreludeGroup> groupForPreludes(llvm::ArrayRef<ExtractRequest> Units,
                                           size_t MinimumUnits);

/// A header of a prelude.
struct ChosenHeader {
  std::string Path;
  uint64_t Bytes = 0;
  size_t Users = 0; ///< units that read it
};

/// Headers that at least \p MinimumUsers of \p Lists have and that may stand
/// alone: a second inclusion does nothing. A list is what one unit reads, as
/// indices into \p Headers.
///
/// Next comes, time and again, the header that most units agree to enter next:
/// so most units read their headers in that order. Of many units some are
/// asked, at least one for each header.
std::vector<ChosenHeader>
chooseHeaders(llvm::ArrayRef<GraphHeader> Headers,
              llvm::ArrayRef<std::vector<uint32_t>> Lists, size_t MinimumUsers);

/// Whether a prelude of \p Own saves more than making it costs where a prelude
/// of \p Wider is there already, in bytes of headers read.
bool pays(llvm::ArrayRef<ChosenHeader> Own, llvm::ArrayRef<ChosenHeader> Wider);

} // namespace bootorder

#endif
