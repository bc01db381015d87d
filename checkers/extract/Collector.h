//===- Collector.h - finds what a unit owns with AST matchers -------------===//

#ifndef BOOTORDER_EXTRACT_COLLECTOR_H
#define BOOTORDER_EXTRACT_COLLECTOR_H

#include "extract/UnitContext.h"
#include "clang/AST/Decl.h"

namespace bootorder {

/// Declarations of one unit that become facts. In each list those of headers
/// come first, by path and place, then those of the unit's sources as they
/// stand: where a header is included does not matter.
struct OwnedDeclarations {
  std::vector<const clang::FunctionDecl *> Functions; ///< with their bodies
  std::vector<const clang::VarDecl *> Objects;
  std::vector<const clang::NamedDecl *> Aliases;
  std::vector<const clang::FileScopeAsmDecl *> Asms;
};

/// Matches the top level of the unit; bodies are not entered. Of the unit's
/// prelude, only what it asked for is among them.
OwnedDeclarations collectDeclarations(UnitContext &Unit);

/// Where \p D is written.
clang::SourceLocation placeOf(const clang::Decl &D);

} // namespace bootorder

#endif
