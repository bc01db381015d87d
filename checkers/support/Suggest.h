#ifndef BOOTORDER_SUPPORT_SUGGEST_H
#define BOOTORDER_SUPPORT_SUGGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace bootorder {

/// The word of \p Known that \p Word was most likely meant to be.
///
/// Compared by edit distance without regard to case; at most a third of the
/// letters may differ. The first of equals wins. Empty if nothing is near.
/// The result refers into \p Known.
llvm::StringRef nearestWord(llvm::StringRef Word,
                            llvm::ArrayRef<llvm::StringRef> Known);

/// "did you mean 'x'?", or "expected one of 'a', 'b'" for up to eight words of
/// which none is near, or nothing.
std::string suggestWord(llvm::StringRef Word,
                        llvm::ArrayRef<llvm::StringRef> Known);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_SUGGEST_H
