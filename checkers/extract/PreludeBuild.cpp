//===- PreludeBuild.cpp - many headers to one precompiled header ----------===//

#include "extract/Collector.h"
#include "extract/HeaderKey.h"
#include "extract/ParseUnit.h"
#include "extract/Prelude.h"
#include "extract/PreludeRecorder.h"
#include "support/Error.h"
#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Serialization/ASTWriter.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace bootorder;
using namespace clang;

namespace {

using FileKey = llvm::sys::fs::UniqueID;

/// Which file includes which, whether a guard keeps it out or not.
class IncludeGraph {
public:
  void add(FileKey Includer, FileKey Included) {
    Includers[Included].insert(Includer);
  }
  /// The file that line \p Line of the main file includes.
  void addLine(unsigned Line, FileKey File) { Lines[File] = Line; }

  /// Lines of the main file through which \p File can be read.
  std::set<unsigned> linesTo(FileKey File) const {
    std::set<FileKey> Seen = {File};
    std::vector<FileKey> Left = {File};
    std::set<unsigned> Found;
    while (!Left.empty()) {
      FileKey At = Left.back();
      Left.pop_back();
      if (auto Line = Lines.find(At); Line != Lines.end())
        Found.insert(Line->second);
      if (auto Known = Includers.find(At); Known != Includers.end())
        for (FileKey Includer : Known->second)
          if (Seen.insert(Includer).second)
            Left.push_back(Includer);
    }
    return Found;
  }

private:
  std::map<FileKey, std::set<FileKey>> Includers;
  std::map<FileKey, unsigned> Lines;
};

class IncludeWatcher : public PPCallbacks {
public:
  IncludeWatcher(SourceManager &Sources, IncludeGraph &Out)
      : Sources(Sources), Out(Out) {}

  void InclusionDirective(SourceLocation Hash, const Token &, llvm::StringRef,
                          bool, CharSourceRange, OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const Module *,
                          bool, SrcMgr::CharacteristicKind) override {
    auto [Id, Offset] = Sources.getDecomposedLoc(Hash);
    if (!File)
      return;
    if (Id == Sources.getMainFileID())
      return Out.addLine(Sources.getLineNumber(Id, Offset),
                         File->getUniqueID());
    if (OptionalFileEntryRef Includer = Sources.getFileEntryRefForID(Id))
      Out.add(Includer->getUniqueID(), File->getUniqueID());
  }

private:
  SourceManager &Sources;
  IncludeGraph &Out;
};

/// What went wrong while a header was read.
struct Blame {
  std::string Reason;
  FileKey File; ///< in which it went wrong
};

/// Finds the line of the main file through which an error came.
class BlameKeeper : public DiagnosticConsumer {
public:
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error)
      return;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    unsigned Line = 0;
    FileKey File;
    if (Info.getLocation().isValid() && Info.hasSourceManager()) {
      const SourceManager &Sources = Info.getSourceManager();
      Line = mainLine(Sources, Info.getLocation());
      if (OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(
              Sources.getFileID(Sources.getExpansionLoc(Info.getLocation()))))
        File = Entry->getUniqueID();
    }
    Reasons.try_emplace(Line, Blame{Text.str().str(), File});
  }

  /// First one by line of the main file; 0: none of its lines.
  std::map<unsigned, Blame> Reasons;

private:
  static unsigned mainLine(const SourceManager &Sources, SourceLocation Loc) {
    Loc = Sources.getExpansionLoc(Loc);
    for (FileID File = Sources.getFileID(Loc); File != Sources.getMainFileID();
         File = Sources.getFileID(Loc)) {
      Loc = Sources.getIncludeLoc(File);
      if (Loc.isInvalid())
        return 0;
    }
    return Sources.getExpansionLineNumber(Loc);
  }
};

/// Writes the precompiled header, and the table beside it.
class Generator : public PCHGenerator {
public:
  Generator(CompilerInstance &Compiler, const ExtractRequest &Request,
            Prelude::Parts &Out, std::shared_ptr<PCHBuffer> Buffer)
      : PCHGenerator(Compiler.getPreprocessor(), Compiler.getModuleCache(),
                     Out.Path, /*isysroot=*/"", Buffer, /*Extensions=*/{},
                     /*AllowASTWithErrors=*/false,
                     /*IncludeTimestamps=*/false),
        PP(Compiler.getPreprocessor()), Request(Request), Out(Out),
        Buffer(std::move(Buffer)) {}

  void Initialize(ASTContext &Ast) override {
    Unit = std::make_unique<UnitContext>(Ast, Request.Directory,
                                         Request.SourceRoot);
    Keyer = std::make_unique<HeaderKeyer>(PP, *Unit);
    auto Events = std::make_unique<PreludeRecorder>(PP, *Unit);
    Recorder = Events.get();
    PP.addPPCallbacks(std::move(Events));
    PP.addPPCallbacks(watchMacros(PP, *Unit, *Keyer));
    PP.setTokenWatcher([this](const Token &T) { Recorder->token(T); });
    // A header that is missing must not hide what is wrong with others.
    PP.getDiagnostics().setFatalsAsError(true);
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (const auto *F = dyn_cast<FunctionDecl>(D))
        Keyer->declared(*F);
    return true;
  }

  bool shouldSkipFunctionBody(Decl *D) override {
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || !isHeaderFunction(*F, *Unit))
      return false;
    Recorder->enterBody(*F, Keyer->keyOf(*F));
    return true;
  }

  void HandleTranslationUnit(ASTContext &Ast) override {
    PP.setTokenWatcher(nullptr);
    OwnedDeclarations Owned = collectDeclarations(*Unit);
    addOpenStatics(Ast);
    PCHGenerator::HandleTranslationUnit(Ast);
    if (!hasEmittedPCH())
      return;
    std::vector<std::string> OpenStatics = std::move(Out.Table.OpenStatics);
    Out.Table = Recorder->finish([this](const Decl &D) {
      return getWriter().getDeclID(&D).getRawValue();
    });
    Out.Table.OpenStatics = std::move(OpenStatics);
    addOwned(Owned);
    addCounters();
    Out.Precompiled.assign(Buffer->Data.begin(), Buffer->Data.end());
  }

private:
  void addOpenStatics(ASTContext &Ast) {
    for (const Decl *D : Ast.getTranslationUnitDecl()->decls()) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      if (F && !F->isExternallyVisible() && !F->getDefinition())
        Out.Table.OpenStatics.push_back(F->getName().str());
    }
    llvm::sort(Out.Table.OpenStatics);
  }

  template <typename List> void addOwned(const List &Declarations) {
    for (const Decl *D : Declarations) {
      uint32_t Inclusion = Recorder->inclusionOf(placeOf(*D));
      Out.Table.Inclusions[Inclusion].Owned.push_back(
          getWriter().getDeclID(D).getRawValue());
    }
  }

  void addOwned(const OwnedDeclarations &Owned) {
    addOwned(Owned.Functions);
    addOwned(Owned.Objects);
    addOwned(Owned.Aliases);
    addOwned(Owned.Asms);
  }

  void addCounters() {
    PreludeIndex Index(Out.Table);
    for (const auto &[Loc, Values] : Unit->Counters) {
      auto [File, Offset] = Unit->Sources.getDecomposedLoc(Loc);
      uint32_t Known = Index.file(Unit->absolutePath(File));
      if (Known != MacroEvent::None)
        Out.Table.Counters.push_back(
            {Known, Offset, {Values.begin(), Values.end()}});
    }
    llvm::sort(Out.Table.Counters, [](const auto &A, const auto &B) {
      return std::tie(A.File, A.Offset, A.Values) <
             std::tie(B.File, B.Offset, B.Values);
    });
  }

  Preprocessor &PP;
  const ExtractRequest &Request;
  Prelude::Parts &Out;
  std::shared_ptr<PCHBuffer> Buffer;
  std::unique_ptr<UnitContext> Unit;
  std::unique_ptr<HeaderKeyer> Keyer;
  PreludeRecorder *Recorder = nullptr; ///< the preprocessor owns it
};

class GeneratorAction : public ASTFrontendAction {
public:
  GeneratorAction(const ExtractRequest &Request, IncludeGraph &Graph,
                  Prelude::Parts &Out)
      : Request(Request), Graph(Graph), Out(Out) {}

protected:
  TranslationUnitKind getTranslationUnitKind() override { return TU_Prefix; }

  bool BeginSourceFileAction(CompilerInstance &Compiler) override {
    Compiler.getLangOpts().CompilingPCH = true;
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    Compiler.getPreprocessor().addPPCallbacks(std::make_unique<IncludeWatcher>(
        Compiler.getSourceManager(), Graph));
    return std::make_unique<Generator>(Compiler, Request, Out,
                                       std::make_shared<PCHBuffer>());
  }

private:
  const ExtractRequest &Request;
  IncludeGraph &Graph;
  Prelude::Parts &Out;
};

} // namespace

/// One line per header, so that the line of an error names the header.
static std::string textOf(const std::vector<std::string> &Headers) {
  std::string Text;
  for (const std::string &Header : Headers)
    Text += "#include \"" + Header + "\"\n";
  return Text;
}

namespace {

/// Headers that are still to be parsed, and why others are not.
class Candidates {
public:
  Candidates(std::vector<std::string> Headers, Prelude::Parts &Out)
      : Headers(std::move(Headers)), Out(Out) {}

  const std::vector<std::string> &left() const { return Headers; }

  /// Drops the first header that \p Found names: what it would have declared,
  /// or declared wrongly, may be all that is wrong with the others. All of them
  /// if this has been tried often. Where something goes wrong in one file time
  /// and again, that file is broken wherever it is read: all through which
  /// it is read are dropped. False if there is none to drop, or if so many go
  /// that most units would refuse what is left.
  bool leaveOut(const BlameKeeper &Found, const IncludeGraph &Graph) {
    ++Attempts;
    std::map<unsigned, std::string> Lines;
    for (const auto &[Line, Blame] : Found.Reasons) {
      if (Line == 0 || Line > Headers.size() ||
          !(Lines.empty() || Attempts > MaxPatience))
        continue;
      Lines.emplace(Line, Blame.Reason);
      if (!Blamed.insert(Blame.File).second)
        for (unsigned Other : Graph.linesTo(Blame.File))
          Lines.emplace(Other, Blame.Reason);
    }
    for (const auto &[Line, Reason] : llvm::reverse(Lines)) {
      Out.LeftOut.push_back({Headers[Line - 1], Reason});
      Headers.erase(Headers.begin() + Line - 1);
    }
    return !Lines.empty() && !Headers.empty() &&
           Out.LeftOut.size() <= MaxLeftOut + Headers.size() / MaxLeftOut;
  }

private:
  /// Parses with a single culprit each; then all that are blamed have to go.
  static constexpr unsigned MaxPatience = 6;
  /// That many, and one for so many that are left, are no loss.
  static constexpr size_t MaxLeftOut = 8;

  std::vector<std::string> Headers;
  Prelude::Parts &Out;
  std::set<FileKey> Blamed;
  unsigned Attempts = 0;
};

} // namespace

/// Parses \p Headers until all that are left parse.
static llvm::Error
generate(const ExtractRequest &Request, std::vector<std::string> Headers,
         llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
         Prelude::Parts &Out) {
  Candidates Wanted(std::move(Headers), Out);
  while (true) {
    Out.Text = textOf(Wanted.left());
    Out.Table = PreludeTable();
    Prelude Draft(Out);
    BlameKeeper Found;
    IncludeGraph Graph;
    GeneratorAction Action(Request, Graph, Out);
    llvm::Expected<bool> IsParsed =
        runAction(Request, Action, Draft.over(Files), Found, [](auto &) {});
    if (!IsParsed)
      return IsParsed.takeError();
    if (!Out.Precompiled.empty())
      return llvm::Error::success();
    if (!Wanted.leaveOut(Found, Graph)) {
      std::string Reason = Found.Reasons.empty()
                               ? "no reason given"
                               : Found.Reasons.begin()->second.Reason;
      return makeError("cannot precompile common headers: " + Reason);
    }
  }
}

llvm::Expected<std::shared_ptr<const Prelude>>
bootorder::buildPrelude(const PreludeRequest &Wanted,
                        llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  ExtractRequest Request = Wanted.Like;
  Prelude::Parts Parts;
  Parts.Source = plainPath(Request.File, Request.Directory);
  Parts.Path = Parts.Source + ".pch";
  Request.File = Parts.Source;
  Request.With = nullptr;
  if (llvm::Error E = generate(Request, Wanted.Headers, Files, Parts))
    return std::move(E);
  return std::make_shared<const Prelude>(std::move(Parts));
}
