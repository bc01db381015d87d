//===- DeferredBodies.cpp - bodies that wait until somebody needs them ----===//

#include "extract/DeferredBodies.h"
#include "extract/MacroHash.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Serialization/ASTReader.h"

using namespace bootorder;
using namespace clang;

void DeferredBodies::token(const Token &Token) {
  if (Token.isAnnotation() || IsCollecting)
    return; // a pragma makes no facts
  Last = Token;
  if (Braces == 0)
    return;
  if (IsKept)
    Bodies.back().Tokens.push_back(Token);
  Braces += Token.is(tok::l_brace);
  Braces -= Token.is(tok::r_brace);
  if (Braces == 0)
    Unit.Body = 0;
}

/// Moves the lexer to the brace that closes \p Text. False if it does not stand
/// behind the one that opens it.
bool DeferredBodies::jump(const BodyText &Text) {
  auto *Current = static_cast<Lexer *>(PP.getCurrentLexer());
  bool IsAtBody = Text.IsPlain && Text.End > Text.Begin && Current &&
                  Current->getFileID() == Text.File &&
                  Current->getCurrentBufferOffset() == Text.Begin + 1;
  if (IsAtBody)
    Current->seek(Text.End, Text.BeginsLine);
  return IsAtBody;
}

/// Appends the tokens up to the brace that closes the body, which is left to
/// the parser, to \p Tokens. Macros are not replaced.
void DeferredBodies::collect(std::vector<Token> &Tokens) {
  IsCollecting = true;
  Token Token;
  unsigned Open = 1;
  do {
    PP.LexUnexpandedToken(Token);
    if (Token.isAnnotation())
      continue;
    // The text of a macro never has that macro replaced.
    if (const IdentifierInfo *Name = Token.getIdentifierInfo())
      if (const MacroInfo *Macro = macroInfo(*Name, PP);
          Macro && !Macro->isEnabled())
        Token.setFlag(Token::DisableExpand);
    Tokens.push_back(Token);
    Open += Token.is(tok::l_brace);
    Open -= Token.is(tok::r_brace);
  } while (Open != 0 && Token.isNot(tok::eof));
  PP.EnterToken(Token, /*IsReinject=*/true);
  IsCollecting = false;
}

void DeferredBodies::defer(FunctionDecl &F, uint64_t Key,
                           const BodyText &Text, bool IsWanted, Sema &Sema) {
  assert(Last.is(tok::l_brace) && "the parser looked ahead");
  Body B;
  B.Function = &F;
  B.Floats = Sema.getCurFPFeatures();
  B.Then = {Unit.Macros.changes(), Unit.Replay ? Unit.Replay->requests() : 0};
  B.Tokens = {Last};
  bool IsInPlace = !Text.HasPairs || InPlace.count(Key);
  if (!IsInPlace && jump(Text)) {
    B.Text = Text;
  } else if (!IsInPlace) {
    B.IsRaw = true;
    collect(B.Tokens);
  }
  if (IsInPlace) {
    Braces = 1;
    IsKept = IsWanted;
    Unit.enterBody(F);
  }
  if (!IsWanted)
    return;
  // Of two equal ones the first is right, and the other is an error.
  ByKey.try_emplace(Key, Bodies.size());
  Bodies.push_back(std::move(B));
}

/// The tokens of \p Text as they are written.
static std::vector<Token> rawTokens(const BodyText &Text, Preprocessor &PP) {
  SourceManager &Sources = PP.getSourceManager();
  llvm::StringRef Buffer = Sources.getBufferData(Text.File);
  Lexer Raw(Sources.getLocForStartOfFile(Text.File), PP.getLangOpts(),
            Buffer.begin(), Buffer.begin() + Text.Begin, Buffer.end());
  SourceLocation End =
      Sources.getLocForStartOfFile(Text.File).getLocWithOffset(Text.End);
  std::vector<Token> Tokens;
  Token Token;
  do {
    Raw.LexFromRawLexer(Token);
    if (Token.is(tok::raw_identifier))
      PP.LookUpIdentifierInfo(Token);
    Tokens.push_back(Token);
  } while (Token.getLocation() != End);
  return Tokens;
}

/// The macros that \p Loc is the outcome of.
static llvm::SmallVector<llvm::StringRef, 4> macrosAround(SourceLocation Loc,
                                                          Preprocessor &PP) {
  SourceManager &Sources = PP.getSourceManager();
  llvm::SmallVector<llvm::StringRef, 4> Names;
  for (; Loc.isMacroID(); Loc = Sources.getImmediateMacroCallerLoc(Loc))
    Names.push_back(
        Lexer::getImmediateMacroName(Loc, Sources, PP.getLangOpts()));
  return Names;
}

/// Replaces the macros in \p B. False if others than those that would have been
/// replaced in its place.
bool DeferredBodies::preprocess(Body &B) {
  std::vector<Token> Raw =
      B.Text ? rawTokens(*B.Text, PP) : std::exchange(B.Tokens, {});
  Unit.enterBody(*B.Function);
  Unit.Macros.returnTo(B.Then, macrosAround(Raw.front().getLocation(), PP));
  Token Token = Raw.back();
  Token.startToken();
  Token.setKind(tok::eof);
  Raw.push_back(Token);
  B.Text = std::nullopt;
  B.IsRaw = false;
  B.Tokens.clear();
  PP.EnterTokenStream(Raw, /*DisableMacroExpansion=*/false,
                      /*IsReinject=*/false);
  for (PP.Lex(Token); Token.isNot(tok::eof); PP.Lex(Token)) {
    if (Token.isAnnotation())
      continue; // of a pragma, which makes no facts
    if (const IdentifierInfo *Name = Token.getIdentifierInfo())
      Unit.Macros.look(*Name);
    B.Tokens.push_back(Token);
  }
  PP.RemoveTopOfLexerStack();
  Unit.Body = 0;
  return Unit.Macros.comeBack();
}

/// Has the parser, which has come to the end of the unit, go through \p Tokens.
static void parseBody(FunctionDecl &F, llvm::ArrayRef<Token> Tokens,
                      FPOptions Floats, Sema &Sema) {
  Sema.TUScope = Sema.getCurScope(); // gone with the end of the unit
  F.setHasSkippedBody(false);
  F.setWillHaveBody(true);
  LateParsedTemplate Late;
  Late.Toks.append(Tokens.begin(), Tokens.end());
  Late.D = &F;
  Late.FPO = Floats;
  Sema.LateTemplateParser(Sema.OpaqueParser, Late);
}

FunctionDecl *bootorder::preludeFunction(const PreludeFunction &Function,
                                         ASTContext &Ast) {
  auto &Reader = static_cast<ASTReader &>(*Ast.getExternalSource());
  serialization::ModuleFile &Module =
      Reader.getModuleManager().getPrimaryModule();
  return cast<FunctionDecl>(Reader.GetLocalDecl(
      Module, LocalDeclID::get(Reader, Module, Function.Declaration)));
}

const FunctionDecl *DeferredBodies::parsePrelude(uint64_t Key, Sema &Sema) {
  uint32_t Known =
      Unit.Prelude ? Unit.Prelude->functionWithKey(Key) : MacroEvent::None;
  if (Known == MacroEvent::None)
    return nullptr;
  const PreludeTable &Table = Unit.Prelude->Table;
  const PreludeFunction &Function = Table.Functions[Known];
  FunctionDecl *F = preludeFunction(Function, Sema.getASTContext());
  if (F->doesThisDeclarationHaveABody())
    return F;
  llvm::ArrayRef<StoredToken> Stored =
      llvm::ArrayRef(Table.Bodies.Tokens)
          .slice(Function.FirstToken, Function.Tokens);
  auto &Reader =
      static_cast<ASTReader &>(*Sema.getASTContext().getExternalSource());
  std::vector<Token> Tokens =
      loadTokens(Stored, Table.Bodies.Words, Sema.getPreprocessor(), Reader,
                 Reader.getModuleManager().getPrimaryModule());
  parseBody(*F, Tokens, FPOptions(Sema.getLangOpts()), Sema);
  return F;
}

const FunctionDecl *DeferredBodies::parse(uint64_t Key, Sema &Sema) {
  auto Found = ByKey.find(Key);
  if (Found == ByKey.end())
    return parsePrelude(Key, Sema);
  Body &B = Bodies[Found->second];
  if (Misread.count(Key) || ((B.Text || B.IsRaw) && !preprocess(B))) {
    Misread.insert(Key);
    return nullptr;
  }
  if (!B.Tokens.empty())
    parseBody(*B.Function, std::exchange(B.Tokens, {}), B.Floats, Sema);
  return B.Function;
}
