//===- DeferredBodies.h - bodies that wait until somebody needs them ------===//
//
// A unit reads thousands of header functions and uses a few dozen. Their text
// has to be preprocessed, but need not be parsed: Clang skips the body, its
// tokens are kept here, and once the unit has been read, those of functions
// that its facts name are parsed; those of a prelude's functions in the same
// way, by the first unit that needs them. Clang itself parses C++ templates
// that way, with -fdelayed-template-parsing.
//
// Names mean the same then as they did where the body stands: at the top level
// of C a name is one thing, however often it is declared.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_DEFERREDBODIES_H
#define BOOTORDER_EXTRACT_DEFERREDBODIES_H

#include "extract/PreludeTable.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace clang {
class Sema;
} // namespace clang

namespace bootorder {

/// \p Function in a unit that is parsed with its prelude.
clang::FunctionDecl *preludeFunction(const PreludeFunction &Function,
                                     clang::ASTContext &Ast);

class DeferredBodies {
public:
  /// Bodies of the functions of \p Prelude are to be had, too.
  void usePrelude(const PreludeIndex &Prelude) { this->Prelude = &Prelude; }

  /// Every token that reaches the parser.
  void token(const clang::Token &Token);

  /// The parser stands at the brace that opens the body of \p F: keeps what
  /// it is about to skip.
  void defer(clang::FunctionDecl &F, uint64_t Key, clang::Sema &Sema);

  /// The function with \p Key, its body parsed; null if there is none.
  /// Call after the end of the unit, while the parser is there.
  const clang::FunctionDecl *parse(uint64_t Key, clang::Sema &Sema);

private:
  struct Body {
    clang::FunctionDecl *Function = nullptr;
    clang::FPOptions Floats;          ///< where the body stands
    std::vector<clang::Token> Tokens; ///< with both braces; gone once parsed
  };

  const clang::FunctionDecl *parsePrelude(uint64_t Key, clang::Sema &Sema);

  const PreludeIndex *Prelude = nullptr;
  std::vector<Body> Bodies;
  llvm::DenseMap<uint64_t, size_t> ByKey;
  unsigned Braces = 0;    ///< open ones of the last body; 0: it is complete
  clang::Token Last = {}; ///< the last token there was
};

} // namespace bootorder

#endif
