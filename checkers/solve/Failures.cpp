//===- Failures.cpp - ways that open only when memory runs out ------------===//

#include "solve/Failures.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Wrappers around what allocates.
static constexpr unsigned MaxNested = 4;

namespace {

class FailureFinder {
public:
  FailureFinder(const RuleIndex &Rules, FunctionId F)
      : Rules(Rules), P(Rules.program()), F(F), Body(*P[F].Body) {}

  /// An edge that is taken only if an allocation has failed.
  struct Exit {
    BlockId Block;
    uint32_t Edge = 0; ///< in Function::Edges
    FunctionId Failed;
  };
  /// The last such edge before \p Use, if every way there has one.
  std::optional<Exit> before(EventId Use) const;

private:
  /// The allocation that has failed if \p Condition comes out as \p Outcome;
  /// none if that says nothing of a failure.
  FunctionId failing(ExprId Condition, bool Outcome) const;
  std::vector<Exit> exits() const;
  bool leadsTo(BlockId From, EventId Use, llvm::ArrayRef<Exit> Without) const;
  bool allocates(FunctionId Asked, unsigned Depth) const;
  FunctionId calleeOf(const Expr &E) const;
  const Expr &plain(ExprId E) const;

  const RuleIndex &Rules;
  const Program &P;
  FunctionId F;
  const Function &Body;
};

} // namespace

/// \p Id without casts, and what a definition or the one join that matters for
/// it was made of.
const Expr &FailureFinder::plain(ExprId Id) const {
  const Expr *E = &Body.Exprs[Id];
  for (unsigned Depth = 0; Depth < 8; ++Depth) {
    if (E->Kind == ExprKind::Cast)
      E = &Body.Exprs[Body.Exprs.operand(*E, 0)];
    else if (E->Kind == ExprKind::Reference &&
             Body.Events[E->Value].Kind == EventKind::Define)
      E = &Body.Exprs[Body.Events[E->Value].Value];
    else
      break;
  }
  return *E;
}

/// The function whose result \p E is.
FunctionId FailureFinder::calleeOf(const Expr &E) const {
  if (E.Kind != ExprKind::Reference)
    return FunctionId();
  const Event &Call = Body.Events[E.Value];
  if (Call.Kind != EventKind::Call || !Call.Target.isValid() ||
      Body.Exprs[Call.Target].Kind != ExprKind::Function)
    return FunctionId();
  return P.moduleOf(F).function(Body.Exprs.symbol(Call.Target));
}

/// Calls \p Visit for what \p F may return, as far as definitions and joins
/// lead.
static void forEachReturned(const Function &F,
                            llvm::function_ref<void(const Expr &)> Visit) {
  std::vector<ExprId> Open;
  for (const Event &E : F.Events)
    if (E.Kind == EventKind::Return && E.Value.isValid())
      Open.push_back(E.Value);
  llvm::BitVector Seen(F.Exprs.Nodes.size());
  while (!Open.empty()) {
    ExprId Id = Open.back();
    Open.pop_back();
    if (Seen.test(Id.Value))
      continue;
    Seen.set(Id.Value);
    const Expr &E = F.Exprs[Id];
    bool IsChoice = E.Kind == ExprKind::Join || E.Kind == ExprKind::Cast;
    for (uint32_t I = 0; IsChoice && I < E.Operands.Count; ++I)
      Open.push_back(F.Exprs.operand(E, I));
    if (E.Kind == ExprKind::Reference &&
        F.Events[E.Value].Kind == EventKind::Define)
      Open.push_back(F.Events[E.Value].Value);
    Visit(E);
  }
}

/// Whether NULL from \p Asked means that memory ran out: it hands out what the
/// rules say is fresh. What looks something up returns NULL as well.
bool FailureFinder::allocates(FunctionId Asked, unsigned Depth) const {
  if (Rules.returnsFresh(Asked))
    return true;
  const Function *Callee = P[Asked].Body;
  bool IsFresh = false;
  if (Callee && Depth != 0)
    forEachReturned(*Callee, [&](const Expr &E) {
      FunctionId Inner = FailureFinder(Rules, Asked).calleeOf(E);
      IsFresh |= Inner.isValid() && allocates(Inner, Depth - 1);
    });
  return IsFresh;
}

FunctionId FailureFinder::failing(ExprId Condition, bool Outcome) const {
  const Expr *E = &plain(Condition);
  while (E->Kind == ExprKind::Unary &&
         static_cast<UnaryKind>(E->Op) == UnaryKind::LogicalNot) {
    Outcome = !Outcome;
    E = &plain(Body.Exprs.operand(*E, 0));
  }
  if (E->Kind == ExprKind::Binary) {
    auto Op = static_cast<BinaryKind>(E->Op);
    const Expr &Right = Body.Exprs[Body.Exprs.operand(*E, 1)];
    bool IsZero = Right.Kind == ExprKind::Constant && Right.Value == 0;
    if (!IsZero || (Op != BinaryKind::Equal && Op != BinaryKind::NotEqual))
      return FunctionId();
    Outcome = Outcome == (Op == BinaryKind::NotEqual);
    E = &plain(Body.Exprs.operand(*E, 0));
  }
  FunctionId Asked = calleeOf(*E);
  bool IsNull = !Outcome && E->IsPointer && Asked.isValid();
  return IsNull && allocates(Asked, MaxNested) ? Asked : FunctionId();
}

std::vector<FailureFinder::Exit> FailureFinder::exits() const {
  std::vector<Exit> Found;
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    Range Edges = Body.Blocks[B].Edges;
    ExprId Condition = Body.Blocks[B].Condition;
    for (uint32_t I = Edges.First; I < Edges.First + Edges.Count; ++I) {
      EdgeKind Kind = Body.Edges[I].Kind;
      if (!Condition.isValid() ||
          (Kind != EdgeKind::True && Kind != EdgeKind::False))
        continue;
      if (FunctionId Failed = failing(Condition, Kind == EdgeKind::True);
          Failed.isValid())
        Found.push_back({BlockId(B), I, Failed});
    }
  }
  return Found;
}

/// Whether control can come from \p From to \p Use by none of \p Without.
bool FailureFinder::leadsTo(BlockId From, EventId Use,
                            llvm::ArrayRef<Exit> Without) const {
  llvm::BitVector Seen(Body.Blocks.size());
  std::vector<BlockId> Open{From};
  while (!Open.empty()) {
    BlockId B = Open.back();
    Open.pop_back();
    if (Seen.test(B.Value))
      continue;
    Seen.set(B.Value);
    const Block &Here = Body.Blocks[B.Value];
    if (Use.Value - Here.Events.First < Here.Events.Count)
      return true;
    for (uint32_t I = Here.Edges.First; I < Here.Edges.First + Here.Edges.Count;
         ++I)
      if (llvm::none_of(Without, [&](const Exit &E) { return E.Edge == I; }))
        Open.push_back(Body.Edges[I].To);
  }
  return false;
}

std::optional<FailureFinder::Exit> FailureFinder::before(EventId Use) const {
  std::vector<Exit> All = exits();
  if (All.empty() || leadsTo(BlockId(0), Use, All))
    return std::nullopt;
  for (const Exit &E : llvm::reverse(All))
    if (leadsTo(Body.Edges[E.Edge].To, Use, All))
      return E;
  return std::nullopt;
}

FailureNote bootorder::failureOn(const RuleIndex &Rules,
                                 llvm::ArrayRef<CallHop> Path) {
  const Program &P = Rules.program();
  for (const CallHop &Hop : llvm::reverse(Path)) {
    const Function *Body = P[Hop.Caller].Body;
    if (!Body || !Hop.Edge.Event.isValid())
      continue;
    auto Found = FailureFinder(Rules, Hop.Caller).before(Hop.Edge.Event);
    if (!Found)
      continue;
    const Location &Test = Body->Blocks[Found->Block.Value].ConditionLoc;
    return {P[Found->Failed].Name.str(),
            P[Hop.Caller].Name.str(),
            {P.moduleOf(Hop.Caller).Facts->str(Test.File).str(), Test.Line,
             Test.Column}};
  }
  return {};
}
