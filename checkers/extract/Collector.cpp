//===- Collector.cpp - finds what a unit owns with AST matchers -----------===//

#include "extract/Collector.h"
#include "clang/AST/Attr.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"

using namespace bootorder;
using namespace clang;
using namespace clang::ast_matchers;

namespace {

const internal::VariadicDynCastAllOfMatcher<Decl, FileScopeAsmDecl>
    fileScopeAsmDecl;

AST_MATCHER(FunctionDecl, hasParsedBody) {
  return Node.doesThisDeclarationHaveABody() && !Node.hasSkippedBody();
}
AST_MATCHER(VarDecl, definesStorage) {
  return Node.hasGlobalStorage() && !Node.isStaticLocal() &&
         Node.isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
}
AST_MATCHER(NamedDecl, isAlias) { return Node.hasAttr<AliasAttr>(); }

class Callback : public MatchFinder::MatchCallback {
public:
  Callback(UnitContext &Unit, OwnedDeclarations &Out) : Unit(Unit), Out(Out) {}

  void run(const MatchFinder::MatchResult &Match) override {
    if (const auto *F = Match.Nodes.getNodeAs<FunctionDecl>("function"))
      addFunction(*F);
    if (const auto *V = Match.Nodes.getNodeAs<VarDecl>("object"))
      addObject(*V);
    if (const auto *A = Match.Nodes.getNodeAs<NamedDecl>("alias"))
      Out.Aliases.push_back(A);
    if (const auto *A = Match.Nodes.getNodeAs<FileScopeAsmDecl>("asm"))
      Out.Asms.push_back(A);
  }

private:
  void addFunction(const FunctionDecl &F) {
    if (isHeaderFunction(F, Unit))
      Out.HeaderFunctions.push_back(&F);
    else
      Out.Functions.push_back(&F);
  }

  /// Tentative definitions repeat; one of them, or the real one, is kept.
  void addObject(const VarDecl &V) {
    const VarDecl *Acting = V.getDefinition();
    if (!Acting)
      Acting = const_cast<VarDecl &>(V).getActingDefinition();
    if (!Acting || Acting == &V)
      Out.Objects.push_back(&V);
  }

  UnitContext &Unit;
  OwnedDeclarations &Out;
};

} // namespace

OwnedDeclarations bootorder::collectDeclarations(UnitContext &Unit) {
  OwnedDeclarations Out;
  Callback Handler(Unit, Out);
  MatchFinder Finder;
  Finder.addMatcher(functionDecl(hasParsedBody()).bind("function"), &Handler);
  Finder.addMatcher(varDecl(definesStorage()).bind("object"), &Handler);
  Finder.addMatcher(namedDecl(isAlias()).bind("alias"), &Handler);
  Finder.addMatcher(fileScopeAsmDecl().bind("asm"), &Handler);
  for (Decl *D : Unit.Ast.getTranslationUnitDecl()->decls())
    Finder.match(*D, Unit.Ast);
  return Out;
}
