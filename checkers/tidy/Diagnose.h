//===- Diagnose.h - a finding as a diagnostic of Clang --------------------===//

#ifndef BOOTORDER_TIDY_DIAGNOSE_H
#define BOOTORDER_TIDY_DIAGNOSE_H

#include "clang-tidy/ClangTidyCheck.h"
#include "solve/Finding.h"

namespace bootorder {

/// Shows \p F at its place by \p Check: the message, then notes: in which step
/// it runs, the chain from the boot's entry, guards that do not help, why it
/// breaks. Places are relative to \p SourceRoot; a note about a file that
/// cannot be read stands at the finding and names the place in its text.
void diagnose(const Finding &F, llvm::StringRef SourceRoot,
              clang::SourceManager &Sources,
              clang::tidy::ClangTidyCheck &Check);

/// Where \p Place is in \p Sources; invalid if its file cannot be read.
clang::SourceLocation locate(const SourcePlace &Place,
                             llvm::StringRef SourceRoot,
                             clang::SourceManager &Sources);

} // namespace bootorder

#endif
