//===- UnitAnalysis.h - what the checks of one unit share -----------------===//

#ifndef BOOTORDER_TIDY_UNITANALYSIS_H
#define BOOTORDER_TIDY_UNITANALYSIS_H

#include "clang-tidy/ClangTidyCheck.h"
#include "store/PhaseMapFile.h"
#include "tidy/UnitVerdicts.h"
#include <set>

namespace bootorder {

class UnitAnalysis;

/// What outlives a unit: rules that were read, and what was said already. One
/// per clang-tidy process.
class ModuleState {
public:
  /// The rules that \p NamesOrFiles asks for. Errors are kept, too.
  llvm::Expected<const RuleSet &> rules(llvm::StringRef NamesOrFiles);

  /// The phase map at \p Path; null if that is empty. Errors are not kept.
  llvm::Expected<const PhaseMapFile *> map(llvm::StringRef Path);

  /// True the first time it is asked about the error \p Text: each process has
  /// to say why it fails.
  bool isNewError(llvm::StringRef Text) {
    return Errors.insert(Text.str()).second;
  }
  bool isNews(const Remark &R) { return Remarks.isNews(R.Key); }

  /// The analysis of the unit that checks are being made for.
  std::shared_ptr<UnitAnalysis> current();

private:
  std::string RulesName;
  std::optional<RuleSet> Rules;
  std::string MapPath;
  std::optional<PhaseMapFile> Map;
  std::set<std::string> Errors;
  SaidList Remarks;
  std::weak_ptr<UnitAnalysis> Current;
};

/// One unit of clang-tidy: judged once, when the first of its checks asks.
class UnitAnalysis {
public:
  explicit UnitAnalysis(ModuleState &State) : State(State) {}

  /// clang-tidy is about to parse the unit with \p PP.
  void attach(clang::Preprocessor &PP) { this->PP = &PP; }

  /// What there is to say about \p Ast. What goes wrong, and what cannot be
  /// known, is said by \p Context, once.
  const UnitVerdicts &verdicts(clang::ASTContext &Ast,
                               const TidyOptions &Options,
                               clang::tidy::ClangTidyContext &Context);

private:
  llvm::Error judge(clang::ASTContext &Ast, const TidyOptions &Options,
                    llvm::StringRef Directory);
  ModuleState &State;
  clang::Preprocessor *PP = nullptr;
  std::optional<UnitVerdicts> Verdicts;
};

} // namespace bootorder

#endif
