//===- Collector.cpp - finds what a unit owns with AST matchers -----------===//

#include "extract/Collector.h"
#include "clang/AST/Attr.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Serialization/ASTReader.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace clang;
using namespace clang::ast_matchers;

namespace {

const internal::VariadicDynCastAllOfMatcher<Decl, FileScopeAsmDecl>
    fileScopeAsmDecl;

AST_MATCHER(FunctionDecl, hasParsedBody) {
  return Node.doesThisDeclarationHaveABody() && !Node.hasSkippedBody();
}
/// A variable that lives in a register has none: nobody knows what is in it.
AST_MATCHER(VarDecl, definesStorage) {
  return Node.hasGlobalStorage() && !Node.isStaticLocal() &&
         Node.getStorageClass() != SC_Register &&
         Node.isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
}
AST_MATCHER(NamedDecl, isAlias) { return Node.hasAttr<AliasAttr>(); }

class Callback : public MatchFinder::MatchCallback {
public:
  Callback(OwnedDeclarations &Out) : Out(Out) {}

  void run(const MatchFinder::MatchResult &Match) override {
    if (const auto *F = Match.Nodes.getNodeAs<FunctionDecl>("function"))
      Out.Functions.push_back(F);
    if (const auto *V = Match.Nodes.getNodeAs<VarDecl>("object"))
      addObject(*V);
    if (const auto *A = Match.Nodes.getNodeAs<NamedDecl>("alias"))
      Out.Aliases.push_back(A);
    if (const auto *A = Match.Nodes.getNodeAs<FileScopeAsmDecl>("asm"))
      Out.Asms.push_back(A);
  }

private:
  /// Tentative definitions repeat; one of them, or the real one, is kept.
  void addObject(const VarDecl &V) {
    const VarDecl *Acting = V.getDefinition();
    if (!Acting)
      Acting = const_cast<VarDecl &>(V).getActingDefinition();
    if (!Acting || Acting == &V)
      Out.Objects.push_back(&V);
  }

  OwnedDeclarations &Out;
};

} // namespace

SourceLocation bootorder::placeOf(const Decl &D) {
  if (const auto *A = dyn_cast<FileScopeAsmDecl>(&D))
    return A->getAsmLoc();
  return D.getLocation();
}

/// Puts what headers declare first, sorted.
template <typename D>
static void order(std::vector<const D *> &Declarations, UnitContext &Unit) {
  struct Place {
    bool IsInSource;
    llvm::StringRef Path; ///< of a header
    unsigned Offset;      ///< in it
    size_t Position;
    const D *Declared;
    bool operator<(const Place &Other) const {
      return std::tie(IsInSource, Path, Offset, Position) <
             std::tie(Other.IsInSource, Other.Path, Other.Offset,
                      Other.Position);
    }
  };
  std::vector<Place> Places;
  for (const D *Declared : Declarations) {
    Place P{true, "", 0, Places.size(), Declared};
    if (Unit.isInHeader(placeOf(*Declared))) {
      auto [File, Offset] = Unit.Sources.getDecomposedLoc(
          Unit.Sources.getExpansionLoc(placeOf(*Declared)));
      P = {false, Unit.path(File), Offset, Places.size(), Declared};
    }
    Places.push_back(P);
  }
  llvm::sort(Places);
  for (size_t I = 0; I != Places.size(); ++I)
    Declarations[I] = Places[I].Declared;
}

/// The declarations of the prelude that the unit asked for, beside its own.
static std::vector<Decl *> topLevel(UnitContext &Unit) {
  TranslationUnitDecl &Top = *Unit.Ast.getTranslationUnitDecl();
  std::vector<Decl *> All;
  if (!Unit.Replay) {
    All.assign(Top.decls_begin(), Top.decls_end());
    return All;
  }
  auto &Reader = static_cast<ASTReader &>(*Unit.Ast.getExternalSource());
  serialization::ModuleFile &Module =
      Reader.getModuleManager().getPrimaryModule();
  for (unsigned Inclusion : Unit.Replay->replayedInclusions().set_bits())
    for (uint32_t Number : Unit.Prelude->Table.Inclusions[Inclusion].Owned)
      All.push_back(Reader.GetLocalDecl(Module, LocalDeclID::get(Reader, Module, Number)));
  for (Decl *D : Top.noload_decls())
    if (!D->isFromASTFile())
      All.push_back(D);
  return All;
}

OwnedDeclarations bootorder::collectDeclarations(UnitContext &Unit) {
  OwnedDeclarations Out;
  Callback Handler(Out);
  MatchFinder Finder;
  Finder.addMatcher(functionDecl(hasParsedBody()).bind("function"), &Handler);
  Finder.addMatcher(varDecl(definesStorage()).bind("object"), &Handler);
  Finder.addMatcher(namedDecl(isAlias()).bind("alias"), &Handler);
  Finder.addMatcher(fileScopeAsmDecl().bind("asm"), &Handler);
  for (Decl *D : topLevel(Unit))
    Finder.match(*D, Unit.Ast);
  order(Out.Functions, Unit);
  order(Out.Objects, Unit);
  order(Out.Aliases, Unit);
  order(Out.Asms, Unit);
  return Out;
}
