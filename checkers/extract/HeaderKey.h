//===- HeaderKey.h - content keys of header functions ---------------------===//
//
// The key of a function defined in a header says: same file, same place, same
// tokens, and every identifier among them means the same, as a macro or as
// another header function. Two units with equal keys would lower the body to
// equal facts, so one of them can skip it. It is known before the body is
// parsed: the tokens are read raw and the macro table is the preprocessor's at
// that moment. String literals that macros bring along do not count: facts of
// header functions keep no strings.
//
// Keys only decide what is parsed. The identity that facts leave the extraction
// with comes from the facts themselves (model/CanonicalHeaders.h).
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_HEADERKEY_H
#define BOOTORDER_EXTRACT_HEADERKEY_H

#include "extract/UnitContext.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class MacroInfo;
class PPCallbacks;
class Preprocessor;
class Token;
} // namespace clang

namespace bootorder {

/// What the text of a function says of its body.
struct BodyText {
  clang::FileID File;
  unsigned Begin = 0, End = 0; ///< offsets of its two braces
  bool BeginsLine = false;     ///< the brace that closes it begins a line
  /// Begin and End are those braces: no macro wrote them, and there are no
  /// directives in between.
  bool IsPlain = false;
  /// No macro in it brings one brace of a pair along.
  bool HasPairs = false;
};

class HeaderKeyer {
public:
  /// What \p Name is as a macro to the unit; null if nothing.
  using MacroLookup =
      std::function<const clang::MacroInfo *(const clang::IdentifierInfo &)>;

  HeaderKeyer(clang::Preprocessor &PP, UnitContext &Unit);

  /// Replaces the preprocessor's own macro table.
  void useMacros(MacroLookup Lookup) { MacroOf = std::move(Lookup); }

  /// Key of \p F, whose body is about to be parsed. Never 0. Linear in the
  /// tokens of the function, and of macros not seen before.
  uint64_t keyOf(const clang::FunctionDecl &F);

  /// Of the function that keyOf() was last asked about.
  const BodyText &lastBody() const { return Body; }

  /// The macro \p Name changed: forgets what depended on it.
  void macroChanged(const clang::IdentifierInfo *Name);

  /// Macros changed: forgets what depended on any.
  void forgetMacros();

  /// \p F is declared at the top of the unit. A static that nothing has defined
  /// makes the header functions that name it the unit's own.
  void declared(const clang::FunctionDecl &F);

private:
  void addTokensOf(const clang::FunctionDecl &F);
  void addToken(const clang::Token &Token);
  void addText(llvm::StringRef Text);
  void functionChanged(const clang::IdentifierInfo *Name);
  uint64_t nameHash(const clang::IdentifierInfo &Name);
  uint64_t functionHash(const clang::IdentifierInfo &Name);

  clang::Preprocessor &PP;
  UnitContext &Unit;
  MacroLookup MacroOf;
  uint64_t Hash = 0;
  BodyText Body;
  /// Transitive hash of what a name means; 1 while it is being computed.
  llvm::DenseMap<const clang::IdentifierInfo *, uint64_t> NameHashes;
  /// Names in the text of macros, whose hashes others depend on.
  llvm::DenseSet<const clang::IdentifierInfo *> Nested;
  /// Those of NameHashes that bring one brace of a pair along.
  llvm::DenseSet<const clang::IdentifierInfo *> Unpaired;
  /// Header functions defined so far, and statics only declared (the unit).
  llvm::DenseMap<const clang::IdentifierInfo *, uint64_t> Functions;
};

/// Callbacks that tell \p Keyer of changed macros, and \p Unit of counters.
std::unique_ptr<clang::PPCallbacks> watchMacros(clang::Preprocessor &PP,
                                                UnitContext &Unit,
                                                HeaderKeyer &Keyer);

} // namespace bootorder

#endif
