#include "tidy/UnitAnalysis.h"

#include "rules/RuleReader.h"
#include "support/Error.h"
#include "support/Installation.h"
#include "support/Paths.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;

namespace bootorder {

/// The folder of what clang-tidy was told to load; this library is in a folder
/// below it.
static std::string moduleFolder() {
  Dl_info Info;
  if (!dladdr(reinterpret_cast<void *>(&moduleFolder), &Info))
    return "";
  return sys::path::parent_path(sys::path::parent_path(Info.dli_fname)).str();
}

Expected<const RuleSet &> ModuleState::rules(StringRef NamesOrFiles) {
  if (Rules && RulesName == NamesOrFiles)
    return *Rules;
  std::vector<std::string> Files;
  for (StringRef Name : split(NamesOrFiles, ',')) {
    Expected<std::string> File = findRules(Name.trim(), programFolderOfModule(moduleFolder()));
    if (!File)
      return File.takeError();
    Files.push_back(std::move(*File));
  }
  Expected<RuleSet> Read = readRules(Files);
  if (!Read)
    return Read.takeError();
  RulesName = NamesOrFiles.str();
  Rules = std::move(*Read);
  return *Rules;
}

Expected<const PhaseMapFile *> ModuleState::map(StringRef Path) {
  if (Path.empty())
    return nullptr;
  if (Map && MapPath == Path)
    return &*Map;
  Expected<PhaseMapFile> Opened = PhaseMapFile::open(Path);
  if (!Opened)
    return Opened.takeError();
  MapPath = Path.str();
  Map = std::move(*Opened);
  return &*Map;
}

std::shared_ptr<UnitAnalysis> ModuleState::current() {
  std::shared_ptr<UnitAnalysis> Known = Current.lock();
  if (Known)
    return Known;
  Known = std::make_shared<UnitAnalysis>(*this);
  Current = Known;
  return Known;
}

/// In no file: what concerns all units alike.
static void say(StringRef Text, clang::DiagnosticIDs::Level Level,
                clang::tidy::ClangTidyContext &Context) {
  Context.configurationDiag("bootorder: %0", Level) << Text;
}

Error UnitAnalysis::judge(clang::ASTContext &Ast, const TidyOptions &Options,
                          StringRef Directory) {
  clang::SourceManager &Sources = Ast.getSourceManager();
  clang::OptionalFileEntryRef Main =
      Sources.getFileEntryRefForID(Sources.getMainFileID());
  if (!Main)
    return Error::success();
  std::optional<Profile> Wanted =
      StringSwitch<std::optional<Profile>>(Options.Profile)
          .Case("default", Profile::Default)
          .Case("strict", Profile::Strict)
          .Default(std::nullopt);
  if (!Wanted)
    return makeError("no profile '" + Options.Profile +
                     "'; bootorder.Profile is 'default' or 'strict'");
  Expected<const RuleSet &> Rules = State.rules(Options.Rules);
  if (!Rules)
    return Rules.takeError();
  TidyUnit Unit{Ast, *PP, absolutePath(Main->getName(), Directory),
                Directory.str()};
  std::string MapPath =
      Options.PhaseMap.empty() ? "" : absolutePath(Options.PhaseMap, Directory);
  Expected<const PhaseMapFile *> Map = State.map(MapPath);
  if (!Map)
    return Map.takeError();
  Expected<UnitVerdicts> Judged = judgeUnit(Unit, *Rules, *Wanted, *Map);
  if (!Judged)
    return Judged.takeError();
  Verdicts = std::move(*Judged);
  return Error::success();
}

const UnitVerdicts &
UnitAnalysis::verdicts(clang::ASTContext &Ast, const TidyOptions &Options,
                       clang::tidy::ClangTidyContext &Context) {
  if (!Verdicts) {
    if (Error E = judge(Ast, Options, Context.getCurrentBuildDirectory())) {
      std::string Text = toString(std::move(E));
      if (State.isNewError(Text))
        say(Text, clang::DiagnosticIDs::Error, Context);
    }
    if (!Verdicts)
      Verdicts.emplace();
    for (const Remark &R : Verdicts->Remarks)
      if (State.isNews(R))
        say(R.Text, clang::DiagnosticIDs::Remark, Context);
  }
  return *Verdicts;
}

} // namespace bootorder
