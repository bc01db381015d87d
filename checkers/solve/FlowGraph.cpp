//===- FlowGraph.cpp - which blocks of a function run, and when -----------===//

#include "solve/FlowGraph.h"
#include "solve/ConstantFold.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>

using namespace bootorder;

namespace {

constexpr uint32_t None = ~0u;
using Successors = llvm::SmallVector<uint32_t, 4>;

/// The graph of one function after constant conditions are decided.
class Analysis {
public:
  Analysis(const Function &F, NoReturnTest IsNoReturn,
           const llvm::BitVector *Cut = nullptr);

  void findFeasible();
  void findComponents();
  void findNormalEnd();
  void findDominators(bool WithoutCrashes);
  void markCertain();
  void markDominators();

  std::vector<uint32_t> ends() const;

  FlowGraph take() && { return std::move(Result); }

private:
  bool isTaken(const Edge &E, const Block &B, std::optional<int64_t> V) const;
  void connect(uint32_t B);
  bool spreadBack(llvm::ArrayRef<uint32_t> Ends);
  uint32_t meet(uint32_t A, uint32_t B) const;
  uint32_t depth(uint32_t B) const;

  const Function &F;
  NoReturnTest IsNoReturn;
  const llvm::BitVector *Cut;
  FlowGraph Result;
  std::vector<Successors> Next, Previous;  ///< feasible edges only
  std::vector<bool> EndsHere;              ///< a call that does not return
  std::vector<uint32_t> PostOrder, Number; ///< Number: position in PostOrder
  std::vector<uint32_t> Component;         ///< numbered successors first
  std::vector<bool> IsLoop;                ///< by component
  std::vector<uint32_t> Dominator;         ///< immediate; None if not reached
  bool HasNormalEnd = false;
};

} // namespace

Analysis::Analysis(const Function &F, NoReturnTest IsNoReturn,
                   const llvm::BitVector *Cut)
    : F(F), IsNoReturn(IsNoReturn), Cut(Cut), Next(F.Blocks.size()),
      Previous(F.Blocks.size()), EndsHere(F.Blocks.size()) {
  Result.Blocks.resize(F.Blocks.size());
}

bool Analysis::isTaken(const Edge &E, const Block &B,
                       std::optional<int64_t> V) const {
  if (!V)
    return true;
  auto Holds = [V](const Edge &Case) {
    return Case.Kind == EdgeKind::Case && Case.Low <= *V && *V <= Case.High;
  };
  switch (E.Kind) {
  case EdgeKind::True:
    return *V != 0;
  case EdgeKind::False:
    return *V == 0;
  case EdgeKind::Case:
    return Holds(E);
  case EdgeKind::Default:
    return std::none_of(F.Edges.begin() + B.Edges.First,
                        F.Edges.begin() + B.Edges.First + B.Edges.Count, Holds);
  case EdgeKind::Always:
  case EdgeKind::AsmLabel:
  case EdgeKind::Computed:
    return true;
  }
  return true;
}

void Analysis::connect(uint32_t Index) {
  const Block &B = F.Blocks[Index];
  EndsHere[Index] = B.IsNoReturn;
  for (uint32_t I = 0; I < B.Events.Count && !EndsHere[Index]; ++I)
    EndsHere[Index] = IsNoReturn(F.Events[B.Events.First + I]);
  if (EndsHere[Index])
    return;
  std::optional<int64_t> V;
  if (B.Condition.isValid() && B.Edges.Count > 1)
    V = foldConstant(F, B.Condition);
  for (uint32_t I = 0; I < B.Edges.Count; ++I) {
    const Edge &E = F.Edges[B.Edges.First + I];
    bool IsCut = Cut && Cut->test(B.Edges.First + I);
    if (IsCut || !isTaken(E, B, V) ||
        llvm::is_contained(Next[Index], E.To.Value))
      continue;
    Next[Index].push_back(E.To.Value);
    Previous[E.To.Value].push_back(Index);
  }
}

void Analysis::findFeasible() {
  Number.assign(F.Blocks.size(), None);
  if (F.Blocks.empty())
    return;
  // Depth first with an explicit stack; a block is connected when first seen.
  std::vector<std::pair<uint32_t, uint32_t>> Stack;
  auto Enter = [&](uint32_t B) {
    Result.Blocks[B].IsFeasible = true;
    connect(B);
    Stack.push_back({B, 0});
  };
  Enter(0);
  while (!Stack.empty()) {
    auto &[B, I] = Stack.back();
    if (I < Next[B].size()) {
      uint32_t To = Next[B][I++];
      if (!Result.Blocks[To].IsFeasible)
        Enter(To);
      continue;
    }
    Number[B] = PostOrder.size();
    PostOrder.push_back(B);
    Stack.pop_back();
  }
}

/// Strongly connected components by Kosaraju: forward order, then backward.
void Analysis::findComponents() {
  Component.assign(F.Blocks.size(), None);
  for (uint32_t Start : llvm::reverse(PostOrder)) {
    if (Component[Start] != None)
      continue;
    uint32_t Id = IsLoop.size();
    IsLoop.push_back(llvm::is_contained(Next[Start], Start));
    std::vector<uint32_t> Stack{Start};
    Component[Start] = Id;
    while (!Stack.empty()) {
      uint32_t B = Stack.back();
      Stack.pop_back();
      for (uint32_t P : Previous[B])
        if (Component[P] == None) {
          Component[P] = Id;
          IsLoop[Id] = true;
          Stack.push_back(P);
        }
    }
  }
  // Kosaraju numbers predecessors first; blocks of a loop keep together.
  for (uint32_t B : PostOrder)
    Result.Order.push_back(BlockId(B));
  llvm::sort(Result.Order, [this](BlockId A, BlockId B) {
    return std::pair(Component[A.Value], Number[B.Value]) <
           std::pair(Component[B.Value], Number[A.Value]);
  });
}

bool Analysis::spreadBack(llvm::ArrayRef<uint32_t> Ends) {
  std::vector<uint32_t> Stack(Ends.begin(), Ends.end());
  for (FlowGraph::BlockFacts &B : Result.Blocks)
    B.IsCrash = B.IsFeasible;
  for (uint32_t B : Ends)
    Result.Blocks[B].IsCrash = false;
  while (!Stack.empty()) {
    uint32_t B = Stack.back();
    Stack.pop_back();
    for (uint32_t P : Previous[B])
      if (Result.Blocks[P].IsCrash) {
        Result.Blocks[P].IsCrash = false;
        Stack.push_back(P);
      }
  }
  return !Result.Blocks.empty() && !Result.Blocks[0].IsCrash;
}

/// Blocks from which control goes back to the caller.
std::vector<uint32_t> Analysis::ends() const {
  std::vector<uint32_t> Ends;
  for (uint32_t B : PostOrder)
    if (Next[B].empty() && !EndsHere[B])
      Ends.push_back(B);
  return Ends;
}

void Analysis::findNormalEnd() {
  HasNormalEnd = spreadBack(ends());
  if (HasNormalEnd || F.Blocks.empty())
    return;
  // No way returns: the end that most blocks lead to is the normal one.
  findComponents();
  findDominators(/*WithoutCrashes=*/false);
  std::vector<bool> HasWayOut(IsLoop.size());
  for (uint32_t B : PostOrder)
    for (uint32_t To : Next[B])
      if (Component[To] != Component[B])
        HasWayOut[Component[B]] = true;
  uint32_t Best = None;
  for (uint32_t B : llvm::reverse(PostOrder))
    if (!HasWayOut[Component[B]] && (Best == None || depth(B) > depth(Best)))
      Best = B;
  spreadBack({Best});
  Result.Order.clear();
  IsLoop.clear();
}

uint32_t Analysis::depth(uint32_t B) const {
  uint32_t Depth = 0;
  while (Dominator[B] != B) {
    B = Dominator[B];
    ++Depth;
  }
  return Depth;
}

uint32_t Analysis::meet(uint32_t A, uint32_t B) const {
  while (A != B) {
    while (Number[A] < Number[B])
      A = Dominator[A];
    while (Number[B] < Number[A])
      B = Dominator[B];
  }
  return A;
}

/// Cooper, Harvey and Kennedy's iteration over the reverse post-order.
void Analysis::findDominators(bool WithoutCrashes) {
  Dominator.assign(F.Blocks.size(), None);
  Dominator[0] = 0;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (uint32_t B : llvm::reverse(PostOrder)) {
      if (B == 0 || (WithoutCrashes && Result.Blocks[B].IsCrash))
        continue;
      uint32_t Meet = None;
      for (uint32_t P : Previous[B])
        if (Dominator[P] != None)
          Meet = Meet == None ? P : meet(P, Meet);
      if (Meet != Dominator[B]) {
        Dominator[B] = Meet;
        Changed = true;
      }
    }
  }
}

void Analysis::markCertain() {
  findDominators(/*WithoutCrashes=*/true);
  uint32_t End = None;
  for (uint32_t B : PostOrder) {
    bool IsEnd = !Result.Blocks[B].IsCrash && Dominator[B] != None;
    for (uint32_t To : Next[B])
      IsEnd &= Result.Blocks[To].IsCrash;
    if (IsEnd)
      End = End == None ? B : meet(B, End);
  }
  if (End == None) // an endless loop is the normal end: its header stands in
    for (uint32_t B : PostOrder)
      if (!Result.Blocks[B].IsCrash && IsLoop[Component[B]])
        End = End == None ? B : meet(B, End);
  for (uint32_t B = End; B != None; B = Dominator[B]) {
    Result.Blocks[B].IsCertain = !IsLoop[Component[B]];
    if (B == 0)
      break;
  }
  for (uint32_t B : PostOrder)
    if (IsLoop[Component[B]])
      Result.Blocks[B].Loop = Component[B];
}

void Analysis::markDominators() {
  findDominators(/*WithoutCrashes=*/false);
  for (uint32_t B : PostOrder) {
    if (B != 0)
      Result.Blocks[B].Dominator = BlockId(Dominator[B]);
    if (B != 0 && Previous[B].size() == 1)
      Result.Blocks[B].OnlyFrom = BlockId(Previous[B].front());
  }
}

FlowGraph bootorder::findCrashBlocks(const Function &F,
                                     NoReturnTest IsNoReturn) {
  Analysis A(F, IsNoReturn);
  A.findFeasible();
  A.findNormalEnd();
  return std::move(A).take();
}

bool bootorder::canReturn(const Function &F, NoReturnTest IsNoReturn) {
  Analysis A(F, IsNoReturn);
  A.findFeasible();
  return !A.ends().empty();
}

FlowGraph bootorder::analyseFlow(const Function &F, NoReturnTest IsNoReturn,
                                 const llvm::BitVector *Cut) {
  Analysis A(F, IsNoReturn, Cut);
  A.findFeasible();
  A.findNormalEnd();
  if (!F.Blocks.empty()) {
    A.findComponents();
    A.markCertain();
    A.markDominators();
  }
  return std::move(A).take();
}
