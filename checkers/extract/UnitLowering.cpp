//===- UnitLowering.cpp - what a unit owns to facts -----------------------===//

#include "extract/UnitLowering.h"
#include "extract/AsmScanner.h"
#include "extract/FunctionLowering.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace clang;

std::vector<uint64_t> bootorder::headerKeysIn(const FactsModule &Module) {
  std::vector<uint64_t> Keys;
  for (const Symbol &S : Module.Symbols)
    if (S.Linkage == LinkageKind::Header)
      Keys.push_back(S.HeaderKey);
  llvm::sort(Keys);
  Keys.erase(std::unique(Keys.begin(), Keys.end()), Keys.end());
  return Keys;
}

static void addAlias(const NamedDecl &A, Naming &Names) {
  Alias Out;
  if (const auto *F = dyn_cast<FunctionDecl>(&A))
    Out.Symbol = Names.function(*F);
  else if (const auto *V = dyn_cast<VarDecl>(&A))
    Out.Symbol = Names.object(*V);
  else
    return;
  Out.Target = Names.Facts.string(A.getAttr<AliasAttr>()->getAliasee());
  Out.Loc = Names.location(A.getLocation());
  Names.Facts.Module.Aliases.push_back(Out);
}

static void addAsm(const FileScopeAsmDecl &A, Naming &Names) {
  AsmText Out;
  Out.Loc = Names.location(A.getAsmLoc());
  Out.Macro = Names.macro(A.getAsmLoc());
  Out.Items =
      scanAssembly(A.getAsmString()->getString(), Names.Facts,
                   Names.Unit.Ast.getTargetInfo().getTriple().getArch());
  Names.Facts.Module.Asms.push_back(std::move(Out));
}

void bootorder::lowerOwned(const OwnedDeclarations &Owned, UnitContext &Unit,
                           TuFacts &Facts) {
  FactsBuilder Builder;
  Naming Names(Unit, Builder);
  for (const FunctionDecl *F : Owned.Functions) {
    Names.KeepsStrings = !Unit.isInHeader(F->getLocation());
    lowerFunction(*F, Names);
  }
  for (const VarDecl *V : Owned.Objects) {
    Names.KeepsStrings = !Unit.isInHeader(V->getLocation());
    lowerObject(*V, Names);
  }
  for (const NamedDecl *A : Owned.Aliases)
    addAlias(*A, Names);
  for (const FileScopeAsmDecl *A : Owned.Asms)
    addAsm(*A, Names);
  for (const Function &F : Builder.Module.Functions)
    Facts.FlowLostFunctions += F.IsFlowLost;
  // Those it uses itself; their modules name the ones they use in turn.
  Facts.HeaderKeys = headerKeysIn(Builder.Module);
  Facts.Module = std::move(Builder).build();
}

HeaderFacts bootorder::lowerHeaderFunction(const FunctionDecl &F, uint64_t Key,
                                           UnitContext &Unit) {
  FactsBuilder Builder;
  Naming Names(Unit, Builder, ModuleKind::HeaderFunction);
  lowerFunction(F, Names);
  HeaderFacts Facts;
  Facts.Key = Key;
  Facts.Module = std::move(Builder).build();
  return Facts;
}
