//===- ParseUnit.h - runs Clang in process on one command -----------------===//

#ifndef BOOTORDER_EXTRACT_PARSEUNIT_H
#define BOOTORDER_EXTRACT_PARSEUNIT_H

#include "extract/Extract.h"

namespace clang {
class CompilerInvocation;
class DiagnosticConsumer;
class FrontendAction;
} // namespace clang

namespace bootorder {

/// Changes an invocation before it is run.
using AdjustInvocation =
    llvm::function_ref<void(clang::CompilerInvocation &Invocation)>;

/// Runs \p Action on the unit; diagnostics go to \p Consumer. False if Clang
/// stopped early.
/// Errors: the command is not one Clang understands.
llvm::Expected<bool>
runAction(const ExtractRequest &Request, clang::FrontendAction &Action,
          llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
          clang::DiagnosticConsumer &Consumer, AdjustInvocation Adjust);

/// Runs \p Action on the unit; complaints Clang recovers from are added to
/// \p Facts. Fails when the file cannot be read, the command is not one Clang
/// understands, or a fatal error ended the parse.
llvm::Error parseUnit(const ExtractRequest &Request,
                      clang::FrontendAction &Action,
                      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                      TuFacts &Facts,
                      AdjustInvocation Adjust = [](auto &) {});

/// Preprocesses a `.S` file and keeps the names in its text.
llvm::Error
extractAssembly(const ExtractRequest &Request,
                llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                TuFacts &Facts);

/// Clang's invocation for \p Request, with everything that only matters for
/// generating code or warning switched off.
llvm::Expected<std::shared_ptr<clang::CompilerInvocation>>
invocationFor(const ExtractRequest &Request,
              llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

} // namespace bootorder

#endif
