#ifndef BOOTORDER_SUPPORT_JSON_H
#define BOOTORDER_SUPPORT_JSON_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace bootorder {

/// Lists and objects within each other. Nothing that we read needs ten; the
/// parser calls itself for each, and the stack is not endless.
constexpr unsigned MaxJsonDepth = 256;

/// Parses \p Content, which was read from \p File.
///
/// Errors, as a DiagnosticsError with the place and \p Remedy, half a sentence:
/// what the grammar forbids, text that is not UTF-8, MaxJsonDepth exceeded.
llvm::Expected<llvm::json::Value> parseJson(llvm::StringRef Content,
                                            llvm::StringRef File,
                                            const llvm::Twine &Remedy);

/// \p Text as a value, whatever its bytes are: paths and source lines need not
/// be UTF-8, JSON has to be.
llvm::json::Value jsonText(llvm::StringRef Text);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_JSON_H
