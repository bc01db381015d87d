//===- BootWalk.cpp - what each step of the boot reaches ------------------===//

#include "solve/BootWalk.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

BootWalk::BootWalk(const Program &P, const RuleIndex &Rules)
    : Code(P, Rules), Rules(Rules), Reach(P.Functions.size()),
      Stamp(P.Functions.size()) {}

void BootWalk::visit(FunctionId F, uint32_t Step) {
  std::vector<StepInterval> &Steps = Reach[F.Value];
  if (!Steps.empty() && Steps.back().Last == Step)
    return;
  if (!Steps.empty() && Steps.back().Last + 1 == Step)
    Steps.back().Last = Step;
  else
    Steps.push_back({Step, Step});
}

void BootWalk::enter(FunctionId F, uint32_t Step) {
  if (Stamp[F.Value] == Step + 1 || Rules.isEntryPoint(F))
    return;
  Stamp[F.Value] = Step + 1;
  visit(F, Step);
  Queue.push_back(F);
}

void BootWalk::walk(uint32_t Step, llvm::ArrayRef<FunctionId> Roots) {
  for (FunctionId F : Roots)
    enter(F, Step);
  size_t Done = 0;
  while (Done < Queue.size()) {
    while (Done < Queue.size()) {
      FunctionId F = Queue[Done++];
      Code.makeLive(F, Step);
      for (uint32_t I = 0; I < Code.edges(F).size(); ++I)
        enter(Code.edges(F)[I].To, Step);
    }
    Code.settle(Step, [&](FunctionId Owner, const CallEdge &Edge) {
      if (Stamp[Owner.Value] == Step + 1)
        enter(Edge.To, Step);
    });
  }
  Queue.clear();
}

bool BootWalk::runsAt(FunctionId F, uint32_t Step) const {
  return llvm::any_of(Reach[F.Value], [Step](const StepInterval &I) {
    return I.First <= Step && Step <= I.Last;
  });
}
