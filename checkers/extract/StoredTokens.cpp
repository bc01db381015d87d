//===- StoredTokens.cpp - tokens that outlive their parse -----------------===//

#include "extract/StoredTokens.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Serialization/ASTReader.h"

using namespace bootorder;
using namespace clang;

/// What \p Token says; empty if its kind says it all.
static llvm::StringRef wordOf(const Token &Token) {
  if (const IdentifierInfo *Name = Token.getIdentifierInfo())
    return Name->getName();
  if (Token.isLiteral() && Token.getLiteralData())
    return {Token.getLiteralData(), Token.getLength()};
  return {};
}

StoredToken TokenKeeper::store(const Token &Token) {
  StoredToken Result;
  Result.Location = Token.getLocation().getRawEncoding();
  Result.Length = Token.getLength();
  Result.Kind = Token.getKind();
  Result.Flags = Token.getFlags();
  llvm::StringRef Word = wordOf(Token);
  if (Word.empty())
    return Result;
  auto [It, IsNew] = Known.try_emplace(Word, Kept.Words.size());
  if (IsNew)
    Kept.Words.push_back(Word.str());
  Result.Word = It->second;
  return Result;
}

std::vector<Token> bootorder::loadTokens(llvm::ArrayRef<StoredToken> Tokens,
                                         llvm::ArrayRef<std::string> Words,
                                         Preprocessor &PP, ASTReader &Reader,
                                         serialization::ModuleFile &Module) {
  std::vector<Token> Result;
  Result.reserve(Tokens.size());
  for (const StoredToken &Stored : Tokens) {
    Token Token;
    Token.startToken();
    Token.setKind(static_cast<tok::TokenKind>(Stored.Kind));
    Token.setFlag(static_cast<Token::TokenFlags>(Stored.Flags));
    Token.setLocation(Reader.TranslateSourceLocation(
        Module, SourceLocation::getFromRawEncoding(Stored.Location)));
    Token.setLength(Stored.Length);
    if (Stored.Word == StoredToken::None) {
      Result.push_back(Token);
      continue;
    }
    const std::string &Word = Words[Stored.Word];
    if (Token.isLiteral())
      Token.setLiteralData(Word.c_str());
    else
      Token.setIdentifierInfo(PP.getIdentifierInfo(Word));
    Result.push_back(Token);
  }
  return Result;
}
