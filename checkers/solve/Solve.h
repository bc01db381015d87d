//===- Solve.h - the abstract boot: program + rules -> findings -----------===//

#ifndef BOOTORDER_SOLVE_SOLVE_H
#define BOOTORDER_SOLVE_SOLVE_H

#include "link/Program.h"
#include "rules/RuleSet.h"
#include "solve/Mechanisms.h"
#include "solve/SolveResult.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

struct PhaseMap;

struct SolveOptions {
  /// Values of RuleSet::Constants in the analysed tree; absent ones are not
  /// there.
  std::map<std::string, int64_t> Constants;
  Profile In = Profile::Default;
  /// Fill Finding::RootPaths: one more walk per finding and root.
  bool AllRoots = false;
  /// Fill Finding::Guards: one more walk of the boot if there are findings.
  bool WithGuards = false;
  /// The same for latent findings: the guards that keep control from the sink.
  bool WithLatentGuards = false;
  /// Leave the memory of the analysis to the end of the process, as clang's
  /// -disable-free does: returning it piece by piece takes a tenth as long as
  /// the analysis.
  bool DisableFree = false;
  /// The boot of the kernel that the program is a part of: what is not in the
  /// program is told by it. Null: the program is all there is.
  const PhaseMap *Map = nullptr;
  /// Parts of the analysis in use: all of them but for measuring.
  Mechanisms Has;
};

/// An edge of the resolved call graph.
struct GraphEdge {
  std::string Caller, CallerFile;
  std::string Callee, CalleeFile;
  WitnessEdgeKind Kind = WitnessEdgeKind::Direct;
  uint32_t Since = 0; ///< first step at which it exists
};

/// Walks the abstract boot of \p P and judges it by \p Rules, which must have
/// been selected for the tree (selectFor()).
///
/// Fills Findings, Steps, Reached and, of the ledger, what linking and solving
/// know: Functions, DuplicateDefinitions, ReachedBefore, UnresolvedCalls,
/// Assumed, MissingMilestones, MissingEntryPoints, HeldBack. The rest is the
/// caller's. Deterministic: equal programs give equal results.
SolveResult solve(const Program &P, const RuleSet &Rules,
                  const SolveOptions &Options);

/// Calls \p Visit for every edge of the call graph of live code: by caller,
/// then in the order of the source.
void forEachEdge(const Program &P, const RuleSet &Rules,
                 const SolveOptions &Options,
                 llvm::function_ref<void(const GraphEdge &)> Visit);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SOLVE_H
