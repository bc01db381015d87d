//===- Nodes.cpp - every node of a tree, or of an event -------------------===//

#include "model/Nodes.h"

using namespace bootorder;

void bootorder::forEachNode(const ExprPool &Exprs, ExprId Root,
                            llvm::function_ref<void(ExprId)> Visit) {
  if (!Root.isValid())
    return;
  Visit(Root);
  const Expr &E = Exprs[Root];
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    forEachNode(Exprs, Exprs.operand(E, I), Visit);
}

void bootorder::forEachNode(const Function &Body, const Event &E,
                            llvm::function_ref<void(ExprId)> Visit) {
  for (ExprId Root : {E.Target, E.Value, E.Size})
    forEachNode(Body.Exprs, Root, Visit);
  for (uint32_t I = 0; I < E.Args.Count; ++I)
    forEachNode(Body.Exprs, Body.Exprs.Operands[E.Args.First + I], Visit);
  if (E.Kind != EventKind::Asm)
    return;
  Range Inputs = Body.Asms[E.Asm].Inputs;
  for (uint32_t I = 0; I < Inputs.Count; ++I)
    forEachNode(Body.Exprs, Body.Exprs.Operands[Inputs.First + I], Visit);
}
