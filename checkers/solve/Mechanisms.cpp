//===- Mechanisms.cpp - the parts of the analysis, for measuring them -----===//

#include "solve/Mechanisms.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

static const MechanismName Names[] = {
    {"initial-memory", &Mechanisms::InitialMemory},
    {"certain-writes", &Mechanisms::CertainWrites},
    {"guards", &Mechanisms::Guards},
    {"contexts", &Mechanisms::Contexts},
    {"tests", &Mechanisms::Tests},
    {"heap", &Mechanisms::Heap},
    {"results", &Mechanisms::Results},
    {"liveness", &Mechanisms::Liveness},
    {"narrowing", &Mechanisms::Narrowing},
    {"masks", &Mechanisms::Masks},
    {"effects", &Mechanisms::Effects},
    {"crash-paths", &Mechanisms::CrashPaths},
    {"boundaries", &Mechanisms::Boundaries},
    {"waiting", &Mechanisms::Waiting},
};

llvm::ArrayRef<MechanismName> bootorder::mechanismNames() { return Names; }

RuleSet bootorder::keptRules(RuleSet Rules, const Mechanisms &In) {
  if (!In.Boundaries)
    Rules.Boundaries.clear();
  if (!In.Waiting) {
    Rules.Deferrals.clear();
    llvm::erase_if(Rules.Semantics, [](const FunctionEffect &E) {
      return E.Kind == FunctionEffect::EffectKind::Uncontended;
    });
  }
  if (!In.Heap)
    llvm::erase_if(Rules.Semantics, [](const FunctionEffect &E) {
      return E.Kind == FunctionEffect::EffectKind::Returns &&
             E.Result.Kind == FunctionEffect::ReturnValue::ValueKind::Fresh;
    });
  if (!In.Effects)
    for (Rule &R : Rules.Rules)
      for (Sink &S : R.Sinks)
        S.MattersFor.clear();
  return Rules;
}
