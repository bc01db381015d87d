//===- AsmLexer.h - statements and operands of assembly text --------------===//

#ifndef BOOTORDER_EXTRACT_ASMLEXER_H
#define BOOTORDER_EXTRACT_ASMLEXER_H

#include "extract/AsmDialect.h"
#include "llvm/ADT/StringExtras.h"
#include <string>
#include <vector>

namespace bootorder {

inline bool isAsmNameChar(char C) {
  return llvm::isAlnum(C) || C == '_' || C == '.' || C == '$';
}

/// Whether \p Line is `# 12 "file"`, as the preprocessor leaves it.
bool isLineMarker(llvm::StringRef Line);

/// One past the string literal whose opening quote is at \p Begin. A newline
/// ends it too, so that one stray quote does not swallow the rest.
size_t endOfAsmString(llvm::StringRef Text, size_t Begin);

/// \p Text with blanks in place of comments; newlines and line markers stay.
std::string withoutComments(llvm::StringRef Text, AsmFamily Family);

enum class AsmTokenKind : uint8_t {
  Name,   ///< a symbol, a register, a keyword; `@PLT` is taken off
  String, ///< without its quotes
  Comma,
  Minus,
  Star,
  Equals,
  Other, ///< any other character
};

struct AsmToken {
  AsmTokenKind Kind;
  llvm::StringRef Text;
};

/// Splits \p Operands. Numbers, operands (`%0`, `%rax`, `%[x]`), macro
/// arguments (`\\x`), names pasted from them and modifiers (`:lo12:`) are left
/// out.
std::vector<AsmToken> lexOperands(llvm::StringRef Operands, AsmFamily Family);

} // namespace bootorder

#endif
