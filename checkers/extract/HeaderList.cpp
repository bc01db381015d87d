//===- HeaderList.cpp - which headers units include -----------------------===//

#include "extract/HeaderList.h"
#include "extract/ParseUnit.h"
#include "extract/UnitContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include <mutex>

using namespace bootorder;
using namespace clang;

namespace {

/// The directives of one file, which is lexed as if it held nothing else.
class Directives {
public:
  explicit Directives(llvm::StringRef Text) {
    IsComplete = !scanSourceForDependencyDirectives(Text, Tokens, Found);
  }

  /// None if the scan did not understand the file.
  std::optional<llvm::ArrayRef<dependency_directives_scan::Directive>>
  all() const {
    if (!IsComplete)
      return std::nullopt;
    return llvm::ArrayRef(Found);
  }

private:
  llvm::SmallVector<dependency_directives_scan::Token, 0> Tokens;
  llvm::SmallVector<dependency_directives_scan::Directive, 0> Found;
  bool IsComplete = false;
};

} // namespace

class HeaderLister::DirectiveStore {
public:
  const Directives &of(llvm::StringRef Path, llvm::StringRef Text) {
    {
      std::lock_guard<std::mutex> Lock(Mutex);
      if (auto Found = Files.find(Path); Found != Files.end())
        return *Found->second;
    }
    // Two workers may scan at once and find the same.
    auto Scanned = std::make_unique<Directives>(Text);
    std::lock_guard<std::mutex> Lock(Mutex);
    return *Files.try_emplace(Path, std::move(Scanned)).first->second;
  }

private:
  std::mutex Mutex; ///< guards Files
  llvm::StringMap<std::unique_ptr<Directives>> Files;
};

namespace {

/// Lists files as they are entered, once the main file has begun.
class EntryWatcher : public PPCallbacks {
public:
  explicit EntryWatcher(SourceManager &Sources) : Sources(Sources) {}

  std::vector<FileEntryRef> Entered;
  /// Files that include something, however deep, that is not there.
  llvm::DenseSet<const FileEntry *> Broken;

  void LexedFileChanged(FileID File, LexedFileChangeReason Reason,
                        SrcMgr::CharacteristicKind, FileID,
                        SourceLocation) override {
    bool IsMain = File == Sources.getMainFileID();
    if (Reason == LexedFileChangeReason::ExitFile) {
      HasBegun |= IsMain; // the command line is over
      return;
    }
    OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
    if (!Entry || IsMain || !Known.insert(&Entry->getFileEntry()).second)
      return;
    if (HasBegun)
      Entered.push_back(*Entry);
  }

  void InclusionDirective(SourceLocation Hash, const Token &, llvm::StringRef,
                          bool, CharSourceRange, OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const Module *,
                          bool, SrcMgr::CharacteristicKind) override {
    bool IsThere = File && !Broken.count(&File->getFileEntry());
    for (FileID At = Sources.getFileID(Hash); !IsThere && At.isValid();
         At = Sources.getFileID(Sources.getIncludeLoc(At)))
      if (const FileEntry *Entry = Sources.getFileEntryForID(At))
        Broken.insert(Entry);
  }

private:
  SourceManager &Sources;
  llvm::DenseSet<const FileEntry *> Known;
  bool HasBegun = false;
};

/// Directives of the file \p Entry.
using DirectivesOf =
    std::function<const Directives &(FileEntryRef Entry, llvm::StringRef Text)>;

class ListAction : public PreprocessOnlyAction {
public:
  ListAction(const ExtractRequest &Request, DirectivesOf Find,
             std::vector<IncludedHeader> &Out)
      : Request(Request), Find(std::move(Find)), Out(Out) {}

protected:
  void ExecuteAction() override {
    CompilerInstance &Compiler = getCompilerInstance();
    SourceManager &Sources = Compiler.getSourceManager();
    Preprocessor &PP = Compiler.getPreprocessor();
    PP.getPreprocessorOpts().DependencyDirectivesForFile =
        [&](FileEntryRef Entry) {
          return Find(Entry,
                      Sources.getMemoryBufferForFileOrFake(Entry).getBuffer())
              .all();
        };
    PP.getDiagnostics().setFatalsAsError(true);
    auto Callbacks = std::make_unique<EntryWatcher>(Sources);
    const EntryWatcher &Watcher = *Callbacks;
    PP.addPPCallbacks(std::move(Callbacks));
    PreprocessOnlyAction::ExecuteAction();
    HeaderSearch &Headers = PP.getHeaderSearchInfo();
    for (FileEntryRef Entry : Watcher.Entered)
      Out.push_back({plainPath(Entry.getName(), Request.Directory),
                     static_cast<uint64_t>(Entry.getSize()),
                     Headers.isFileMultipleIncludeGuarded(Entry) &&
                         !Watcher.Broken.count(&Entry.getFileEntry())});
  }

private:
  const ExtractRequest &Request;
  DirectivesOf Find;
  std::vector<IncludedHeader> &Out;
};

} // namespace

HeaderLister::HeaderLister() : Known(std::make_unique<DirectiveStore>()) {}
HeaderLister::~HeaderLister() = default;

llvm::Expected<std::vector<IncludedHeader>>
HeaderLister::list(const ExtractRequest &Request,
                   llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  std::vector<std::unique_ptr<Directives>> Own; // of sources, read once
  auto Find = [&](FileEntryRef Entry,
                  llvm::StringRef Text) -> const Directives & {
    std::string Path = plainPath(Entry.getName(), Request.Directory);
    if (llvm::StringRef(Path).ends_with(".h"))
      return Known->of(Path, Text);
    Own.push_back(std::make_unique<Directives>(Text));
    return *Own.back();
  };
  std::vector<IncludedHeader> Headers;
  ListAction Action(Request, Find, Headers);
  TuFacts Unused;
  if (llvm::Error E = parseUnit(Request, Action, Files, Unused))
    return std::move(E);
  return Headers;
}
