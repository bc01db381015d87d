//===- AsmLexer.cpp - statements and operands of assembly text ------------===//

#include "extract/AsmLexer.h"

using namespace bootorder;
using llvm::StringRef;

bool bootorder::isLineMarker(StringRef Line) {
  if (!Line.consume_front("# ") || Line.empty() || !llvm::isDigit(Line[0]))
    return false;
  return Line.drop_while(llvm::isDigit).starts_with(" \"");
}

size_t bootorder::endOfAsmString(StringRef Text, size_t Begin) {
  size_t I = Begin + 1;
  for (; I < Text.size() && Text[I] != '\n'; ++I) {
    if (Text[I] == '\\')
      ++I;
    else if (Text[I] == '"')
      return I + 1;
  }
  return std::min(I, Text.size());
}

std::string bootorder::withoutComments(StringRef Text, AsmFamily Family) {
  std::string Clean = Text.str();
  size_t I = 0;
  auto Blank = [&](size_t End) {
    for (End = std::min(End, Text.size()); I < End; ++I)
      if (Clean[I] != '\n')
        Clean[I] = ' ';
  };
  while (I < Text.size()) {
    StringRef Rest = Text.drop_front(I);
    if (Rest[0] == '"') {
      I = endOfAsmString(Text, I);
    } else if (Rest[0] == '\'') { // `'#`: a character
      I += 2;
    } else if (Rest.starts_with("/*")) {
      size_t End = Text.find("*/", I + 2);
      Blank(End == StringRef::npos ? Text.size() : End + 2);
    } else if (Rest[0] == '#' && (I == 0 || Text[I - 1] == '\n') &&
               isLineMarker(
                   Rest.take_until([](char C) { return C == '\n'; }))) {
      I = std::min(Text.find('\n', I), Text.size());
    } else if (Rest.starts_with("//") || startsLineComment(Family, Text, I)) {
      Blank(Text.find('\n', I));
    } else {
      ++I;
    }
  }
  return Clean;
}

namespace {

bool isNameStart(char C) { return llvm::isAlpha(C) || C == '_' || C == '.'; }

/// Splits operands; drops what cannot be a symbol.
class OperandLexer {
public:
  OperandLexer(StringRef Rest, AsmFamily Family) : Rest(Rest), Family(Family) {}

  std::vector<AsmToken> lex() {
    while (!(Rest = Rest.ltrim(" \t\r")).empty())
      lexOne();
    return std::move(Tokens);
  }

private:
  StringRef takeName() {
    StringRef Name = Rest.take_while(isAsmNameChar);
    Rest = Rest.drop_front(Name.size());
    return Name;
  }

  void add(AsmTokenKind Kind) {
    Tokens.push_back({Kind, Rest.take_front()});
    Rest = Rest.drop_front();
  }

  void lexOne() {
    char C = Rest[0];
    if (C == '%')
      return skipOperand();
    if (C == '\\')
      return skipMacroArgument();
    if (isNameStart(C))
      return lexName();
    if (llvm::isDigit(C)) {
      takeName();
    } else if (C == '"') {
      size_t End = endOfAsmString(Rest, 0);
      Tokens.push_back(
          {AsmTokenKind::String, Rest.slice(1, std::max<size_t>(End - 1, 1))});
      Rest = Rest.drop_front(End);
    } else if (C == '@') { // `@function`
      Rest = Rest.drop_front();
      takeName();
    } else if (C == '$') {
      Rest = Rest.drop_front();
      if (Family == AsmFamily::Mips)
        takeName();
    } else if (C == '\'') {
      Rest = Rest.drop_front(std::min<size_t>(2, Rest.size()));
    } else if (C == ':') {
      skipModifier();
    } else {
      add(kindOf(C));
    }
  }

  static AsmTokenKind kindOf(char C) {
    switch (C) {
    case ',':
      return AsmTokenKind::Comma;
    case '-':
      return AsmTokenKind::Minus;
    case '*':
      return AsmTokenKind::Star;
    case '=':
      return AsmTokenKind::Equals;
    default:
      return AsmTokenKind::Other;
    }
  }

  void lexName() {
    StringRef Name = takeName();
    if (!Rest.empty() && (Rest[0] == '\\' || Rest[0] == '%'))
      return;                              // pasted: not the whole name
    if (!Rest.empty() && Rest[0] == '@') { // `foo@PLT`
      Rest = Rest.drop_front();
      takeName();
    }
    Tokens.push_back({AsmTokenKind::Name, Name});
  }

  /// `%0`, `%c[name]`, `%rax`, `%%rax`, `%=`; what sticks to it goes with it.
  /// In `%hi(name)` the name stays.
  void skipOperand() {
    Rest = Rest.drop_front();
    if (!Rest.consume_front("%"))
      Rest.consume_front("=");
    takeOperandWord();
  }

  void takeOperandWord() {
    takeName();
    if (Rest.consume_front("[")) {
      Rest = Rest.drop_front(std::min(Rest.find(']'), Rest.size()));
      Rest.consume_front("]");
      takeName();
    }
  }

  /// `\arg`, `\@`, `\()`; what sticks to it goes with it.
  void skipMacroArgument() {
    Rest = Rest.drop_front();
    if (!Rest.consume_front("()") && !Rest.empty() && Rest[0] == '@')
      Rest = Rest.drop_front();
    takeName();
  }

  /// `:lo12:` in `add x0, x0, :lo12:name`.
  void skipModifier() {
    Rest = Rest.drop_front();
    StringRef Word = Rest.take_while(isAsmNameChar);
    if (Rest.drop_front(Word.size()).starts_with(":"))
      Rest = Rest.drop_front(Word.size() + 1);
  }

  StringRef Rest;
  AsmFamily Family;
  std::vector<AsmToken> Tokens;
};

} // namespace

std::vector<AsmToken> bootorder::lexOperands(StringRef Operands,
                                             AsmFamily Family) {
  return OperandLexer(Operands, Family).lex();
}
