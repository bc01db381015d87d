//===- Naming.cpp - Clang's declarations and places as module entries -----===//

#include "extract/Naming.h"
#include "extract/DeferredBodies.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Lex/Lexer.h"

using namespace bootorder;
using namespace clang;

Location Naming::location(SourceLocation Loc) {
  if (Loc.isInvalid())
    return {};
  auto [File, Offset] =
      Unit.Sources.getDecomposedLoc(Unit.Sources.getExpansionLoc(Loc));
  StringId Path = file(File);
  if (!Path.isValid())
    return {};
  return {Path, Unit.Sources.getLineNumber(File, Offset),
          Unit.Sources.getColumnNumber(File, Offset)};
}

StringId Naming::file(FileID File) {
  auto [It, IsNew] = Files.try_emplace(File);
  if (IsNew)
    It->second = Facts.optionalString(Unit.path(File));
  return It->second;
}

StringId Naming::file(SourceLocation Loc) {
  return file(Unit.Sources.getFileID(Unit.Sources.getExpansionLoc(Loc)));
}

/// Name of the macro whose body \p Loc is in, without the line splices that
/// may stand before it.
static llvm::StringRef macroName(SourceLocation Loc, SourceManager &Sources,
                                 const LangOptions &Language) {
  return Lexer::getImmediateMacroName(Loc, Sources, Language)
      .ltrim("\\ \t\r\n");
}

MacroId Naming::macro(SourceLocation Loc) {
  llvm::SmallVector<SourceLocation, 8> Expansions;
  SourceManager &Sources = Unit.Sources;
  while (Loc.isMacroID()) {
    if (Sources.isMacroArgExpansion(Loc)) {
      Loc = Sources.getImmediateSpellingLoc(Loc);
      continue;
    }
    Expansions.push_back(Loc);
    Loc = Sources.getImmediateExpansionRange(Loc).getBegin();
  }
  MacroId Parent;
  for (SourceLocation Expansion : llvm::reverse(Expansions)) {
    llvm::StringRef Name =
        macroName(Expansion, Sources, Unit.Ast.getLangOpts());
    SourceLocation Written =
        Sources.getImmediateExpansionRange(Expansion).getBegin();
    Parent = Facts.macro({Facts.string(Name),
                          location(Sources.getSpellingLoc(Written)), Parent});
  }
  return Parent;
}

StringId Naming::spelling(const clang::Expr &E) {
  SourceManager &Sources = Unit.Sources;
  SourceLocation Begin = E.getBeginLoc(), End = E.getEndLoc();
  llvm::StringRef Name;
  while (Begin.isMacroID() && End.isMacroID()) {
    if (Sources.isMacroArgExpansion(Begin) &&
        Sources.isMacroArgExpansion(End)) {
      Begin = Sources.getImmediateSpellingLoc(Begin);
      End = Sources.getImmediateSpellingLoc(End);
      continue;
    }
    SourceLocation Before, After;
    if (Sources.getFileID(Begin) != Sources.getFileID(End) ||
        !Sources.isAtStartOfImmediateMacroExpansion(Begin, &Before))
      break;
    Name = macroName(Begin, Sources, Unit.Ast.getLangOpts());
    After = Sources.getImmediateExpansionRange(End).getEnd();
    if (!Lexer::isAtEndOfMacroExpansion(End, Sources, Unit.Ast.getLangOpts()) &&
        !Sources.isAtEndOfImmediateMacroExpansion(End))
      break;
    Begin = Before;
    End = After;
  }
  return Facts.optionalString(Name);
}

SignatureId Naming::signature(const FunctionDecl &F) {
  Signature S;
  S.Result = type(F.getReturnType());
  for (const ParmVarDecl *P : F.parameters())
    S.Params.push_back(type(P->getOriginalType()));
  S.IsVariadic = F.isVariadic();
  return Facts.signature(std::move(S));
}

/// Whether this declaration itself says noreturn, not one before it.
static bool saysNoReturn(const FunctionDecl &F) {
  if (F.hasAttr<C11NoReturnAttr>())
    return true;
  const TypeSourceInfo *Written = F.getTypeSourceInfo();
  QualType T = Written ? Written->getType() : F.getType();
  const auto *Function = T->getAs<clang::FunctionType>();
  return Function && Function->getNoReturnAttr();
}

/// Whether this declaration itself says weak, not one before it.
static bool saysWeak(const Decl &D) {
  const auto *Weak = D.getAttr<WeakAttr>();
  return Weak && !Weak->isInherited();
}

/// A function is weak or noreturn if any declaration that the unit reads says
/// so. A header function says it of no other: which declarations are read
/// beside it differs between units, and linking joins them anyway.
void Naming::addFlags(Symbol &S, const FunctionDecl &F) {
  if (Kind == ModuleKind::HeaderFunction && S.Linkage == LinkageKind::External)
    return;
  for (const FunctionDecl *Declared : F.redecls()) {
    if (!Unit.isRead(Declared->getLocation()))
      continue;
    S.IsWeak |= saysWeak(*Declared);
    S.IsNoReturn |= saysNoReturn(*Declared);
  }
}

SymbolId Naming::function(const FunctionDecl &F) {
  const FunctionDecl &Canonical = *F.getCanonicalDecl();
  if (auto Found = Symbols.find(&Canonical); Found != Symbols.end())
    return Found->second;
  const FunctionDecl *Definition = F.getDefinition();
  const FunctionDecl &Named = Definition ? *Definition : Canonical;
  Symbol S;
  S.Name = Facts.string(Unit.stableName(Named));
  S.HeaderKey = Unit.headerKey(F);
  if (S.HeaderKey)
    S.Linkage = LinkageKind::Header;
  else if (!Named.isExternallyVisible())
    S.Linkage = LinkageKind::Internal;
  else
    S.IsGnuInline = Definition && isForInliningOnly(*Definition);
  if (Definition && S.Linkage != LinkageKind::External)
    S.File = file(Definition->getLocation());
  addFlags(S, F);
  S.IsBuiltin = F.getBuiltinID() != 0 && F.getName().starts_with("__builtin");
  S.Signature = signature(F);
  SymbolId Result = Facts.symbol(S);
  Symbols[&Canonical] = Result;
  return Result;
}

/// A static local belongs to its function; where it is written tells apart
/// locals of one name.
void Naming::nameLocal(Symbol &S, const VarDecl &V) {
  S.Linkage = LinkageKind::Local;
  S.Ordinal =
      Unit.Sources.getFileOffset(Unit.Sources.getExpansionLoc(V.getLocation()));
  if (const auto *Owner =
          dyn_cast_or_null<FunctionDecl>(V.getParentFunctionOrMethod())) {
    S.Owner = function(*Owner);
    S.HeaderKey = Facts[S.Owner].HeaderKey;
  }
}

SymbolId Naming::object(const VarDecl &V) {
  const VarDecl &Canonical = *V.getCanonicalDecl();
  if (auto Found = Symbols.find(&Canonical); Found != Symbols.end())
    return Found->second;
  Symbol S;
  S.Kind = SymbolKind::Object;
  std::string Name = Unit.stableName(Canonical);
  S.Name = Facts.string(Name);
  if (V.isStaticLocal()) {
    nameLocal(S, V);
  } else if (!V.isExternallyVisible()) {
    S.Linkage = LinkageKind::Internal;
    S.File = file(Canonical.getLocation());
    if (llvm::StringRef(Name).contains('#'))
      S.Ordinal = Unit.Sources.getFileOffset(
          Unit.Sources.getExpansionLoc(V.getLocation()));
  }
  for (const VarDecl *Declared : V.redecls())
    S.IsWeak |= Kind == ModuleKind::Unit && saysWeak(*Declared) &&
                Unit.isRead(Declared->getLocation());
  SymbolId Result = Facts.symbol(S);
  Symbols[&Canonical] = Result;
  return Result;
}

/// The function of the prelude that is called \p Name; null if there is none.
static const FunctionDecl *preludeFunction(llvm::StringRef Name,
                                           const UnitContext &Unit) {
  uint32_t Known = Unit.Prelude->function(Name);
  if (Known != MacroEvent::None)
    return preludeFunction(Unit.Prelude->Table.Functions[Known], Unit.Ast);
  if (!Unit.Prelude->isOpenStatic(Name))
    return nullptr;
  // Rare, and dear: all of the prelude is loaded.
  TranslationUnitDecl &Top = *Unit.Ast.getTranslationUnitDecl();
  Top.setHasExternalLexicalStorage();
  for (const Decl *D : Top.decls())
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      if (F->getIdentifier() && F->getName() == Name)
        return F;
  return nullptr;
}

/// The static function \p Name of the unit; null if there is none.
static const FunctionDecl *staticFunction(llvm::StringRef Name,
                                          UnitContext &Unit) {
  auto IsOurs = [&](const FunctionDecl *F) {
    return F && !F->isExternallyVisible() && Unit.isRead(F->getLocation());
  };
  TranslationUnitDecl &Top = *Unit.Ast.getTranslationUnitDecl();
  const IdentifierInfo *Identifier = &Unit.Ast.Idents.get(Name);
  for (const NamedDecl *D :
       Unit.Prelude ? Top.noload_lookup(Identifier) : Top.lookup(Identifier))
    if (const auto *F = dyn_cast<FunctionDecl>(D); IsOurs(F))
      return F;
  const FunctionDecl *F = Unit.Prelude ? preludeFunction(Name, Unit) : nullptr;
  return IsOurs(F) ? F : nullptr;
}

SymbolId Naming::assemblerCallee(llvm::StringRef Name) {
  if (const FunctionDecl *F = staticFunction(Name, Unit))
    return function(*F);
  Symbol S;
  S.Name = Facts.string(Name);
  return Facts.symbol(S);
}

/// The member of \p Outer that has type \p R, if R is unnamed.
static const FieldDecl *memberOfType(const RecordDecl &Outer,
                                     const RecordDecl &R) {
  for (const FieldDecl *F : Outer.fields()) {
    const clang::Type *T = F->getType()->getBaseElementTypeUnsafe();
    if (T->getAsRecordDecl() == &R ||
        (T->isPointerType() && T->getPointeeType()->getAsRecordDecl() == &R))
      return F;
  }
  return nullptr;
}

std::string Naming::recordName(const RecordDecl &R) {
  if (const IdentifierInfo *Name = R.getIdentifier())
    return Name->getName().str();
  if (const TypedefNameDecl *Typedef = R.getTypedefNameForAnonDecl())
    return Typedef->getName().str();
  if (auto Found = Records.find(&R); Found != Records.end())
    return Found->second;
  std::string Result;
  if (const auto *Outer = dyn_cast<RecordDecl>(R.getLexicalParent())) {
    const FieldDecl *Member = memberOfType(*Outer, R);
    Result = recordName(*Outer);
    if (Member && !Member->isAnonymousStructOrUnion())
      Result += "::" + Member->getName().str();
  } else {
    Location Loc = location(R.getLocation());
    Result = (Facts.str(Loc.File) + ":" + llvm::Twine(Loc.Line)).str();
  }
  Records[&R] = Result;
  return Result;
}

/// Whether \p F shares its storage: see Field. An unnamed record is only where
/// it is written.
static bool isInUnion(const FieldDecl &F) {
  const RecordDecl *R = F.getParent();
  while (R && !R->isUnion()) {
    bool IsNamed = R->getIdentifier() || R->getTypedefNameForAnonDecl();
    R = IsNamed ? nullptr : dyn_cast<RecordDecl>(R->getLexicalParent());
  }
  return R != nullptr;
}

FieldId Naming::field(const FieldDecl &F) {
  auto [It, IsNew] = Fields.try_emplace(&F);
  if (IsNew)
    It->second =
        Facts.field(recordName(*F.getParent()), F.getName(), isInUnion(F));
  return It->second;
}

static TypeKind typeKind(QualType T) {
  if (T->isVoidType())
    return TypeKind::Void;
  if (T->isBooleanType())
    return TypeKind::Bool;
  if (T->isEnumeralType())
    return TypeKind::Enum;
  if (T->isIntegerType())
    return TypeKind::Integer;
  if (T->isFunctionPointerType() || T->isFunctionType()) // a parameter decays
    return TypeKind::FunctionPointer;
  if (T->isPointerType())
    return TypeKind::Pointer;
  if (T->isRecordType())
    return TypeKind::Record;
  if (T->isArrayType())
    return TypeKind::Array;
  return TypeKind::Floating;
}

bootorder::Type Naming::type(QualType T) {
  bootorder::Type Result;
  if (T.isNull())
    return Result;
  T = T.getUnqualifiedType();
  if (T->isArrayType())
    T = QualType(T->getBaseElementTypeUnsafe(), 0);
  Result.Kind = typeKind(T);
  if (T->isIntegralOrEnumerationType() || T->isPointerType()) {
    if (!T->isDependentType() && !T->isIncompleteType())
      Result.Bits = std::min<uint64_t>(Unit.Ast.getTypeSize(T), 255);
    Result.IsSigned = T->isSignedIntegerOrEnumerationType();
  }
  QualType Pointee = T;
  while (Pointee->isPointerType() && !isa<TypedefType>(Pointee))
    Pointee = Pointee->getPointeeType();
  if (const auto *Typedef = Pointee->getAs<TypedefType>())
    Result.Name = Facts.string(Typedef->getDecl()->getName());
  else if (const RecordDecl *R = Pointee->getAsRecordDecl())
    Result.Name = Facts.optionalString(recordName(*R));
  else if (const auto *E = Pointee->getAs<EnumType>())
    Result.Name = Facts.optionalString(E->getDecl()->getName());
  return Result;
}
