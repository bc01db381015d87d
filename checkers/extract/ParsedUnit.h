//===- ParsedUnit.h - facts of a unit that somebody else has parsed -------===//
//
// clang-tidy parses a unit for all its checks. Here its syntax tree becomes the
// same facts that extractUnit() makes of a parse of its own.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_PARSEDUNIT_H
#define BOOTORDER_EXTRACT_PARSEDUNIT_H

#include "extract/Extract.h"
#include "model/Facts.h"
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

/// evaluateConstants() with the options that \p Like parsed a unit with, by a
/// command that ran in \p Directory. Parses the headers that \p Names come
/// from.
llvm::Expected<ConstantList>
evaluateConstantsLike(clang::Preprocessor &Like, llvm::StringRef Directory,
                      const std::vector<NamedConstant> &Names);

} // namespace bootorder

#endif
