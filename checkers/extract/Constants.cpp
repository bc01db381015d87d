//===- Constants.cpp - values of macros and enumerators in a tree ---------===//

#include "extract/ParseUnit.h"
#include "extract/ParsedUnit.h"
#include "extract/UnitContext.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/StringSet.h"

using namespace bootorder;
using namespace clang;

/// Prefix of the variables that hold macro values; no kernel uses it.
static constexpr llvm::StringLiteral Prefix = "bootorder_constant_";

/// A unit that includes what declares the names and evaluates the macros.
static std::string probeSource(llvm::ArrayRef<NamedConstant> Names) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  llvm::StringSet<> Included;
  for (const NamedConstant &N : Names)
    if (!N.Header.empty() && Included.insert(N.Header).second)
      Stream << "#if __has_include(<" << N.Header << ">)\n#include <"
             << N.Header << ">\n#endif\n";
  for (const NamedConstant &N : Names)
    Stream << "#ifdef " << N.Name << "\nstatic const long long " << Prefix
           << N.Name << " = (long long)(" << N.Name << ");\n#endif\n";
  return Stream.str();
}

namespace {

class ConstantReader : public ASTConsumer {
public:
  ConstantReader(llvm::ArrayRef<NamedConstant> Names, ConstantList &Found)
      : Names(Names), Found(Found) {}

  void HandleTranslationUnit(ASTContext &Ast) override {
    for (const NamedConstant &N : Names)
      if (std::optional<int64_t> Value = valueOf(N.Name, Ast))
        Found.push_back({N.Name, *Value});
  }

private:
  static std::optional<int64_t> valueOf(llvm::StringRef Name, ASTContext &Ast) {
    auto &Unit = *Ast.getTranslationUnitDecl();
    for (NamedDecl *D : Unit.lookup(&Ast.Idents.get((Prefix + Name).str()))) {
      const auto *V = dyn_cast<VarDecl>(D);
      clang::Expr::EvalResult Result;
      if (V && V->getInit() && V->getInit()->EvaluateAsInt(Result, Ast))
        return lowBits(Result.Val.getInt());
    }
    for (NamedDecl *D : Unit.lookup(&Ast.Idents.get(Name)))
      if (const auto *E = dyn_cast<EnumConstantDecl>(D))
        return lowBits(E->getInitVal());
    return std::nullopt;
  }

  llvm::ArrayRef<NamedConstant> Names;
  ConstantList &Found;
};

class ConstantAction : public ASTFrontendAction {
public:
  ConstantAction(llvm::ArrayRef<NamedConstant> Names, ConstantList &Found)
      : Names(Names), Found(Found) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 llvm::StringRef) override {
    return std::make_unique<ConstantReader>(Names, Found);
  }

private:
  llvm::ArrayRef<NamedConstant> Names;
  ConstantList &Found;
};

} // namespace

static llvm::Expected<ConstantList>
runProbe(const ExtractRequest &Like, const std::vector<NamedConstant> &Names,
         llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
         AdjustInvocation Adjust) {
  ExtractRequest Probe = Like;
  Probe.File = Like.Directory + "/bootorder-constants.c";
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Memory->addFile(Probe.File, /*ModificationTime=*/0,
                  llvm::MemoryBuffer::getMemBufferCopy(probeSource(Names)));
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Files);
  Overlay->pushOverlay(Memory);
  ConstantList Found;
  ConstantAction Action(Names, Found);
  TuFacts Unused;
  if (llvm::Error E = parseUnit(Probe, Action, Overlay, Unused, Adjust))
    return std::move(E);
  return Found;
}

llvm::Expected<ConstantList> bootorder::evaluateConstants(
    const ExtractRequest &Like, const std::vector<NamedConstant> &Names,
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  return runProbe(Like, Names, std::move(Files), [](auto &) {});
}

/// Gives \p Invocation what decides how \p Like reads a header.
static void readLike(Preprocessor &Like, CompilerInvocation &Invocation) {
  Invocation.getLangOpts() = Like.getLangOpts();
  Invocation.getTargetOpts() = Like.getTargetInfo().getTargetOpts();
  Invocation.getHeaderSearchOpts() =
      Like.getHeaderSearchInfo().getHeaderSearchOpts();
  Invocation.getPreprocessorOpts() = Like.getPreprocessorOpts();
  // clang-tidy tells the source that it is there; a build does not.
  Invocation.getPreprocessorOpts().SetUpStaticAnalyzer = false;
}

llvm::Expected<ConstantList>
bootorder::evaluateConstantsLike(Preprocessor &Like, llvm::StringRef Directory,
                                 const std::vector<NamedConstant> &Names) {
  ExtractRequest Request;
  Request.Directory = Directory.str();
  return runProbe(
      Request, Names, &Like.getFileManager().getVirtualFileSystem(),
      [&](CompilerInvocation &Invocation) { readLike(Like, Invocation); });
}
