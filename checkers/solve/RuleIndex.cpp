//===- RuleIndex.cpp - what the rules say about each function -------------===//

#include "solve/RuleIndex.h"
#include "solve/Fields.h"
#include "solve/FlowGraph.h"

using namespace bootorder;

RuleIndex::RuleIndex(const Program &P, const RuleSet &Rules)
    : P(P), Rules(Rules), NoReturn(P.Functions.size()),
      Boundaries(P.Functions.size()), Wrappers(P.Functions.size()),
      NamedSinks(P.Functions.size()), EntryPoints(P.Functions.size()),
      Joined(P.Functions.size()), Uncontended(P.Functions.size()),
      Restoring(P.Functions.size()), Fresh(P.Functions.size()) {
  indexFunctions();
  indexSemantics();
  indexTables();
  inferNoReturn();
}

void RuleIndex::mark(llvm::BitVector &Bits, const GlobSet &Names) const {
  for (FunctionId F : P.functionsMatching(Names))
    Bits.set(F.Value);
}

void RuleIndex::indexResult(const FunctionEffect &E) {
  StatedResult Stated{E.Result, ObjectId(), std::nullopt};
  if (E.Result.Kind == FunctionEffect::ReturnValue::ValueKind::Address) {
    auto Objects = P.objectsNamed(E.Result.Object);
    if (Objects.size() != 1)
      return; // not in this tree, or which one is meant cannot be told
    Stated.Object = Objects.front();
  }
  for (uint32_t M = 0; M < Rules.Milestones.size(); ++M)
    if (Rules.Milestones[M].Name == E.Until)
      Stated.Until = M;
  for (FunctionId F : P.functionsMatching(E.Functions))
    Results.try_emplace(F, Stated);
}

/// What functions do that their C code does not show.
void RuleIndex::indexSemantics() {
  for (const FunctionEffect &E : Rules.Semantics) {
    if (E.Kind == FunctionEffect::EffectKind::NoReturn)
      mark(NoReturn, E.Functions);
    if (E.Kind == FunctionEffect::EffectKind::Uncontended) {
      mark(Boundaries, E.Functions);
      mark(Uncontended, E.Functions);
    }
    if (E.Kind == FunctionEffect::EffectKind::RestoresIrqs)
      mark(Restoring, E.Functions);
    bool IsFresh =
        E.Result.Kind == FunctionEffect::ReturnValue::ValueKind::Fresh;
    if (E.Kind == FunctionEffect::EffectKind::Returns && IsFresh)
      mark(Fresh, E.Functions);
    else if (E.Kind == FunctionEffect::EffectKind::Returns)
      indexResult(E);
  }
  KeyPath = fieldsNamed(P, Rules.StaticKeys.EnabledPath)
                .value_or(std::vector<FieldKey>());
}

/// Marks functions that are not declared so, but whose every way out is a call
/// that does not return; what calls one is a crash like `panic()` itself.
void RuleIndex::inferNoReturn() {
  llvm::BitVector New = NoReturn;
  auto CallsNew = [&](const ProgramModule &M, const Function &Body) {
    return llvm::any_of(Body.Events, [&](const Event &E) {
      return E.Kind == EventKind::Call && E.Target.isValid() &&
             Body.Exprs[E.Target].Kind == ExprKind::Function &&
             New.test(M.function(Body.Exprs.symbol(E.Target)).Value);
    });
  };
  while (New.any()) {
    llvm::BitVector Found(P.Functions.size());
    for (uint32_t I = 0; I < P.Functions.size(); ++I) {
      FunctionId F(I);
      if (P[F].Body && !NoReturn.test(I) && !EntryPoints.test(I) &&
          CallsNew(P.moduleOf(F), *P[F].Body) &&
          !canReturn(*P[F].Body, NoReturnCalls(*this, F)))
        Found.set(I);
    }
    NoReturn |= Found;
    New = std::move(Found);
  }
}

void RuleIndex::indexFunctions() {
  for (uint32_t F = 0; F < P.Functions.size(); ++F) {
    if (P.Functions[F].IsNoReturn)
      NoReturn.set(F);
    if (P.Functions[F].IsHeader)
      Wrappers.set(F);
  }
  for (const Boundary &B : Rules.Boundaries) {
    mark(Boundaries, B.Functions);
    if (B.Files.empty())
      continue;
    for (uint32_t F = 0; F < P.Functions.size(); ++F)
      if (B.Files.matches(P.Functions[F].File))
        Boundaries.set(F);
  }
  for (const Deferral &D : Rules.Deferrals)
    for (uint32_t M = 0; M < Rules.Milestones.size(); ++M)
      if (Rules.Milestones[M].Name == D.After)
        for (FunctionId F : P.functionsMatching(D.Functions))
          Deferred[F.Value] = M;
  for (const EntryPoint &E : Rules.EntryPoints) {
    for (FunctionId F : P.functionsNamed(E.Function))
      EntryPoints.set(F.Value);
    for (FunctionId F : P.functionsNamed(E.Joins))
      Joined.set(F.Value);
  }
  for (const Wrapper &W : Rules.Wrappers)
    mark(Wrappers, W.Functions);
  for (const Rule &R : Rules.Rules)
    for (const Sink &S : R.Sinks) {
      mark(NamedSinks, S.Functions);
      mark(NamedSinks, S.CleanupOf);
      if (S.Argument && !S.Argument->TypeName.empty())
        AskedTypes.insert(S.Argument->TypeName);
    }
  for (uint32_t I = 0; I < Rules.ImmediateCallers.size(); ++I)
    for (FunctionId F :
         P.functionsMatching(Rules.ImmediateCallers[I].Functions))
      Immediate[F].push_back(I);
}

void RuleIndex::indexTables() {
  for (uint32_t T = 0; T < Rules.Tables.size(); ++T) {
    const LinkerTable &Table = Rules.Tables[T];
    for (uint32_t D = 0; D < Table.Dispatchers.size(); ++D) {
      const TableDispatcher &Dispatcher = Table.Dispatchers[D];
      for (FunctionId F : P.functionsNamed(Dispatcher.Function))
        Dispatchers[F].push_back({T, D});
      if (!Dispatcher.Function.empty())
        continue;
      for (const std::string &Symbol : Table.Boundaries)
        for (ObjectId O : P.objectsNamed(Symbol))
          Bounded[O].push_back(T);
    }
  }
}

std::string RuleIndex::boundaryName(FunctionId F) const {
  const ProgramFunction &Function = P[F];
  for (const Boundary &B : Rules.Boundaries)
    if (B.Functions.matches(Function.Name) || B.Files.matches(Function.File))
      return (Function.Name + ": " + B.Reason).str();
  return (Function.Name + ": waits only for another task").str();
}

bool RuleIndex::isAskedFor(FunctionId F, size_t Index) const {
  if (!P[F].Signature.isValid())
    return false;
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  const std::vector<Type> &Params = Facts[P[F].Signature].Params;
  return Index < Params.size() &&
         AskedTypes.count(Facts.str(Params[Index].Name)) != 0;
}

std::optional<uint32_t> RuleIndex::deferredUntil(FunctionId F) const {
  auto Found = Deferred.find(F.Value);
  return Found == Deferred.end() ? std::nullopt : std::optional(Found->second);
}

const StatedResult *RuleIndex::statedResult(FunctionId F) const {
  auto Found = Results.find(F);
  return Found == Results.end() ? nullptr : &Found->second;
}

template <typename Key, typename Value>
static llvm::ArrayRef<Value>
lookUp(const std::map<Key, llvm::SmallVector<Value, 1>> &Map, Key K) {
  auto Found = Map.find(K);
  if (Found == Map.end())
    return {};
  return Found->second;
}

llvm::ArrayRef<DispatchPoint> RuleIndex::dispatchersIn(FunctionId F) const {
  return lookUp(Dispatchers, F);
}

llvm::ArrayRef<uint32_t> RuleIndex::tablesBounded(ObjectId O) const {
  return lookUp(Bounded, O);
}

llvm::ArrayRef<uint32_t> RuleIndex::immediateArguments(FunctionId F) const {
  return lookUp(Immediate, F);
}

ObjectId RuleIndex::staticCallKey(FunctionId F) const {
  llvm::StringRef Name = P[F].Name;
  const StaticCallNames &Names = Rules.StaticCalls;
  if (Names.TrampolinePrefix.empty() ||
      !Name.consume_front(Names.TrampolinePrefix))
    return ObjectId();
  auto Keys = P.objectsNamed((Names.KeyPrefix + Name).str());
  return Keys.empty() ? ObjectId() : Keys.front();
}

bool RuleIndex::isStaticCallKey(ObjectId O) const {
  const std::string &Prefix = Rules.StaticCalls.KeyPrefix;
  return !Prefix.empty() && P[O].Name.starts_with(Prefix);
}

std::vector<uint32_t> RuleIndex::entriesOf(uint32_t Table,
                                           const std::string *Key) const {
  std::vector<uint32_t> Found;
  for (uint32_t I = 0; I < P.TableEntries.size(); ++I)
    if (P.TableEntries[I].Table == Table &&
        (!Key || P.TableEntries[I].Key == *Key))
      Found.push_back(I);
  return Found;
}

bool bootorder::isInMacro(const FactsModule &Facts, MacroId M,
                          const GlobSet &Names) {
  if (Names.empty())
    return false;
  for (; M.isValid(); M = Facts[M].Parent)
    if (Names.matches(Facts.str(Facts[M].Name)))
      return true;
  return false;
}

NoReturnCalls::NoReturnCalls(const RuleIndex &Rules, FunctionId F)
    : Rules(Rules), M(Rules.program().moduleOf(F)),
      Body(*Rules.program()[F].Body) {}

bool NoReturnCalls::operator()(const Event &E) const {
  if (E.Kind == EventKind::MacroUse || E.Kind == EventKind::Call)
    for (const FunctionEffect &Effect : Rules.rules().Semantics)
      if (Effect.Kind == FunctionEffect::EffectKind::NoReturn &&
          isInMacro(*M.Facts, E.Macro, Effect.Macros))
        return true;
  return E.Kind == EventKind::Call && E.Target.isValid() &&
         Body.Exprs[E.Target].Kind == ExprKind::Function &&
         Rules.isNoReturn(M.function(Body.Exprs.symbol(E.Target)));
}
