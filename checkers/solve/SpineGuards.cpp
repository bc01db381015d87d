//===- SpineGuards.cpp - what tests on the spine say of values ------------===//

#include "solve/SpineGuards.h"

using namespace bootorder;

SpineGuards::SpineGuards(Frame &Values, const GuardTable &Guards)
    : Values(Values) {
  for (uint32_t B = 0; B < Guards.size(); ++B)
    for (const GuardedValue &Guarded : Guards[B])
      Notes.push_back({B, &Guarded, std::vector<Value>(Guarded.Guards.size())});
}

bool SpineGuards::test(BlockId B) {
  bool IsNew = false;
  Values.assume({});
  for (Note &N : Notes)
    for (size_t I = 0; I < N.Left.size(); ++I) {
      const Guard &G = N.Guarded->Guards[I];
      if (G.From != B)
        continue;
      Value Before = I == 0 || N.Left[I - 1].isNothing()
                         ? Values.evaluate(N.Guarded->Subject)
                         : N.Left[I - 1];
      Value Left = Values.narrow(Before, N.Guarded->Subject, G);
      IsNew |= Left != N.Left[I];
      N.Left[I] = Left;
    }
  return IsNew;
}

void SpineGuards::forget(BlockId B) {
  for (Note &N : Notes)
    for (size_t I = 0; I < N.Left.size(); ++I)
      if (N.Guarded->Guards[I].From == B)
        N.Left[I] = Value();
}

void SpineGuards::enter(BlockId B) {
  llvm::SmallVector<Frame::Assumption, 4> Known;
  for (const Note &N : Notes)
    if (N.Block == B.Value)
      for (const Value &Left : N.Left) // the innermost that says something
        if (!Left.isNothing()) {
          if (Known.empty() || Known.back().first != N.Guarded->Subject)
            Known.emplace_back(N.Guarded->Subject, Left);
          else
            Known.back().second = Left;
        }
  Values.assume(Known);
}
