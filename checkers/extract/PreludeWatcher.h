//===- PreludeWatcher.h - a unit's preprocessor against the replay --------===//

#ifndef BOOTORDER_EXTRACT_PRELUDEWATCHER_H
#define BOOTORDER_EXTRACT_PRELUDEWATCHER_H

#include "extract/HeaderKey.h"
#include "extract/PreludeReplay.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

namespace bootorder {

/// Tells the replay what the unit's own text does.
class PreludeWatcher : public clang::PPCallbacks {
public:
  PreludeWatcher(clang::Preprocessor &PP, UnitContext &Unit,
                 PreludeReplay &Replay, HeaderKeyer &Keyer);

  /// Keeps Clang from seeing \p Macros until the unit would see them.
  void hide(std::vector<uint32_t> Macros) { Hidden = std::move(Macros); }
  /// What \p Name would be as a macro in a plain parse.
  const clang::MacroInfo *macroOf(const clang::IdentifierInfo &Name);
  /// The unit's own meaning \p Meaning.
  MacroMeaning ownMeaning(uint32_t Meaning);
  /// Whether a header of the prelude has changed what \p Name means as a macro.
  bool hasChanged(const clang::IdentifierInfo &Name, MacroMoment Since);
  /// Every token that reaches the parser.
  void token(const clang::Token &Token);

  void LexedFileChanged(clang::FileID File, LexedFileChangeReason Reason,
                        clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override;
  void InclusionDirective(clang::SourceLocation, const clang::Token &,
                          llvm::StringRef, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, llvm::StringRef,
                          llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void FileSkipped(const clang::FileEntryRef &File, const clang::Token &,
                   clang::SrcMgr::CharacteristicKind) override;
  void MacroDefined(const clang::Token &Name,
                    const clang::MacroDirective *Directive) override;
  void MacroUndefined(const clang::Token &Name, const clang::MacroDefinition &,
                      const clang::MacroDirective *) override;
  void MacroExpands(const clang::Token &Name,
                    const clang::MacroDefinition &Definition,
                    clang::SourceRange, const clang::MacroArgs *) override;
  void Defined(const clang::Token &Name, const clang::MacroDefinition &,
               clang::SourceRange) override;
  void Ifdef(clang::SourceLocation, const clang::Token &Name,
             const clang::MacroDefinition &) override;
  void Ifndef(clang::SourceLocation, const clang::Token &Name,
              const clang::MacroDefinition &) override;
  void If(clang::SourceLocation, clang::SourceRange Condition,
          ConditionValueKind) override;
  void Elif(clang::SourceLocation, clang::SourceRange Condition,
            ConditionValueKind Value, clang::SourceLocation) override;

private:
  void use(const clang::IdentifierInfo &Name);
  void start();
  void request(uint32_t File);
  void hide(uint32_t Macro);
  void showRequested();
  uint32_t indexOf(const clang::IdentifierInfo &Name);
  uint32_t actualMeaning(uint32_t Macro, const clang::MacroInfo &Info);
  void test(const clang::Token &Name);

  clang::Preprocessor &PP;
  UnitContext &Unit;
  PreludeReplay &Replay;
  HeaderKeyer &Keyer;
  llvm::DenseMap<const clang::IdentifierInfo *, uint32_t> Indices;
  /// Macros that the unit defines itself.
  llvm::DenseMap<const clang::MacroInfo *, uint32_t> Meanings;
  std::vector<const clang::MacroInfo *> Own; ///< by meaning, less the table's
  llvm::DenseSet<const clang::FileEntry *> Entered;
  std::vector<uint32_t> Hidden;
  /// A macro that Clang sees as the unit comes to its definitions, not as the
  /// prelude ended with it.
  struct HiddenMacro {
    uint32_t Macro;
    clang::IdentifierInfo *Name;
    uint32_t Shown = MacroEvent::None; ///< what it is to Clang now
    /// By meaning: all that it was in the prelude.
    llvm::SmallDenseMap<uint32_t, clang::MacroInfo *, 2> Definitions;
  };
  std::vector<HiddenMacro> Kept;
  bool HasStarted = false;
};

} // namespace bootorder

#endif
