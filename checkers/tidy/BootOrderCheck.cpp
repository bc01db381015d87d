#include "tidy/BootOrderCheck.h"

#include "tidy/Diagnose.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace bootorder {

static constexpr llvm::StringLiteral CustomName = "bootorder-custom";

ArrayRef<llvm::StringLiteral> checkNames() {
  static constexpr llvm::StringLiteral Names[] = {
#include "tidy/CheckNames.inc"
  };
  return Names;
}

BootOrderCheck::BootOrderCheck(StringRef Name, tidy::ClangTidyContext *Context,
                               std::shared_ptr<ModuleState> State)
    : ClangTidyCheck(Name, Context), Context(*Context),
      Shared("bootorder", Context->getOptions().CheckOptions, Context),
      State(std::move(State)), Unit(this->State->current()) {
  Wanted.Rules = Shared.get("Rules", Wanted.Rules).str();
  Wanted.Profile = Shared.get("Profile", Wanted.Profile).str();
  Wanted.PhaseMap = Shared.get("PhaseMap", Wanted.PhaseMap).str();
  Wanted.WithMasked = Shared.get("Masked", Wanted.WithMasked);
}

bool BootOrderCheck::isLanguageVersionSupported(
    const LangOptions &Language) const {
  return !Language.CPlusPlus;
}

void BootOrderCheck::registerPPCallbacks(const SourceManager &,
                                         Preprocessor *PP, Preprocessor *) {
  Unit->attach(*PP);
}

void BootOrderCheck::registerMatchers(ast_matchers::MatchFinder *Finder) {
  Finder->addMatcher(ast_matchers::translationUnitDecl(), this);
}

bool BootOrderCheck::isMine(const Finding &F) const {
  std::string Name = "bootorder-" + F.Rule;
  bool HasCheck = is_contained(checkNames(), StringRef(Name));
  return getID() == (HasCheck ? StringRef(Name) : StringRef(CustomName));
}

void BootOrderCheck::check(
    const ast_matchers::MatchFinder::MatchResult &Result) {
  const UnitVerdicts &Verdicts =
      Unit->verdicts(*Result.Context, Wanted, Context);
  for (const Finding &F : Verdicts.Findings)
    if (isMine(F) && (F.Class == FindingClass::Violation ||
                      (F.Class == FindingClass::Masked && Wanted.WithMasked)))
      diagnose(F, Verdicts.SourceRoot, *Result.SourceManager, *this);
}

void BootOrderCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Options) {
  Shared.store(Options, "Rules", Wanted.Rules);
  Shared.store(Options, "Profile", Wanted.Profile);
  Shared.store(Options, "PhaseMap", Wanted.PhaseMap);
  Shared.store(Options, "Masked", Wanted.WithMasked);
}

} // namespace bootorder
