//===- Guards.cpp - which conditions hold where in a function -------------===//

#include "solve/Guards.h"
#include "model/Nodes.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace bootorder;

bool bootorder::isSameExpr(const ExprPool &Exprs, ExprId A, ExprId B) {
  if (A == B)
    return true;
  const Expr &X = Exprs[A], &Y = Exprs[B];
  if (X.Kind != Y.Kind || X.Op != Y.Op || X.Bits != Y.Bits ||
      X.Value != Y.Value || X.Operands.Count != Y.Operands.Count)
    return false;
  for (uint32_t I = 0; I < X.Operands.Count; ++I)
    if (!isSameExpr(Exprs, Exprs.operand(X, I), Exprs.operand(Y, I)))
      return false;
  return X.Kind != ExprKind::Unknown;
}

namespace {

/// Guards nearer to a block than this many are looked at.
constexpr size_t MaxGuards = 12;

class GuardFinder {
public:
  GuardFinder(const Function &F, const FlowGraph &Graph)
      : F(F), Graph(Graph), BlockOf(F.Events.size()) {
    for (uint32_t B = 0; B < F.Blocks.size(); ++B)
      for (uint32_t I = 0; I < F.Blocks[B].Events.Count; ++I)
        BlockOf[F.Blocks[B].Events.First + I] = B;
  }

  GuardTable run();

private:
  std::vector<Guard> guardsOf(uint32_t B) const;
  std::vector<ExprId> subjectsIn(uint32_t B) const;
  void addSubjects(ExprId Root, std::vector<ExprId> &Found) const;
  bool mentions(ExprId Root, ExprId Subject) const;
  bool changesOnWay(ExprId Subject, BlockId To, uint32_t Use) const;
  bool leadsTo(uint32_t From, uint32_t Use, uint32_t Avoided) const;

  const Function &F;
  const FlowGraph &Graph;
  std::vector<uint32_t> BlockOf; ///< by EventId
};

} // namespace

std::vector<Guard> GuardFinder::guardsOf(uint32_t B) const {
  std::vector<Guard> Found;
  for (BlockId At(B); At.isValid() && Found.size() < MaxGuards;
       At = Graph.Blocks[At.Value].Dominator) {
    BlockId From = Graph.Blocks[At.Value].OnlyFrom;
    bool IsDecided = From.isValid() && F.Blocks[From.Value].Edges.Count > 1 &&
                     F.Blocks[From.Value].Condition.isValid();
    if (IsDecided)
      Found.push_back({From, At});
  }
  std::reverse(Found.begin(), Found.end());
  return Found;
}

void GuardFinder::addSubjects(ExprId Root, std::vector<ExprId> &Found) const {
  forEachNode(F.Exprs, Root, [&](ExprId E) {
    ExprKind Kind = F.Exprs[E].Kind;
    bool IsSubject = Kind == ExprKind::Reference || Kind == ExprKind::Param ||
                     Kind == ExprKind::Join;
    bool IsKnown = llvm::any_of(
        Found, [&](ExprId Other) { return isSameExpr(F.Exprs, E, Other); });
    if (IsSubject && !IsKnown)
      Found.push_back(E);
  });
}

std::vector<ExprId> GuardFinder::subjectsIn(uint32_t B) const {
  std::vector<ExprId> Found;
  const Block &Here = F.Blocks[B];
  for (uint32_t I = 0; I < Here.Events.Count; ++I) {
    const Event &E = F.Events[Here.Events.First + I];
    addSubjects(E.Target, Found);
    addSubjects(E.Value, Found);
    for (uint32_t A = 0; A < E.Args.Count; ++A)
      addSubjects(F.Exprs.Operands[E.Args.First + A], Found);
  }
  addSubjects(Here.Condition, Found);
  return Found;
}

bool GuardFinder::mentions(ExprId Root, ExprId Subject) const {
  bool IsFound = false;
  forEachNode(F.Exprs, Root,
              [&](ExprId E) { IsFound |= isSameExpr(F.Exprs, E, Subject); });
  return IsFound;
}

/// Whether control can come from the end of \p From to \p Use, and not through
/// \p Avoided.
bool GuardFinder::leadsTo(uint32_t From, uint32_t Use, uint32_t Avoided) const {
  std::vector<uint32_t> Stack{From};
  llvm::BitVector Seen(F.Blocks.size());
  while (!Stack.empty()) {
    const Block &B = F.Blocks[Stack.back()];
    Stack.pop_back();
    for (uint32_t I = 0; I < B.Edges.Count; ++I) {
      uint32_t To = F.Edges[B.Edges.First + I].To.Value;
      if (To == Avoided || Seen.test(To))
        continue;
      if (To == Use)
        return true;
      Seen.set(To);
      Stack.push_back(To);
    }
  }
  return false;
}

/// Whether a new definition of the local that \p Subject joins may come between
/// the guard at \p To and \p Use. A single definition cannot: it would have to
/// come before the guard again.
bool GuardFinder::changesOnWay(ExprId Subject, BlockId To, uint32_t Use) const {
  if (F.Exprs[Subject].Kind != ExprKind::Join)
    return false;
  bool Changes = false;
  forEachNode(F.Exprs, Subject, [&](ExprId E) {
    if (F.Exprs[E].Kind == ExprKind::Reference)
      Changes |= leadsTo(BlockOf[F.Exprs[E].Value], Use, To.Value);
  });
  return Changes;
}

GuardTable GuardFinder::run() {
  GuardTable Table(F.Blocks.size());
  for (uint32_t B = 0; B < F.Blocks.size(); ++B) {
    std::vector<Guard> Guards = guardsOf(B);
    if (Guards.empty())
      continue;
    for (ExprId Subject : subjectsIn(B)) {
      GuardedValue Here{Subject, {}};
      for (const Guard &G : Guards)
        if (mentions(F.Blocks[G.From.Value].Condition, Subject) &&
            !changesOnWay(Subject, G.To, B))
          Here.Guards.push_back(G);
      if (!Here.Guards.empty())
        Table[B].push_back(std::move(Here));
    }
  }
  return Table;
}

GuardTable bootorder::findGuards(const Function &F, const FlowGraph &Graph) {
  return GuardFinder(F, Graph).run();
}

/// The events whose results \p B uses; sorted, unique.
static std::vector<EventId> usesIn(const Function &F, const Block &B,
                                   llvm::ArrayRef<GuardedValue> Guarded) {
  std::vector<EventId> Found;
  auto Note = [&](ExprId E) {
    if (F.Exprs[E].Kind == ExprKind::Reference)
      Found.push_back(F.Exprs.event(E));
  };
  auto Add = [&](ExprId Root) { forEachNode(F.Exprs, Root, Note); };
  for (uint32_t I = 0; I < B.Events.Count; ++I)
    forEachNode(F, F.Events[B.Events.First + I], Note);
  Add(B.Condition);
  for (const GuardedValue &Here : Guarded) {
    Add(Here.Subject);
    for (const Guard &G : Here.Guards)
      Add(F.Blocks[G.From.Value].Condition);
  }
  llvm::sort(Found);
  Found.erase(std::unique(Found.begin(), Found.end()), Found.end());
  return Found;
}

UseTable bootorder::findUsedResults(const Function &F,
                                    const GuardTable &Guards) {
  UseTable Uses(F.Blocks.size());
  for (uint32_t B = 0; B < F.Blocks.size(); ++B)
    Uses[B] = usesIn(F, F.Blocks[B], Guards[B]);
  return Uses;
}

/// By EventId: the definitions whose results each definition uses.
static std::vector<std::vector<uint32_t>> usedDefinitions(const Function &F) {
  std::vector<std::vector<uint32_t>> Used(F.Events.size());
  for (uint32_t I = 0; I < F.Events.size(); ++I)
    if (F.Events[I].Kind == EventKind::Define)
      forEachNode(F.Exprs, F.Events[I].Value, [&](ExprId E) {
        if (F.Exprs[E].Kind == ExprKind::Reference)
          Used[I].push_back(F.Exprs.event(E).Value);
      });
  return Used;
}

llvm::BitVector bootorder::findCounters(const Function &F) {
  llvm::BitVector Counters(F.Events.size());
  std::vector<std::vector<uint32_t>> Used = usedDefinitions(F);
  for (uint32_t I = 0; I < Used.size(); ++I) {
    // Somewhere in a circle a definition uses a later one, or itself.
    if (llvm::none_of(Used[I], [&](uint32_t E) { return E >= I; }))
      continue;
    llvm::BitVector Seen(Used.size());
    llvm::SmallVector<uint32_t, 16> Open(Used[I].begin(), Used[I].end());
    while (!Open.empty() && !Seen.test(I)) {
      uint32_t E = Open.pop_back_val();
      if (Seen.test(E))
        continue;
      Seen.set(E);
      Open.append(Used[E].begin(), Used[E].end());
    }
    if (Seen.test(I))
      Counters.set(I);
  }
  return Counters;
}
