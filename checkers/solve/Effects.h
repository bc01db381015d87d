//===- Effects.h - whether a call does what makes it matter ---------------===//
//
// A sink may name the effects that make it matter. A call of it is wrong only
// if the callee, with the arguments it is given and the memory of that step,
// comes to one of them.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_EFFECTS_H
#define BOOTORDER_SOLVE_EFFECTS_H

#include "solve/Uses.h"

namespace bootorder {

class EffectSearch {
public:
  EffectSearch(const RuleIndex &Rules, BootWalk &Walk,
               const std::map<std::string, int64_t> &Constants);

  enum class AnswerKind {
    Happens, ///< some path leads to an effect
    Masked,  ///< only if the masks in memory hid no flag
    Never,
  };
  /// What becomes of the call \p Hop of a sink that matters for \p Effects.
  AnswerKind find(const CallHop &Hop, uint32_t Step,
                  const std::vector<std::string> &Effects);

private:
  const ResolvedSink *effectOf(const CallEdge &Edge, FunctionId Caller,
                               const RuleWindow &Effect) const;
  const llvm::BitVector &macroBlocks(FunctionId F, const RuleWindow &Effect);
  bool isEffect(const Context &C, std::optional<uint32_t> Step,
                const RuleWindow &Effect, std::vector<ContextId> &Next);
  bool search(ContextTable &World, ContextId Root, uint32_t Step,
              const RuleWindow &Effect);
  bool happens(ContextId Root, uint32_t Step, const RuleWindow &Effect);
  const RuleWindow &resolve(const std::vector<std::string> &Effects);

  const RuleIndex &Rules;
  const Program &P;
  BootWalk &Walk;
  const std::map<std::string, int64_t> &Constants;
  ContextTable Unmasked; ///< what would run if no mask hid a flag
  std::map<std::vector<std::string>, RuleWindow> Resolved;
  std::map<std::pair<FunctionId, const RuleWindow *>, llvm::BitVector>
      MacroBlocks;
  std::map<std::tuple<ContextId, uint32_t, const RuleWindow *>, bool> Known;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EFFECTS_H
