//===- DeferredBodies.cpp - bodies that wait until somebody needs them ----===//

#include "extract/DeferredBodies.h"
#include "clang/Sema/Sema.h"
#include "clang/Serialization/ASTReader.h"

using namespace bootorder;
using namespace clang;

void DeferredBodies::token(const Token &Token) {
  if (Token.isAnnotation())
    return; // of a pragma, which makes no facts
  Last = Token;
  if (Braces == 0)
    return;
  Bodies.back().Tokens.push_back(Token);
  Braces += Token.is(tok::l_brace);
  Braces -= Token.is(tok::r_brace);
}

void DeferredBodies::defer(FunctionDecl &F, uint64_t Key, Sema &Sema) {
  assert(Last.is(tok::l_brace) && "the parser looked ahead");
  // Of two equal ones the first is right, and the other is an error.
  ByKey.try_emplace(Key, Bodies.size());
  Bodies.push_back({&F, Sema.getCurFPFeatures(), {Last}});
  Braces = 1;
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
  uint32_t Known = Prelude ? Prelude->functionWithKey(Key) : MacroEvent::None;
  if (Known == MacroEvent::None)
    return nullptr;
  const PreludeTable &Table = Prelude->Table;
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
  if (!B.Tokens.empty())
    parseBody(*B.Function, std::exchange(B.Tokens, {}), B.Floats, Sema);
  return B.Function;
}
