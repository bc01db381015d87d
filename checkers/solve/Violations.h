//===- Violations.h - which sinks are wrong at which steps ----------------===//

#ifndef BOOTORDER_SOLVE_VIOLATIONS_H
#define BOOTORDER_SOLVE_VIOLATIONS_H

#include "solve/Spine.h"

namespace bootorder {

/// A sink with its names resolved in the program.
struct ResolvedSink {
  const Sink *Source = nullptr;
  llvm::BitVector Functions;        ///< by FunctionId; called in any way
  llvm::BitVector Cleanups;         ///< by FunctionId; called at a scope's end
  uint64_t Mask = 0;                ///< bits that make the argument wrong
  std::vector<int64_t> Wanted;      ///< values that make the argument wrong
  std::vector<FieldKey> ObjectPath; ///< Sink::Object, resolved
  /// Of the mask, by name, in the rule's order.
  std::vector<std::pair<std::string, uint64_t>> Bits;
};

/// The steps at which a rule's sinks are wrong, for one of its milestones, or
/// for one of the objects that have to be made.
struct RuleWindow {
  const Rule *Source = nullptr;
  bool NeedsAfter = true;      ///< else the sink must precede the milestone
  std::string Needs;           ///< the milestone, or `bus_register(&some_bus)`
  std::string NeedsMeans;      ///< may be empty
  MilestoneTime Time;          ///< when that is complete
  PlaceId Object;              ///< the object; none: a milestone
  uint32_t Begin = 0, End = 0; ///< steps in [Begin, End)
  std::vector<ResolvedSink> Sinks;
  llvm::BitVector SinkFunctions; ///< all functions that are sinks of the rule
  /// Those that are sinks whatever their arguments: what is below them is part
  /// of the finding they make.
  llvm::BitVector Closed;

  bool contains(uint32_t Step) const { return Begin <= Step && Step < End; }
};

/// Windows of all rules of \p Rules in \p In that need milestones; rules whose
/// milestone the boot does not have are left out.
std::vector<RuleWindow>
findWindows(const RuleIndex &Rules, Profile In,
            const std::map<std::string, int64_t> &Constants,
            const BootHistory &History);

/// Windows of the rules with `made_by`: one for each global object that is made
/// in this boot, from its first step to the one that makes it. What is made by
/// a call whose object is not known counts for every object.
std::vector<RuleWindow> findPairWindows(const RuleIndex &Rules, Profile In,
                                        const BootHistory &History,
                                        BootWalk &Walk);

/// Both.
std::vector<RuleWindow>
findAllWindows(const RuleIndex &Rules, Profile In,
               const std::map<std::string, int64_t> &Constants,
               const BootHistory &History, BootWalk &Walk);

/// A window of \p R over no steps, with its sinks resolved.
RuleWindow windowOf(const RuleIndex &Rules, const Rule &R,
                    const std::map<std::string, int64_t> &Constants);

/// The uses that have one of \p Effects, as the sinks of a window without
/// steps.
RuleWindow effectWindow(const RuleIndex &Rules,
                        const std::vector<std::string> &Effects,
                        const std::map<std::string, int64_t> &Constants);

/// Position of the argument that \p S asks about in a call of \p Callee; none
/// if there is no such parameter.
std::optional<uint32_t> argumentIndex(const Program &P, const Sink &S,
                                      FunctionId Callee);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_VIOLATIONS_H
