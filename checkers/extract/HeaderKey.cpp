//===- HeaderKey.cpp - content keys of header functions -------------------===//

#include "extract/HeaderKey.h"
#include "extract/MacroHash.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using namespace clang;

HeaderKeyer::HeaderKeyer(Preprocessor &PP, UnitContext &Unit)
    : PP(PP), Unit(Unit), MacroOf([&PP](const IdentifierInfo &Name) {
        return macroInfo(Name, PP);
      }) {}

void HeaderKeyer::addText(llvm::StringRef Text) {
  Hash = mixHash(Hash, llvm::xxh3_64bits(Text));
}

/// Header functions have facts of their own: who names one depends on which.
uint64_t HeaderKeyer::functionHash(const IdentifierInfo &Name) {
  if (auto Found = Functions.find(&Name); Found != Functions.end())
    return Found->second;
  if (uint64_t Key = Unit.preludeKey(Name.getName()))
    return Key;
  return 2; // any other name
}

static bool hasPairedBraces(const MacroInfo &Macro) {
  int Depth = 0;
  for (const Token &Token : Macro.tokens()) {
    Depth += Token.is(tok::l_brace);
    Depth -= Token.is(tok::r_brace);
    if (Depth < 0)
      return false;
  }
  return Depth == 0;
}

uint64_t HeaderKeyer::nameHash(const IdentifierInfo &Name) {
  auto [It, IsNew] = NameHashes.try_emplace(&Name, 1);
  if (!IsNew)
    return It->second;
  const MacroInfo *Macro = MacroOf(Name);
  uint64_t Result = 3; // a macro that the compiler supplies
  if (!Macro)
    Result = functionHash(Name);
  else if (isStringMacro(*Macro, PP))
    Result = 4;
  else if (!Macro->isBuiltinMacro())
    Result = blindHash(*Macro, PP, [&](const IdentifierInfo &Inner, bool) {
      // `#define f f` says that there is an f of one's own.
      Nested.insert(&Inner);
      uint64_t Meaning = &Inner == &Name ? functionHash(Inner) : nameHash(Inner);
      if (Unpaired.count(&Inner))
        Unpaired.insert(&Name);
      return mixHash(Meaning, llvm::xxh3_64bits(Inner.getName()));
    });
  if (Macro && !hasPairedBraces(*Macro))
    Unpaired.insert(&Name);
  NameHashes[&Name] = Result;
  return Result;
}

void HeaderKeyer::forgetMacros() {
  NameHashes.clear();
  Nested.clear();
  Unpaired.clear();
}

void HeaderKeyer::macroChanged(const IdentifierInfo *Name) {
  if (NameHashes.count(Name))
    forgetMacros();
}

void HeaderKeyer::functionChanged(const IdentifierInfo *Name) {
  if (Nested.count(Name))
    forgetMacros();
  else
    NameHashes.erase(Name);
}

void HeaderKeyer::declared(const FunctionDecl &F) {
  const IdentifierInfo *Name = F.getIdentifier();
  if (!Name || F.isExternallyVisible() || Functions.count(Name))
    return;
  if (F.getDefinition() || Unit.preludeKey(Name->getName()))
    return;
  Functions[Name] = llvm::xxh3_64bits(Unit.mainPath());
  functionChanged(Name);
}

void HeaderKeyer::addToken(const Token &Token) {
  Hash = mixHash(Hash, Token.getKind());
  if (const IdentifierInfo *Name = Token.getIdentifierInfo()) {
    addText(Name->getName());
    Hash = mixHash(Hash, nameHash(*Name));
    Body.HasPairs &= !Unpaired.count(Name);
  } else if (Token.isLiteral()) {
    addText(llvm::StringRef(Token.getLiteralData(), Token.getLength()));
  }
}

namespace {

/// Finds the end of a definition in raw tokens: the brace that closes the
/// body, or a semicolon before any body (a macro wrote the whole function).
class EndFinder {
public:
  /// Whether \p Token is the last one.
  bool isLast(const Token &Token, llvm::StringRef Directive) {
    if (!Directive.empty()) {
      followDirective(Directive);
      return false;
    }
    switch (Token.getKind()) {
    case tok::l_paren:
      ++Parens;
      return false;
    case tok::r_paren:
      --Parens;
      return false;
    case tok::l_brace:
      ++Braces;
      return false;
    case tok::r_brace:
      return --Braces <= 0;
    case tok::semi:
      return Braces == 0 && Parens <= 0;
    default:
      return false;
    }
  }

private:
  /// Both arms of a conditional may open a brace that is closed once.
  void followDirective(llvm::StringRef Name) {
    if (Name == "if" || Name == "ifdef" || Name == "ifndef")
      Outer.push_back(Braces);
    else if ((Name == "else" || Name.starts_with("elif")) && !Outer.empty())
      Braces = Outer.back();
    else if (Name == "endif" && !Outer.empty())
      Outer.pop_back();
  }

  int Parens = 0, Braces = 0;
  llvm::SmallVector<int, 4> Outer;
};

} // namespace

void HeaderKeyer::addTokensOf(const FunctionDecl &F) {
  SourceLocation Begin = Unit.Sources.getExpansionLoc(F.getBeginLoc());
  auto [File, Offset] = Unit.Sources.getDecomposedLoc(Begin);
  llvm::StringRef Buffer = Unit.Sources.getBufferData(File);
  Lexer Raw(Unit.Sources.getLocForStartOfFile(File), PP.getLangOpts(),
            Buffer.begin(), Buffer.begin() + Offset, Buffer.end());
  EndFinder End;
  Token Token;
  bool AfterHash = false, HasBegun = false, HasDirectives = false;
  Body = BodyText();
  Body.File = File;
  Body.HasPairs = true;
  while (true) {
    bool IsEnd = Raw.LexFromRawLexer(Token);
    llvm::StringRef Directive;
    if (Token.is(tok::raw_identifier)) {
      PP.LookUpIdentifierInfo(Token);
      if (AfterHash)
        Directive = Token.getIdentifierInfo()->getName();
    }
    AfterHash = Token.is(tok::hash) && Token.isAtStartOfLine();
    addToken(Token);
    HasDirectives |= AfterHash;
    if (Token.is(tok::l_brace) && !std::exchange(HasBegun, true))
      Body.Begin = Unit.Sources.getFileOffset(Token.getLocation());
    if (IsEnd || Token.is(tok::eof) || End.isLast(Token, Directive))
      break;
  }
  Body.End = Unit.Sources.getFileOffset(Token.getLocation());
  Body.BeginsLine = Token.isAtStartOfLine();
  Body.IsPlain = HasBegun && Token.is(tok::r_brace) && !HasDirectives;
}

uint64_t HeaderKeyer::keyOf(const FunctionDecl &F) {
  SourceLocation Begin = Unit.Sources.getExpansionLoc(F.getBeginLoc());
  auto [File, Offset] = Unit.Sources.getDecomposedLoc(Begin);
  Hash = Offset;
  addText(Unit.path(File));
  Hash = mixHash(Hash, Unit.Sources.getLineNumber(File, Offset));
  addText(F.getName());
  addTokensOf(F);
  Hash = Hash ? Hash : 1;
  Functions[F.getIdentifier()] = Hash;
  functionChanged(F.getIdentifier());
  return Hash;
}

namespace {

/// Watches the preprocessor for what keys and names depend on.
class MacroWatcher : public PPCallbacks {
public:
  MacroWatcher(Preprocessor &PP, UnitContext &Unit, HeaderKeyer &Keyer)
      : PP(PP), Unit(Unit), Keyer(Keyer) {}

  void MacroDefined(const Token &Name, const MacroDirective *) override {
    changed(*Name.getIdentifierInfo());
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &,
                      const MacroDirective *) override {
    changed(*Name.getIdentifierInfo());
  }
  void MacroExpands(const Token &Name, const MacroDefinition &,
                    SourceRange Range, const MacroArgs *) override {
    Unit.Macros.replace(*Name.getIdentifierInfo());
    if (Name.getIdentifierInfo()->getName() != "__COUNTER__")
      return;
    SourceLocation Place = Unit.Sources.getExpansionLoc(Range.getBegin());
    PP.setCounterValue(counterAt(Place));
    Unit.Counters[Place].push_back(PP.getCounterValue());
  }

private:
  void changed(const IdentifierInfo &Name) {
    Keyer.macroChanged(&Name);
    Unit.Macros.change(Name);
  }

  /// What __COUNTER__ is at \p Place: a number of that place, and of the header
  /// function it is in, so that names and assembly made of it do not depend on
  /// what was read before.
  unsigned counterAt(SourceLocation Place) {
    auto [File, Offset] = Unit.Sources.getDecomposedLoc(Place);
    uint64_t Hash = llvm::xxh3_64bits(Unit.path(File)) ^ Unit.Body;
    unsigned Before = Expansions[{Hash, Offset}]++;
    Hash = mixHash(mixHash(Hash, Offset), Before);
    return Hash >> 33; // an int
  }

  /// Expansions so far, by hash of path and function, and by offset.
  llvm::DenseMap<std::pair<uint64_t, unsigned>, unsigned> Expansions;
  Preprocessor &PP;
  UnitContext &Unit;
  HeaderKeyer &Keyer;
};

} // namespace

std::unique_ptr<PPCallbacks> bootorder::watchMacros(Preprocessor &PP,
                                                    UnitContext &Unit,
                                                    HeaderKeyer &Keyer) {
  return std::make_unique<MacroWatcher>(PP, Unit, Keyer);
}
