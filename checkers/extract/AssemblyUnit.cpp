//===- AssemblyUnit.cpp - names in a preprocessed .S file -----------------===//

#include "extract/AsmScanner.h"
#include "extract/ParseUnit.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"

using namespace bootorder;
using namespace clang;

namespace {

class PreprocessToString : public PreprocessorFrontendAction {
public:
  explicit PreprocessToString(std::string &Text) : Text(Text) {}

  llvm::Triple::ArchType Arch = llvm::Triple::UnknownArch;

protected:
  void ExecuteAction() override {
    Arch = getCompilerInstance().getTarget().getTriple().getArch();
    llvm::raw_string_ostream Stream(Text);
    DoPrintPreprocessedInput(getCompilerInstance().getPreprocessor(), &Stream,
                             getCompilerInstance().getPreprocessorOutputOpts());
  }

private:
  std::string &Text;
};

} // namespace

llvm::Error bootorder::extractAssembly(
    const ExtractRequest &Request,
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files, TuFacts &Facts) {
  std::string Text;
  PreprocessToString Action(Text);
  ExtractRequest AsC = Request;
  AsC.Arguments.insert(AsC.Arguments.end(), {"-x", "assembler-with-cpp", "-E"});
  if (llvm::Error E = parseUnit(AsC, Action, Files, Facts))
    return E;
  FactsBuilder Builder;
  AsmText Names;
  Names.Loc = {Builder.string(Facts.Source), 1, 1};
  Names.Items = scanAssembly(Text, Builder, Action.Arch);
  Builder.Module.Asms.push_back(std::move(Names));
  Facts.Module = std::move(Builder).build();
  return llvm::Error::success();
}
