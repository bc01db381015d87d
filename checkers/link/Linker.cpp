//===- Linker.cpp - modules, dense ids and the order of the passes --------===//

#include "link/Linker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/TimeProfiler.h"
#include <thread>

using namespace bootorder;

Linker::Linker(llvm::ArrayRef<LinkUnit> Units,
               llvm::ArrayRef<const HeaderFacts *> Headers,
               const RuleSet &Rules)
    : Given(Units), Headers(Headers.begin(), Headers.end()), Rules(Rules) {}

void Linker::createModules() {
  Units.assign(Given.begin(), Given.end());
  llvm::sort(Units, [](const LinkUnit &A, const LinkUnit &B) {
    return std::tie(A.Facts->Source, A.Facts->Output) <
           std::tie(B.Facts->Source, B.Facts->Output);
  });
  llvm::sort(Headers, [](const HeaderFacts *A, const HeaderFacts *B) {
    return A->Key < B->Key;
  });
  Headers.erase(std::unique(Headers.begin(), Headers.end(),
                            [](const HeaderFacts *A, const HeaderFacts *B) {
                              return A->Key == B->Key;
                            }),
                Headers.end());
  auto Add = [this](const FactsModule &Facts) {
    ProgramModule &M = Result.Modules.emplace_back();
    M.Facts = &Facts;
    internFields(M);
  };
  for (const LinkUnit &U : Units)
    Add(U.Facts->Module);
  for (const HeaderFacts *H : Headers)
    Add(H->Module);
}

void Linker::internFields(ProgramModule &M) {
  std::vector<uint32_t> Known(M.Facts->Strings.size(), ~0u);
  auto Intern = [&](StringId S) {
    if (!S.isValid())
      return ~0u;
    if (Known[S.Value] == ~0u)
      Known[S.Value] =
          Strings
              .try_emplace(llvm::CachedHashStringRef(M.Facts->str(S)),
                           Strings.size())
              .first->second;
    return Known[S.Value];
  };
  M.Fields.reserve(M.Facts->Fields.size());
  for (const Field &F : M.Facts->Fields) {
    uint64_t Key = uint64_t(Intern(F.Record)) << 32 | Intern(F.Name);
    auto [It, IsNew] = FieldIndex.try_emplace(Key, Result.Fields.size());
    if (IsNew)
      Result.Fields.push_back({M.Facts->str(F.Record), M.Facts->str(F.Name)});
    Result.Fields[It->second].IsInUnion |= F.IsInUnion;
    M.Fields.push_back(FieldKey(It->second));
  }
}

llvm::StringRef Linker::prefixed(ModuleId M, llvm::StringRef Name) {
  if (M.Value >= Units.size() || Units[M.Value].Prefix.empty())
    return Name;
  return Result.save(Units[M.Value].Prefix + Name);
}

std::string Linker::externalName(ModuleId M, llvm::StringRef Name) const {
  return M.Value < Units.size() ? (Units[M.Value].Prefix + Name).str()
                                : Name.str();
}

uint32_t Linker::create(ModuleId M, const Symbol &S, llvm::StringRef Name) {
  if (S.Kind == SymbolKind::Object) {
    ProgramObject &O = Result.Objects.emplace_back();
    O.Name = Name;
    O.Module = M;
    ObjectDefinitions.emplace_back();
    return Result.Objects.size() - 1;
  }
  ProgramFunction &F = Result.Functions.emplace_back();
  F.Name = Name;
  F.Module = M;
  F.IsHeader = S.Linkage == LinkageKind::Header;
  FunctionDefinitions.emplace_back();
  return Result.Functions.size() - 1;
}

void Linker::note(uint32_t Id, ModuleId M, const Symbol &S) {
  if (S.Kind == SymbolKind::Object)
    return;
  ProgramFunction &F = Result.Functions[Id];
  F.IsNoReturn |= S.IsNoReturn;
  F.IsBuiltin |= S.IsBuiltin;
  if (F.Module == M && !F.Signature.isValid())
    F.Signature = S.Signature;
}

uint32_t Linker::numberShared(ModuleId M, const Symbol &S, bool &IsNew) {
  llvm::StringRef Name = Result.Modules[M.Value].Facts->str(S.Name);
  bool IsFunction = S.Kind == SymbolKind::Function;
  uint32_t *Slot;
  if (S.Linkage == LinkageKind::External) {
    Name = prefixed(M, Name);
    auto &Names = IsFunction ? ExternalFunctions : ExternalObjects;
    auto [It, Inserted] = Names.try_emplace(Name, 0);
    IsNew = Inserted;
    Slot = &It->second;
  } else if (IsFunction) {
    auto [It, Inserted] = HeaderFunctions.try_emplace(S.HeaderKey, 0);
    IsNew = Inserted;
    Slot = &It->second;
  } else {
    auto [It, Inserted] =
        HeaderObjects.try_emplace({S.HeaderKey, Name, S.Ordinal}, 0);
    IsNew = Inserted;
    Slot = &It->second;
  }
  if (IsNew)
    *Slot = create(M, S, Name);
  return *Slot;
}

uint32_t Linker::number(ModuleId M, SymbolId Id) {
  const FactsModule &Facts = *Result.Modules[M.Value].Facts;
  const Symbol &S = Facts[Id];
  bool IsShared = S.Linkage == LinkageKind::External || S.HeaderKey != 0;
  bool IsNew = false;
  uint32_t Number =
      IsShared ? numberShared(M, S, IsNew) : create(M, S, Facts.str(S.Name));
  note(Number, M, S);
  if (!IsShared && M.Value < Units.size() &&
      !(Facts.Asms.empty() && Facts.Aliases.empty()))
    LocalNames[M.Value].try_emplace(Facts.str(S.Name), Id);
  return Number;
}

void Linker::numberSymbols() {
  LocalNames.resize(Units.size());
  for (uint32_t I = 0; I < Result.Modules.size(); ++I) {
    ProgramModule &M = Result.Modules[I];
    M.Symbols.reserve(M.Facts->Symbols.size());
    for (uint32_t S = 0; S < M.Facts->Symbols.size(); ++S)
      M.Symbols.push_back(number(ModuleId(I), SymbolId(S)));
  }
}

void Linker::countReferences() {
  Result.References.resize(Result.Functions.size());
  for (const ProgramFunction &F : Result.Functions) {
    const ProgramModule &M = Result[F.Module];
    for (const AsmReference &R : F.AsmBody)
      if (R.Function.isValid())
        ++Result.References[R.Function.Value].Mentions;
    if (!F.Body)
      continue;
    for (const Expr &E : F.Body->Exprs.Nodes)
      if (E.Kind == ExprKind::Function)
        ++Result.References[M.Symbols[E.Value]].Mentions;
    for (const Event &E : F.Body->Events) {
      if (E.Kind != EventKind::Call || !E.Target.isValid() ||
          F.Body->Exprs[E.Target].Kind != ExprKind::Function)
        continue;
      ReferenceCount &Count =
          Result.References[M.Symbols[F.Body->Exprs[E.Target].Value]];
      ++Count.DirectCalls;
      Count.Mentions -= Count.Mentions != 0;
    }
  }
  for (const ProgramObject &O : Result.Objects)
    if (O.Definition)
      for (const Expr &E : O.Definition->Exprs.Nodes)
        if (E.Kind == ExprKind::Function)
          ++Result.References[Result[O.Module].Symbols[E.Value]].Mentions;
}

Program Linker::take() && {
  Result.Ledger.Duplicates.assign(Duplicates.begin(), Duplicates.end());
  for (uint64_t Key : WantedKeys)
    Result.Ledger.MissingHeaderKeys.push_back(Key);
  Result.indexNames(FunctionAliases, ObjectAliases);
  for (const ProgramFunction &F : Result.Functions)
    if (F.Body)
      for (const Expr &E : F.Body->Exprs.Nodes)
        if (E.IsPointer && E.Bits) {
          Result.PointerBits = E.Bits;
          return std::move(Result);
        }
  return std::move(Result);
}

Program bootorder::link(llvm::ArrayRef<LinkUnit> Units,
                        llvm::ArrayRef<const HeaderFacts *> Headers,
                        const RuleSet &Rules) {
  llvm::TimeTraceScope Timed("link");
  Linker L(Units, Headers, Rules);
  L.createModules();
  L.numberSymbols();
  L.chooseBodies();
  L.readAssembly();
  L.resolveAliases();
  L.markAssemblyVariables();
  L.markCopies();
  // Both only read what is linked, and write what the other does not look at.
  std::thread Counting([&L] { L.countReferences(); });
  L.fillTables();
  Counting.join();
  return std::move(L).take();
}
