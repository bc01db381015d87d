//===- ParsedUnit.cpp - facts of a unit that somebody else has parsed -----===//

#include "extract/ParsedUnit.h"
#include "extract/UnitLowering.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace clang;

namespace {

/// Bodies of header functions, by key.
using HeaderBodies = llvm::DenseMap<uint64_t, const FunctionDecl *>;

} // namespace

/// Numbers the header functions of the unit.
static HeaderBodies numberHeaders(UnitContext &Unit) {
  HeaderBodies Bodies;
  for (const Decl *D : Unit.Ast.getTranslationUnitDecl()->decls()) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || !F->doesThisDeclarationHaveABody() || !isHeaderFunction(*F, Unit))
      continue;
    uint64_t Key = Bodies.size() + 1;
    Unit.HeaderKeys[F] = Key;
    Bodies[Key] = F;
  }
  return Bodies;
}

/// The bodies of \p Keys, and of what they name in turn.
static std::vector<HeaderFacts> lowerHeaders(std::vector<uint64_t> Keys,
                                             const HeaderBodies &Bodies,
                                             UnitContext &Unit) {
  std::vector<HeaderFacts> Headers;
  llvm::DenseSet<uint64_t> Seen(Keys.begin(), Keys.end());
  while (!Keys.empty()) {
    uint64_t Key = Keys.back();
    Keys.pop_back();
    const FunctionDecl *F = Bodies.lookup(Key);
    if (!F)
      continue;
    Headers.push_back(lowerHeaderFunction(*F, Key, Unit));
    for (uint64_t Named : headerKeysIn(Headers.back().Module))
      if (Seen.insert(Named).second)
        Keys.push_back(Named);
  }
  llvm::sort(Headers, [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  });
  return Headers;
}

ParsedUnit bootorder::lowerParsedUnit(ASTContext &Ast,
                                      llvm::StringRef Directory,
                                      llvm::StringRef SourceRoot) {
  UnitContext Unit(Ast, Directory.str(), SourceRoot.str());
  HeaderBodies Bodies = numberHeaders(Unit);
  OwnedDeclarations Owned = collectDeclarations(Unit);
  llvm::erase_if(Owned.Functions, [&](const FunctionDecl *F) {
    return Unit.HeaderKeys.count(F) != 0;
  });
  ParsedUnit Parsed;
  Parsed.Facts.Source = Unit.mainPath().str();
  lowerOwned(Owned, Unit, Parsed.Facts);
  Parsed.Headers = lowerHeaders(Parsed.Facts.HeaderKeys, Bodies, Unit);
  return Parsed;
}
