//===- Module.cpp - the checks, as clang-tidy finds them ------------------===//
//
// Symbols of Clang and LLVM are those of the clang-tidy that loads this
// library: none of theirs is linked, or their options would be there twice.
// Loader.cpp sees to it that it is the right clang-tidy.
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyModuleRegistry.h"
#include "tidy/BootOrderCheck.h"

using namespace clang;

namespace bootorder {

namespace {

class BootOrderModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    auto State = std::make_shared<ModuleState>();
    for (llvm::StringLiteral Name : checkNames())
      Factories.registerCheckFactory(
          Name, [State](llvm::StringRef Name, tidy::ClangTidyContext *Context) {
            return std::make_unique<BootOrderCheck>(Name, Context, State);
          });
  }
};

} // namespace

/// clang-tidy finds modules in no other way than by such a constructor.
static tidy::ClangTidyModuleRegistry::Add<BootOrderModule>
    Registered("bootorder-module", "Boot-order bugs of Linux kernels.");

} // namespace bootorder
