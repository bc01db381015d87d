#include "tidy/UnitAllowances.h"

#include "solve/Allowances.h"
#include "support/Paths.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {

namespace {

/// The allowances of files, each read once.
class AllowanceReader {
public:
  AllowanceReader(clang::SourceManager &Sources, StringRef SourceRoot)
      : Sources(Sources), SourceRoot(SourceRoot) {}

  /// By \p Path relative to the kernel root; null: not readable.
  const AllowingFile *file(StringRef Path) {
    auto [Known, IsNew] = Files.try_emplace(Path.str());
    if (IsNew)
      Known->second = read(Path);
    return Known->second ? &*Known->second : nullptr;
  }

private:
  std::optional<AllowingFile> read(StringRef Path) {
    auto File = Sources.getFileManager().getOptionalFileRef(
        absolutePath(Path, SourceRoot));
    if (!File)
      return std::nullopt;
    auto Content = Sources.getMemoryBufferForFileOrNone(*File);
    if (!Content)
      return std::nullopt;
    return AllowingFile(Path, Content->getBuffer());
  }

  clang::SourceManager &Sources;
  StringRef SourceRoot;
  std::map<std::string, std::optional<AllowingFile>> Files;
};

} // namespace

static Finding badSuppression(const AllowanceMistake &Mistake) {
  Finding F;
  F.Rule = "bad-suppression";
  F.Message = Mistake.Message;
  F.Place = Mistake.Of->Place;
  return F;
}

void applyAllowances(clang::SourceManager &Sources, const RuleSet &Rules,
                     const RuleSet &Selected, ArrayRef<std::string> Own,
                     UnitVerdicts &Verdicts) {
  AllowanceReader Reader(Sources, Verdicts.SourceRoot);
  erase_if(Verdicts.Findings, [&](const Finding &F) {
    auto FileOf = [&](StringRef Path) { return Reader.file(Path); };
    return findAllowance(F, FileOf) ||
           any_of(Selected.ChainSuppressions, [&](const ChainSuppression &By) {
             return isSuppressedBy(F, By);
           });
  });
  std::vector<std::string> Ids;
  for (const Rule &Known : Rules.Rules)
    Ids.push_back(Known.Id);
  for (const std::string &Path : Own)
    if (const AllowingFile *File = Reader.file(Path))
      for (const AllowanceMistake &Mistake : File->mistakes(Ids))
        Verdicts.Findings.push_back(badSuppression(Mistake));
  llvm::sort(Verdicts.Findings, isBefore);
}

} // namespace bootorder
