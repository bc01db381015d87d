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

using namespace bootorder;
using namespace clang;

namespace {

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
    if (Info.getLocation().isValid() && Info.hasSourceManager())
      Line = mainLine(Info.getSourceManager(), Info.getLocation());
    Reasons.try_emplace(Line, Text);
  }

  /// First reason by line of the main file; 0: none of its lines.
  std::map<unsigned, std::string> Reasons;

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
  GeneratorAction(const ExtractRequest &Request, Prelude::Parts &Out)
      : Request(Request), Out(Out) {}

protected:
  TranslationUnitKind getTranslationUnitKind() override { return TU_Prefix; }

  bool BeginSourceFileAction(CompilerInstance &Compiler) override {
    Compiler.getLangOpts().CompilingPCH = true;
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    return std::make_unique<Generator>(Compiler, Request, Out,
                                       std::make_shared<PCHBuffer>());
  }

private:
  const ExtractRequest &Request;
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

/// Parses with a single culprit each; then all that are blamed have to go.
static constexpr unsigned MaxPatience = 6;

/// Drops the first header that \p Blame names: what it would have declared, or
/// declared wrongly, may be all that is wrong with the others. All of them if
/// \p Attempt is past patience. False if it names none.
static bool leaveOut(const BlameKeeper &Blame, unsigned Attempt,
                     std::vector<std::string> &Headers, Prelude::Parts &Out) {
  std::vector<size_t> Lines;
  for (const auto &[Line, Reason] : Blame.Reasons) {
    bool IsFirst = Lines.empty();
    if (Line == 0 || Line > Headers.size() ||
        !(IsFirst || Attempt > MaxPatience))
      continue;
    Out.LeftOut.push_back({Headers[Line - 1], Reason});
    Lines.push_back(Line);
  }
  for (size_t Line : llvm::reverse(Lines))
    Headers.erase(Headers.begin() + Line - 1);
  return !Lines.empty();
}

/// Parses \p Headers until all that are left parse.
static llvm::Error
generate(const ExtractRequest &Request, std::vector<std::string> Headers,
         llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
         Prelude::Parts &Out) {
  for (unsigned Attempt = 1;; ++Attempt) {
    Out.Text = textOf(Headers);
    Out.Table = PreludeTable();
    Prelude Draft(Out);
    BlameKeeper Blame;
    GeneratorAction Action(Request, Out);
    llvm::Expected<bool> IsParsed =
        runAction(Request, Action, Draft.over(Files), Blame, [](auto &) {});
    if (!IsParsed)
      return IsParsed.takeError();
    if (!Out.Precompiled.empty())
      return llvm::Error::success();
    if (!leaveOut(Blame, Attempt, Headers, Out) || Headers.empty()) {
      std::string Reason = Blame.Reasons.empty()
                               ? "no reason given"
                               : Blame.Reasons.begin()->second;
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
