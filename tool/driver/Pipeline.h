//===- Pipeline.h - the passes between a tree and a result ----------------===//
//
// Each pass is a function from values to a value; the subcommands line them up.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PIPELINE_H
#define BOOTORDER_TOOL_DRIVER_PIPELINE_H

#include "rules/RuleSet.h"
#include "tool/driver/ExtractPool.h"
#include "tool/driver/TreeUnits.h"

namespace bootorder {

/// Parses \p Units on \p Threads threads (0: one per core). \p Rules say where
/// a boot begins: constants are later evaluated as in that unit. What \p Cache,
/// unless null, knows is not parsed.
/// Errors: an interrupt.
llvm::Expected<TreeFacts> extractTree(TreeUnits Units, const RuleSet &Rules,
                                      const UnitExtractor &Extract,
                                      unsigned Threads,
                                       const PreludeOptions &Preludes = {},
                                       TreeCache *Cache = nullptr);

/// How the first unit that a boot enters by is parsed; any unit if none is.
ExtractRequest likeEntryUnit(llvm::ArrayRef<ExtractRequest> Requests,
                             llvm::ArrayRef<TuFacts> Units,
                             const RuleSet &Rules);

/// Of \p Rules what applies to \p Tree; without the rules of profile `strict`
/// unless that is \p Wanted.
/// Errors: the tree's version cannot be understood.
llvm::Expected<RuleSet>
selectRules(const RuleSet &Rules, const TreeDescription &Tree, Profile Wanted);

/// An error unless the tree defines a function that the boot enters by.
llvm::Error requireEntryPoint(const TreeFacts &Facts, const RuleSet &Rules);

/// Values of the constants that \p Rules names, by name; those the tree lacks
/// are left out. What Tree.Constants does not have is asked of \p Cache, unless
/// null, then of Clang, and the answers are added to it.
llvm::Expected<std::map<std::string, int64_t>>
evaluateRuleConstants(TreeDescription &Tree, const RuleSet &Rules,
                      TreeCache *Cache = nullptr);

/// Fills in what the front end knows: units parsed, with notes, lost.
void addUnitCounts(Ledger &L, const TreeFacts &Facts);

} // namespace bootorder

#endif
