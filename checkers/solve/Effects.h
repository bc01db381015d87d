//===- Effects.h - whether a call does what makes it matter ---------------===//
//
// A sink may name the effects that make it matter. A call of it is wrong only
// if the callee, with the arguments it is given and the memory of that step,
// comes to one of them. If it does not, it is asked what keeps it from that: a
// mask in memory, or only what memory holds so far.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_EFFECTS_H
#define BOOTORDER_SOLVE_EFFECTS_H

#include "solve/Uses.h"

namespace bootorder {

struct MapEffect;

/// How a call comes to an effect.
struct EffectWay {
  std::string Effect; ///< its name in the rules
  std::string Use;    ///< the function or macro that has it
  /// From the sink's callee on; the last one has the effect.
  std::vector<CallHop> Path;
};

class EffectSearch {
public:
  /// \p History: the boot that \p Walk has walked.
  EffectSearch(const RuleIndex &Rules, BootWalk &Walk,
               const BootHistory &History,
               const std::map<std::string, int64_t> &Constants);
  ~EffectSearch();
  EffectSearch(const EffectSearch &) = delete;
  EffectSearch &operator=(const EffectSearch &) = delete;

  enum class AnswerKind {
    Happens, ///< some path leads to an effect
    Masked,  ///< only if the masks in memory hid no flag
    Latent,  ///< only with what memory holds later
    Never,
  };
  struct Answer {
    AnswerKind Kind = AnswerKind::Never;
    EffectWay Way; ///< a shortest one; none if nothing has to happen
  };
  /// What becomes of the call \p Hop of a sink of \p W that matters for
  /// \p Effects.
  Answer find(const CallHop &Hop, uint32_t Step, const RuleWindow &W,
              const std::vector<std::string> &Effects);
  /// The same for a call that is not made: \p Callee is a context of
  /// whatIf().
  Answer findLater(ContextId Callee, const RuleWindow &W,
                   const std::vector<std::string> &Effects);
  /// When the milestone of \p W is about to be completed: the last moment at
  /// which its sinks are wrong. The end of the window if they must precede it.
  uint32_t lastMoment(const RuleWindow &W) const;
  /// Contexts as they would run with memory as it is at \p Step.
  ContextTable &whatIf(uint32_t Step);
  /// The same at a glance.
  ContextTable &glance(uint32_t Step);
  /// The steps at which control in \p C comes to one of \p Effects. Linear in
  /// all calls for the first question about the same effects.
  const StepSet &stepsOf(ContextId C, const std::vector<std::string> &Effects);

private:
  using Effects = std::vector<std::string>;
  using FoundWay = std::optional<EffectWay>;

  /// What would run at some step.
  struct Moment {
    Moment(ContextTable &Real, uint32_t Step)
        : Step(Step), Masked(Real, ContextTable::ModeKind::WhatIf, Step),
          Glance(Real, ContextTable::ModeKind::Glance, Step),
          Unmasked(Real, ContextTable::ModeKind::Unmasked, Step) {}
    uint32_t Step;
    ContextTable Masked, Glance, Unmasked;
  };

  const ResolvedSink *effectOf(const CallEdge &Edge, FunctionId Caller,
                               const RuleWindow &Effect) const;
  const llvm::BitVector &macroBlocks(FunctionId F, const RuleWindow &Effect);
  FoundWay macroUse(ContextId C, const Context &Here, const RuleWindow &Effect);
  FoundWay wayFrom(ContextTable &Table, ContextId C, uint32_t Step,
                   const RuleWindow &Effect, std::vector<ContextId> &Queue,
                   llvm::DenseMap<uint32_t, CallHop> &By);
  FoundWay search(ContextTable &Table, ContextId Root, uint32_t Step,
                  const RuleWindow &Effect);
  const FoundWay &happens(ContextId C, uint32_t Step, const RuleWindow &Effect);
  const RuleWindow &resolve(const Effects &Names);
  void travel(uint32_t Step);
  Moment &momentAt(uint32_t Step);
  const MapEffect *toldEffect(const Context &C, const RuleWindow &Effect) const;
  bool isToldAt(const MapEffect &E, uint32_t Step) const;
  std::vector<StepSet> findSteps(const RuleWindow &Effect);
  std::string nameOf(const ResolvedSink &S) const;

  const RuleIndex &Rules;
  const Program &P;
  BootWalk &Walk;
  const BootHistory &History;
  const std::map<std::string, int64_t> &Constants;
  std::optional<Moment> At; ///< memory is as it was then
  std::map<Effects, RuleWindow> Resolved;
  std::map<std::pair<FunctionId, const RuleWindow *>, llvm::BitVector>
      MacroBlocks;
  std::map<std::tuple<ContextId, uint32_t, const RuleWindow *>, FoundWay> Known;
  std::map<Effects, std::vector<StepSet>> Steps; ///< by ContextId
  /// What a phase map says of functions that are not there.
  std::map<FunctionId, std::vector<const MapEffect *>> Told;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EFFECTS_H
