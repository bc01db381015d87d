//===- ParseUnit.h - runs Clang in process on one command -----------------===//

#ifndef BOOTORDER_EXTRACT_PARSEUNIT_H
#define BOOTORDER_EXTRACT_PARSEUNIT_H

#include "extract/Extract.h"

namespace clang {
class CompilerInvocation;
class FrontendAction;
} // namespace clang

namespace bootorder {

/// Runs \p Action on the unit; complaints Clang recovers from are added to
/// \p Facts. Fails when the file cannot be read, the command is not one Clang
/// understands, or a fatal error ended the parse.
llvm::Error parseUnit(const ExtractRequest &Request,
                      clang::FrontendAction &Action,
                      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                      TuFacts &Facts);

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
