//===- HeaderList.cpp - which headers a unit includes ---------------------===//

#include "extract/ParseUnit.h"
#include "extract/Prelude.h"
#include "extract/UnitContext.h"
#include "support/Error.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/ADT/DenseSet.h"

using namespace bootorder;
using namespace clang;

namespace {

/// Lists files as they are entered, once the main file has begun.
class HeaderLister : public PPCallbacks {
public:
  HeaderLister(SourceManager &Sources, llvm::StringRef Directory,
               std::vector<IncludedHeader> &Out)
      : Sources(Sources), Directory(Directory), Out(Out) {}

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
      Out.push_back({plainPath(Entry->getName(), Directory),
                     static_cast<uint64_t>(Entry->getSize())});
  }

private:
  SourceManager &Sources;
  llvm::StringRef Directory;
  std::vector<IncludedHeader> &Out;
  llvm::DenseSet<const FileEntry *> Known;
  bool HasBegun = false;
};

class ListAction : public PreprocessOnlyAction {
public:
  ListAction(const ExtractRequest &Request, std::vector<IncludedHeader> &Out)
      : Request(Request), Out(Out) {}

protected:
  void ExecuteAction() override {
    CompilerInstance &Compiler = getCompilerInstance();
    Compiler.getPreprocessor().addPPCallbacks(std::make_unique<HeaderLister>(
        Compiler.getSourceManager(), Request.Directory, Out));
    PreprocessOnlyAction::ExecuteAction();
  }

private:
  const ExtractRequest &Request;
  std::vector<IncludedHeader> &Out;
};

} // namespace

llvm::Expected<std::vector<IncludedHeader>>
bootorder::listHeaders(const ExtractRequest &Request,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  std::vector<IncludedHeader> Headers;
  ListAction Action(Request, Headers);
  TuFacts Unused;
  if (llvm::Error E = parseUnit(Request, Action, Files, Unused))
    return std::move(E);
  return Headers;
}
