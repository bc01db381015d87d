//===- UnitConstants.cpp - macros and enumerators of a parsed unit --------===//

#include "extract/ParsedUnit.h"
#include "extract/UnitContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/LiteralSupport.h"
#include "clang/Lex/Preprocessor.h"
#include <optional>

using namespace bootorder;
using namespace clang;

namespace {

/// Evaluates the text of one macro. Numbers have 64 bits: what the rules name
/// are flags and states.
class TokenEvaluator {
public:
  TokenEvaluator(ASTContext &Ast, Preprocessor &PP, llvm::ArrayRef<Token> Text)
      : Ast(Ast), PP(PP), Text(Text) {}

  std::optional<int64_t> run() {
    std::optional<int64_t> Result = binary(/*Weakest=*/1);
    return Text.empty() ? Result : std::nullopt;
  }

private:
  using Answer = std::optional<int64_t>;

  /// How strongly \p Kind binds, as in C; 0: it is no such operator.
  static unsigned strength(tok::TokenKind Kind) {
    switch (Kind) {
    case tok::pipe:
      return 1;
    case tok::caret:
      return 2;
    case tok::amp:
      return 3;
    case tok::lessless:
    case tok::greatergreater:
      return 4;
    case tok::plus:
    case tok::minus:
      return 5;
    case tok::star:
    case tok::slash:
    case tok::percent:
      return 6;
    default:
      return 0;
    }
  }

  static Answer apply(tok::TokenKind Kind, int64_t A, int64_t B) {
    bool CanDivide = B != 0 && !(A == INT64_MIN && B == -1);
    auto Left = static_cast<uint64_t>(A), Right = static_cast<uint64_t>(B);
    switch (Kind) {
    case tok::pipe:
      return A | B;
    case tok::caret:
      return A ^ B;
    case tok::amp:
      return A & B;
    case tok::lessless:
      return Right < 64 ? Answer(Left << Right) : std::nullopt;
    case tok::greatergreater:
      return Right < 64 ? Answer(A >> Right) : std::nullopt;
    case tok::plus:
      return Left + Right;
    case tok::minus:
      return Left - Right;
    case tok::star:
      return Left * Right;
    case tok::slash:
      return CanDivide ? Answer(A / B) : std::nullopt;
    case tok::percent:
      return CanDivide ? Answer(A % B) : std::nullopt;
    default:
      return std::nullopt;
    }
  }

  bool take(tok::TokenKind Kind) {
    if (Text.empty() || Text.front().isNot(Kind))
      return false;
    Text = Text.drop_front();
    return true;
  }

  Answer binary(unsigned Weakest) {
    Answer Left = unary();
    while (Left && !Text.empty()) {
      tok::TokenKind Kind = Text.front().getKind();
      unsigned Strength = strength(Kind);
      if (Strength < Weakest || Strength == 0)
        break;
      Text = Text.drop_front();
      Answer Right = binary(Strength + 1);
      Left = Right ? apply(Kind, *Left, *Right) : std::nullopt;
    }
    return Left;
  }

  Answer unary() {
    if (take(tok::minus)) {
      Answer A = unary();
      return A ? apply(tok::minus, 0, *A) : A;
    }
    if (take(tok::tilde)) {
      Answer A = unary();
      return A ? Answer(~*A) : A;
    }
    if (!take(tok::l_paren))
      return primary();
    if (isType()) {
      skipType();
      return unary();
    }
    Answer Inner = binary(/*Weakest=*/1);
    return take(tok::r_paren) ? Inner : std::nullopt;
  }

  NamedDecl *named(const Token &Name) const {
    for (NamedDecl *D :
         Ast.getTranslationUnitDecl()->lookup(Name.getIdentifierInfo()))
      return D;
    return nullptr;
  }

  bool isType() const {
    if (Text.empty())
      return false;
    if (Text.front().is(tok::identifier))
      return isa_and_nonnull<TypedefNameDecl>(named(Text.front()));
    return Text.front().isOneOf(tok::kw_int, tok::kw_unsigned, tok::kw_long,
                                tok::kw_signed, tok::kw_short, tok::kw_char,
                                tok::kw_enum, tok::kw___attribute);
  }

  /// Past the parenthesis that closes a cast.
  void skipType() {
    for (unsigned Open = 1; Open != 0 && !Text.empty();
         Text = Text.drop_front()) {
      Open += Text.front().is(tok::l_paren);
      Open -= Text.front().is(tok::r_paren);
    }
  }

  Answer primary() {
    if (Text.empty())
      return std::nullopt;
    Token First = Text.front();
    Text = Text.drop_front();
    if (First.is(tok::identifier)) {
      const auto *E = dyn_cast_if_present<EnumConstantDecl>(named(First));
      return E ? Answer(lowBits(E->getInitVal())) : std::nullopt;
    }
    if (First.isNot(tok::numeric_constant))
      return std::nullopt;
    NumericLiteralParser Number(PP.getSpelling(First), First.getLocation(),
                                PP.getSourceManager(), PP.getLangOpts(),
                                PP.getTargetInfo(), PP.getDiagnostics());
    llvm::APInt Value(64, 0);
    if (Number.hadError || !Number.isIntegerLiteral() ||
        Number.GetIntegerValue(Value))
      return std::nullopt;
    return static_cast<int64_t>(Value.getZExtValue());
  }

  ASTContext &Ast;
  Preprocessor &PP;
  llvm::ArrayRef<Token> Text;
};

} // namespace

/// What \p Name expands to at the end of the unit.
static std::vector<Token> expand(IdentifierInfo &Name, SourceLocation Where,
                                 Preprocessor &PP) {
  Token Tokens[2];
  for (Token &T : Tokens) {
    T.startToken();
    T.setLocation(Where);
  }
  Tokens[0].setIdentifierInfo(&Name);
  Tokens[0].setKind(tok::identifier);
  Tokens[0].setLength(Name.getLength());
  Tokens[1].setKind(tok::eof);
  PP.EnterTokenStream(Tokens, /*DisableMacroExpansion=*/false,
                      /*IsReinject=*/false);
  std::vector<Token> Expanded;
  Token T;
  for (PP.Lex(T); T.isNot(tok::eof); PP.Lex(T))
    Expanded.push_back(T);
  PP.RemoveTopOfLexerStack();
  return Expanded;
}

std::map<std::string, int64_t>
bootorder::constantsIn(ASTContext &Ast, Preprocessor &PP,
                       llvm::ArrayRef<std::string> Names) {
  std::map<std::string, int64_t> Values;
  for (const std::string &Text : Names) {
    IdentifierInfo &Name = Ast.Idents.get(Text);
    const MacroInfo *Macro = PP.getMacroInfo(&Name);
    if (Macro && Macro->isFunctionLike())
      continue;
    SourceLocation Where = Macro ? Macro->getDefinitionLoc() : SourceLocation();
    std::vector<Token> Tokens = expand(Name, Where, PP);
    if (auto Value = TokenEvaluator(Ast, PP, Tokens).run())
      Values[Text] = *Value;
  }
  return Values;
}
