//===- DeferredBodies.h - bodies that wait until somebody needs them ------===//
//
// A unit reads thousands of header functions and uses a few dozen. The lexer
// jumps over the body of one, which is noted here, and once the unit has been
// read, those that its facts name are preprocessed and parsed. Of a body that
// a macro wrote, or that has directives, the tokens are kept before macros are
// replaced in them. Bodies of a
// prelude's functions are parsed in the same way, by the first unit that needs
// them. Clang itself parses C++ templates that way, with
// -fdelayed-template-parsing.
//
// Names mean the same then as they did where the body stands: at the top level
// of C a name is one thing, however often it is declared. Macros may not: if
// one that the body looks at has changed meanwhile (MacroHistory.h), the unit
// is parsed again, and that body preprocessed in its place. So is one whose
// braces come from macros.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_DEFERREDBODIES_H
#define BOOTORDER_EXTRACT_DEFERREDBODIES_H

#include "extract/HeaderKey.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>
#include <vector>

namespace clang {
class Sema;
} // namespace clang

namespace bootorder {

/// \p Function in a unit that is parsed with its prelude.
clang::FunctionDecl *preludeFunction(const PreludeFunction &Function,
                                     clang::ASTContext &Ast);

/// Keys of functions.
using KeySet = llvm::DenseSet<uint64_t>;

class DeferredBodies {
public:
  /// Bodies of \p InPlace are preprocessed where they stand.
  DeferredBodies(UnitContext &Unit, clang::Preprocessor &PP,
                 const KeySet &InPlace)
      : Unit(Unit), PP(PP), InPlace(InPlace) {}

  /// Every token that reaches the parser.
  void token(const clang::Token &Token);

  /// The parser stands at the brace that opens the body of \p F, which is
  /// \p Text, and is about to skip it: notes the body, if it \p IsWanted.
  void defer(clang::FunctionDecl &F, uint64_t Key, const BodyText &Text,
             bool IsWanted, clang::Sema &Sema);

  /// The function with \p Key, its body parsed; null if there is none.
  /// Call after the end of the unit, while the parser is there.
  const clang::FunctionDecl *parse(uint64_t Key, clang::Sema &Sema);

  /// Keys that parse() failed for, as their bodies read differently now.
  const KeySet &misread() const { return Misread; }

private:
  struct Body {
    clang::FunctionDecl *Function = nullptr;
    clang::FPOptions Floats;          ///< where the body stands
    std::vector<clang::Token> Tokens; ///< with both braces; gone once parsed
    std::optional<BodyText> Text;     ///< instead of Tokens
    bool IsRaw = false; ///< no macro has been replaced in Tokens yet
    MacroMoment Then;   ///< when the parser stood there
  };

  bool jump(const BodyText &Text);
  void collect(std::vector<clang::Token> &Tokens);
  bool preprocess(Body &B);
  const clang::FunctionDecl *parsePrelude(uint64_t Key, clang::Sema &Sema);

  UnitContext &Unit;
  clang::Preprocessor &PP;
  const KeySet &InPlace;
  KeySet Misread;
  std::vector<Body> Bodies;
  llvm::DenseMap<uint64_t, size_t> ByKey;
  unsigned Braces = 0; ///< open ones of the body that is preprocessed in place
  bool IsKept = false; ///< its tokens are added to the last of Bodies
  clang::Token Last = {}; ///< the last token there was
  bool IsCollecting = false;
};

} // namespace bootorder

#endif
