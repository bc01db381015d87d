//===- LinkNames.cpp - which definition a name stands for -----------------===//

#include "link/Linker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace bootorder;

bool Linker::claim(Definition &Known, RankKind Rank, bool IsTentative,
                   llvm::StringRef Name) {
  if (Rank == RankKind::Strong && Known.Rank == RankKind::Strong) {
    if (Known.IsTentative != IsTentative) {
      bool Wins = !IsTentative;
      Known.IsTentative = false;
      return Wins;
    }
    if (!IsTentative)
      Duplicates.insert(Name.str());
    return false;
  }
  if (Rank <= Known.Rank)
    return false;
  Known = {Rank, IsTentative};
  return true;
}

void Linker::defineFunction(ModuleId M, const Function &F) {
  const ProgramModule &Module = Result[M];
  const Symbol &S = (*Module.Facts)[F.Symbol];
  if (S.IsGnuInline)
    return;
  uint32_t Id = Module.Symbols[F.Symbol.Value];
  ProgramFunction &Known = Result.Functions[Id];
  if (S.Linkage == LinkageKind::Header && Known.Body)
    return; // a unit that carries its header functions itself
  if (!claim(FunctionDefinitions[Id],
             S.IsWeak ? RankKind::Weak : RankKind::Strong,
             /*IsTentative=*/false, Known.Name))
    return;
  Known.Body = &F;
  Known.Module = M;
  Known.Signature = S.Signature;
  Known.File = Module.Facts->str(F.Loc.File);
  Known.Line = F.Loc.Line;
}

void Linker::defineObject(ModuleId M, const Object &O) {
  const ProgramModule &Module = Result[M];
  const Symbol &S = (*Module.Facts)[O.Symbol];
  uint32_t Id = Module.Symbols[O.Symbol.Value];
  ProgramObject &Known = Result.Objects[Id];
  if (!O.IsDefinition || (S.HeaderKey != 0 && Known.Definition))
    return;
  if (!claim(ObjectDefinitions[Id],
             S.IsWeak ? RankKind::Weak : RankKind::Strong, O.Initial.empty(),
             Known.Name))
    return;
  Known.Definition = &O;
  Known.Module = M;
  Known.File = Module.Facts->str(O.Loc.File);
}

void Linker::chooseBodies() {
  for (uint32_t I = 0; I < Result.Modules.size(); ++I) {
    const FactsModule &Facts = *Result.Modules[I].Facts;
    for (const Function &F : Facts.Functions)
      defineFunction(ModuleId(I), F);
    for (const Object &O : Facts.Objects)
      defineObject(ModuleId(I), O);
    for (const Alias &A : Facts.Aliases)
      Aliases.push_back({ModuleId(I), Facts.str(Facts[A.Symbol].Name),
                         Facts.str(A.Target), Facts[A.Symbol].IsWeak});
  }
  adoptHeaderStatics();
  for (auto [Key, Id] : HeaderFunctions)
    if (!Result.Functions[Id].Body)
      WantedKeys.push_back(Key);
  for (const LinkUnit &U : Units)
    for (uint64_t Key : U.Facts->HeaderKeys)
      if (!HeaderFunctions.count(Key))
        WantedKeys.push_back(Key);
  llvm::sort(WantedKeys);
  WantedKeys.erase(std::unique(WantedKeys.begin(), WantedKeys.end()),
                   WantedKeys.end());
}

/// A header function may name a static that its header defines, or that the
/// unit including it does. Each unit has its own; the first one stands for all.
void Linker::adoptHeaderStatics() {
  using StaticKey = std::tuple<llvm::StringRef, llvm::StringRef, SymbolKind>;
  auto KeyOf = [](const FactsModule &Facts, const Symbol &S) {
    return StaticKey{Facts.str(S.File), Facts.str(S.Name), S.Kind};
  };
  std::map<StaticKey, std::vector<uint32_t *>> Wanted;
  for (uint32_t H = 0; H < Headers.size(); ++H) {
    ProgramModule &Module = Result.Modules[Units.size() + H];
    for (uint32_t S = 0; S < Module.Symbols.size(); ++S)
      if (Module.Facts->Symbols[S].Linkage == LinkageKind::Internal)
        Wanted[KeyOf(*Module.Facts, Module.Facts->Symbols[S])].push_back(
            &Module.Symbols[S]);
  }
  for (uint32_t U = 0; U < Units.size() && !Wanted.empty(); ++U) {
    const ProgramModule &Unit = Result.Modules[U];
    for (uint32_t S = 0; S < Unit.Symbols.size(); ++S) {
      if (Unit.Facts->Symbols[S].Linkage != LinkageKind::Internal)
        continue;
      auto Found = Wanted.find(KeyOf(*Unit.Facts, Unit.Facts->Symbols[S]));
      if (Found == Wanted.end())
        continue;
      for (uint32_t *Slot : Found->second)
        *Slot = Unit.Symbols[S];
      Wanted.erase(Found);
    }
  }
}

void Linker::resolveAliases() {
  FunctionTarget.resize(Result.Functions.size());
  ObjectTarget.resize(Result.Objects.size());
  for (uint32_t I = 0; I < FunctionTarget.size(); ++I)
    FunctionTarget[I] = I;
  for (uint32_t I = 0; I < ObjectTarget.size(); ++I)
    ObjectTarget[I] = I;
  for (const AliasRequest &A : Aliases) {
    AsmReference From, To;
    if (!findName(A.Module, A.Name, From) || !findName(A.Module, A.Target, To))
      continue;
    RankKind Rank = A.IsWeak ? RankKind::Weak : RankKind::Strong;
    if (From.Function.isValid() && To.Function.isValid() &&
        claim(FunctionDefinitions[From.Function.Value], Rank, false, A.Name))
      FunctionTarget[From.Function.Value] = To.Function.Value;
    if (From.Object.isValid() && To.Object.isValid() &&
        claim(ObjectDefinitions[From.Object.Value], Rank, false, A.Name))
      ObjectTarget[From.Object.Value] = To.Object.Value;
  }
  redirectSymbols();
}

void Linker::redirectSymbols() {
  auto Follow = [](std::vector<uint32_t> &Target) {
    for (uint32_t I = 0; I < Target.size(); ++I) {
      uint32_t End = I, Hops = 0;
      while (Target[End] != End && ++Hops < 16)
        End = Target[End];
      Target[I] = End;
    }
  };
  Follow(FunctionTarget);
  Follow(ObjectTarget);
  for (ProgramModule &M : Result.Modules)
    for (uint32_t S = 0; S < M.Symbols.size(); ++S)
      M.Symbols[S] = M.Facts->Symbols[S].Kind == SymbolKind::Function
                         ? FunctionTarget[M.Symbols[S]]
                         : ObjectTarget[M.Symbols[S]];
  auto Redirect = [this](AsmReference &R) {
    if (R.Function.isValid())
      R.Function = FunctionId(FunctionTarget[R.Function.Value]);
    if (R.Object.isValid())
      R.Object = ObjectId(ObjectTarget[R.Object.Value]);
  };
  for (uint32_t I = 0; I < Result.Functions.size(); ++I) {
    llvm::for_each(Result.Functions[I].AsmBody, Redirect);
    Result.Functions[I].IsAlias = FunctionTarget[I] != I;
    if (Result.Functions[I].IsAlias)
      FunctionAliases.push_back(
          {Result.Functions[I].Name, FunctionId(FunctionTarget[I])});
  }
  for (uint32_t I = 0; I < Result.Objects.size(); ++I) {
    llvm::for_each(Result.Objects[I].AsmWords, Redirect);
    Result.Objects[I].IsAlias = ObjectTarget[I] != I;
    if (Result.Objects[I].IsAlias)
      ObjectAliases.push_back(
          {Result.Objects[I].Name, ObjectId(ObjectTarget[I])});
  }
}
