//===- Collector.h - finds what a unit owns with AST matchers -------------===//

#ifndef BOOTORDER_EXTRACT_COLLECTOR_H
#define BOOTORDER_EXTRACT_COLLECTOR_H

#include "extract/UnitContext.h"
#include "clang/AST/Decl.h"

namespace bootorder {

/// Declarations of one unit that become facts, each list in source order.
struct OwnedDeclarations {
  std::vector<const clang::FunctionDecl *> Functions; ///< with their bodies
  std::vector<const clang::FunctionDecl *> HeaderFunctions; ///< body parsed
  std::vector<const clang::VarDecl *> Objects;
  std::vector<const clang::NamedDecl *> Aliases;
  std::vector<const clang::FileScopeAsmDecl *> Asms;
};

/// Matches the top level of the unit; bodies are not entered.
OwnedDeclarations collectDeclarations(UnitContext &Unit);

} // namespace bootorder

#endif
