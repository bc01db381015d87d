//===- Extract.cpp - one translation unit in, its facts out ---------------===//

#include "extract/Extract.h"
#include "extract/Collector.h"
#include "extract/DeferredBodies.h"
#include "extract/HeaderKey.h"
#include "extract/ParseUnit.h"
#include "extract/Prelude.h"
#include "extract/PreludeWatcher.h"
#include "extract/UnitLowering.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace clang;

HeaderRegistry::~HeaderRegistry() = default;

namespace {

/// What one parse yields.
struct Extraction {
  ExtractResult Result;
  std::vector<HeaderFacts> Bodies; ///< of header functions, not published yet
  std::vector<uint32_t> Hidden;    ///< macros to keep back, see Prelude
  KeySet Misread; ///< bodies that have to be preprocessed in their place
};

/// Forgets what `#pragma diagnostic` in the prelude left, which was nothing.
///
/// A precompiled header brings a state along, and with one Clang looks up the
/// place, through all its inclusions, wherever it might warn: a twentieth of
/// the time of a unit.
void resetDiagnostics(CompilerInstance &Compiler) {
  DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
  Diagnostics.Reset();
  ProcessWarningOptions(Diagnostics, Compiler.getDiagnosticOpts(),
                        /*ReportDiags=*/false);
}

/// Lowers a unit when it has been parsed to the end.
class Extractor : public ASTConsumer {
public:
  Extractor(CompilerInstance &Compiler, const ExtractRequest &Request,
            HeaderRegistry *Headers, const KeySet &InPlace, Extraction &Out)
      : Compiler(Compiler), Request(Request), Headers(Headers),
        InPlace(InPlace), Out(Out), Result(Out.Result) {}

  void Initialize(ASTContext &Ast) override {
    Preprocessor &PP = Compiler.getPreprocessor();
    Unit = std::make_unique<UnitContext>(Ast, Request.Directory,
                                         Request.SourceRoot);
    Keyer = std::make_unique<HeaderKeyer>(PP, *Unit);
    PP.addPPCallbacks(watchMacros(PP, *Unit, *Keyer));
    Deferred = std::make_unique<DeferredBodies>(*Unit, PP, InPlace);
    if (Request.With) {
      resetDiagnostics(Compiler);
      usePrelude(PP);
    }
    PP.setTokenWatcher([this](const Token &T) {
      Deferred->token(T);
      if (Watcher)
        Watcher->token(T);
    });
  }

  /// False ends the parse.
  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (const auto *F = dyn_cast<FunctionDecl>(D))
        declare(*F);
    return !hasConflict();
  }

  /// Asked for every body about to be parsed.
  bool shouldSkipFunctionBody(Decl *D) override {
    auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || !isHeaderFunction(*F, *Unit))
      return false;
    uint64_t Key = Keyer->keyOf(*F);
    Unit->HeaderKeys[F] = Key;
    bool IsWanted = Headers && !Headers->isKnown(Key);
    Result.Counts.HeaderBodiesSkipped += !IsWanted;
    Deferred->defer(*F, Key, Keyer->lastBody(), IsWanted, Compiler.getSema());
    return true;
  }

  void HandleTranslationUnit(ASTContext &) override {
    if (hasConflict() || (Replay && Compiler.getDiagnostics().hasErrorOccurred()))
      return;
    OwnedDeclarations Owned = collectDeclarations(*Unit);
    lowerOwned(Owned, *Unit, Result.Facts);
    lowerNamed(Result.Facts.HeaderKeys);
    Out.Misread = Deferred->misread();
    finishPrelude();
  }

private:
  void usePrelude(Preprocessor &PP) {
    const PreludeIndex &Index = Request.With->index();
    Replay = std::make_unique<PreludeReplay>(
        Index,
        [this](uint32_t Meaning) { return Watcher->ownMeaning(Meaning); });
    Unit->Prelude = &Index;
    Unit->Replay = Replay.get();
    auto Callbacks =
        std::make_unique<PreludeWatcher>(PP, *Unit, *Replay, *Keyer);
    Watcher = Callbacks.get();
    PP.addPPCallbacks(std::move(Callbacks));
    Watcher->hide(Out.Hidden);
    Keyer->useMacros([this](const IdentifierInfo &Name) {
      return Watcher->macroOf(Name);
    });
    Unit->Macros.follow([this](const IdentifierInfo &Name, MacroMoment Since) {
      return Watcher->hasChanged(Name, Since);
    });
  }

  bool hasConflict() {
    if (Replay && Replay->conflict())
      Result.Refused = Replay->conflict();
    return bool(Result.Refused);
  }

  void declare(const FunctionDecl &F) {
    Keyer->declared(F);
    if (Replay && !F.isExternallyVisible() && !F.isFromASTFile() &&
        Unit->Prelude->isOpenStatic(F.getName()))
      Replay->fail({ConflictKind::OpenStatic, F.getName().str(), "", MacroEvent::None});
  }

  void finishPrelude() {
    if (!Replay)
      return;
    Replay->finish();
    if (hasConflict())
      return;
    for (unsigned File : Replay->requestedFiles().set_bits())
      Result.PreludeFiles.push_back(Unit->Prelude->Table.Files[File].Path);
    llvm::sort(Result.PreludeFiles);
  }

  /// Bodies of \p Keys, and of what they name in turn.
  void lowerNamed(std::vector<uint64_t> Keys) {
    if (!Headers)
      return;
    llvm::DenseSet<uint64_t> Seen(Keys.begin(), Keys.end());
    while (!Keys.empty()) {
      uint64_t Key = Keys.back();
      Keys.pop_back();
      if (Headers->isKnown(Key))
        continue; // another worker has published it meanwhile
      const FunctionDecl *F = Deferred->parse(Key, Compiler.getSema());
      if (!F || !F->hasBody())
        continue;
      Out.Bodies.push_back(lowerHeaderFunction(*F, Key, *Unit));
      ++Result.Counts.HeaderBodiesExtracted;
      for (uint64_t Named : headerKeysIn(Out.Bodies.back().Module))
        if (Seen.insert(Named).second)
          Keys.push_back(Named);
    }
  }

  CompilerInstance &Compiler;
  const ExtractRequest &Request;
  HeaderRegistry *Headers;
  const KeySet &InPlace;
  Extraction &Out;
  ExtractResult &Result;
  std::unique_ptr<UnitContext> Unit;
  std::unique_ptr<HeaderKeyer> Keyer;
  std::unique_ptr<DeferredBodies> Deferred;
  std::unique_ptr<PreludeReplay> Replay; ///< null in a plain parse
  PreludeWatcher *Watcher = nullptr;     ///< the preprocessor owns it
};

class ExtractAction : public ASTFrontendAction {
public:
  ExtractAction(const ExtractRequest &Request, HeaderRegistry *Headers,
                const KeySet &InPlace, Extraction &Out)
      : Request(Request), Headers(Headers), InPlace(InPlace), Out(Out) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    return std::make_unique<Extractor>(Compiler, Request, Headers, InPlace,
                                       Out);
  }

private:
  const ExtractRequest &Request;
  HeaderRegistry *Headers;
  const KeySet &InPlace;
  Extraction &Out;
};

} // namespace

/// A complaint about the body of a header function belongs to that function:
/// who parses the body first must not matter.
static void moveNotesToBodies(Extraction &Out) {
  auto IsWithin = [](const ParseNote &Note, const FactsModule &Module) {
    const Function &F = Module.Functions.front();
    return Module.str(F.Loc.File) == Note.File && F.Loc.Line <= Note.Line &&
           Note.Line <= F.EndLine;
  };
  std::vector<ParseNote> Own;
  for (ParseNote &Note : Out.Result.Facts.Notes) {
    auto Body = llvm::find_if(Out.Bodies, [&](const HeaderFacts &Header) {
      return IsWithin(Note, Header.Module);
    });
    (Body == Out.Bodies.end() ? Own : Body->Notes).push_back(std::move(Note));
  }
  Out.Result.Facts.Notes = std::move(Own);
}

static Extraction start(const ExtractRequest &Request) {
  Extraction Out;
  Out.Result.Facts.Source =
      treePath(Request.File, Request.Directory, Request.SourceRoot);
  Out.Result.Facts.Output = Request.Output;
  Out.Result.Facts.Kind = Request.Kind;
  return Out;
}

static llvm::Expected<Extraction>
parsePlainly(const ExtractRequest &Request, HeaderRegistry *Headers,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  KeySet InPlace;
  while (true) {
    Extraction Out = start(Request);
    ExtractAction Action(Request, Headers, InPlace, Out);
    if (llvm::Error E = parseUnit(Request, Action, Files, Out.Result.Facts))
      return std::move(E);
    if (Out.Misread.empty()) {
      moveNotesToBodies(Out);
      return Out;
    }
    InPlace.insert(Out.Misread.begin(), Out.Misread.end());
  }
}

static Conflict diagnosticConflict(std::string Message) {
  return {ConflictKind::Diagnostic, std::move(Message), "",
          MacroEvent::None};
}

/// Result.Refused says if the result is of no use.
static Extraction
parseWithPrelude(const ExtractRequest &Request, HeaderRegistry *Headers,
                 llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                 const std::vector<uint32_t> &Hidden, const KeySet &InPlace) {
  Extraction Out = start(Request);
  Out.Hidden = Hidden;
  ExtractAction Action(Request, Headers, InPlace, Out);
  auto Adjust = [&](CompilerInvocation &Invocation) {
    PreprocessorOptions &Options = Invocation.getPreprocessorOpts();
    Options.ImplicitPCHInclude = Request.With->parts().Path;
    Options.DisablePCHOrModuleValidation = DisableValidationForModuleKind::All;
  };
  llvm::Error E = parseUnit(Request, Action, Request.With->over(Files),
                            Out.Result.Facts, Adjust);
  if (E)
    Out.Result.Refused = diagnosticConflict(llvm::toString(std::move(E)));
  else if (!Out.Result.Refused && !Out.Result.Facts.Notes.empty())
    Out.Result.Refused =
        diagnosticConflict(Out.Result.Facts.Notes.front().Message);
  return Out;
}

/// Parses with the prelude, again whenever hiding a macro from the start may
/// take a conflict away, or a body has to be preprocessed in its place.
static Extraction
tryPrelude(const ExtractRequest &Request, HeaderRegistry *Headers,
           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  std::vector<uint32_t> Hidden = Request.With->hiddenMacros();
  KeySet InPlace;
  while (true) {
    Extraction Out = parseWithPrelude(Request, Headers, Files, Hidden, InPlace);
    const Conflict &Refused = Out.Result.Refused;
    if (!Out.Misread.empty()) {
      InPlace.insert(Out.Misread.begin(), Out.Misread.end());
      continue;
    }
    if (Refused.Kind != ConflictKind::UnitReadsMacro ||
        llvm::is_contained(Hidden, Refused.Macro))
      return Out;
    Request.With->hideMacro(Refused.Macro);
    Hidden = Request.With->hiddenMacros();
  }
}

static ExtractResult publish(Extraction Out, HeaderRegistry *Headers) {
  for (HeaderFacts &Body : Out.Bodies)
    Headers->publish(std::move(Body));
  return std::move(Out.Result);
}

llvm::Expected<ExtractResult>
bootorder::extractUnit(const ExtractRequest &Request, HeaderRegistry *Headers,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  if (Request.Kind == UnitKind::Assembly) {
    Extraction Out = start(Request);
    if (llvm::Error E = extractAssembly(Request, Files, Out.Result.Facts))
      return std::move(E);
    return std::move(Out.Result);
  }
  if (Request.With) {
    Extraction Out = tryPrelude(Request, Headers, Files);
    if (!Out.Result.Refused)
      return publish(std::move(Out), Headers);
    ExtractResult Nothing;
    Nothing.Refused = std::move(Out.Result.Refused);
    return Nothing;
  }
  llvm::Expected<Extraction> Out = parsePlainly(Request, Headers, Files);
  if (!Out)
    return Out.takeError();
  return publish(std::move(*Out), Headers);
}
