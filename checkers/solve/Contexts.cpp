//===- Contexts.cpp - functions by the arguments they run with ------------===//

#include "solve/Contexts.h"
#include "solve/Fields.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace bootorder;

ContextTable::ContextTable(Machine &M, LiveCode &Code)
    : M(M), P(M.P), Code(Code), ByFunction(M.P.Functions.size()),
      Shapes(M.P.Functions.size()), Number(++M.TableCount) {}

ContextTable::ContextTable(ContextTable &Real, ModeKind Mode, uint32_t Step)
    : M(Real.M), P(M.P), Code(Real.Code), ByFunction(M.P.Functions.size()),
      Mode(Mode), Real(&Real), AtStep(Step), Number(++M.TableCount) {}

const FunctionShape &ContextTable::shape(FunctionId F) {
  if (Real)
    return Real->shape(F);
  std::unique_ptr<FunctionShape> &Shape = Shapes[F.Value];
  if (Shape)
    return *Shape;
  Shape = std::make_unique<FunctionShape>();
  const Function &Body = *P[F].Body;
  Shape->Flow = analyseFlow(Body, NoReturnCalls(M.Rules, F));
  Shape->Guards = findGuards(Body, Shape->Flow);
  if (M.Has.Tests)
    M.Agreeing.read(F, Shape->Flow);
  Shape->UsedResults.resize(Body.Events.size());
  Shape->Ends.resize(Body.Events.size());
  NoReturnCalls Ends(M.Rules, F);
  for (uint32_t E = 0; E < Body.Events.size(); ++E)
    if (Ends(Body.Events[E]))
      Shape->Ends.set(E);
  for (const Expr &E : Body.Exprs.Nodes)
    if (E.Kind == ExprKind::Reference)
      Shape->UsedResults.set(E.Value);
  Shape->LiveBlocks.resize(Body.Blocks.size());
  Shape->Counters = findCounters(Body);
  Shape->Uses = findUsedResults(Body, Shape->Guards);
  return *Shape;
}

//===----------------------------------------------------------------------===//
// Finding contexts
//===----------------------------------------------------------------------===//

void ContextTable::shareAll(const Value &V) {
  if (Mode != ModeKind::Real)
    return;
  for (Atom A : V.atoms())
    if (A.Kind == Atom::AtomKind::Place)
      M.Memory.lose(PlaceId(static_cast<uint32_t>(A.Bits)));
}

/// \p Args without what is the caller's own: the address of a scalar local,
/// which tells apart no more contexts than the caller has.
std::vector<Value>
ContextTable::withoutLocals(llvm::ArrayRef<Value> Args) const {
  std::vector<Value> Rest(Args.begin(), Args.end());
  for (Value &V : Rest)
    if (auto Only = V.single(); Only && Only->Kind == Atom::AtomKind::Place) {
      PlaceId Where(static_cast<uint32_t>(Only->Bits));
      if (M.Places.isLocal(M.Places[Where].Object))
        V = Value::nonZero();
    }
  return Rest;
}

/// Stops telling contexts of \p F apart by the argument that does so most; by
/// one that rules ask about only if there is no other. \p WithLocals: addresses
/// of locals count, too. False if nothing is left.
bool ContextTable::mergeArgument(FunctionId F, bool WithLocals) {
  FunctionContexts &Known = ByFunction[F.Value];
  std::vector<std::set<Value>> Different;
  for (ContextId C : Known.Contexts) {
    const std::vector<Value> &All = Contexts[C.Value].Args;
    std::vector<Value> Args = WithLocals ? All : withoutLocals(All);
    Different.resize(std::max(Different.size(), Args.size()));
    for (size_t I = 0; I < Args.size(); ++I)
      Different[I].insert(Args[I]);
  }
  std::optional<size_t> Most;
  auto Rank = [&](size_t I) {
    return std::pair(!M.Rules.isAskedFor(F, I), Different[I].size());
  };
  for (size_t I = 0; I < Different.size(); ++I)
    if (!Known.Merged.count(I) && Different[I].size() > 1 &&
        (!Most || Rank(I) > Rank(*Most)))
      Most = I;
  if (Most) {
    Known.Merged[*Most]; // whatever comes from now on is joined
    ++Known.Merges;
  }
  return Most.has_value();
}

/// Joins the arguments that contexts are not told apart by.
void ContextTable::merge(FunctionContexts &Known, std::vector<Value> &Args) {
  for (auto &[I, Sum] : Known.Merged) {
    if (I >= Args.size())
      Args.resize(I + 1, Value::unknown());
    Value Wider = join(Sum, Args[I]);
    if (!Wider.isSet()) {
      shareAll(Sum);
      shareAll(Args[I]);
    }
    Known.Merges += Sum != Wider;
    Args[I] = Sum = Wider;
  }
  while (!Args.empty() && Args.back().isUnknown())
    Args.pop_back();
}

static uint64_t hashOf(FunctionId F, llvm::ArrayRef<Value> Args) {
  return llvm::hash_combine(F.Value,
                            llvm::hash_combine_range(Args.begin(), Args.end()));
}

ContextId ContextTable::create(FunctionId F, std::vector<Value> Args) {
  ContextId C(Contexts.size());
  ByArguments[hashOf(F, Args)].push_back(C);
  ByFunction[F.Value].Contexts.push_back(C);
  Contexts.emplace_back();
  Contexts.back().Function = F;
  Contexts.back().Args = std::move(Args);
  Callees.emplace_back();
  return C;
}

ContextId ContextTable::lookUp(FunctionId F, llvm::ArrayRef<Value> Args) const {
  auto Found = ByArguments.find(hashOf(F, Args));
  if (Found != ByArguments.end())
    for (ContextId C : Found->second)
      if (Contexts[C.Value].Function == F &&
          Args.equals(Contexts[C.Value].Args))
        return C;
  return ContextId();
}

ContextId ContextTable::find(FunctionId F, llvm::ArrayRef<Value> Given) {
  FunctionContexts &Known = ByFunction[F.Value];
  bool HasBounds =
      llvm::any_of(Given, [](const Value &V) { return V.hasBounds(); });
  if (M.Has.Contexts && Known.Merged.empty() && !HasBounds) {
    while (!Given.empty() && Given.back().isUnknown())
      Given = Given.drop_back();
    if (ContextId C = lookUp(F, Given); C.isValid())
      return C;
  }
  std::vector<Value> Args(Given.begin(), Given.end());
  for (Value &Arg : Args)
    Arg = Arg.withoutBounds();
  if (!M.Has.Contexts) {
    llvm::for_each(Args, [this](const Value &V) { shareAll(V); });
    Args.clear();
  }
  while (true) {
    merge(Known, Args);
    if (ContextId C = lookUp(F, Args); C.isValid())
      return C;
    bool IsNew = !Known.ToldApart.count(withoutLocals(Args));
    size_t Limit = P[F].IsHeader ? MaxInlineContexts : MaxContexts;
    bool IsFull = IsNew && Known.ToldApart.size() >= Limit;
    bool IsCrowded = Known.Contexts.size() >= MaxWithLocals;
    if (Args.empty() || (!IsFull && !IsCrowded))
      break;
    if (!mergeArgument(F, IsCrowded))
      break; // nothing left to tell apart
  }
  Known.ToldApart.insert(withoutLocals(Args));
  return create(F, std::move(Args));
}

//===----------------------------------------------------------------------===//
// Effects on memory
//===----------------------------------------------------------------------===//

/// A walk of what might be keeps its hands off everything but its own locals.
bool ContextTable::isWritable(PlaceId Where) const {
  return Mode == ModeKind::Real || M.Places.isLocal(M.Places[Where].Object);
}

/// Whether \p V can only be addresses of the object that all of \p Places are
/// in: an empty list's head points to itself, and is not handed out by that.
bool ContextTable::isKeptInside(const Value &V,
                                llvm::ArrayRef<PlaceId> Places) const {
  auto IsOwn = [&](ObjectId O) {
    return llvm::all_of(
        Places, [&](PlaceId Where) { return M.Places[Where].Object == O; });
  };
  return !Places.empty() && llvm::all_of(V.atoms(), [&](Atom A) {
    return A.Kind == Atom::AtomKind::Place &&
           IsOwn(M.Places[PlaceId(static_cast<uint32_t>(A.Bits))].Object);
  });
}

/// A store of a number through a pointer that may lead anywhere.
void ContextTable::storeAnywhere(const Frame &In, ExprId Address,
                                 const Value &V) {
  FieldId Field = fieldNamed(In.body(), Address);
  if (Field.isValid())
    M.Memory.storeToField(P.moduleOf(In.function()).field(Field), V);
  else
    M.Memory.storeToScalar(V);
}

/// The record that the call \p Source yields as a whole; empty if it is none.
static llvm::StringRef recordYielded(const Program &P, const Frame &In,
                                     ExprId Source) {
  const Function &Body = In.body();
  const Expr &E = Body.Exprs[Source];
  if (E.Kind != ExprKind::Reference || E.IsPointer)
    return "";
  const Event &Call = Body.Events[E.Value];
  if (Call.Kind != EventKind::Call || !Call.Target.isValid() ||
      Body.Exprs[Call.Target].Kind != ExprKind::Function)
    return "";
  FunctionId Callee =
      P.moduleOf(In.function()).function(Body.Exprs.symbol(Call.Target));
  if (!P[Callee].Signature.isValid())
    return "";
  const FactsModule &Facts = *P.moduleOf(Callee).Facts;
  return Facts.str(Facts[P[Callee].Signature].Result.Name);
}

/// Whatever \p Source holds is in some other record of its kind, too.
void ContextTable::shareSource(Frame &In, ExprId Source) {
  auto Places = In.places(Source);
  for (PlaceId Where : Places)
    M.Memory.share(M.Places[Where].Object);
  if (llvm::StringRef Record = recordYielded(P, In, Source);
      Places.empty() && !Record.empty())
    M.Memory.forgetRecord(Record);
}

void ContextTable::applyWrite(Frame &In, const Event &E, EventId Id,
                              bool IsCertain) {
  WriteSite Site{In.function(), Id};
  bool IsScalar =
      E.Write == WriteKind::Store || E.Write == WriteKind::AsmOutput;
  Value Written = Value::unknown();
  if (E.Write == WriteKind::Store || E.Write == WriteKind::Fill)
    Written = In.evaluate(E.Value);
  if (E.Write == WriteKind::Zero)
    Written = Value::number(0);
  if ((E.Write == WriteKind::Record || E.Write == WriteKind::Copy) &&
      Mode == ModeKind::Real)
    shareSource(In, E.Value);
  if (In.evaluate(E.Target).isNothing())
    return;
  auto Places = In.places(E.Target);
  if (E.Write == WriteKind::Store) {
    shareAll(isKeptInside(Written, Places) ? Value() : Written);
    In.expose(E.Value);
  }
  for (PlaceId Where : Places) {
    if (!isWritable(Where))
      continue;
    if (IsScalar)
      M.Memory.store(Where, Written, Site, IsCertain && Places.size() == 1);
    else if (E.Write == WriteKind::Fill || E.Write == WriteKind::Zero)
      M.Memory.fill(Where, Written, Site);
    else
      M.Memory.forget(Where, Site);
  }
  if (!Places.empty() || !IsScalar || Mode != ModeKind::Real)
    return;
  storeAnywhere(In, E.Target, Written);
}

/// Whether the statement \p Asm names memory among its outputs.
static bool namesItsWrites(const Function &Body, EventId Asm) {
  for (uint32_t I = Asm.Value + 1; I < Body.Events.size(); ++I) {
    const Event &Out = Body.Events[I];
    bool IsOutput = Out.Value.isValid() &&
                    Body.Exprs[Out.Value].Kind == ExprKind::Reference &&
                    Body.Exprs.event(Out.Value) == Asm;
    if (IsOutput && Out.Kind == EventKind::Write && !isLocalWrite(Body, Out))
      return true;
    if (!IsOutput && Out.Kind != EventKind::Call)
      return false;
  }
  return false;
}

/// A statement that names the memory it writes, as an atomic exchange does,
/// clobbers the rest for the sake of ordering: what it is given may end up in
/// that memory, and is not written. Any other may write through its inputs.
void ContextTable::applyAsm(Frame &In, const Event &E, EventId Id) {
  const Function &Body = In.body();
  bool IsNamed = namesItsWrites(Body, Id);
  Range Inputs = Body.Asms[E.Asm].Inputs;
  for (uint32_t I = 0; I < Inputs.Count; ++I) {
    ExprId Input = Body.Exprs.Operands[Inputs.First + I];
    if (IsNamed) {
      shareAll(In.evaluate(Input));
      In.expose(Input);
      continue;
    }
    auto Places = In.places(Input);
    for (PlaceId Where : Places)
      M.Memory.forget(Where, {In.function(), Id});
    if (Places.empty() && fieldNamed(Body, Input).isValid())
      storeAnywhere(In, Input, Value::unknown());
  }
}

void ContextTable::applyEffect(Frame &In, EventId Id, bool IsCertain) {
  const Event &E = In.body().Events[Id.Value];
  if (E.Kind == EventKind::Write)
    applyWrite(In, E, Id, IsCertain);
  else if (E.Kind == EventKind::Asm && Mode == ModeKind::Real &&
           In.body().Asms[E.Asm].ClobbersMemory)
    applyAsm(In, E, Id);
}

std::vector<Value> ContextTable::arguments(Frame &In, EventId Id) {
  const Function &Body = In.body();
  Range Args = Body.Events[Id.Value].Args;
  std::vector<Value> Values;
  for (uint32_t I = 0; I < Args.Count; ++I) {
    In.expose(Body.Exprs.Operands[Args.First + I]);
    Values.push_back(In.evaluate(Body.Exprs.Operands[Args.First + I]));
  }
  return Values;
}

void ContextTable::blur(Frame &In, EventId Id) {
  const Event &E = In.body().Events[Id.Value];
  if (E.Kind != EventKind::Write)
    return;
  auto Places = In.places(E.Target);
  for (PlaceId Where : Places)
    M.Memory.forget(Where, {In.function(), Id});
  if (!Places.empty())
    return;
  storeAnywhere(In, E.Target, Value::unknown());
}

/// A call of memcpy or memset is followed by the write it makes.
static bool isWrittenOut(const Function &Body, EventId Id) {
  if (Id.Value + 1 >= Body.Events.size() ||
      Body.Events[Id.Value].Args.Count == 0)
    return false;
  const Event &Call = Body.Events[Id.Value];
  const Event &Next = Body.Events[Id.Value + 1];
  return Next.Kind == EventKind::Write &&
         (Next.Write == WriteKind::Copy || Next.Write == WriteKind::Fill) &&
         Next.Target == Body.Exprs.Operands[Call.Args.First];
}

void ContextTable::handOver(Frame &In, EventId Id, llvm::ArrayRef<Value> Args) {
  if (isWrittenOut(In.body(), Id) || Mode != ModeKind::Real)
    return;
  for (const Value &V : Args)
    for (Atom A : V.atoms())
      if (A.Kind == Atom::AtomKind::Place)
        M.Memory.open(M.Places[PlaceId(static_cast<uint32_t>(A.Bits))].Object);
}
