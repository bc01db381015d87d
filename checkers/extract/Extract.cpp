//===- Extract.cpp - one translation unit in, its facts out ---------------===//

#include "extract/Extract.h"
#include "extract/AsmScanner.h"
#include "extract/Collector.h"
#include "extract/FunctionLowering.h"
#include "extract/HeaderKey.h"
#include "extract/ParseUnit.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace clang;

HeaderRegistry::~HeaderRegistry() = default;

namespace {

/// Watches the preprocessor for what keys and names depend on.
class MacroWatcher : public PPCallbacks {
public:
  MacroWatcher(Preprocessor &PP, UnitContext &Unit, HeaderKeyer &Keyer)
      : PP(PP), Unit(Unit), Keyer(Keyer) {}

  void MacroDefined(const Token &Name, const MacroDirective *) override {
    Keyer.macroChanged(Name.getIdentifierInfo());
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &,
                      const MacroDirective *) override {
    Keyer.macroChanged(Name.getIdentifierInfo());
  }
  void MacroExpands(const Token &Name, const MacroDefinition &,
                    SourceRange Range, const MacroArgs *) override {
    if (Name.getIdentifierInfo()->getName() == "__COUNTER__")
      Unit.Counters[Unit.Sources.getExpansionLoc(Range.getBegin())].push_back(
          PP.getCounterValue());
  }

private:
  Preprocessor &PP;
  UnitContext &Unit;
  HeaderKeyer &Keyer;
};

/// Lowers a unit when it has been parsed to the end.
class Extractor : public ASTConsumer {
public:
  Extractor(CompilerInstance &Compiler, const ExtractRequest &Request,
            HeaderRegistry *Headers, ExtractResult &Result)
      : Compiler(Compiler), Request(Request), Headers(Headers), Result(Result) {
  }

  void Initialize(ASTContext &Ast) override {
    Preprocessor &PP = Compiler.getPreprocessor();
    Unit = std::make_unique<UnitContext>(Ast, Request.Directory,
                                         Request.SourceRoot);
    Keyer = std::make_unique<HeaderKeyer>(PP, *Unit);
    PP.addPPCallbacks(std::make_unique<MacroWatcher>(PP, *Unit, *Keyer));
  }

  /// Asked for every body about to be parsed.
  bool shouldSkipFunctionBody(Decl *D) override {
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || !isHeaderFunction(*F, *Unit))
      return false;
    uint64_t Key = Keyer->keyOf(*F);
    Unit->HeaderKeys[F] = Key;
    bool IsKnown = !Headers || Headers->isKnown(Key);
    Result.Counts.HeaderBodiesSkipped += IsKnown;
    return IsKnown;
  }

  void HandleTranslationUnit(ASTContext &) override {
    OwnedDeclarations Owned = collectDeclarations(*Unit);
    lowerOwned(Owned);
    for (const FunctionDecl *F : Owned.HeaderFunctions)
      publish(*F);
  }

private:
  void lowerOwned(const OwnedDeclarations &Owned) {
    FactsBuilder Builder;
    Naming Names(*Unit, Builder);
    for (const FunctionDecl *F : Owned.Functions)
      lowerFunction(*F, Names);
    for (const VarDecl *V : Owned.Objects)
      lowerObject(*V, Names);
    for (const NamedDecl *A : Owned.Aliases)
      addAlias(*A, Names);
    for (const FileScopeAsmDecl *A : Owned.Asms)
      addAsm(*A, Names);
    for (const Function &F : Builder.Module.Functions)
      Result.Facts.FlowLostFunctions += F.IsFlowLost;
    listHeaderKeys(Builder.Module);
    Result.Facts.Module = std::move(Builder).build();
  }

  /// Those it uses itself; their modules name the ones they use in turn.
  void listHeaderKeys(const FactsModule &Module) {
    std::vector<uint64_t> &Keys = Result.Facts.HeaderKeys;
    for (const Symbol &S : Module.Symbols)
      if (S.Linkage == LinkageKind::Header)
        Keys.push_back(S.HeaderKey);
    llvm::sort(Keys);
    Keys.erase(std::unique(Keys.begin(), Keys.end()), Keys.end());
  }

  static void addAlias(const NamedDecl &A, Naming &Names) {
    Alias Out;
    if (const auto *F = dyn_cast<FunctionDecl>(&A))
      Out.Symbol = Names.function(*F);
    else if (const auto *V = dyn_cast<VarDecl>(&A))
      Out.Symbol = Names.object(*V);
    else
      return;
    Out.Target = Names.Facts.string(A.getAttr<AliasAttr>()->getAliasee());
    Out.Loc = Names.location(A.getLocation());
    Names.Facts.Module.Aliases.push_back(Out);
  }

  static void addAsm(const FileScopeAsmDecl &A, Naming &Names) {
    AsmText Out;
    Out.Loc = Names.location(A.getAsmLoc());
    Out.Macro = Names.macro(A.getAsmLoc());
    Out.Items =
        scanAssembly(A.getAsmString()->getString(), Names.Facts,
                     Names.Unit.Ast.getTargetInfo().getTriple().getArch());
    Names.Facts.Module.Asms.push_back(std::move(Out));
  }

  void publish(const FunctionDecl &F) {
    uint64_t Key = Unit->HeaderKeys.lookup(&F);
    if (!Headers || !Key || Headers->isKnown(Key))
      return;
    FactsBuilder Builder;
    Naming Names(*Unit, Builder);
    lowerFunction(F, Names);
    ++Result.Counts.HeaderBodiesExtracted;
    Headers->publish({Key, std::move(Builder).build()});
  }

  CompilerInstance &Compiler;
  const ExtractRequest &Request;
  HeaderRegistry *Headers;
  ExtractResult &Result;
  std::unique_ptr<UnitContext> Unit;
  std::unique_ptr<HeaderKeyer> Keyer;
};

class ExtractAction : public ASTFrontendAction {
public:
  ExtractAction(const ExtractRequest &Request, HeaderRegistry *Headers,
                ExtractResult &Result)
      : Request(Request), Headers(Headers), Result(Result) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    return std::make_unique<Extractor>(Compiler, Request, Headers, Result);
  }

private:
  const ExtractRequest &Request;
  HeaderRegistry *Headers;
  ExtractResult &Result;
};

} // namespace

llvm::Expected<ExtractResult>
bootorder::extractUnit(const ExtractRequest &Request, HeaderRegistry *Headers,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  ExtractResult Result;
  Result.Facts.Source =
      treePath(Request.File, Request.Directory, Request.SourceRoot);
  Result.Facts.Output = Request.Output;
  Result.Facts.Kind = Request.Kind;
  if (Request.Kind == UnitKind::Assembly) {
    if (llvm::Error E = extractAssembly(Request, Files, Result.Facts))
      return std::move(E);
    return Result;
  }
  ExtractAction Action(Request, Headers, Result);
  if (llvm::Error E = parseUnit(Request, Action, Files, Result.Facts))
    return std::move(E);
  return Result;
}
