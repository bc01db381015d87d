//===- MacroHash.cpp - what a macro means, as a number --------------------===//

#include "extract/MacroHash.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using namespace clang;

const MacroInfo *bootorder::macroInfo(const IdentifierInfo &Name,
                                      Preprocessor &PP) {
  if (Name.isOutOfDate())
    if (ExternalPreprocessorSource *Source = PP.getExternalSource())
      Source->updateOutOfDateIdentifier(Name);
  return PP.getMacroInfo(&Name);
}

/// Longest chain of macros that may stand between a name and its strings.
static constexpr unsigned MaxDepth = 8;

static bool isStringMacro(const MacroInfo &Macro, Preprocessor &PP,
                          unsigned Depth) {
  if (Macro.isFunctionLike() || Macro.isBuiltinMacro() ||
      Macro.getNumTokens() == 0 || Depth == 0)
    return false;
  return llvm::all_of(Macro.tokens(), [&](const Token &Token) {
    if (tok::isStringLiteral(Token.getKind()))
      return true;
    const IdentifierInfo *Name = Token.getIdentifierInfo();
    const MacroInfo *Inner = Name ? macroInfo(*Name, PP) : nullptr;
    return Inner && isStringMacro(*Inner, PP, Depth - 1);
  });
}

bool bootorder::isStringMacro(const MacroInfo &Macro, Preprocessor &PP) {
  return ::isStringMacro(Macro, PP, MaxDepth);
}

static uint64_t shapeHash(const MacroInfo &Macro) {
  uint64_t Shape = Macro.isFunctionLike() + 2 * Macro.isVariadic();
  return mixHash(Shape, Macro.getNumParams());
}

/// What \p Token, no string and no identifier of weight, adds to \p Hash.
static uint64_t addToken(uint64_t Hash, const Token &Token, Preprocessor &PP) {
  Hash = mixHash(Hash, Token.getKind());
  if (!Token.isLiteral())
    return Hash;
  llvm::SmallString<64> Buffer;
  return mixHash(Hash, llvm::xxh3_64bits(PP.getSpelling(Token, Buffer)));
}

/// Whether \p Name may spell an attribute.
static llvm::StringRef withoutUnderscores(llvm::StringRef Name) {
  if (Name.size() > 4 && Name.starts_with("__") && Name.ends_with("__"))
    return Name.drop_front(2).drop_back(2);
  return Name;
}

uint64_t bootorder::blindHash(const MacroInfo &Macro, Preprocessor &PP,
                              NameHash HashOf) {
  uint64_t Hash = shapeHash(Macro);
  bool IsAttribute = false;
  for (const Token &Token : Macro.tokens()) {
    if (tok::isStringLiteral(Token.getKind()))
      continue;
    IsAttribute |= Token.is(tok::kw___attribute);
    const IdentifierInfo *Name = Token.getIdentifierInfo();
    if (!Name) {
      Hash = addToken(Hash, Token, PP);
      continue;
    }
    if (int Parameter = Macro.getParameterNum(Name); Parameter >= 0) {
      Hash = mixHash(Hash, Parameter);
      continue;
    }
    const MacroInfo *Inner = macroInfo(*Name, PP);
    if (Inner && isStringMacro(*Inner, PP))
      continue;
    Hash = mixHash(Hash, HashOf(*Name, IsAttribute));
  }
  return Hash;
}

static uint64_t placeHash(SourceLocation Loc, const UnitContext &Unit) {
  auto [File, Offset] = Unit.Sources.getDecomposedLoc(Loc);
  std::string Path = Unit.absolutePath(File);
  return Path.empty() ? 0 : mixHash(llvm::xxh3_64bits(Path), Offset);
}

static uint64_t stringHash(const MacroInfo &Macro, Preprocessor &PP) {
  uint64_t Hash = 0;
  llvm::SmallString<64> Buffer;
  for (const Token &Token : Macro.tokens())
    if (tok::isStringLiteral(Token.getKind()))
      Hash = mixHash(Hash, llvm::xxh3_64bits(PP.getSpelling(Token, Buffer)));
    else if (const IdentifierInfo *Name = Token.getIdentifierInfo())
      Hash = mixHash(
          Hash, Macro.getParameterNum(Name) >= 0
                    ? 0
                    : llvm::xxh3_64bits(withoutUnderscores(Name->getName())));
    else
      Hash = mixHash(Hash, 0);
  return Hash;
}

MacroMeaning bootorder::meaningOf(const MacroInfo &Macro, Preprocessor &PP,
                                  const UnitContext &Unit) {
  bool NamesOthers = false;
  auto HashOf = [&](const IdentifierInfo &Name, bool IsAttribute) {
    NamesOthers |= !IsAttribute;
    return llvm::xxh3_64bits(IsAttribute ? withoutUnderscores(Name.getName())
                                         : Name.getName());
  };
  MacroMeaning Result;
  Result.Blind = blindHash(Macro, PP, HashOf);
  if (NamesOthers)
    Result.Blind =
        mixHash(Result.Blind, placeHash(Macro.getDefinitionLoc(), Unit));
  Result.Text = mixHash(Result.Blind, stringHash(Macro, PP));
  Result.IsFunctionLike = Macro.isFunctionLike();
  return Result;
}
