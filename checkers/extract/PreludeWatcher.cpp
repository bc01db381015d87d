//===- PreludeWatcher.cpp - a unit's preprocessor against the replay ------===//

#include "extract/PreludeWatcher.h"
#include "extract/MacroHash.h"
#include "extract/PreludeRecorder.h"

using namespace bootorder;
using namespace clang;

static constexpr uint32_t None = MacroEvent::None;

PreludeWatcher::PreludeWatcher(Preprocessor &PP, UnitContext &Unit,
                               PreludeReplay &Replay, HeaderKeyer &Keyer)
    : PP(PP), Unit(Unit), Replay(Replay), Keyer(Keyer) {}

uint32_t PreludeWatcher::indexOf(const IdentifierInfo &Name) {
  auto [It, IsNew] = Indices.try_emplace(&Name, None);
  if (IsNew)
    It->second = Unit.Prelude->macro(Name.getName());
  return It->second;
}

/// What Clang takes \p Macro for: a definition of the unit, or the one that
/// the prelude ended with.
uint32_t PreludeWatcher::actualMeaning(uint32_t Macro, const MacroInfo &Info) {
  auto Found = Meanings.find(&Info);
  return Found != Meanings.end() ? Found->second
                                 : Unit.Prelude->Table.Final[Macro];
}

MacroMeaning PreludeWatcher::ownMeaning(uint32_t Meaning) {
  size_t First = Unit.Prelude->Table.Meanings.size();
  return meaningOf(*Own[Meaning - First], PP, Unit);
}

/// The first line of the unit: what the command line says has been read.
void PreludeWatcher::start() {
  if (HasStarted)
    return;
  HasStarted = true;
  // Whoever declares a function inside a body would load all of the prelude.
  Unit.Ast.getTranslationUnitDecl()->setHasExternalLexicalStorage(false);
  Replay.start();
  for (uint32_t Macro : Hidden)
    hide(Macro);
}

void PreludeWatcher::hide(uint32_t Macro) {
  const PreludeTable &Table = Unit.Prelude->Table;
  HiddenMacro Out;
  Out.Macro = Macro;
  Out.Name = &PP.getIdentifierTable().get(Table.Macros[Macro]);
  const MacroInfo *Last = macroInfo(*Out.Name, PP);
  if (Last && Replay.meaning(Macro) == actualMeaning(Macro, *Last))
    return;
  for (MacroDirective *D = PP.getLocalMacroDirectiveHistory(Out.Name); D;
       D = D->getPrevious()) {
    auto *Definition = dyn_cast<DefMacroDirective>(D);
    if (!Definition || Definition->getInfo()->isBuiltinMacro())
      continue;
    MacroInfo *Info = Definition->getInfo();
    uint32_t Meaning =
        Unit.Prelude->meaning(Macro, meaningOf(*Info, PP, Unit).Text);
    if (Meaning == None)
      continue;
    Out.Definitions.try_emplace(Meaning, Info);
    Meanings.try_emplace(Info, Meaning);
  }
  if (Out.Definitions.empty())
    return;
  if (Last)
    PP.appendMacroDirective(Out.Name,
                            new (PP.getPreprocessorAllocator())
                                UndefMacroDirective(Last->getDefinitionLoc()));
  Replay.hide();
  Kept.push_back(std::move(Out));
}

void PreludeWatcher::request(uint32_t File) {
  start();
  Replay.request(File);
  Keyer.forgetMacros();
  showRequested();
}

/// Hidden macros whose definition the unit has come to, or come past.
void PreludeWatcher::showRequested() {
  for (HiddenMacro &M : Kept) {
    uint32_t Meant = Replay.meaning(M.Macro);
    if (Meant == M.Shown)
      continue;
    MacroInfo *Before = PP.getMacroInfo(M.Name);
    if (Meant != None && M.Definitions.count(Meant))
      PP.appendDefMacroDirective(M.Name, M.Definitions.lookup(Meant));
    else if (Meant == None && Before)
      PP.appendMacroDirective(
          M.Name, new (PP.getPreprocessorAllocator())
                      UndefMacroDirective(Before->getDefinitionLoc()));
    else
      continue; // the unit's own, which Clang has seen
    M.Shown = Meant;
  }
}

void PreludeWatcher::use(const IdentifierInfo &Name) {
  uint32_t Macro = indexOf(Name);
  if (Macro != None && !macroInfo(Name, PP))
    Replay.use(Macro);
}

bool PreludeWatcher::hasChanged(const IdentifierInfo &Name, MacroMoment Since) {
  uint32_t Macro = indexOf(Name);
  return Macro != None && Replay.hasChangedSince(Macro, Since.Requests);
}

void PreludeWatcher::token(const Token &Token) {
  if (!Replay.hasLost() || Token.isAnnotation())
    return;
  if (const IdentifierInfo *Name = Token.getIdentifierInfo())
    use(*Name);
}

const MacroInfo *PreludeWatcher::macroOf(const IdentifierInfo &Name) {
  const MacroInfo *Info = macroInfo(Name, PP);
  uint32_t Macro = indexOf(Name);
  if (Macro == None || (Info && Info->isBuiltinMacro()))
    return Info;
  uint32_t Meant = Replay.meaning(Macro);
  if (Meant == None)
    return nullptr;
  Replay.expand(Macro, Info ? actualMeaning(Macro, *Info) : None);
  return Info;
}

void PreludeWatcher::LexedFileChanged(FileID File, LexedFileChangeReason Reason,
                                      SrcMgr::CharacteristicKind, FileID,
                                      SourceLocation) {
  if (Reason == LexedFileChangeReason::ExitFile) {
    if (File == Unit.Sources.getMainFileID())
      start();
    return;
  }
  OptionalFileEntryRef Entry = Unit.Sources.getFileEntryRefForID(File);
  if (!Entry || !Entered.insert(&Entry->getFileEntry()).second)
    return;
  // Its guard, which is not around all of its text, keeps out what the unit
  // would read here.
  uint32_t Known = Unit.Prelude->file(Unit.absolutePath(Entry->getName()));
  if (Known != None && Replay.isHalfGuarded(Known) &&
      !Replay.isRequested(Known))
    request(Known);
}

void PreludeWatcher::InclusionDirective(SourceLocation, const Token &,
                                        llvm::StringRef, bool, CharSourceRange,
                                        OptionalFileEntryRef, llvm::StringRef,
                                        llvm::StringRef, const Module *, bool,
                                        SrcMgr::CharacteristicKind) {
  start();
}

void PreludeWatcher::FileSkipped(const FileEntryRef &File, const Token &,
                                 SrcMgr::CharacteristicKind) {
  std::string Path = Unit.absolutePath(File.getName());
  uint32_t Known = Unit.Prelude->file(Path);
  if (Known == None) {
    if (!Entered.count(&File.getFileEntry()))
      Replay.fail({ConflictKind::UnknownFile, Path, "", None});
    return;
  }
  request(Known);
}

void PreludeWatcher::MacroDefined(const Token &Name,
                                  const MacroDirective *Directive) {
  const IdentifierInfo &Identifier = *Name.getIdentifierInfo();
  const MacroInfo *Info = Directive->getMacroInfo();
  uint32_t Macro = indexOf(Identifier);
  if (Macro == None)
    return Replay.defineName(Identifier.getName());
  uint32_t Meaning = None;
  // Options, and headers that are read again, say what the prelude says.
  if (!Unit.Sources.isInMainFile(Info->getDefinitionLoc()))
    Meaning = Unit.Prelude->meaning(Macro, meaningOf(*Info, PP, Unit).Text);
  if (Meaning == None) {
    Meaning = Unit.Prelude->Table.Meanings.size() + Own.size();
    Own.push_back(Info);
  }
  Meanings[Info] = Meaning;
  Replay.define(Macro, Meaning);
}

void PreludeWatcher::MacroUndefined(const Token &Name, const MacroDefinition &,
                                    const MacroDirective *) {
  if (uint32_t Macro = indexOf(*Name.getIdentifierInfo()); Macro != None)
    Replay.undefine(Macro);
}

void PreludeWatcher::MacroExpands(const Token &Name,
                                  const MacroDefinition &Definition,
                                  SourceRange, const MacroArgs *) {
  const MacroInfo *Info = Definition.getMacroInfo();
  uint32_t Macro = indexOf(*Name.getIdentifierInfo());
  if (Macro != None && Info && !Info->isBuiltinMacro())
    Replay.expand(Macro, actualMeaning(Macro, *Info));
}

void PreludeWatcher::test(const Token &Name) {
  const IdentifierInfo &Identifier = *Name.getIdentifierInfo();
  if (uint32_t Macro = indexOf(Identifier); Macro != None)
    Replay.test(Macro, macroInfo(Identifier, PP) != nullptr);
}

void PreludeWatcher::Defined(const Token &Name, const MacroDefinition &,
                             SourceRange) {
  test(Name);
}

void PreludeWatcher::Ifdef(SourceLocation, const Token &Name,
                           const MacroDefinition &) {
  test(Name);
}

void PreludeWatcher::Ifndef(SourceLocation, const Token &Name,
                            const MacroDefinition &) {
  test(Name);
}

void PreludeWatcher::If(SourceLocation, SourceRange Condition,
                        ConditionValueKind) {
  if (Replay.hasLost())
    forEachName(Condition, PP, [this](const IdentifierInfo &N) { use(N); });
}

void PreludeWatcher::Elif(SourceLocation, SourceRange Condition,
                          ConditionValueKind Value, SourceLocation) {
  if (Replay.hasLost() && Value != CVK_NotEvaluated)
    forEachName(Condition, PP, [this](const IdentifierInfo &N) { use(N); });
}
