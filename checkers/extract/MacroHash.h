//===- MacroHash.h - what a macro means, as a number ----------------------===//

#ifndef BOOTORDER_EXTRACT_MACROHASH_H
#define BOOTORDER_EXTRACT_MACROHASH_H

#include "extract/UnitContext.h"
#include "model/FactsHash.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

/// What \p Name is as a macro; null if nothing. Unlike the preprocessor's own
/// look-up it knows names that a precompiled header defines and nothing has
/// read yet.
const clang::MacroInfo *macroInfo(const clang::IdentifierInfo &Name,
                                  clang::Preprocessor &PP);

/// Whether \p Macro is an object-like macro that expands to string literals and
/// nothing else, such as KBUILD_MODNAME.
bool isStringMacro(const clang::MacroInfo &Macro, clang::Preprocessor &PP);

/// What an identifier in the text of a macro adds to its hash.
using NameHash = llvm::function_ref<uint64_t(const clang::IdentifierInfo &,
                                             bool IsAttribute)>;

/// Hash of the text of \p Macro without string literals and string macros, and
/// with parameters by position.
uint64_t blindHash(const clang::MacroInfo &Macro, clang::Preprocessor &PP,
                   NameHash HashOf);

/// What \p Macro means now. Attributes may be spelled with underscores or
/// without; a macro that names others counts with its place, as facts say where
/// macros within macros are written.
MacroMeaning meaningOf(const clang::MacroInfo &Macro, clang::Preprocessor &PP,
                       const UnitContext &Unit);

} // namespace bootorder

#endif
