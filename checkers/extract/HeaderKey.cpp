//===- HeaderKey.cpp - content keys of header functions -------------------===//

#include "extract/HeaderKey.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using namespace clang;

static uint64_t mix(uint64_t Hash, uint64_t Value) {
  Hash ^= Value + 0x9e3779b97f4a7c15 + (Hash << 12) + (Hash >> 4);
  return Hash * 0xff51afd7ed558ccd;
}

void HeaderKeyer::addText(llvm::StringRef Text) {
  Hash = mix(Hash, llvm::xxh3_64bits(Text));
}

/// A macro that the command line defines as one string, such as
/// KBUILD_MODNAME: it names the unit, and no fact depends on it.
static bool isCommandLineString(const MacroInfo &Macro,
                                SourceManager &Sources) {
  return Macro.getNumTokens() == 1 &&
         tok::isStringLiteral(Macro.getReplacementToken(0).getKind()) &&
         Sources.isWrittenInCommandLineFile(Macro.getDefinitionLoc());
}

uint64_t HeaderKeyer::definitionHash(const MacroInfo &Macro) {
  if (isCommandLineString(Macro, Unit.Sources))
    return 3;
  uint64_t Result = mix(Macro.isFunctionLike(), Macro.getNumParams());
  llvm::SmallString<64> Buffer;
  for (const Token &Token : Macro.tokens()) {
    Result = mix(Result, Token.getKind());
    if (const IdentifierInfo *Name = Token.getIdentifierInfo()) {
      Result = mix(Result, llvm::xxh3_64bits(Name->getName()));
      Result = mix(Result, macroHash(Name));
    } else if (Token.isLiteral()) {
      Result = mix(Result, llvm::xxh3_64bits(PP.getSpelling(Token, Buffer)));
    }
  }
  return Result;
}

uint64_t HeaderKeyer::macroHash(const IdentifierInfo *Name) {
  auto [It, IsNew] = MacroHashes.try_emplace(Name, 1);
  if (!IsNew)
    return It->second;
  const MacroInfo *Macro = PP.getMacroInfo(Name);
  uint64_t Result = 2; // not a macro, or one the compiler supplies
  if (Macro && !Macro->isBuiltinMacro())
    Result = definitionHash(*Macro);
  MacroHashes[Name] = Result;
  return Result;
}

void HeaderKeyer::macroChanged(const IdentifierInfo *Name) {
  if (MacroHashes.count(Name))
    MacroHashes.clear();
}

void HeaderKeyer::addToken(const Token &Token) {
  Hash = mix(Hash, Token.getKind());
  if (const IdentifierInfo *Name = Token.getIdentifierInfo()) {
    addText(Name->getName());
    Hash = mix(Hash, macroHash(Name));
  } else if (Token.isLiteral()) {
    addText(llvm::StringRef(Token.getLiteralData(), Token.getLength()));
  }
}

namespace {

/// Finds the end of a definition in raw tokens: the brace that closes the
/// body, or a semicolon before any body (a macro wrote the whole function).
class EndFinder {
public:
  /// Whether \p Token is the last one.
  bool isLast(const Token &Token, llvm::StringRef Directive) {
    if (!Directive.empty()) {
      followDirective(Directive);
      return false;
    }
    switch (Token.getKind()) {
    case tok::l_paren:
      ++Parens;
      return false;
    case tok::r_paren:
      --Parens;
      return false;
    case tok::l_brace:
      ++Braces;
      return false;
    case tok::r_brace:
      return --Braces <= 0;
    case tok::semi:
      return Braces == 0 && Parens <= 0;
    default:
      return false;
    }
  }

private:
  /// Both arms of a conditional may open a brace that is closed once.
  void followDirective(llvm::StringRef Name) {
    if (Name == "if" || Name == "ifdef" || Name == "ifndef")
      Outer.push_back(Braces);
    else if ((Name == "else" || Name.starts_with("elif")) && !Outer.empty())
      Braces = Outer.back();
    else if (Name == "endif" && !Outer.empty())
      Outer.pop_back();
  }

  int Parens = 0, Braces = 0;
  llvm::SmallVector<int, 4> Outer;
};

} // namespace

void HeaderKeyer::addTokensOf(const FunctionDecl &F) {
  SourceLocation Begin = Unit.Sources.getExpansionLoc(F.getBeginLoc());
  auto [File, Offset] = Unit.Sources.getDecomposedLoc(Begin);
  llvm::StringRef Buffer = Unit.Sources.getBufferData(File);
  Lexer Raw(Unit.Sources.getLocForStartOfFile(File), PP.getLangOpts(),
            Buffer.begin(), Buffer.begin() + Offset, Buffer.end());
  EndFinder End;
  Token Token;
  bool AfterHash = false;
  while (true) {
    bool IsEnd = Raw.LexFromRawLexer(Token);
    llvm::StringRef Directive;
    if (Token.is(tok::raw_identifier)) {
      PP.LookUpIdentifierInfo(Token);
      if (AfterHash)
        Directive = Token.getIdentifierInfo()->getName();
    }
    AfterHash = Token.is(tok::hash) && Token.isAtStartOfLine();
    addToken(Token);
    if (IsEnd || Token.is(tok::eof) || End.isLast(Token, Directive))
      return;
  }
}

uint64_t HeaderKeyer::keyOf(const FunctionDecl &F) {
  SourceLocation Begin = Unit.Sources.getExpansionLoc(F.getBeginLoc());
  auto [File, Offset] = Unit.Sources.getDecomposedLoc(Begin);
  Hash = Offset;
  addText(Unit.path(File));
  Hash = mix(Hash, Unit.Sources.getLineNumber(File, Offset));
  addText(F.getName());
  addTokensOf(F);
  return Hash ? Hash : 1;
}
