//===- ParsedUnit.h - facts of a unit that somebody else has parsed -------===//
//
// clang-tidy parses a unit for all its checks. Here its syntax tree becomes the
// same facts that extractUnit() makes of a parse of its own.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_PARSEDUNIT_H
#define BOOTORDER_EXTRACT_PARSEDUNIT_H

#include "model/Facts.h"
#include "llvm/ADT/ArrayRef.h"
#include <map>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace bootorder {

/// A unit with the header functions that it uses.
struct ParsedUnit {
  TuFacts Facts;
  /// Sorted by key. Keys count the header functions of this unit; they mean
  /// nothing to another one.
  std::vector<HeaderFacts> Headers;
};

/// Lowers the unit \p Ast, which was parsed with all its bodies by a command
/// that ran in \p Directory; \p SourceRoot is the kernel root.
///
/// Call it while the file's declarations are all there, that is from
/// HandleTranslationUnit() on.
ParsedUnit lowerParsedUnit(clang::ASTContext &Ast, llvm::StringRef Directory,
                           llvm::StringRef SourceRoot);

/// Values of those among \p Names that are enumerators of the unit, or macros
/// at its end that expand to an integer constant expression of numbers,
/// enumerators, casts and operators.
std::map<std::string, int64_t> constantsIn(clang::ASTContext &Ast,
                                           clang::Preprocessor &PP,
                                           llvm::ArrayRef<std::string> Names);

} // namespace bootorder

#endif
