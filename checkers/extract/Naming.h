//===- Naming.h - Clang's declarations and places as entries of a module --===//

#ifndef BOOTORDER_EXTRACT_NAMING_H
#define BOOTORDER_EXTRACT_NAMING_H

#include "extract/UnitContext.h"

namespace bootorder {

enum class ModuleKind { Unit, HeaderFunction };

/// Interns what one module refers to. A header function has a module, and so
/// a Naming, of its own.
class Naming {
public:
  Naming(UnitContext &Unit, FactsBuilder &Facts,
         ModuleKind Kind = ModuleKind::Unit)
      : Unit(Unit), Facts(Facts), Kind(Kind),
        KeepsStrings(Kind == ModuleKind::Unit) {}

  UnitContext &Unit;
  FactsBuilder &Facts;
  const ModuleKind Kind;
  /// False while something written in a header is lowered. Macros that name
  /// the unit (KBUILD_MODNAME, pr_fmt) end up in such strings, and what a
  /// header says must not depend on the unit that includes it.
  bool KeepsStrings;

  SymbolId function(const clang::FunctionDecl &F);
  /// A global, a static local or an extern declaration.
  SymbolId object(const clang::VarDecl &V);
  /// A function that assembly calls: a static of this unit, else external.
  /// What C declares as an array of code is called all the same.
  SymbolId assemblerCallee(llvm::StringRef Name);

  FieldId field(const clang::FieldDecl &F);
  /// Name of a record type as in model/Symbol.h, Field.
  std::string recordName(const clang::RecordDecl &R);

  Type type(clang::QualType T);
  /// Where \p Loc's outermost expansion is written; nowhere if that is no file
  /// but the command line or text pasted together.
  Location location(clang::SourceLocation Loc);
  /// The macro expansions around \p Loc, innermost first; none if plain.
  MacroId macro(clang::SourceLocation Loc);
  /// Name of the outermost macro that spells exactly \p E: `GFP_KERNEL`.
  StringId spelling(const clang::Expr &E);

private:
  SignatureId signature(const clang::FunctionDecl &F);
  /// File of \p Loc's outermost expansion; cheaper than location().
  StringId file(clang::SourceLocation Loc);
  StringId file(clang::FileID File);
  void addFlags(Symbol &S, const clang::FunctionDecl &F);
  void nameLocal(Symbol &S, const clang::VarDecl &V);

  llvm::DenseMap<const clang::Decl *, SymbolId> Symbols;
  llvm::DenseMap<const clang::FieldDecl *, FieldId> Fields;
  llvm::DenseMap<const clang::RecordDecl *, std::string> Records;
  llvm::DenseMap<clang::FileID, StringId> Files;
};

} // namespace bootorder

#endif
