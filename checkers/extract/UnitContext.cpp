//===- UnitContext.cpp - one parsed unit, and how its places are named ----===//

#include "extract/UnitContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using namespace clang;

int64_t bootorder::lowBits(const llvm::APSInt &Number) {
  return static_cast<int64_t>(Number.extOrTrunc(64).getRawData()[0]);
}

std::string bootorder::plainPath(llvm::StringRef File,
                                 llvm::StringRef Directory) {
  llvm::SmallString<256> Path(File);
  if (!llvm::sys::path::is_absolute(Path)) {
    Path = Directory;
    llvm::sys::path::append(Path, File);
  }
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return std::string(Path);
}

std::string bootorder::treePath(llvm::StringRef File, llvm::StringRef Directory,
                                llvm::StringRef SourceRoot) {
  std::string Path = plainPath(File, Directory);
  for (llvm::StringRef Root : {SourceRoot, Directory}) {
    llvm::StringRef Rest = Path;
    if (!Root.empty() && Rest.consume_front(Root) && Rest.consume_front("/"))
      return Rest.str();
  }
  return Path;
}

void UnitContext::enterBody(const FunctionDecl &F) {
  Body = llvm::xxh3_64bits(F.getName());
}

llvm::StringRef UnitContext::path(FileID File) {
  auto [It, IsNew] = Paths.try_emplace(File);
  if (!IsNew)
    return It->second;
  if (OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File))
    It->second = treePath(Entry->getName(), Directory, SourceRoot);
  return It->second;
}

bool UnitContext::isInHeader(SourceLocation Loc) {
  FileID File = Sources.getFileID(Sources.getExpansionLoc(Loc));
  auto [It, IsNew] = Headers.try_emplace(File);
  if (IsNew)
    It->second = File != Sources.getMainFileID() && !path(File).ends_with(".c");
  return It->second;
}

/// Replaces the digit runs of \p Name that read \p Value by '#'.
///
/// A pasted counter ends the name or stands between underscores; `i915_gem`
/// has digits of its own.
static void hideCounter(std::string &Name, unsigned Value) {
  std::string Digits = llvm::utostr(Value);
  for (size_t At = 0; (At = Name.find(Digits, At)) != std::string::npos;) {
    size_t End = At + Digits.size();
    bool IsWholeRun = (At == 0 || !llvm::isDigit(Name[At - 1])) &&
                      (End == Name.size() || !llvm::isDigit(Name[End]));
    bool IsPasted = End == Name.size() || (At > 0 && Name[At - 1] == '_');
    if (IsWholeRun && IsPasted)
      Name.replace(At, Digits.size(), "#");
    At += 1;
  }
}

std::string UnitContext::stableName(const NamedDecl &D) const {
  std::string Name;
  if (const auto *Label = D.getAttr<AsmLabelAttr>())
    Name = Label->getLabel().str();
  else if (const IdentifierInfo *Identifier = D.getIdentifier())
    Name = Identifier->getName().str();
  if (!D.getLocation().isMacroID())
    return Name;
  for (unsigned Value : counters(Sources.getExpansionLoc(D.getLocation())))
    hideCounter(Name, Value);
  return Name;
}

/// Values that __COUNTER__ took in the expansion at \p Expansion.
llvm::ArrayRef<unsigned>
UnitContext::counters(SourceLocation Expansion) const {
  if (auto Found = Counters.find(Expansion); Found != Counters.end())
    return Found->second;
  if (!Prelude || !Sources.isLoadedSourceLocation(Expansion))
    return {};
  auto [File, Offset] = Sources.getDecomposedLoc(Expansion);
  return Prelude->counters(Prelude->file(absolutePath(File)), Offset);
}

llvm::StringRef UnitContext::mainPath() {
  return path(Sources.getMainFileID());
}

std::string UnitContext::absolutePath(FileID File) const {
  OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
  return Entry ? plainPath(Entry->getName(), Directory) : std::string();
}

bool UnitContext::isRead(SourceLocation Loc) {
  Loc = Sources.getExpansionLoc(Loc);
  if (!Replay || !Sources.isLoadedSourceLocation(Loc))
    return true;
  FileID File = Sources.getFileID(Loc);
  auto [It, IsNew] = Read.try_emplace(File);
  if (IsNew) {
    uint32_t Known = Prelude->file(absolutePath(File));
    It->second = Known == MacroEvent::None || Replay->isRequested(Known);
  }
  return It->second;
}

uint64_t UnitContext::preludeKey(llvm::StringRef Name) const {
  uint32_t Function = Prelude ? Prelude->function(Name) : MacroEvent::None;
  if (Function == MacroEvent::None)
    return 0;
  Replay->nameFunction(Function);
  return Prelude->Table.Functions[Function].Key;
}

uint64_t UnitContext::headerKey(const FunctionDecl &F) const {
  const FunctionDecl *Definition = F.getDefinition();
  if (!Definition)
    return 0;
  if (Definition->isFromASTFile())
    return preludeKey(Definition->getName());
  return HeaderKeys.lookup(Definition);
}

bool bootorder::isForInliningOnly(const FunctionDecl &F) {
  return F.isInlined() && F.isExternallyVisible() &&
         (F.doesThisDeclarationHaveABody() || F.willHaveBody()) &&
         !F.isInlineDefinitionExternallyVisible();
}

bool bootorder::isHeaderFunction(const FunctionDecl &F, UnitContext &Unit) {
  if (!Unit.isInHeader(F.getLocation()))
    return false;
  return !F.isExternallyVisible() || isForInliningOnly(F);
}
