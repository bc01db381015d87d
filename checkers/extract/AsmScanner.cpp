//===- AsmScanner.cpp - names in assembly text ----------------------------===//

#include "extract/AsmScanner.h"
#include "extract/AsmLexer.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace bootorder;
using llvm::StringRef;

namespace {

enum class DirectiveKind {
  Ignored,
  Data,
  Set,
  Global,
  Weak,
  Common,
  Irp,
  Macro,
  EndMacro,
  Section,
  NamedSection,
  PushSection,
  PopSection,
  Previous,
};

DirectiveKind classifyDirective(StringRef Name) {
  using D = DirectiveKind;
  return llvm::StringSwitch<DirectiveKind>(Name)
      .Cases(".long", ".4byte", ".word", ".quad", ".8byte", ".dword", D::Data)
      .Cases(".llong", ".int", ".xword", ".uaword", ".uaxword", D::Data)
      .Cases(".dc.a", ".dc.l", ".gpword", ".dtpreldword", D::Data)
      .Cases(".set", ".equ", ".equiv", ".eqv", ".thumb_set", ".weakref", D::Set)
      .Cases(".globl", ".global", D::Global)
      .Case(".weak", D::Weak)
      .Cases(".comm", ".lcomm", D::Common)
      .Case(".irp", D::Irp)
      .Case(".macro", D::Macro)
      .Cases(".endm", ".endmacro", D::EndMacro)
      .Case(".section", D::Section)
      .Cases(".text", ".data", ".bss", D::NamedSection)
      .Case(".pushsection", D::PushSection)
      .Case(".popsection", D::PopSection)
      .Case(".previous", D::Previous)
      .Default(D::Ignored);
}

/// First argument of `.section`: `"name"` or a bare word.
StringRef sectionName(StringRef Arguments) {
  Arguments = Arguments.trim();
  if (Arguments.consume_front("\""))
    return Arguments.take_until([](char C) { return C == '"'; });
  return Arguments.take_until(
      [](char C) { return C == ',' || llvm::isSpace(C); });
}

class Scanner {
public:
  Scanner(FactsBuilder &Builder, AsmFamily Family)
      : Builder(Builder), Family(Family) {}

  std::vector<AsmItem> scan(StringRef Text) {
    while (!Text.empty()) {
      auto [Line, Rest] = Text.split('\n');
      if (isLineMarker(Line)) {
        followMarker(Line);
      } else {
        scanLine(Line);
        ++PhysicalLine;
      }
      Text = Rest;
    }
    return std::move(Items);
  }

private:
  /// Where the next item goes.
  struct Place {
    StringId Section;
    StringId Carried; ///< label that the section was entered from
  };

  void followMarker(StringRef Marker) {
    unsigned Line = 0;
    Marker = Marker.drop_front(2);
    Marker.consumeInteger(10, Line);
    StringRef File = Marker.split('"').second.split('"').first;
    if (MainFile.empty())
      MainFile = File;
    else if (InMainFile) // the marker stands where the #include did
      MainLine = PhysicalLine;
    InMainFile = File == MainFile;
    if (InMainFile)
      PhysicalLine = Line;
  }

  uint32_t line() const { return InMainFile ? PhysicalLine : MainLine; }

  void scanLine(StringRef Line) {
    size_t Begin = 0;
    for (size_t I = 0; I < Line.size();) {
      if (Line[I] == '"') {
        I = endOfAsmString(Line, I);
      } else if (Line[I] == '\'') {
        I += 2;
      } else if (Line[I++] == ';') {
        scanStatement(Line.slice(Begin, I - 1));
        Begin = I;
      }
    }
    scanStatement(Line.drop_front(std::min(Begin, Line.size())));
  }

  void scanStatement(StringRef S) {
    S = S.trim();
    while (takeLabel(S))
      ;
    if (S.empty())
      return;
    StringRef Word = S.take_until(llvm::isSpace);
    StringRef Arguments = S.drop_front(Word.size()).ltrim();
    if (takeAssignment(S))
      return;
    if (Arguments.consume_front(".req ")) { // `base .req r0`
      Constants.insert(Word);
      return;
    }
    std::string Lower = Word.lower();
    if (Lower[0] == '.')
      return scanDirective(Lower, Arguments);
    scanInstruction(Lower, Arguments);
  }

  /// Takes `name:` or `1:` off the front of \p S.
  bool takeLabel(StringRef &S) {
    StringRef Name;
    StringRef Rest = S;
    if (Rest.consume_front("\"")) {
      std::tie(Name, Rest) = Rest.split('"');
    } else {
      Name = Rest.take_while(isAsmNameChar);
      Rest = Rest.drop_front(Name.size());
    }
    // A pasted label is taken off, but names nothing.
    bool IsPasted = false;
    while (!Rest.empty() && (Rest[0] == '\\' || Rest[0] == '%')) {
      IsPasted = true;
      Rest = Rest.drop_while([](char C) {
        return isAsmNameChar(C) || StringRef("\\()@%[]=").contains(C);
      });
    }
    Rest = Rest.ltrim(" \t");
    if ((Name.empty() && !IsPasted) || !Rest.consume_front(":"))
      return false;
    if (StringRef Symbol = symbolOf(Name); !Symbol.empty() && !IsPasted) {
      add(AsmItemKind::Define, Symbol);
      if (MacroDepth == 0)
        OwnLabels[Builder.str(Now.Section)] = Builder.string(Symbol);
    }
    S = Rest.ltrim();
    return true;
  }

  /// `name = expression`
  bool takeAssignment(StringRef S) {
    StringRef Name = S.take_while(isAsmNameChar);
    StringRef Rest = S.drop_front(Name.size()).ltrim();
    if (Name.empty() || !Rest.consume_front("="))
      return false;
    Rest.consume_front("=");
    assign(Name, Rest);
    return true;
  }

  void assign(StringRef Name, StringRef Expression) {
    Name = Name.trim();
    Expression = Expression.trim();
    StringRef Symbol = symbolOf(Name);
    if (Symbol.empty())
      return;
    std::vector<AsmToken> Tokens = lexOperands(Expression, Family);
    for (size_t I = 0; I < Tokens.size(); ++I) {
      StringRef Target = symbolAt(Tokens, I);
      if (!Target.empty() && !isSubtracted(Tokens, I))
        return add(AsmItemKind::Alias, Symbol, Builder.string(Target));
    }
    if (Expression == ".")
      return add(AsmItemKind::Define, Symbol);
    Constants.insert(Name);
  }

  void scanDirective(StringRef Name, StringRef Arguments) {
    DirectiveKind Kind = classifyDirective(Name);
    switch (Kind) {
    case DirectiveKind::Ignored:
      return;
    case DirectiveKind::Data:
      return scanData(Arguments);
    case DirectiveKind::Set: {
      auto [Symbol, Expression] = Arguments.split(',');
      return Expression.empty() ? void() : assign(Symbol, Expression);
    }
    case DirectiveKind::Global:
      return addAll(AsmItemKind::Global, Arguments);
    case DirectiveKind::Weak:
      return addAll(AsmItemKind::Weak, Arguments);
    case DirectiveKind::Common:
      return addAll(AsmItemKind::Define, Arguments.split(',').first);
    case DirectiveKind::Irp:
      return addAll(AsmItemKind::Mention, Arguments.split(',').second);
    case DirectiveKind::Macro:
      return enterMacro();
    case DirectiveKind::EndMacro:
      return leaveMacro();
    default:
      return changeSection(Kind, Name, Arguments);
    }
  }

  void scanData(StringRef Arguments) {
    std::vector<AsmToken> Tokens = lexOperands(Arguments, Family);
    for (size_t I = 0; I < Tokens.size(); ++I) {
      StringRef Symbol = symbolAt(Tokens, I);
      if (Symbol.empty() || Builder.str(Now.Section) == ".opd")
        continue;
      add(isSubtracted(Tokens, I) ? AsmItemKind::Mention : AsmItemKind::Data,
          Symbol);
    }
  }

  void scanInstruction(StringRef Mnemonic, StringRef Arguments) {
    MnemonicKind Kind = classifyMnemonic(Family, Mnemonic);
    if (Kind == MnemonicKind::Prefix)
      return scanStatement(Arguments);
    if (Kind == MnemonicKind::NoSymbol)
      return;
    std::vector<AsmToken> Tokens = lexOperands(Arguments, Family);
    size_t Last = beginOfLastOperand(Tokens);
    bool IsThroughMemory =
        Last < Tokens.size() && Tokens[Last].Kind == AsmTokenKind::Star;
    for (size_t I = 0; I < Tokens.size(); ++I) {
      if (Tokens[I].Kind == AsmTokenKind::String) // argument of a macro
        for (StringRef Rest = Tokens[I].Text; !Rest.empty();) {
          auto [Statement, Next] = Rest.split(';');
          scanStatement(Statement);
          Rest = Next;
        }
      StringRef Symbol = symbolAt(Tokens, I);
      bool IsKeyword =
          I + 1 < Tokens.size() && Tokens[I + 1].Kind == AsmTokenKind::Equals;
      if (Symbol.empty() || IsKeyword)
        continue;
      bool IsTarget =
          Kind == MnemonicKind::Branch && I >= Last && !IsThroughMemory;
      add(IsTarget ? AsmItemKind::Call : AsmItemKind::Mention, Symbol);
    }
  }

  static size_t beginOfLastOperand(const std::vector<AsmToken> &Tokens) {
    for (size_t I = Tokens.size(); I > 0; --I)
      if (Tokens[I - 1].Kind == AsmTokenKind::Comma)
        return I;
    return 0;
  }

  /// A macro is expanded elsewhere: what it does to sections stays inside.
  void enterMacro() {
    if (MacroDepth++ == 0)
      BeforeMacro = {Now, Before, Stack.size()};
  }

  void leaveMacro() {
    if (MacroDepth == 0 || --MacroDepth != 0)
      return;
    Now = BeforeMacro.Now;
    Before = BeforeMacro.Before;
    Stack.resize(std::min(Stack.size(), BeforeMacro.Depth));
  }

  void changeSection(DirectiveKind Kind, StringRef Name, StringRef Arguments) {
    switch (Kind) {
    case DirectiveKind::NamedSection:
      return enterSection(Name);
    case DirectiveKind::Section:
      return enterSection(sectionName(Arguments));
    case DirectiveKind::PushSection:
      Stack.push_back({Now, Before});
      return enterSection(sectionName(Arguments));
    case DirectiveKind::PopSection:
      if (Stack.empty())
        return;
      std::tie(Now, Before) = Stack.back();
      Stack.pop_back();
      return;
    default: // .previous
      std::swap(Now, Before);
    }
  }

  void enterSection(StringRef Name) {
    StringId Carried = within();
    Before = Now;
    Now = {Builder.optionalString(Name), Carried};
  }

  StringId within() const {
    if (MacroDepth > 0)
      return StringId();
    auto Own = OwnLabels.find(Builder.str(Now.Section));
    return Own == OwnLabels.end() ? Now.Carried : Own->second;
  }

  /// \p Name as a symbol; empty if it is none.
  StringRef symbolOf(StringRef Name) const {
    // ELFv1: `.name` is the code of name.
    if (Family == AsmFamily::PowerPc && Name.size() > 1 && Name[0] == '.' &&
        Name[1] != 'L')
      Name = Name.drop_front();
    if (Name.empty() || Name[0] == '.' || llvm::isDigit(Name[0]) ||
        Name == "TOC." || Constants.contains(Name) || isRegister(Family, Name))
      return StringRef();
    return Name;
  }

  StringRef symbolAt(const std::vector<AsmToken> &Tokens, size_t I) const {
    return Tokens[I].Kind == AsmTokenKind::Name ? symbolOf(Tokens[I].Text)
                                                : StringRef();
  }

  /// Whether a '-' stands before token \p I, parentheses aside.
  static bool isSubtracted(const std::vector<AsmToken> &Tokens, size_t I) {
    while (I > 0 && Tokens[I - 1].Text == "(")
      --I;
    return I > 0 && Tokens[I - 1].Kind == AsmTokenKind::Minus;
  }

  void addAll(AsmItemKind Kind, StringRef Names) {
    std::vector<AsmToken> Tokens = lexOperands(Names, Family);
    for (size_t I = 0; I < Tokens.size(); ++I)
      if (StringRef Symbol = symbolAt(Tokens, I); !Symbol.empty())
        add(Kind, Symbol);
  }

  void add(AsmItemKind Kind, StringRef Symbol, StringId Target = StringId()) {
    Items.push_back(
        {Kind, Builder.string(Symbol), Now.Section, Target, within(), line()});
  }

  FactsBuilder &Builder;
  AsmFamily Family;
  std::vector<AsmItem> Items;

  Place Now, Before;
  std::vector<std::pair<Place, Place>> Stack; ///< of .pushsection
  llvm::StringMap<StringId> OwnLabels; ///< last symbol defined, by section
  llvm::StringSet<> Constants;         ///< names that stand for numbers

  struct {
    Place Now, Before;
    size_t Depth = 0; ///< of Stack
  } BeforeMacro;
  unsigned MacroDepth = 0;

  std::string MainFile;
  uint32_t PhysicalLine = 1; ///< within the file at hand
  uint32_t MainLine = 1;     ///< of the #include being read
  bool InMainFile = true;
};

} // namespace

std::vector<AsmItem> bootorder::scanAssembly(StringRef Text,
                                             FactsBuilder &Builder,
                                             llvm::Triple::ArchType Arch) {
  AsmFamily Family = asmFamily(Arch);
  return Scanner(Builder, Family).scan(withoutComments(Text, Family));
}
