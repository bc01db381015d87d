//===- BodyLowering.h - the state while one body is lowered ---------------===//

#ifndef BOOTORDER_EXTRACT_BODYLOWERING_H
#define BOOTORDER_EXTRACT_BODYLOWERING_H

#include "extract/LocalFlow.h"
#include "extract/ValueLowering.h"
#include "clang/AST/Stmt.h"

namespace bootorder {

/// Walks the flow graph block by block in evaluation order. Statements with
/// side effects become events; their value is remembered for the expressions
/// around them, which are lowered when something needs them.
class BodyLowering : public BodyScope {
public:
  BodyLowering(const clang::FunctionDecl &F, Naming &Names);

  /// The finished function. Call once.
  Function run();
  const LocalsOfBody &locals() const { return Locals; }

  ExprId resultOf(const clang::Expr &E) override;
  ExprId localValue(const clang::VarDecl &V) override;
  ExprId localAddress(const clang::VarDecl &V) override;
  ExprId literalAddress(const clang::CompoundLiteralExpr &L) override;
  void addressTaken(ExprId Symbol, clang::SourceLocation Loc) override;

private:
  // The graph (BodyLowering.cpp).
  void declareLocals();
  void lowerGraph(const clang::CFG &Graph);
  void lowerBlock(const clang::CFGBlock &Block);
  void lowerEdges(const clang::CFGBlock &Block);
  void addCaseEdge(const clang::CFGBlock &To);
  void lowerInTextOrder();
  void bindReferences();

  // Statements with side effects (BodyStatements.cpp).
  void lowerStatement(const clang::Stmt &S);
  void lowerDeclaration(const clang::VarDecl &V, const clang::Stmt &S);
  void lowerAssignment(const clang::BinaryOperator &B);
  void lowerStep(const clang::UnaryOperator &U);
  void lowerCall(const clang::CallExpr &C);
  bool lowerLookThrough(const clang::CallExpr &C, unsigned Builtin);
  void lowerMemoryCall(const clang::CallExpr &C, EventId Call);
  void lowerAtomic(const clang::AtomicExpr &A);
  void lowerCleanup(const clang::CFGCleanupFunction &C);
  void lowerReturn(const clang::ReturnStmt &R);
  void lowerLiteral(const clang::CompoundLiteralExpr &L);
  ExprId assign(const clang::Expr &Place, ExprId Value, const clang::Stmt &S);
  ExprId define(const clang::VarDecl &V, ExprId Value, const clang::Stmt &S);
  void store(ExprId Place, ExprId Value, clang::QualType T,
             clang::SourceLocation Loc);
  void initialize(ExprId Place, clang::QualType T, const clang::Expr &Init);
  void initializeParts(ExprId Place, const clang::InitListExpr &List);

  // Inline assembly (BodyAsm.cpp).
  void lowerAsm(const clang::GCCAsmStmt &A);
  Range asmInputs(const clang::GCCAsmStmt &A);
  void addAsmOperandCall(ExprId Operand, uint32_t Asm,
                         clang::SourceLocation Loc);
  void addAsmTemplateCalls(uint32_t Asm, clang::SourceLocation Loc);
  void addAsmOutputs(const clang::GCCAsmStmt &A, EventId Statement);

  Event &addEvent(EventKind Kind, clang::SourceLocation Loc);
  EventId lastEvent() const { return EventId(Out.Events.size() - 1); }
  ExprId reference(EventId Event, clang::QualType T);

  const clang::FunctionDecl &F;
  Naming &Names;
  Function Out;
  ValueLowering Values;
  LocalsOfBody Locals;
  std::unique_ptr<LocalFlow> Flow; ///< null when there is no flow graph
  llvm::DenseMap<const clang::VarDecl *, uint32_t> LocalIndex;
  llvm::DenseMap<const clang::CompoundLiteralExpr *, ExprId> Literals;
  llvm::DenseMap<const clang::CFGBlock *, uint32_t> BlockIndex;

  /// Values of side effects lowered so far.
  llvm::DenseMap<const clang::Expr *, ExprId> Results;
  /// Block at hand: the sites that now define a local, symbols taken.
  const clang::CFGBlock *Current = nullptr;
  llvm::DenseMap<const clang::VarDecl *, uint32_t> CurrentSite;
  llvm::DenseSet<std::pair<int64_t, uint32_t>> TakenHere;
  /// Event of each definition site; nodes that name a site until they are bound.
  std::vector<EventId> EventOfSite;
  std::vector<std::pair<ExprId, uint32_t>> SiteReferences;
};

} // namespace bootorder

#endif
