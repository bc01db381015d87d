//===- FunctionLowering.h - a function body to its mini-program -----------===//

#ifndef BOOTORDER_EXTRACT_FUNCTIONLOWERING_H
#define BOOTORDER_EXTRACT_FUNCTIONLOWERING_H

#include "extract/Naming.h"

namespace bootorder {

/// Lowers the body of \p F and adds it, and the static locals it declares, to
/// the module that \p Names fills. \p F must have a body.
void lowerFunction(const clang::FunctionDecl &F, Naming &Names);

/// Adds a variable with static storage to the module: its section, type and
/// the parts that do not start as zero.
void lowerObject(const clang::VarDecl &V, Naming &Names);

} // namespace bootorder

#endif
