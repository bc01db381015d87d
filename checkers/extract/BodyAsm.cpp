//===- BodyAsm.cpp - inline assembly to events ----------------------------===//

#include "extract/AsmScanner.h"
#include "extract/BodyLowering.h"

using namespace bootorder;
using namespace clang;

/// A pointer to a function, whatever spells it.
static bool isCodePointer(const clang::Expr &E) {
  QualType T = E.getType();
  return T->isFunctionPointerType() || T->isFunctionType();
}

/// What the operand \p E gives the assembly: a place for a memory operand.
static bool isMemoryOperand(llvm::StringRef Constraint) {
  return Constraint.contains('m') || Constraint.contains('o') ||
         Constraint.contains('Q') || Constraint.contains('V');
}

Range BodyLowering::asmInputs(const GCCAsmStmt &A) {
  llvm::SmallVector<ExprId, 6> Inputs;
  for (unsigned I = 0; I < A.getNumInputs(); ++I) {
    const clang::Expr *E = A.getInputExpr(I);
    bool AsPlace = isMemoryOperand(A.getInputConstraint(I)) &&
                   E->IgnoreParenImpCasts()->isLValue();
    Inputs.push_back(AsPlace ? Values.address(E->IgnoreParenImpCasts())
                             : Values.value(E));
  }
  return Values.operands(Inputs);
}

void BodyLowering::addAsmOperandCall(ExprId Operand, uint32_t Asm,
                                     SourceLocation Loc) {
  Event &E = addEvent(EventKind::Call, Loc);
  E.Call = CallKind::AsmOperand;
  E.Target = Operand;
  E.Asm = Asm;
}

void BodyLowering::addAsmTemplateCalls(uint32_t Asm, SourceLocation Loc) {
  for (size_t I = 0; I < Out.Asms[Asm].Items.size(); ++I) {
    AsmItem Item = Out.Asms[Asm].Items[I];
    if (Item.Kind != AsmItemKind::Call || Item.Section.isValid())
      continue;
    SymbolId Callee = Names.assemblerCallee(Names.Facts.str(Item.Name));
    ExprId Target = Values.leaf(ExprKind::Function, Callee.Value);
    Event &E = addEvent(EventKind::Call, Loc);
    E.Call = CallKind::AsmTemplate;
    E.Target = Target;
    E.Asm = Asm;
  }
}

void BodyLowering::addAsmOutputs(const GCCAsmStmt &A, EventId Statement) {
  for (unsigned I = 0; I < A.getNumOutputs(); ++I) {
    const clang::Expr *Place = A.getOutputExpr(I)->IgnoreParenCasts();
    ExprId Value = reference(Statement, Place->getType());
    assign(*Place, Value, A);
    if (Out.Events.back().Kind == EventKind::Write)
      Out.Events.back().Write = WriteKind::AsmOutput;
  }
}

void BodyLowering::lowerAsm(const GCCAsmStmt &A) {
  AsmStatement Statement;
  llvm::StringRef Template = A.getAsmString()->getString();
  Statement.Template = Names.Facts.string(Template);
  Statement.IsVolatile = A.isVolatile();
  Statement.IsGoto = A.isAsmGoto();
  for (unsigned I = 0; I < A.getNumClobbers(); ++I)
    Statement.ClobbersMemory |= A.getClobber(I) == "memory";
  Statement.Items =
      scanAssembly(Template, Names.Facts,
                   Names.Unit.Ast.getTargetInfo().getTriple().getArch());
  Statement.Inputs = asmInputs(A);
  Range Inputs = Statement.Inputs;
  uint32_t Index = Out.Asms.size();
  Out.Asms.push_back(std::move(Statement));
  addEvent(EventKind::Asm, A.getBeginLoc()).Asm = Index;
  EventId Assembly = lastEvent();
  for (unsigned I = 0; I < A.getNumInputs(); ++I) {
    const clang::Expr *E = A.getInputExpr(I)->IgnoreParenCasts();
    if (!isCodePointer(*E))
      continue;
    ExprId Operand = Out.Exprs.Operands[Inputs.First + I];
    if (isMemoryOperand(A.getInputConstraint(I)) && E->isLValue())
      Operand = Values.load(Operand, E->getType());
    addAsmOperandCall(Operand, Index, A.getBeginLoc());
  }
  addAsmTemplateCalls(Index, A.getBeginLoc());
  addAsmOutputs(A, Assembly);
}
