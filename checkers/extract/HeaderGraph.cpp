//===- HeaderGraph.cpp - which headers include which ----------------------===//

#include "extract/HeaderGraph.h"
#include "extract/ParseUnit.h"
#include "extract/UnitContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

using namespace bootorder;
using namespace clang;
namespace scan = clang::dependency_directives_scan;

namespace {

/// The directives of one file, which is lexed as if it held nothing else.
class FileDirectives {
public:
  explicit FileDirectives(llvm::StringRef Text) {
    IsComplete = !scanSourceForDependencyDirectives(Text, Tokens, Found);
  }

  /// None if the scan did not understand the file.
  std::optional<llvm::ArrayRef<scan::Directive>> all() const {
    if (!IsComplete)
      return std::nullopt;
    return llvm::ArrayRef(Found);
  }

private:
  llvm::SmallVector<scan::Token, 0> Tokens;
  llvm::SmallVector<scan::Directive, 0> Found;
  bool IsComplete = false;
};

} // namespace

std::vector<IncludeName> bootorder::includesOf(llvm::StringRef Text) {
  FileDirectives Directives(Text);
  std::vector<IncludeName> Names;
  for (const scan::Directive &D : Directives.all().value_or(std::nullopt)) {
    if (D.Kind != scan::pp_include)
      continue;
    for (const scan::Token &Token : D.Tokens) {
      if (!Token.isOneOf(tok::header_name, tok::string_literal))
        continue;
      llvm::StringRef Written = Text.substr(Token.Offset, Token.Length);
      bool IsAngled = Written.starts_with("<");
      llvm::StringRef Name = Written.drop_front().drop_back();
      if (!Name.empty() && !Name.contains('\n')) // a line that goes on
        Names.push_back({Name.str(), IsAngled});
      break;
    }
  }
  return Names;
}

namespace {

/// Notes which files are entered, and what they include when they first are.
class GraphBuilder : public PPCallbacks {
public:
  /// \p Names: lines of the main file, each an inclusion.
  GraphBuilder(SourceManager &Sources, size_t Names)
      : Asked(Names), Sources(Sources) {}

  struct Node {
    FileEntryRef File;
    FileID First; ///< the file as it was entered first
    bool IsBroken = false;
    std::vector<const FileEntry *> Includes;
  };
  std::deque<Node> Entered;
  std::vector<const FileEntry *> Asked; ///< by name; null: not found

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
    if (!HasBegun)
      return;
    Nodes[&Entry->getFileEntry()] = Entered.size();
    Entered.push_back({*Entry, File, /*IsBroken=*/false, /*Includes=*/{}});
  }

  void InclusionDirective(SourceLocation Hash, const Token &, llvm::StringRef,
                          bool, CharSourceRange, OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const Module *,
                          bool, SrcMgr::CharacteristicKind) override {
    const FileEntry *Included = File ? &File->getFileEntry() : nullptr;
    FileID Includer = Sources.getFileID(Hash);
    if (Includer == Sources.getMainFileID())
      Asked[Sources.getSpellingLineNumber(Hash) - 1] = Included;
    else if (Node *From = nodeOf(Includer); From && From->First == Includer)
      From->Includes.push_back(Included);
    auto Target = Nodes.find(Included);
    bool IsThere = Included &&
                   (Target == Nodes.end() || !Entered[Target->second].IsBroken);
    for (FileID At = Includer; !IsThere && At.isValid();
         At = Sources.getFileID(Sources.getIncludeLoc(At)))
      if (Node *Around = nodeOf(At))
        Around->IsBroken = true;
  }

  /// None for files that are not there, and those of the command line.
  std::optional<uint32_t> indexOf(const FileEntry *File) const {
    auto Found = Nodes.find(File);
    if (Found == Nodes.end())
      return std::nullopt;
    return Found->second;
  }

private:
  Node *nodeOf(FileID File) {
    auto Found = Nodes.find(Sources.getFileEntryForID(File));
    return Found == Nodes.end() ? nullptr : &Entered[Found->second];
  }

  SourceManager &Sources;
  llvm::DenseSet<const FileEntry *> Known;
  llvm::DenseMap<const FileEntry *, uint32_t> Nodes; ///< indices of Entered
  bool HasBegun = false;
};

class GraphAction : public PreprocessOnlyAction {
public:
  GraphAction(const ExtractRequest &Like, size_t Names, HeaderGraph &Out)
      : Like(Like), Names(Names), Out(Out) {}

protected:
  void ExecuteAction() override {
    SourceManager &Sources = getCompilerInstance().getSourceManager();
    Preprocessor &PP = getCompilerInstance().getPreprocessor();
    std::deque<FileDirectives> Read;
    PP.getPreprocessorOpts().DependencyDirectivesForFile =
        [&](FileEntryRef File) {
          return Read
              .emplace_back(
                  Sources.getMemoryBufferForFileOrFake(File).getBuffer())
              .all();
        };
    PP.getDiagnostics().setFatalsAsError(true);
    auto Callbacks = std::make_unique<GraphBuilder>(Sources, Names);
    const GraphBuilder &Built = *Callbacks;
    PP.addPPCallbacks(std::move(Callbacks));
    PreprocessOnlyAction::ExecuteAction();
    for (const GraphBuilder::Node &Node : Built.Entered)
      add(Node, Built, PP.getHeaderSearchInfo());
    for (const FileEntry *File : Built.Asked)
      Out.Asked.push_back(Built.indexOf(File));
  }

private:
  void add(const GraphBuilder::Node &Node, const GraphBuilder &Built,
           HeaderSearch &Search) {
    GraphHeader Header;
    Header.Path = plainPath(Node.File.getName(), Like.Directory);
    Header.Bytes = Node.File.getSize();
    Header.IsWhole =
        !Node.IsBroken && Search.isFileMultipleIncludeGuarded(Node.File);
    for (const FileEntry *File : Node.Includes)
      if (auto Index = Built.indexOf(File))
        Header.Includes.push_back(*Index);
    Out.Headers.push_back(std::move(Header));
  }

  const ExtractRequest &Like;
  const size_t Names;
  HeaderGraph &Out;
};

} // namespace

/// \p Files with the text of \p Like's file among them.
static llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withSource(const ExtractRequest &Like, llvm::StringRef Text,
           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Memory->setCurrentWorkingDirectory(Like.Directory);
  Memory->addFile(Like.File, 0, llvm::MemoryBuffer::getMemBufferCopy(Text));
  auto Both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Files);
  Both->pushOverlay(Memory);
  return Both;
}

llvm::Expected<HeaderGraph>
bootorder::readHeaders(const ExtractRequest &Like,
                       llvm::ArrayRef<IncludeName> Names,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  std::string Text;
  for (const IncludeName &Name : Names)
    Text += Name.IsAngled ? "#include <" + Name.Name + ">\n"
                          : "#include \"" + Name.Name + "\"\n";
  HeaderGraph Graph;
  GraphAction Action(Like, Names.size(), Graph);
  TuFacts Unused;
  if (llvm::Error E =
          parseUnit(Like, Action, withSource(Like, Text, Files), Unused))
    return std::move(E);
  return Graph;
}

std::vector<uint32_t> bootorder::reachedFrom(const HeaderGraph &Graph,
                                             llvm::ArrayRef<uint32_t> Direct) {
  std::vector<uint32_t> Order;
  llvm::BitVector Seen(Graph.Headers.size());
  // What is to be entered next is last.
  std::vector<uint32_t> Left(Direct.rbegin(), Direct.rend());
  while (!Left.empty()) {
    uint32_t At = Left.back();
    Left.pop_back();
    if (Seen.test(At))
      continue;
    Seen.set(At);
    Order.push_back(At);
    const std::vector<uint32_t> &Includes = Graph.Headers[At].Includes;
    Left.insert(Left.end(), Includes.rbegin(), Includes.rend());
  }
  return Order;
}
