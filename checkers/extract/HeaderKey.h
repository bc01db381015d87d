//===- HeaderKey.h - content keys of header functions ---------------------===//
//
// The key of a function defined in a header says: same file, same place, same
// tokens, and every identifier among them means the same macro. Two units with
// equal keys would lower the body to equal facts, so one of them can skip it.
// It is known before the body is parsed: the tokens are read raw and the macro
// table is the preprocessor's at that moment.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_HEADERKEY_H
#define BOOTORDER_EXTRACT_HEADERKEY_H

#include "extract/UnitContext.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class MacroInfo;
class Preprocessor;
class Token;
} // namespace clang

namespace bootorder {

class HeaderKeyer {
public:
  HeaderKeyer(clang::Preprocessor &PP, UnitContext &Unit)
      : PP(PP), Unit(Unit) {}

  /// Key of \p F, whose body is about to be parsed. Never 0. Linear in the
  /// tokens of the function, and of macros not seen before.
  uint64_t keyOf(const clang::FunctionDecl &F);

  /// The macro \p Name changed: forgets what depended on it.
  void macroChanged(const clang::IdentifierInfo *Name);

private:
  void addTokensOf(const clang::FunctionDecl &F);
  void addToken(const clang::Token &Token);
  void addText(llvm::StringRef Text);
  uint64_t macroHash(const clang::IdentifierInfo *Name);
  uint64_t definitionHash(const clang::MacroInfo &Macro);

  clang::Preprocessor &PP;
  UnitContext &Unit;
  uint64_t Hash = 0;
  /// Transitive hash of a macro's definition; 1 while it is being computed.
  llvm::DenseMap<const clang::IdentifierInfo *, uint64_t> MacroHashes;
};

} // namespace bootorder

#endif
