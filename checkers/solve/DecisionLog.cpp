//===- DecisionLog.cpp - what was decided, and why ------------------------===//

#include "solve/DecisionLog.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

static PlaceId placeOf(Atom A) {
  return A.Kind == Atom::AtomKind::Place
             ? PlaceId(static_cast<uint32_t>(A.Bits))
             : PlaceId();
}

Reason DecisionLog::reading(PlaceId Where) {
  Reason R;
  R.Where = Where;
  R.Held = M.Memory.load(Where, ReaderId());
  R.MayBeInitial = !M.Memory.isReplaced(Where);
  R.IsShared = M.Memory.isShared(M.Places[Where].Object);
  auto Writers = M.Memory.writers(Where);
  R.Writers.assign(Writers.begin(), Writers.end());
  return R;
}

void DecisionLog::gatherLoad(Frame &In, ExprId Id, std::vector<Reason> &Into) {
  const Function &Body = In.body();
  ExprId Address = Body.Exprs.operand(Id, 0);
  auto Places = In.places(Address);
  for (PlaceId Where : Places) {
    Into.push_back(reading(Where));
    Into.back().Source = Id;
  }
  gather(In, Address, Into); // where it leads may rest on something, too
}

/// A call whose result rules state rests on the static key that it tests.
void DecisionLog::gatherCall(Frame &In, EventId Id, ExprId Source,
                             std::vector<Reason> &Into) {
  const Function &Body = In.body();
  const Event &E = Body.Events[Id.Value];
  Reason R;
  R.Kind = Reason::ReasonKind::Result;
  R.Source = Source;
  R.Held = In.result(Id);
  R.Call = Id;
  Into.push_back(R);
  bool IsNamed =
      E.Target.isValid() && Body.Exprs[E.Target].Kind == ExprKind::Function;
  const StatedResult *Stated =
      IsNamed ? M.Rules.statedResult(M.P.moduleOf(In.function())
                                         .function(Body.Exprs.symbol(E.Target)))
              : nullptr;
  if (!Stated ||
      Stated->Result.Kind != FunctionEffect::ReturnValue::ValueKind::KeyEnabled ||
      Stated->Result.KeyArgument >= E.Args.Count)
    return;
  ExprId Key = Body.Exprs.Operands[E.Args.First + Stated->Result.KeyArgument];
  for (Atom A : In.evaluate(Key).atoms()) {
    PlaceId Where = placeOf(A);
    if (!Where.isValid())
      continue;
    for (FieldKey Field : M.Rules.keyEnabledPath())
      Where = M.Places.field(Where, Field);
    Into.push_back(reading(Where));
  }
}

void DecisionLog::gather(Frame &In, ExprId Id, std::vector<Reason> &Into) {
  if (!Id.isValid() || !Seen.insert(Id.Value).second)
    return;
  const Function &Body = In.body();
  const Expr &E = Body.Exprs[Id];
  if (E.Kind == ExprKind::Load)
    return gatherLoad(In, Id, Into);
  if (E.Kind == ExprKind::Param) {
    Reason R;
    R.Kind = Reason::ReasonKind::Argument;
    R.Source = Id;
    R.Held = In.evaluate(Id);
    R.Index = static_cast<uint32_t>(E.Value);
    Into.push_back(R);
    return;
  }
  if (E.Kind == ExprKind::Reference) {
    EventId Made = Body.Exprs.event(Id);
    const Event &Maker = Body.Events[Made.Value];
    if (Maker.Kind == EventKind::Define)
      return gather(In, Maker.Value, Into);
    if (Maker.Kind == EventKind::Call)
      gatherCall(In, Made, Id, Into);
    return;
  }
  if (E.Kind == ExprKind::Conditional) {
    Value Test = In.evaluate(Body.Exprs.operand(E, 0));
    gather(In, Body.Exprs.operand(E, 0), Into);
    if (Test.canBeNonZero())
      gather(In, Body.Exprs.operand(E, 1), Into);
    if (Test.canBeZero())
      gather(In, Body.Exprs.operand(E, 2), Into);
    return;
  }
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    gather(In, Body.Exprs.operand(E, I), Into);
}

/// Reasons of which nothing is known decide nothing.
static void dropUnknown(std::vector<Reason> &Why) {
  llvm::erase_if(Why, [](const Reason &R) {
    return R.Held.isUnknown() || R.Held.isNothing();
  });
}

BranchRecord DecisionLog::branch(Frame &In, BlockId B) {
  const Function &Body = In.body();
  const Block &Here = Body.Blocks[B.Value];
  BranchRecord Record;
  Record.Block = B;
  Record.Condition = In.evaluate(Here.Condition);
  for (uint32_t I = 0; I < Here.Edges.Count; ++I)
    if (!In.isTaken(Here, Body.Edges[Here.Edges.First + I], Record.Condition))
      Record.Cut.push_back(Here.Edges.First + I);
  if (Record.Cut.empty())
    return Record;
  Seen.clear();
  gather(In, Here.Condition, Record.Why);
  dropUnknown(Record.Why);
  return Record;
}

ReturnRecord DecisionLog::returned(Frame &In, EventId Id) {
  ReturnRecord Record;
  ExprId Value = In.body().Events[Id.Value].Value;
  Record.Returned = In.evaluate(Value);
  Seen.clear();
  gather(In, Value, Record.Why);
  dropUnknown(Record.Why);
  return Record;
}

static bool isBranch(const Block &B) {
  return B.Condition.isValid() && B.Edges.Count > 1 && !B.IsNoReturn;
}

static bool isSame(const std::vector<Reason> &A, const std::vector<Reason> &B) {
  return std::equal(A.begin(), A.end(), B.begin(), B.end(),
                    [](const Reason &X, const Reason &Y) {
                      return X.Held == Y.Held && X.Where == Y.Where &&
                             X.MayBeInitial == Y.MayBeInitial &&
                             X.Writers.size() == Y.Writers.size();
                    });
}

static bool isSame(const FrameRecord &A, const FrameRecord &B) {
  return A.Entered == B.Entered && A.Branches.size() == B.Branches.size() &&
         A.Returns.size() == B.Returns.size() &&
         std::equal(A.Branches.begin(), A.Branches.end(), B.Branches.begin(),
                    [](const BranchRecord &X, const BranchRecord &Y) {
                      return X.Block == Y.Block && X.Cut == Y.Cut &&
                             isSame(X.Why, Y.Why);
                    }) &&
         std::equal(A.Returns.begin(), A.Returns.end(), B.Returns.begin(),
                    [](const ReturnRecord &X, const ReturnRecord &Y) {
                      return X.Returned == Y.Returned && isSame(X.Why, Y.Why);
                    });
}

void DecisionLog::addEvaluation(Frame &In, ContextId C,
                                const FunctionShape &Shape,
                                const llvm::BitVector &Entered,
                                uint32_t Step) {
  if (!isWatched(In.function()))
    return;
  const Function &Body = In.body();
  FrameRecord New;
  New.First = Step;
  New.Entered = Entered;
  New.Callees = Callees[C];
  for (uint32_t B : Entered.set_bits()) {
    In.enterBlock(Shape.Guards[B]);
    bool IsPassed = true;
    Range Events = Body.Blocks[B].Events;
    for (uint32_t I = 0; I < Events.Count && IsPassed; ++I) {
      EventId Id(Events.First + I);
      const Event &E = Body.Events[Id.Value];
      IsPassed = !Shape.Ends.test(Id.Value);
      if (E.Kind != EventKind::Return || !E.Value.isValid())
        continue;
      New.Returns.push_back(returned(In, Id));
    }
    if (IsPassed && isBranch(Body.Blocks[B]))
      New.Branches.push_back(branch(In, BlockId(B)));
  }
  std::vector<FrameRecord> &List = Records[C];
  if (!List.empty() && List.back().First == Step)
    List.pop_back(); // only the last round of a step counts
  if (!List.empty() && isSame(List.back(), New)) {
    List.back().Last = StepInterval::NoEnd;
    return;
  }
  if (!List.empty())
    List.back().Last = Step - 1;
  List.push_back(std::move(New));
}

void DecisionLog::addCallee(FunctionId F, ContextId C, EventId E,
                            ContextId Callee) {
  if (isWatched(F))
    Callees[C][E.Value] = Callee;
}

void DecisionLog::addSpineBranch(Frame &In, BlockId B, uint32_t Step) {
  if (!isWatched(In.function()) || !isBranch(In.body().Blocks[B.Value]))
    return;
  spine(In.function(), Step).Branches.push_back(branch(In, B));
}

void DecisionLog::addSpineReturn(Frame &In, EventId E, uint32_t Step) {
  if (isWatched(In.function()))
    spine(In.function(), Step).Returns.push_back(returned(In, E));
}

FrameRecord &DecisionLog::spine(FunctionId F, uint32_t Step) {
  auto [It, IsNew] = Spine.try_emplace(F);
  if (IsNew)
    It->second.First = Step;
  return It->second;
}

llvm::ArrayRef<FrameRecord> DecisionLog::records(ContextId C) const {
  auto Found = Records.find(C);
  return Found == Records.end() ? llvm::ArrayRef<FrameRecord>()
                                : llvm::ArrayRef<FrameRecord>(Found->second);
}

const FrameRecord *DecisionLog::spineRecord(FunctionId F) const {
  auto Found = Spine.find(F);
  return Found == Spine.end() ? nullptr : &Found->second;
}
