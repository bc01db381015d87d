//===- PreludeRecorder.h - fills the table while a prelude is parsed ------===//

#ifndef BOOTORDER_EXTRACT_PRELUDERECORDER_H
#define BOOTORDER_EXTRACT_PRELUDERECORDER_H

#include "extract/PreludeTable.h"
#include "extract/UnitContext.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace bootorder {

/// Calls \p Visit with each identifier in the text of \p Range, a condition of
/// `#if`. Names that are no macros count as 0 there, and nothing else says so.
void forEachName(clang::SourceRange Range, clang::Preprocessor &PP,
                 llvm::function_ref<void(const clang::IdentifierInfo &)> Visit);

/// Writes down what the preprocessor does, inclusion by inclusion.
class PreludeRecorder : public clang::PPCallbacks {
public:
  PreludeRecorder(clang::Preprocessor &PP, UnitContext &Unit);

  /// Every token that reaches the parser.
  void token(const clang::Token &Token);
  /// The parser stands at the brace that opens the body of \p Function, which
  /// units share and know by \p Key.
  void enterBody(const clang::FunctionDecl &Function, uint64_t Key);
  /// Number of a declaration in the precompiled header.
  using NumberOf = llvm::function_ref<uint32_t(const clang::Decl &)>;
  /// The table but for what units own. Call once, at the end.
  PreludeTable finish(NumberOf Number);
  /// Inclusion that \p Loc is in.
  uint32_t inclusionOf(clang::SourceLocation Loc) const;

  void LexedFileChanged(clang::FileID File, LexedFileChangeReason Reason,
                        clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override;
  void InclusionDirective(clang::SourceLocation, const clang::Token &,
                          llvm::StringRef, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, llvm::StringRef,
                          llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void MacroDefined(const clang::Token &Name,
                    const clang::MacroDirective *Directive) override;
  void MacroUndefined(const clang::Token &Name, const clang::MacroDefinition &,
                      const clang::MacroDirective *) override;
  void MacroExpands(const clang::Token &Name, const clang::MacroDefinition &,
                    clang::SourceRange, const clang::MacroArgs *) override;
  void Defined(const clang::Token &Name, const clang::MacroDefinition &,
               clang::SourceRange) override;
  void Ifdef(clang::SourceLocation, const clang::Token &Name,
             const clang::MacroDefinition &) override;
  void Ifndef(clang::SourceLocation Loc, const clang::Token &Name,
              const clang::MacroDefinition &) override;
  void If(clang::SourceLocation, clang::SourceRange Condition,
          ConditionValueKind) override;
  void Elif(clang::SourceLocation, clang::SourceRange Condition,
            ConditionValueKind, clang::SourceLocation) override;
  void Endif(clang::SourceLocation Loc, clang::SourceLocation IfLoc) override;

private:
  /// An `#ifndef` whose first directive inside would be a definition.
  struct OpenDefault {
    clang::SourceLocation IfLoc, Name;
    uint32_t Inclusion = MacroEvent::None, Macro = MacroEvent::None;
    size_t Events = 0; ///< of the inclusion, after the test
  };

  /// The function whose body is being read.
  struct OpenBody {
    uint32_t Function = MacroEvent::None;
    unsigned Braces = 0;
    uint32_t Inclusion = 0; ///< that it stands in
  };

  /// What is known of a function while it is no more than a name.
  struct FunctionNote {
    uint64_t Key = 0;
    const clang::FunctionDecl *Declaration = nullptr;
    std::vector<StoredToken> Tokens;                      ///< of its body
    llvm::SetVector<const clang::IdentifierInfo *> Names; ///< in its body
  };

  uint32_t fileOf(clang::FileEntryRef File);
  void followBody(const clang::Token &Token);
  void keepFunctions(NumberOf Number);
  uint32_t macroOf(const clang::IdentifierInfo &Name);
  uint32_t meaningOf(const clang::MacroInfo *Macro);
  void add(MacroEventKind Kind, uint32_t Subject, uint32_t Meaning,
           uint32_t Inclusion);
  void addRead(MacroEventKind Kind, const clang::IdentifierInfo &Name);
  void addCondition(clang::SourceRange Condition);
  bool isOnlyDefinition(const OpenDefault &Default, clang::SourceLocation End);
  void keepMacros();
  void describeFiles();

  clang::Preprocessor &PP;
  UnitContext &Unit;
  PreludeTable Table;
  uint32_t Current = PreludeTable::BuiltIn;
  uint32_t Expected = MacroEvent::None; ///< inclusion of the pending include
  llvm::DenseMap<clang::FileID, uint32_t> InclusionOf;
  llvm::DenseMap<const clang::FileEntry *, uint32_t> Files;
  std::vector<clang::OptionalFileEntryRef> Entries; ///< by file
  llvm::MapVector<const clang::IdentifierInfo *, uint32_t> Macros;
  llvm::DenseMap<const clang::MacroInfo *, uint32_t> Meanings;
  llvm::MapVector<const clang::IdentifierInfo *, FunctionNote> Functions;
  TokenKeeper Bodies;
  clang::Token LastToken = {};
  OpenBody Body;
  /// Reads that their inclusion, or the body in it, has made since it last
  /// included something: event, inclusion with the number of its includes,
  /// body.
  llvm::DenseSet<std::tuple<std::pair<uint32_t, uint32_t>,
                            std::pair<uint32_t, uint32_t>, uint32_t>>
      Seen;
  uint32_t Includes = 0; ///< so far, of all inclusions
  OpenDefault Default;
  /// The last token of the parser, if it was an identifier.
  const clang::IdentifierInfo *LastName = nullptr;
  uint32_t LastInclusion = 0; ///< that it stands in
};

} // namespace bootorder

#endif
