//===- MapGlobals.cpp - what globals hold, step by step -------------------===//

#include "model/CopyFacts.h"
#include "model/FactsBuilder.h"
#include "solve/MapMaker.h"
#include "solve/MapValues.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace bootorder;

static bool isScalar(const Type &T) {
  return T.Kind == TypeKind::Integer || T.Kind == TypeKind::Bool ||
         T.Kind == TypeKind::Enum || T.Kind == TypeKind::Pointer ||
         T.Kind == TypeKind::FunctionPointer;
}

static bool isFollowed(const Program &P, ObjectId O) {
  const ProgramObject &Object = P[O];
  return Object.Definition && Object.Definition->IsDefinition &&
         Object.AsmWords.empty() && !Object.Definition->IsArray &&
         !Object.IsAlias && isScalar(Object.Definition->ValueType);
}

static const Symbol &symbolOf(const Program &P, ObjectId O) {
  return (*P.moduleOf(O).Facts)[P[O].Definition->Symbol];
}

/// The objects that the tree \p Root of \p F loads; false if there is something
/// in it that is no plain arithmetic.
static bool findLoads(const Program &P, FunctionId F, ExprId Root,
                      std::set<ObjectId> &Loads) {
  const ExprPool &Exprs = P[F].Body->Exprs;
  const Expr &E = Exprs[Root];
  switch (E.Kind) {
  case ExprKind::Constant:
    return true;
  case ExprKind::Load: {
    ExprId Address = Exprs.operand(E, 0);
    if (Exprs[Address].Kind != ExprKind::Object)
      return false;
    ObjectId O = P.moduleOf(F).object(Exprs.symbol(Address));
    Loads.insert(O);
    return isFollowed(P, O);
  }
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Conditional:
  case ExprKind::Cast:
    for (uint32_t I = 0; I < E.Operands.Count; ++I)
      if (!findLoads(P, F, Exprs.operand(E, I), Loads))
        return false;
    return true;
  default:
    return false;
  }
}

/// What \p F loads, if all it does is to return what globals hold.
static std::set<ObjectId> loadsOfAccessor(const Program &P, FunctionId F) {
  const Function *Body = P[F].Body;
  std::set<ObjectId> Loads;
  if (!Body || P[F].IsHeader || P[F].IsAlias || Body->Events.size() != 1 ||
      Body->Events[0].Kind != EventKind::Return ||
      !Body->Events[0].Value.isValid() ||
      (*P.moduleOf(F).Facts)[Body->Symbol].Linkage != LinkageKind::External ||
      !findLoads(P, F, Body->Events[0].Value, Loads))
    return {};
  return Loads;
}

bool bootorder::isAccessor(const Program &P, FunctionId F) {
  return !loadsOfAccessor(P, F).empty();
}

FollowedGlobals bootorder::findGlobals(const Program &P) {
  std::set<ObjectId> Found;
  for (uint32_t O = 0; O < P.Objects.size(); ++O)
    if (isFollowed(P, ObjectId(O)) &&
        symbolOf(P, ObjectId(O)).Linkage == LinkageKind::External)
      Found.insert(ObjectId(O));
  for (uint32_t F = 0; F < P.Functions.size(); ++F)
    for (ObjectId O : loadsOfAccessor(P, FunctionId(F)))
      Found.insert(O);
  FollowedGlobals Globals;
  Globals.Objects.assign(Found.begin(), Found.end());
  return Globals;
}

void bootorder::followGlobals(FollowedGlobals &Globals, Machine &State,
                              uint32_t Next) {
  if (State.Memory.clock() == Globals.Clock)
    return;
  bool IsFirst = Globals.First.empty();
  for (uint32_t I = 0; I < Globals.Objects.size(); ++I) {
    PlaceId Where = State.Places.whole(Globals.Objects[I]);
    Value Now = State.Memory.load(Where, ReaderId());
    if (IsFirst) {
      Globals.First.push_back(Now);
      Globals.Last.push_back(Now);
    } else if (Globals.Last[I] != Now) {
      MapValue Told = mapValueOf(Now);
      if (!(Told == mapValueOf(Globals.Last[I])))
        Globals.Changes.push_back({Next - 1, I, std::move(Told)});
      Globals.Last[I] = Now;
    }
  }
  Globals.Clock = State.Memory.clock();
}

namespace {

/// Fills PhaseMap::Shared.
class SharedWriter {
public:
  explicit SharedWriter(const Program &P) : P(P) {}

  void addObject(ObjectId O, const Value &First);
  void addFunction(FunctionId F);
  TuFacts take() {
    addStandIn();
    TuFacts Facts;
    Facts.Source = "phase map";
    Facts.Output = "phase map";
    Facts.Module = std::move(Builder).build();
    return Facts;
  }

private:
  void addStandIn() {
    Symbol Name;
    Name.Name = Builder.string(PhaseMapStandIn);
    Function Body;
    Body.Symbol = Builder.symbol(Name);
    Body.Blocks.emplace_back();
    Builder.Module.Functions.push_back(std::move(Body));
  }
  SymbolId symbol(const FactsModule &From, SymbolId S) {
    Symbol Copy = From[S];
    Copy.Name = Builder.string(From.str(Copy.Name));
    Copy.File =
        Copy.File.isValid() ? Builder.string(From.str(Copy.File)) : StringId();
    Copy.Signature = SignatureId();
    Copy.IsWeak = Copy.Linkage == LinkageKind::External;
    return Builder.symbol(Copy);
  }
  Location location(const FactsModule &From, Location L) {
    L.File = L.File.isValid() ? Builder.string(From.str(L.File)) : StringId();
    return L;
  }
  ExprId tree(const FactsModule &From, const ExprPool &Source, ExprId Root,
              ExprPool &Target);

  const Program &P;
  FactsBuilder Builder;
};

} // namespace

/// As far as accessors have such trees.
ExprId SharedWriter::tree(const FactsModule &From, const ExprPool &Source,
                          ExprId Root, ExprPool &Target) {
  Expr Copy = Source[Root];
  std::vector<ExprId> Operands;
  for (uint32_t I = 0; I < Copy.Operands.Count; ++I)
    Operands.push_back(tree(From, Source, Source.operand(Root, I), Target));
  if (Copy.Kind == ExprKind::Object)
    Copy.Value = symbol(From, Source.symbol(Root)).Value;
  Copy.Spelling = StringId();
  Copy.Operands = {static_cast<uint32_t>(Target.Operands.size()),
                   static_cast<uint32_t>(Operands.size())};
  Target.Operands.insert(Target.Operands.end(), Operands.begin(),
                         Operands.end());
  Target.Nodes.push_back(Copy);
  return ExprId(Target.Nodes.size() - 1);
}

void SharedWriter::addObject(ObjectId O, const Value &First) {
  const FactsModule &From = *P.moduleOf(O).Facts;
  Object Copy;
  const Object &Original = *P[O].Definition;
  Copy.Symbol = symbol(From, Original.Symbol);
  Copy.Loc = location(From, Original.Loc);
  Copy.ValueType = Original.ValueType;
  Copy.ValueType.Name = StringId();
  Copy.IsDefinition = true;
  auto Number = First.number();
  Expr E;
  E.Kind = Number ? ExprKind::Constant : ExprKind::Unknown;
  E.Bits = Copy.ValueType.Bits;
  E.Value = Number.value_or(0);
  Copy.Exprs.Nodes.push_back(E);
  InitialValue Initial;
  Initial.Value = ExprId(0);
  Copy.Initial.push_back(Initial);
  Builder.Module.Objects.push_back(std::move(Copy));
}

void SharedWriter::addFunction(FunctionId F) {
  const FactsModule &From = *P.moduleOf(F).Facts;
  const Function &Original = *P[F].Body;
  Function Copy;
  Copy.Symbol = symbol(From, Original.Symbol);
  Copy.Loc = location(From, Original.Loc);
  Copy.EndLine = Original.EndLine;
  // What it returns is one tree, whatever blocks it took to write it.
  Copy.Blocks.emplace_back().Events = {0, 1};
  Event E = Original.Events[0];
  E.Loc = location(From, E.Loc);
  E.Macro = MacroId();
  E.Value = tree(From, Original.Exprs, E.Value, Copy.Exprs);
  Copy.Events.push_back(E);
  Builder.Module.Functions.push_back(std::move(Copy));
}

/// `state`, or `mm/slab.c:state` for a static.
static std::string globalName(const Program &P, ObjectId O) {
  std::string Name = P[O].Name.str();
  if (symbolOf(P, O).Linkage == LinkageKind::External)
    return Name;
  return P[O].File.str() + ":" + Name;
}

void bootorder::writeGlobals(const FollowedGlobals &Globals, const Program &P,
                             PhaseMap &Map) {
  // Only what is known some time is worth a definition.
  std::vector<bool> IsTold(Globals.Objects.size());
  for (uint32_t I = 0; I < Globals.First.size(); ++I)
    IsTold[I] = tellsAnything(mapValueOf(Globals.First[I]));
  for (const MapChange &Change : Globals.Changes)
    IsTold[Change.Global] =
        IsTold[Change.Global] || tellsAnything(Change.Holds);
  SharedWriter Writer(P);
  std::vector<uint32_t> Numbers(Globals.Objects.size());
  std::set<ObjectId> Told;
  for (uint32_t I = 0; I < Globals.Objects.size(); ++I) {
    if (!IsTold[I])
      continue;
    Numbers[I] = Map.Globals.size();
    Map.Globals.push_back(globalName(P, Globals.Objects[I]));
    Told.insert(Globals.Objects[I]);
    Writer.addObject(Globals.Objects[I], Globals.First[I]);
  }
  for (const MapChange &Change : Globals.Changes)
    if (IsTold[Change.Global] && Change.Step < Map.Steps.size())
      Map.Changes.push_back(
          {Change.Step, Numbers[Change.Global], Change.Holds});
  for (uint32_t F = 0; F < P.Functions.size(); ++F) {
    std::set<ObjectId> Loads = loadsOfAccessor(P, FunctionId(F));
    if (!Loads.empty() &&
        llvm::all_of(Loads, [&](ObjectId O) { return Told.count(O) != 0; }))
      Writer.addFunction(FunctionId(F));
  }
  Map.Shared = Writer.take();
}
