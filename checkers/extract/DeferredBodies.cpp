//===- DeferredBodies.cpp - bodies that wait until somebody needs them ----===//

#include "extract/DeferredBodies.h"
#include "clang/Sema/Sema.h"

using namespace bootorder;
using namespace clang;

void DeferredBodies::token(const Token &Token) {
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
  Bodies.push_back({Key, &F, Sema.getCurFPFeatures(), {Last}});
  Braces = 1;
}

const FunctionDecl *DeferredBodies::parse(uint64_t Key, Sema &Sema) {
  auto Found = ByKey.find(Key);
  if (Found == ByKey.end())
    return nullptr;
  Body &B = Bodies[Found->second];
  if (B.Tokens.empty())
    return B.Function;
  // The end of the unit has come, and it has looked at all of this already.
  Sema.TUScope = Sema.getCurScope();
  B.Function->setHasSkippedBody(false);
  B.Function->setWillHaveBody(true);
  LateParsedTemplate Late;
  Late.Toks.append(B.Tokens.begin(), B.Tokens.end());
  Late.D = B.Function;
  Late.FPO = B.Floats;
  B.Tokens = {};
  Sema.LateTemplateParser(Sema.OpaqueParser, Late);
  return B.Function;
}

std::vector<uint64_t> DeferredBodies::keys() const {
  std::vector<uint64_t> Keys;
  for (const Body &B : Bodies)
    Keys.push_back(B.Key);
  return Keys;
}
