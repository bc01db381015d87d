//===- AgreeingTests.cpp - tests that a caller has made already -----------===//

#include "solve/AgreeingTests.h"
#include "model/Nodes.h"
#include "solve/Guards.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Calls between a guard and the test that agrees with it.
static constexpr unsigned MaxDepth = 8;
/// Predicates that call each other.
static constexpr unsigned MaxNested = 3;
/// Hidden arguments of one function.
static constexpr size_t MaxTests = 4;

FunctionId AgreeingTests::calleeOf(FunctionId F, const Event &E) const {
  const Function &Body = *P[F].Body;
  if (E.Kind != EventKind::Call || E.Call != CallKind::Direct ||
      !E.Target.isValid() || Body.Exprs[E.Target].Kind != ExprKind::Function)
    return FunctionId();
  return P.moduleOf(F).function(Body.Exprs.symbol(E.Target));
}

ExprId AgreeingTests::argument(FunctionId F, const Event &E, uint32_t I) const {
  return P[F].Body->Exprs.Operands[E.Args.First + I];
}

std::optional<uint32_t> AgreeingTests::firstHidden(FunctionId F) const {
  if (!P[F].Signature.isValid())
    return std::nullopt;
  const Signature &Type = (*P[P[F].Module].Facts)[P[F].Signature];
  return Type.IsVariadic ? std::nullopt
                         : std::optional<uint32_t>(Type.Params.size());
}

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

/// Whether \p Root rests on nothing but the parameter and what it leads to.
bool AgreeingTests::readsOnly(FunctionId F, ExprId Root, FieldSet &Fields,
                              unsigned Depth) {
  const Function &Body = *P[F].Body;
  bool IsPlain = true;
  forEachNode(Body.Exprs, Root, [&](ExprId Node) {
    const Expr &E = Body.Exprs[Node];
    switch (E.Kind) {
    case ExprKind::Constant:
    case ExprKind::Load:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Cast:
      return;
    case ExprKind::Param:
      IsPlain &= E.Value == 0;
      return;
    case ExprKind::Field:
      Fields.push_back(P.moduleOf(F).field(Body.Exprs.field(Node)));
      return;
    case ExprKind::Reference: {
      const Event &Made = Body.Events[E.Value];
      if (Made.Kind == EventKind::Define)
        IsPlain &= readsOnly(F, Made.Value, Fields, Depth);
      else if (FunctionId Asked = calleeOf(F, Made);
               Asked.isValid() && Depth < MaxNested && P[Asked].Body &&
               Made.Args.Count == 1 &&
               Body.Exprs[argument(F, Made, 0)].Kind == ExprKind::Param) {
        const FieldSet *Inner = fieldsOf(Asked);
        IsPlain &= Inner != nullptr;
        if (Inner)
          llvm::append_range(Fields, *Inner);
      } else {
        IsPlain = false;
      }
      return;
    }
    default:
      IsPlain = false;
    }
  });
  return IsPlain;
}

/// What \p F reads if it is a predicate; null if it is none.
const AgreeingTests::FieldSet *AgreeingTests::fieldsOf(FunctionId F) {
  auto [It, IsNew] = Predicates.try_emplace(F);
  std::optional<FieldSet> &Known = It->second;
  const Function *Body = P[F].Body;
  if (!IsNew || !Body || firstHidden(F) != 1u)
    return Known ? &*Known : nullptr;
  FieldSet Fields;
  unsigned Returns = 0;
  for (const Block &B : Body->Blocks)
    if (B.Edges.Count > 1)
      return nullptr;
  for (const Event &E : Body->Events) {
    if (E.Kind == EventKind::Return) {
      ++Returns;
      if (!E.Value.isValid() || !readsOnly(F, E.Value, Fields, 0))
        return nullptr;
    } else if (E.Kind != EventKind::Define &&
               (!calleeOf(F, E).isValid() || !fieldsOf(calleeOf(F, E)))) {
      return nullptr;
    }
  }
  if (Returns != 1 || Fields.empty())
    return nullptr;
  return &Known.emplace(std::move(Fields));
}

//===----------------------------------------------------------------------===//
// What may change in between
//===----------------------------------------------------------------------===//

/// Calls \p Visit for fields that \p Body stores to, or whose address it takes.
static void forEachWritten(const Function &Body,
                           llvm::function_ref<void(FieldId)> Visit) {
  const ExprPool &Exprs = Body.Exprs;
  llvm::BitVector IsPart(Exprs.Nodes.size()); // read, or a part is looked at
  for (const Expr &E : Exprs.Nodes) {
    bool IsInner = E.Kind == ExprKind::Load || E.Kind == ExprKind::Field ||
                   E.Kind == ExprKind::Element;
    if (IsInner)
      IsPart.set(Exprs.operand(E, 0).Value);
  }
  for (uint32_t I = 0; I < Exprs.Nodes.size(); ++I)
    if (Exprs.Nodes[I].Kind == ExprKind::Field && !IsPart.test(I))
      Visit(Exprs.field(ExprId(I)));
  for (const Event &E : Body.Events)
    if (E.Kind == EventKind::Write)
      forEachNode(Exprs, E.Target, [&](ExprId Node) {
        if (Exprs[Node].Kind == ExprKind::Field)
          Visit(Exprs.field(Node));
      });
}

void AgreeingTests::indexProgram() {
  if (!Callers.empty())
    return;
  Callers.resize(P.Functions.size());
  Writers.resize(P.Fields.size());
  for (uint32_t I = 0; I < P.Functions.size(); ++I) {
    FunctionId F(I);
    if (!P[F].Body)
      continue;
    for (const Event &E : P[F].Body->Events)
      if (FunctionId Callee = calleeOf(F, E); Callee.isValid())
        Callers[Callee.Value].push_back(F);
    forEachWritten(*P[F].Body, [&](FieldId Field) {
      Writers[P.moduleOf(F).field(Field).Value].push_back(F);
    });
  }
}

bool AgreeingTests::changesBelow(FunctionId F, FunctionId Predicate) {
  auto [It, IsNew] = Changing.try_emplace(Predicate);
  llvm::BitVector &Above = It->second;
  if (!IsNew)
    return Above.test(F.Value);
  indexProgram();
  Above.resize(P.Functions.size());
  std::vector<FunctionId> Open;
  auto Enter = [&](FunctionId G) {
    if (!Above.test(G.Value))
      Open.push_back(G);
    Above.set(G.Value);
  };
  for (FieldKey Field : *fieldsOf(Predicate))
    llvm::for_each(Writers[Field.Value], Enter);
  while (!Open.empty()) {
    FunctionId G = Open.back();
    Open.pop_back();
    llvm::for_each(Callers[G.Value], Enter);
  }
  return Above.test(F.Value);
}

//===----------------------------------------------------------------------===//
// Guards, and tests that agree with them
//===----------------------------------------------------------------------===//

/// What control that leaves \p From by \p Taken has been told by a predicate.
std::optional<AgreeingTests::Guarding>
AgreeingTests::guardOf(FunctionId F, const Block &From, const Edge &Taken) {
  if (Taken.Kind != EdgeKind::True && Taken.Kind != EdgeKind::False)
    return std::nullopt;
  const Function &Body = *P[F].Body;
  Guarding Found;
  Found.IsTrue = Taken.Kind == EdgeKind::True;
  const Expr *E = &Body.Exprs[From.Condition];
  while (E->Kind == ExprKind::Cast || E->Kind == ExprKind::Unary) {
    if (E->Kind == ExprKind::Unary &&
        static_cast<UnaryKind>(E->Op) != UnaryKind::LogicalNot)
      return std::nullopt;
    Found.IsTrue ^= E->Kind == ExprKind::Unary;
    E = &Body.Exprs[Body.Exprs.operand(*E, 0)];
  }
  if (E->Kind != ExprKind::Reference)
    return std::nullopt;
  // The test is the last thing that happens before the branch.
  uint32_t Last = From.Events.First + From.Events.Count - 1;
  const Event &Test = Body.Events[E->Value];
  Found.Predicate = calleeOf(F, Test);
  if (From.Events.Count == 0 || E->Value != Last ||
      !Found.Predicate.isValid() || Test.Args.Count != 1)
    return std::nullopt;
  Found.Argument = argument(F, Test, 0);
  return Found;
}

bool AgreeingTests::isTestedBelow(FunctionId F, ParamTest Test,
                                  unsigned Depth) {
  auto [It, IsNew] =
      IsTested.try_emplace({F, Test.Predicate, Test.Param}, false);
  if (!IsNew || Depth > MaxDepth || !P[F].Body || !firstHidden(F))
    return It->second;
  const Function &Body = *P[F].Body;
  bool IsFound = false;
  for (const Event &E : Body.Events) {
    FunctionId Callee = calleeOf(F, E);
    for (uint32_t I = 0; Callee.isValid() && I < E.Args.Count; ++I) {
      const Expr &Given = Body.Exprs[argument(F, E, I)];
      if (Given.Kind != ExprKind::Param || Given.Value != Test.Param)
        continue;
      IsFound |= Callee == Test.Predicate ||
                 isTestedBelow(Callee, {Test.Predicate, I}, Depth + 1);
    }
  }
  if (IsFound && Tests[F.Value].size() < MaxTests)
    Tests[F.Value].push_back(Test);
  return It->second = IsFound;
}

void AgreeingTests::readCall(FunctionId F, EventId Call,
                             const Guarding &Guard) {
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Call.Value];
  FunctionId Callee = calleeOf(F, E);
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    ParamTest Test{Guard.Predicate, I};
    if (isSameExpr(Body.Exprs, argument(F, E, I), Guard.Argument) &&
        fieldsOf(Guard.Predicate) && Callee != Guard.Predicate &&
        isTestedBelow(Callee, Test, 0) && !changesBelow(Callee, Test.Predicate))
      Known[{F, Call}].push_back({Test, Guard.IsTrue});
  }
}

void AgreeingTests::read(FunctionId F, const FlowGraph &Flow) {
  const Function &Body = *P[F].Body;
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    BlockId From = Flow.Blocks[B].OnlyFrom;
    if (!From.isValid() || !Body.Blocks[From.Value].Condition.isValid() ||
        Body.Blocks[From.Value].Edges.Count != 2)
      continue;
    const Edge *Out = &Body.Edges[Body.Blocks[From.Value].Edges.First];
    if (Out[0].To == Out[1].To)
      continue;
    auto Guard = guardOf(F, Body.Blocks[From.Value],
                         Out[0].To == BlockId(B) ? Out[0] : Out[1]);
    if (!Guard)
      continue;
    // The first call, or store, ends what the guard says of memory.
    Range Events = Body.Blocks[B].Events;
    for (uint32_t I = Events.First; I < Events.First + Events.Count; ++I) {
      if (calleeOf(F, Body.Events[I]).isValid())
        readCall(F, EventId(I), *Guard);
      if (Body.Events[I].Kind != EventKind::Define &&
          Body.Events[I].Kind != EventKind::MacroUse &&
          Body.Events[I].Kind != EventKind::AddressTaken)
        break;
    }
  }
}

std::optional<bool> AgreeingTests::knownAt(FunctionId Caller, EventId Call,
                                           const ParamTest &Test) const {
  auto Found = Known.find({Caller, Call});
  if (Found == Known.end())
    return std::nullopt;
  for (const Outcome &One : Found->second)
    if (One.Test == Test)
      return One.IsTrue;
  return std::nullopt;
}
