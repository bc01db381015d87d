//===- Nodes.h - every node of a tree, or of an event ---------------------===//

#ifndef BOOTORDER_MODEL_NODES_H
#define BOOTORDER_MODEL_NODES_H

#include "model/Function.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

/// Calls \p Visit for \p Root, which may be none, and every node below it.
void forEachNode(const ExprPool &Exprs, ExprId Root,
                 llvm::function_ref<void(ExprId)> Visit);

/// The same for all trees of \p E, an event of \p Body.
void forEachNode(const Function &Body, const Event &E,
                 llvm::function_ref<void(ExprId)> Visit);

} // namespace bootorder

#endif
