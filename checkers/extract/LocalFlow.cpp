//===- LocalFlow.cpp - which definitions of a local reach a use -----------===//

#include "extract/LocalFlow.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace bootorder;
using namespace clang;

/// The local that \p E names, if that is all it does.
static const VarDecl *namedLocal(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && !V->hasGlobalStorage() ? V : nullptr;
}

/// Whether anything in \p S leaves an event.
static bool hasEffect(const Stmt *S) {
  if (isa<CallExpr, GCCAsmStmt, DeclStmt, ReturnStmt, AtomicExpr, GotoStmt>(S))
    return true;
  if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isAssignmentOp())
    return true;
  if (const auto *U = dyn_cast<UnaryOperator>(S);
      U && U->isIncrementDecrementOp())
    return true;
  return llvm::any_of(S->children(), [](const Stmt *Child) {
    return Child && hasEffect(Child);
  });
}

namespace {

class LocalsVisitor : public RecursiveASTVisitor<LocalsVisitor> {
public:
  explicit LocalsVisitor(LocalsOfBody &Result) : Result(Result) {}

  bool VisitVarDecl(VarDecl *V) {
    if (V->isStaticLocal())
      Result.Statics.push_back(V);
    else if (!V->hasGlobalStorage())
      add(*V);
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->getOpcode() == UO_AddrOf)
      keepInMemory(U->getSubExpr());
    return true;
  }

  bool VisitGCCAsmStmt(GCCAsmStmt *A) {
    for (unsigned I = 0; I < A->getNumOutputs(); ++I)
      if (A->getOutputConstraint(I).contains('m'))
        keepInMemory(A->getOutputExpr(I));
    for (unsigned I = 0; I < A->getNumInputs(); ++I)
      if (A->getInputConstraint(I).contains('m'))
        keepInMemory(A->getInputExpr(I));
    return true;
  }

  bool VisitDoStmt(DoStmt *D) {
    if (D->getBeginLoc().isMacroID() && !hasEffect(D))
      Result.IdleMacros[D->getCond()] = D;
    return true;
  }

  bool TraverseCallExpr(CallExpr *C) {
    if (C->getBuiltinCallee() == Builtin::BI__builtin_constant_p)
      for (Stmt *Argument : C->arguments())
        markUnevaluated(Argument);
    return RecursiveASTVisitor::TraverseCallExpr(C);
  }

  void add(const VarDecl &V) {
    Result.Variables.push_back(&V);
    QualType T = V.getType();
    bool IsScalar = T->isIntegralOrEnumerationType() || T->isPointerType();
    if (!IsScalar || T.isVolatileQualified() || V.hasAttr<CleanupAttr>())
      Result.InMemory.insert(&V);
  }

private:
  void keepInMemory(const Expr *E) {
    if (const VarDecl *V = namedLocal(E->IgnoreParenCasts()))
      Result.InMemory.insert(V);
  }

  void markUnevaluated(const Stmt *S) {
    Result.Unevaluated.insert(S);
    for (const Stmt *Child : S->children())
      if (Child)
        markUnevaluated(Child);
  }

  LocalsOfBody &Result;
};

} // namespace

LocalsOfBody bootorder::findLocals(const FunctionDecl &F) {
  LocalsOfBody Result;
  LocalsVisitor Visitor(Result);
  for (const ParmVarDecl *P : F.parameters())
    Visitor.add(*P);
  Visitor.TraverseStmt(F.getBody());
  return Result;
}

std::vector<const CFGBlock *> bootorder::reachableBlocks(const CFG &Graph) {
  std::vector<const CFGBlock *> PostOrder;
  llvm::DenseSet<const CFGBlock *> Seen;
  struct Frame {
    const CFGBlock *Block;
    CFGBlock::const_succ_reverse_iterator Next;
  };
  std::vector<Frame> Stack;
  auto Enter = [&](const CFGBlock *Block) {
    if (Block && Seen.insert(Block).second)
      Stack.push_back({Block, Block->succ_rbegin()});
  };
  Enter(&Graph.getEntry());
  while (!Stack.empty()) {
    Frame &Top = Stack.back();
    if (Top.Next == Top.Block->succ_rend()) {
      PostOrder.push_back(Top.Block);
      Stack.pop_back();
      continue;
    }
    const CFGBlock *Successor = Top.Next->getReachableBlock();
    ++Top.Next;
    Enter(Successor);
  }
  return {PostOrder.rbegin(), PostOrder.rend()};
}

llvm::SmallVector<const VarDecl *, 2> bootorder::definedLocals(const Stmt &S) {
  llvm::SmallVector<const VarDecl *, 2> Result;
  auto Add = [&](const Expr *Place) {
    if (const VarDecl *V = namedLocal(Place))
      Result.push_back(V);
  };
  if (const auto *B = dyn_cast<BinaryOperator>(&S)) {
    if (B->isAssignmentOp())
      Add(B->getLHS());
  } else if (const auto *U = dyn_cast<UnaryOperator>(&S)) {
    if (U->isIncrementDecrementOp())
      Add(U->getSubExpr());
  } else if (const auto *D = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *Declared : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Declared))
        if (!V->hasGlobalStorage() && V->hasInit())
          Result.push_back(V);
  } else if (const auto *A = dyn_cast<GCCAsmStmt>(&S)) {
    for (unsigned I = 0; I < A->getNumOutputs(); ++I)
      Add(A->getOutputExpr(I)->IgnoreParenCasts());
  }
  return Result;
}

void LocalFlow::addSite(const VarDecl *V, const Stmt *Where) {
  auto [It, IsNew] = Index.try_emplace({V, Where}, Sites.size());
  if (!IsNew)
    return;
  SitesOf[V].push_back(Sites.size());
  Sites.push_back({V, Where});
}

LocalFlow::LocalFlow(const LocalsOfBody &Locals,
                     llvm::ArrayRef<const CFGBlock *> Blocks) {
  for (const VarDecl *V : Locals.Variables)
    if (!Locals.InMemory.count(V))
      addSite(V, nullptr);
  auto AddSitesOf = [&](const CFGBlock *Block, const Stmt *S) {
    if (Locals.Unevaluated.count(S))
      return;
    for (const VarDecl *V : definedLocals(*S)) {
      if (Locals.InMemory.count(V))
        continue;
      addSite(V, S);
      SitesIn[Block].push_back(siteOf(V, S));
    }
  };
  for (const CFGBlock *Block : Blocks) {
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        AddSitesOf(Block, Statement->getStmt());
    if (const auto *Goto =
            dyn_cast_or_null<GCCAsmStmt>(Block->getTerminatorStmt()))
      AddSitesOf(Block, Goto);
  }
  solve(Blocks);
}

void LocalFlow::solve(llvm::ArrayRef<const CFGBlock *> Blocks) {
  llvm::DenseMap<const CFGBlock *, llvm::BitVector> AtEnd;
  for (const CFGBlock *Block : Blocks) {
    AtStart[Block].resize(Sites.size());
    AtEnd[Block].resize(Sites.size());
  }
  if (!Blocks.empty())
    for (uint32_t Site = 0; Site < Sites.size(); ++Site)
      if (!Sites[Site].Where)
        AtStart[Blocks.front()].set(Site);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const CFGBlock *Block : Blocks) {
      llvm::BitVector &Start = AtStart[Block];
      for (const auto &Predecessor : Block->preds())
        if (const CFGBlock *From = Predecessor.getReachableBlock())
          if (auto It = AtEnd.find(From); It != AtEnd.end())
            Start |= It->second;
      llvm::BitVector End = Start;
      for (uint32_t Site : SitesIn.lookup(Block)) {
        for (uint32_t Other : SitesOf[Sites[Site].Variable])
          End.reset(Other);
        End.set(Site);
      }
      Changed |= End != AtEnd[Block];
      AtEnd[Block] = std::move(End);
    }
  }
}

llvm::SmallVector<uint32_t, 4> LocalFlow::reaching(const CFGBlock *Block,
                                                   const VarDecl *V) const {
  llvm::SmallVector<uint32_t, 4> Result;
  auto Start = AtStart.find(Block);
  auto All = SitesOf.find(V);
  if (Start == AtStart.end() || All == SitesOf.end())
    return Result;
  for (uint32_t Site : All->second)
    if (Start->second.test(Site))
      Result.push_back(Site);
  return Result;
}
