//===- Results.cpp - what a call yields -----------------------------------===//

#include "solve/DecisionLog.h"
#include "solve/Evaluation.h"
#include "solve/FreshFields.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Callees evaluated within each other before the rest waits in line.
static constexpr unsigned MaxDepth = 100;
/// The same at a glance; what lies deeper may yield anything.
static constexpr unsigned MaxGlanceDepth = 3;

FunctionId bootorder::directCallee(const Program &P, const Frame &In,
                                   const Event &E) {
  const Function &Body = In.body();
  if (!E.Target.isValid() || Body.Exprs[E.Target].Kind != ExprKind::Function)
    return FunctionId();
  return P.moduleOf(In.function()).function(Body.Exprs.symbol(E.Target));
}

bool bootorder::hasNothing(llvm::ArrayRef<Value> Args) {
  return llvm::any_of(Args, [](const Value &V) { return V.isNothing(); });
}

/// Whether the static key is enabled, against the argument that says which
/// branch was laid out first.
Value ContextTable::keyTest(const FunctionEffect::ReturnValue &Test,
                            llvm::ArrayRef<Value> Args, ReaderId Reader) {
  Value Either = join(Value::number(0), Value::number(1));
  if (Test.KeyArgument >= Args.size())
    return Either;
  auto Key = Args[Test.KeyArgument].single();
  if (!Key || Key->Kind != Atom::AtomKind::Place)
    return Either;
  PlaceId Where(static_cast<uint32_t>(Key->Bits));
  for (FieldKey Field : M.Rules.keyEnabledPath())
    Where = M.Places.field(Where, Field);
  auto IsEnabled = M.Memory.load(Where, Reader).truth();
  std::optional<bool> Flip = false;
  if (Test.XorArgument)
    Flip = *Test.XorArgument < Args.size() ? Args[*Test.XorArgument].truth()
                                           : std::nullopt;
  if (!IsEnabled || !Flip)
    return Either;
  return Value::number(*IsEnabled != *Flip);
}

const StatedResult *ContextTable::statement(const Frame &In,
                                            const Event &E) const {
  FunctionId Callee = directCallee(P, In, E);
  const StatedResult *Stated =
      Callee.isValid() ? M.Rules.statedResult(Callee) : nullptr;
  bool IsOver = Stated && Stated->Until && M.Completed.test(*Stated->Until);
  return IsOver ? nullptr : Stated;
}

std::optional<Value> ContextTable::statedResult(Frame &In, EventId Id,
                                                ReaderId Reader) {
  const StatedResult *Stated = statement(In, In.body().Events[Id.Value]);
  if (!Stated)
    return std::nullopt;
  if (Stated->Until && Reader.isValid())
    UntilThen[*Stated->Until].insert(Reader);
  using ValueKind = FunctionEffect::ReturnValue::ValueKind;
  switch (Stated->Result.Kind) {
  case ValueKind::Constant:
    return Value::number(Stated->Result.Constant);
  case ValueKind::Address:
    if (Mode == ModeKind::Real)
      Code.makeObjectLive(Stated->Object);
    return Value::atom(
        {M.Places.whole(Stated->Object).Value, Atom::AtomKind::Place});
  default:
    return keyTest(Stated->Result, arguments(In, Id), Reader);
  }
}

void ContextTable::complete(uint32_t Milestone) {
  for (ReaderId Reader : UntilThen[Milestone])
    invalidate(Reader);
  UntilThen.erase(Milestone);
}

/// Notes which parts of \p Memory are written before anybody can read them.
void ContextTable::noteFilled(FunctionId F, EventId Call, PlaceId Memory) {
  if (Mode != ModeKind::Real || !Filled.insert(Memory.Value).second)
    return;
  for (const FieldWay &Way : fieldsFilledFirst(*P[F].Body, Call)) {
    PlaceId Part = Memory;
    bool IsAlone = true;
    for (FieldId Step : Way) {
      FieldKey Field = P.moduleOf(F).field(Step);
      IsAlone &= !P[Field].IsInUnion;
      Part = M.Places.field(Part, Field);
    }
    if (IsAlone)
      M.Memory.fillFirst(Part);
  }
}

Value ContextTable::freshMemory(FunctionId F, EventId Call) {
  PlaceId Memory = M.Places.heap(F, Call);
  noteFilled(F, Call, Memory);
  return join(Value::number(0),
              Value::atom({Memory.Value, Atom::AtomKind::Place}));
}

Value ContextTable::resultOf(Evaluation &At, FunctionId Callee,
                             llvm::ArrayRef<Value> Args) {
  if (!P[Callee].Body || M.isIdle(Callee))
    return Value::unknown();
  ContextId C = find(Callee, Args);
  if (Contexts[At.Id.Value].IsPlain && !IsInCrash)
    markPlain(C);
  std::vector<ContextId> &Waiters = Contexts[C.Value].Waiters;
  bool IsLast = !Waiters.empty() && Waiters.back() == At.Id;
  if (!IsLast && Waits.insert({C.Value, At.Id.Value}).second)
    Waiters.push_back(At.Id);
  bool IsNew = !Contexts[C.Value].IsFresh && !Contexts[C.Value].IsBusy;
  uint32_t Merges = ByFunction[Callee.Value].Merges;
  if (IsNew && Mode == ModeKind::Glance && Depth > MaxGlanceDepth)
    return Value::unknown();
  if (IsNew && Depth < MaxDepth)
    evaluate(C, At.Step);
  const Context &Asked = Contexts[C.Value];
  At.Runs[At.Block].Callees.push_back({C, Asked.ResultChanges, Merges});
  return Asked.Result;
}

/// What any of the functions yields that the pointer called by \p E may be.
Value ContextTable::pointerResult(Evaluation &At, const Event &E,
                                  llvm::ArrayRef<Value> Args) {
  Value Pointer = At.In.evaluate(E.Target);
  if (!Pointer.isSet())
    return Pointer.isNothing() ? Pointer : Value::unknown();
  Value Any;
  for (Atom A : Pointer.atoms()) {
    if (A.Kind == Atom::AtomKind::Place || (A.isNumber() && !A.isZero()))
      return Value::unknown();
    if (!A.isZero()) // a call of NULL does not return
      Any = hull(Any,
                 resultOf(At, FunctionId(static_cast<uint32_t>(A.Bits)), Args));
  }
  return Any;
}

/// The parameter that argument \p I of the call \p E is; none if it is no
/// parameter as it was passed.
static std::optional<uint32_t> paramGiven(const Frame &In, const Event &E,
                                          uint32_t I) {
  if (I >= E.Args.Count)
    return std::nullopt;
  const ExprPool &Exprs = In.body().Exprs;
  const Expr &Given = Exprs[Exprs.Operands[E.Args.First + I]];
  if (Given.Kind != ExprKind::Param)
    return std::nullopt;
  return static_cast<uint32_t>(Given.Value);
}

/// What \p In has been told of \p Test; unknown if nothing.
static Value told(const Machine &M, const Frame &In, const ParamTest &Test) {
  llvm::ArrayRef<ParamTest> Tests = M.Agreeing.testsOf(In.function());
  auto Found = llvm::find(Tests, Test);
  auto First = M.Agreeing.firstHidden(In.function());
  return Found == Tests.end() || !First
             ? Value::unknown()
             : In.passed(*First + (Found - Tests.begin()));
}

/// The arguments of the call \p Id, and what guards say of them.
std::vector<Value> ContextTable::passed(Frame &In, EventId Id) {
  std::vector<Value> Args = arguments(In, Id);
  const Event &E = In.body().Events[Id.Value];
  FunctionId Callee = directCallee(P, In, E);
  if (!Callee.isValid() || M.Agreeing.testsOf(Callee).empty())
    return Args;
  Args.resize(*M.Agreeing.firstHidden(Callee), Value::unknown());
  for (const ParamTest &Test : M.Agreeing.testsOf(Callee)) {
    auto Outcome = M.Agreeing.knownAt(In.function(), Id, Test);
    if (Outcome)
      Args.push_back(*Outcome ? Value::nonZero() : Value::number(0));
    else if (auto Param = paramGiven(In, E, Test.Param))
      Args.push_back(told(M, In, {Test.Predicate, *Param}));
    else
      Args.push_back(Value::unknown());
  }
  return Args;
}

/// \p Result of the call \p E, as far as a caller has not made that test.
Value ContextTable::toldResult(const Frame &In, const Event &E,
                               const Value &Result) const {
  FunctionId Callee = directCallee(P, In, E);
  auto Param = paramGiven(In, E, 0);
  if (Result.isNothing() || !Param || E.Args.Count != 1)
    return Result;
  Value Told = told(M, In, {Callee, *Param});
  return Told.isUnknown() ? Result : meet(Result, Told);
}

Value ContextTable::callResult(Evaluation &At, EventId Id) {
  Frame &In = At.In;
  if (auto Stated =
          statedResult(In, Id, Mode == ModeKind::Real ? At.Id : ReaderId()))
    return *Stated;
  const Event &E = In.body().Events[Id.Value];
  FunctionId Callee = directCallee(P, In, E);
  bool IsFresh = Callee.isValid() && M.Rules.returnsFresh(Callee);
  if (!M.Has.Results)
    return IsFresh ? freshMemory(In.function(), Id) : Value::unknown();
  auto &Kept = At.Runs[At.Block].Arguments;
  Kept.push_back({Id, passed(In, Id)});
  llvm::ArrayRef<Value> Args = Kept.back().second;
  if (hasNothing(Args))
    return Value(); // comes again when they have a value
  if (Callee.isValid() && M.Log && Mode == ModeKind::Real)
    M.Log->addCallee(In.function(), At.Id, Id, find(Callee, Args));
  if (Callee.isValid()) {
    Value Result = toldResult(In, E, resultOf(At, Callee, Args));
    // An allocator may not come back: its pool is made later.
    return IsFresh && !Result.isNothing() ? freshMemory(In.function(), Id)
                                          : Result;
  }
  return E.Call == CallKind::Indirect && E.Target.isValid()
             ? pointerResult(At, E, Args)
             : Value::unknown();
}

/// What code without a body leads to, as assembly and rules say.
void ContextTable::evaluateUnseen(ContextId Id, uint32_t Step) {
  Context &C = Contexts[Id.Value];
  std::vector<ContextCall> Calls;
  for (const CallEdge &Edge : Code.edges(C.Function))
    Calls.push_back({find(Edge.To, {}), Edge, {Step, StepInterval::NoEnd}});
  storeCalls(Id, std::move(Calls), Step);
  setResult(Id, Value::unknown());
}
