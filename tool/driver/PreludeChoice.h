//===- PreludeChoice.h - which units share which headers ------------------===//
//
// Pure functions from commands and header lists to what a prelude is made of.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PRELUDECHOICE_H
#define BOOTORDER_TOOL_DRIVER_PRELUDECHOICE_H

#include "extract/Prelude.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// Units whose commands differ in nothing that a prelude fixes.
struct PreludeGroup {
  std::vector<size_t> Units; ///< indices of requests, ascending
  /// What their commands have in common: of -D what nine in ten define alike,
  /// of -I the first ones that nine in ten begin with. A macro that each unit
  /// defines as another string is there with a string of no unit.
  std::vector<std::string> Arguments;
};

/// Groups of at least \p MinimumUnits C units, largest first.
///
/// A unit is in a group if it has all its arguments but for -D, -U and -W, in
/// the same order, and its -I begin with the group's.
std::vector<PreludeGroup> groupForPreludes(llvm::ArrayRef<ExtractRequest> Units,
                                           size_t MinimumUnits);

/// At most \p Count members of \p Units, evenly spread.
std::vector<size_t> sampleOf(llvm::ArrayRef<size_t> Units, size_t Count);

/// Headers that at least \p Share of \p Samples include, however deep, in the
/// order of the first sample that has them.
std::vector<std::string>
chooseHeaders(llvm::ArrayRef<std::vector<IncludedHeader>> Samples,
              double Share);

} // namespace bootorder

#endif
