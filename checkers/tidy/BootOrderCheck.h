//===- BootOrderCheck.h - one rule as a check of clang-tidy ---------------===//

#ifndef BOOTORDER_TIDY_BOOTORDERCHECK_H
#define BOOTORDER_TIDY_BOOTORDERCHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "tidy/UnitAnalysis.h"

namespace bootorder {

/// Shows the findings of one rule; `bootorder-custom` those of all rules that
/// have no check of their own. Options are those of `bootorder`, for all checks
/// alike; see docs/clang-tidy.md.
class BootOrderCheck : public clang::tidy::ClangTidyCheck {
public:
  BootOrderCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
                 std::shared_ptr<ModuleState> State);

  bool
  isLanguageVersionSupported(const clang::LangOptions &Language) const override;
  void registerPPCallbacks(const clang::SourceManager &Sources,
                           clang::Preprocessor *PP,
                           clang::Preprocessor *ModuleExpanderPP) override;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void
  check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Options) override;

private:
  bool isMine(const Finding &F) const;

  clang::tidy::ClangTidyContext &Context;
  OptionsView Shared; ///< `bootorder.NAME`
  TidyOptions Wanted;
  std::shared_ptr<ModuleState> State;
  std::shared_ptr<UnitAnalysis> Unit;
};

/// Names of all checks, sorted: one per rule that is shipped,
/// `bootorder-bad-suppression` and `bootorder-custom`.
llvm::ArrayRef<llvm::StringLiteral> checkNames();

} // namespace bootorder

#endif
