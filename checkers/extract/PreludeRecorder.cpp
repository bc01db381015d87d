//===- PreludeRecorder.cpp - fills the table while a prelude is parsed ----===//

#include "extract/PreludeRecorder.h"
#include "extract/MacroHash.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"
#include <numeric>

using namespace bootorder;
using namespace clang;

static constexpr uint32_t None = MacroEvent::None;

PreludeRecorder::PreludeRecorder(Preprocessor &PP, UnitContext &Unit)
    : PP(PP), Unit(Unit) {
  Table.Inclusions.resize(2); // BuiltIn and CommandLine
}

uint32_t PreludeRecorder::fileOf(FileEntryRef File) {
  auto [It, IsNew] = Files.try_emplace(&File.getFileEntry(), Entries.size());
  if (IsNew)
    Entries.push_back(File);
  return It->second;
}

uint32_t PreludeRecorder::macroOf(const IdentifierInfo &Name) {
  return Macros.insert({&Name, Macros.size()}).first->second;
}

uint32_t PreludeRecorder::meaningOf(const MacroInfo *Macro) {
  if (!Macro || Macro->isBuiltinMacro())
    return None;
  auto [It, IsNew] = Meanings.try_emplace(Macro, Table.Meanings.size());
  if (IsNew)
    Table.Meanings.push_back(bootorder::meaningOf(*Macro, PP, Unit));
  return It->second;
}

void PreludeRecorder::add(MacroEventKind Kind, uint32_t Subject,
                          uint32_t Meaning, uint32_t Inclusion) {
  Table.Inclusions[Inclusion].Events.push_back({Kind, Subject, Meaning});
}

void PreludeRecorder::addRead(MacroEventKind Kind, const IdentifierInfo &Name) {
  const MacroInfo *Macro = macroInfo(Name, PP);
  if (Macro && Macro->isBuiltinMacro())
    return;
  uint32_t Subject = macroOf(Name), Meaning = meaningOf(Macro);
  uint32_t What = Subject * 4 + (Kind == MacroEventKind::Test) +
                  2 * (Kind == MacroEventKind::Name);
  std::pair<uint32_t, uint32_t> Event{What, Meaning}, Place{Current, Includes};
  if (Seen.insert({Event, Place, Body.Function}).second)
    add(Kind, Subject, Meaning, Current);
}

void PreludeRecorder::enterBody(const FunctionDecl &Function, uint64_t Key) {
  assert(LastToken.is(tok::l_brace) && "the parser looked ahead");
  auto [It, IsNew] =
      Functions.insert({Function.getIdentifier(), FunctionNote()});
  It->second.Key = Key;
  It->second.Declaration = &Function;
  It->second.Tokens = {Bodies.store(LastToken)};
  Body = {uint32_t(It - Functions.begin()), /*Braces=*/1, Current};
  Unit.enterBody(Function);
  add(MacroEventKind::EnterBody, Body.Function, None, Body.Inclusion);
}

void PreludeRecorder::followBody(const Token &Token) {
  if (Body.Function == None)
    return;
  FunctionNote &Note = (Functions.begin() + Body.Function)->second;
  Note.Tokens.push_back(Bodies.store(Token));
  if (const IdentifierInfo *Name = Token.getIdentifierInfo())
    Note.Names.insert(Name);
  Body.Braces += Token.is(tok::l_brace);
  Body.Braces -= Token.is(tok::r_brace);
  if (Body.Braces != 0)
    return;
  add(MacroEventKind::LeaveBody, Body.Function, None, Body.Inclusion);
  Body = OpenBody();
  Unit.Body = 0;
}

/// An identifier that comes through here was not replaced. If no parenthesis
/// follows, it is no use of a function-like macro either.
void PreludeRecorder::token(const Token &Token) {
  if (LastName) {
    bool IsCall = Token.is(tok::l_paren);
    std::swap(Current, LastInclusion);
    addRead(IsCall ? MacroEventKind::Expand : MacroEventKind::Name, *LastName);
    std::swap(Current, LastInclusion);
  }
  LastName = Token.isAnnotation() ? nullptr : Token.getIdentifierInfo();
  LastInclusion = Current;
  if (!Token.isAnnotation()) {
    followBody(Token);
    LastToken = Token;
  }
  if (!LastName)
    return;
  const MacroInfo *Macro = macroInfo(*LastName, PP);
  if (Macro && Macro->isObjectLike())
    LastName = nullptr; // `#define f f`, replaced already
}

void PreludeRecorder::LexedFileChanged(FileID File,
                                       LexedFileChangeReason Reason,
                                       SrcMgr::CharacteristicKind, FileID,
                                       SourceLocation) {
  if (Reason == LexedFileChangeReason::ExitFile) {
    Current = InclusionOf.lookup(File);
    return;
  }
  OptionalFileEntryRef Entry = Unit.Sources.getFileEntryRefForID(File);
  if (!Entry) { // the compiler's own definitions
    Current = PreludeTable::BuiltIn;
    InclusionOf[File] = Current;
    return;
  }
  uint32_t Inclusion = Table.Inclusions.size();
  Table.Inclusions.emplace_back();
  if (Expected != None) {
    MacroEvent &Include = Table.Inclusions[Expected].Events.back();
    Include.Meaning = Inclusion;
    Table.Inclusions[Inclusion].File = Include.Subject;
    Expected = None;
  }
  InclusionOf[File] = Inclusion;
  Current = Inclusion;
}

void PreludeRecorder::InclusionDirective(SourceLocation, const Token &,
                                         llvm::StringRef, bool, CharSourceRange,
                                         OptionalFileEntryRef File,
                                         llvm::StringRef, llvm::StringRef,
                                         const Module *, bool,
                                         SrcMgr::CharacteristicKind) {
  ++Includes;
  Expected = None;
  if (!File)
    return;
  add(MacroEventKind::Include, fileOf(*File), None, Current);
  Expected = Current;
}

void PreludeRecorder::MacroDefined(const Token &Name,
                                   const MacroDirective *Directive) {
  SourceManager &Sources = Unit.Sources;
  bool IsOption = Current == PreludeTable::BuiltIn &&
                  Sources.isWrittenInCommandLineFile(Name.getLocation());
  uint32_t Inclusion = IsOption ? PreludeTable::CommandLine : Current;
  add(MacroEventKind::Define, macroOf(*Name.getIdentifierInfo()),
      meaningOf(Directive->getMacroInfo()), Inclusion);
}

void PreludeRecorder::MacroUndefined(const Token &Name, const MacroDefinition &,
                                     const MacroDirective *) {
  add(MacroEventKind::Undefine, macroOf(*Name.getIdentifierInfo()), None,
      Current);
}

void PreludeRecorder::MacroExpands(const Token &Name, const MacroDefinition &,
                                   SourceRange, const MacroArgs *) {
  // A condition may decide about more than the body it stands in.
  OpenBody Suspended;
  if (Body.Function != None && PP.isParsingIfOrElifDirective()) {
    std::swap(Body, Suspended);
    add(MacroEventKind::LeaveBody, Suspended.Function, None, Current);
  }
  addRead(MacroEventKind::Expand, *Name.getIdentifierInfo());
  if (Suspended.Function == None)
    return;
  std::swap(Body, Suspended);
  add(MacroEventKind::EnterBody, Body.Function, None, Current);
}

void PreludeRecorder::Defined(const Token &Name, const MacroDefinition &,
                              SourceRange) {
  addRead(MacroEventKind::Test, *Name.getIdentifierInfo());
}

void PreludeRecorder::Ifdef(SourceLocation, const Token &Name,
                            const MacroDefinition &) {
  addRead(MacroEventKind::Test, *Name.getIdentifierInfo());
}

void PreludeRecorder::Ifndef(SourceLocation Loc, const Token &Name,
                             const MacroDefinition &) {
  const IdentifierInfo &Macro = *Name.getIdentifierInfo();
  const MacroInfo *Known = macroInfo(Macro, PP);
  if (Known && Known->isBuiltinMacro())
    return;
  add(MacroEventKind::Test, macroOf(Macro), meaningOf(Known), Current);
  if (!Known)
    Default = {Loc, Name.getLocation(), Current, macroOf(Macro),
               Table.Inclusions[Current].Events.size()};
}

void bootorder::forEachName(
    SourceRange Range, Preprocessor &PP,
    llvm::function_ref<void(const IdentifierInfo &)> Visit) {
  SourceManager &Sources = PP.getSourceManager();
  auto [File, Begin] = Sources.getDecomposedLoc(Range.getBegin());
  unsigned End = Sources.getFileOffset(Range.getEnd());
  llvm::StringRef Buffer = Sources.getBufferData(File);
  Lexer Raw(Sources.getLocForStartOfFile(File), PP.getLangOpts(),
            Buffer.begin(), Buffer.begin() + Begin, Buffer.end());
  Token Token;
  while (!Raw.LexFromRawLexer(Token) &&
         Sources.getFileOffset(Token.getLocation()) <= End)
    if (Token.is(tok::raw_identifier))
      Visit(*PP.LookUpIdentifierInfo(Token));
}

void PreludeRecorder::addCondition(SourceRange Condition) {
  forEachName(Condition, PP, [this](const IdentifierInfo &Name) {
    addRead(MacroEventKind::Test, Name);
  });
}

void PreludeRecorder::If(SourceLocation, SourceRange Condition,
                         ConditionValueKind) {
  addCondition(Condition);
}

void PreludeRecorder::Elif(SourceLocation, SourceRange Condition,
                           ConditionValueKind Value, SourceLocation) {
  if (Value != CVK_NotEvaluated)
    addCondition(Condition);
}

/// Whether the text from the `#ifndef` up to \p End is one `#define`.
bool PreludeRecorder::isOnlyDefinition(const OpenDefault &Default,
                                       SourceLocation End) {
  auto [File, Begin] = Unit.Sources.getDecomposedLoc(Default.Name);
  unsigned Last = Unit.Sources.getFileOffset(End);
  llvm::StringRef Buffer = Unit.Sources.getBufferData(File);
  Lexer Raw(Unit.Sources.getLocForStartOfFile(File), PP.getLangOpts(),
            Buffer.begin(), Buffer.begin() + Begin, Buffer.end());
  Token Token;
  Raw.LexFromRawLexer(Token); // the name
  unsigned Directives = 0;
  bool IsFirst = true;
  while (!Raw.LexFromRawLexer(Token) &&
         Unit.Sources.getFileOffset(Token.getLocation()) < Last) {
    if (!Token.isAtStartOfLine()) {
      if (IsFirst)
        return false;
      continue;
    }
    IsFirst = false;
    if (Token.isNot(tok::hash))
      return false;
    ++Directives;
  }
  return Directives <= 2; // `#define` and the hash of `#endif`
}

void PreludeRecorder::Endif(SourceLocation Loc, SourceLocation IfLoc) {
  if (Default.Inclusion != Current || Default.IfLoc != IfLoc)
    return;
  std::vector<MacroEvent> &Events = Table.Inclusions[Current].Events;
  bool IsDefault = Events.size() == Default.Events + 1 &&
                   Events.back().Kind == MacroEventKind::Define &&
                   Events.back().Subject == Default.Macro &&
                   isOnlyDefinition(Default, Loc);
  Default = OpenDefault();
  if (!IsDefault)
    return;
  Events.erase(Events.end() - 2);
  Events.back().Kind = MacroEventKind::DefineDefault;
}

uint32_t PreludeRecorder::inclusionOf(SourceLocation Loc) const {
  auto Found = InclusionOf.find(
      Unit.Sources.getFileID(Unit.Sources.getExpansionLoc(Loc)));
  return Found == InclusionOf.end() ? PreludeTable::BuiltIn : Found->second;
}

void PreludeRecorder::describeFiles() {
  for (OptionalFileEntryRef Entry : Entries) {
    PreludeFile File;
    File.Path = Unit.absolutePath(Entry->getName());
    File.IsGuarded =
        PP.getHeaderSearchInfo().isFileMultipleIncludeGuarded(*Entry);
    Table.Files.push_back(std::move(File));
  }
  for (uint32_t I = 0; I != Table.Inclusions.size(); ++I) {
    uint32_t File = Table.Inclusions[I].File;
    if (File != None && Table.Files[File].Inclusion == None)
      Table.Files[File].Inclusion = I;
  }
}

/// Names that no header defines as a macro leave the events: what remains of
/// them is which files use them.
void PreludeRecorder::keepMacros() {
  llvm::BitVector IsMacro(Macros.size());
  for (const PreludeInclusion &Inclusion : Table.Inclusions)
    for (const MacroEvent &E : Inclusion.Events)
      if (isOfMacro(E.Kind) && E.Meaning != None)
        IsMacro.set(E.Subject);
  std::vector<uint32_t> Renumbered(Macros.size(), None);
  std::vector<uint64_t> Hashes(Macros.size());
  for (auto [Name, Index] : Macros) {
    Hashes[Index] = llvm::xxh3_64bits(Name->getName());
    if (!IsMacro[Index])
      continue;
    Renumbered[Index] = Table.Macros.size();
    Table.Macros.push_back(Name->getName().str());
    Table.Final.push_back(meaningOf(macroInfo(*Name, PP)));
  }
  for (PreludeInclusion &Inclusion : Table.Inclusions)
    llvm::erase_if(Inclusion.Events, [&](MacroEvent &E) {
      if (!isOfMacro(E.Kind))
        return false;
      if (!IsMacro[E.Subject]) {
        if (Inclusion.File != None)
          Table.PlainNames.push_back({Hashes[E.Subject], Inclusion.File});
        return true;
      }
      E.Subject = Renumbered[E.Subject];
      return false;
    });
  llvm::sort(Table.PlainNames);
  Table.PlainNames.erase(llvm::unique(Table.PlainNames),
                         Table.PlainNames.end());
}

/// Functions get the numbers that the table knows them by.
void PreludeRecorder::keepFunctions(NumberOf Number) {
  std::vector<uint32_t> Sorted(Functions.size()), Renumbered(Functions.size());
  std::iota(Sorted.begin(), Sorted.end(), 0);
  llvm::sort(Sorted, [this](uint32_t A, uint32_t B) {
    return (Functions.begin() + A)->first->getName() <
           (Functions.begin() + B)->first->getName();
  });
  for (uint32_t I = 0; I != Sorted.size(); ++I)
    Renumbered[Sorted[I]] = I;
  for (uint32_t Old : Sorted) {
    const auto &[Name, Note] = *(Functions.begin() + Old);
    PreludeFunction F;
    F.Name = Name->getName().str();
    F.Key = Note.Key;
    F.Declaration = Number(*Note.Declaration);
    F.FirstToken = Bodies.Kept.Tokens.size();
    F.Tokens = Note.Tokens.size();
    Bodies.Kept.Tokens.insert(Bodies.Kept.Tokens.end(), Note.Tokens.begin(),
                              Note.Tokens.end());
    for (const IdentifierInfo *Used : Note.Names)
      if (auto Found = Functions.find(Used); Found != Functions.end())
        F.Uses.push_back(Renumbered[Found - Functions.begin()]);
    llvm::sort(F.Uses);
    Table.Functions.push_back(std::move(F));
  }
  for (PreludeInclusion &Inclusion : Table.Inclusions)
    for (MacroEvent &E : Inclusion.Events)
      if (E.Kind == MacroEventKind::EnterBody ||
          E.Kind == MacroEventKind::LeaveBody)
        E.Subject = Renumbered[E.Subject];
}

PreludeTable PreludeRecorder::finish(NumberOf Number) {
  describeFiles();
  keepMacros();
  keepFunctions(Number);
  Table.Bodies = std::move(Bodies.Kept);
  return std::move(Table);
}
