//===- LocalFlow.h - which definitions of a local reach a use -------------===//

#ifndef BOOTORDER_EXTRACT_LOCALFLOW_H
#define BOOTORDER_EXTRACT_LOCALFLOW_H

#include "clang/AST/Decl.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace bootorder {

/// Locals and parameters of one function, as far as their syntax tells.
struct LocalsOfBody {
  /// In source order, parameters first.
  std::vector<const clang::VarDecl *> Variables;
  std::vector<const clang::VarDecl *> Statics;
  /// Aggregates, volatile ones, and those whose address something takes.
  llvm::DenseSet<const clang::VarDecl *> InMemory;
  /// Statements that are parsed but never run: __builtin_constant_p(f()).
  llvm::DenseSet<const clang::Stmt *> Unevaluated;
  /// Conditions of `do {} while (0)` that a macro wrote and that do nothing.
  llvm::DenseMap<const clang::Stmt *, const clang::DoStmt *> IdleMacros;
};

LocalsOfBody findLocals(const clang::FunctionDecl &F);

/// Blocks of \p Graph that control can enter, entry first, in reverse
/// post-order. Edges that Clang folded away are not followed.
std::vector<const clang::CFGBlock *> reachableBlocks(const clang::CFG &Graph);

/// A place that gives a scalar local a new value.
struct DefinitionSite {
  const clang::VarDecl *Variable = nullptr;
  const clang::Stmt *Where = nullptr; ///< null: its value on entry
};

/// Reaching definitions of the scalar locals over the reachable blocks.
class LocalFlow {
public:
  LocalFlow(const LocalsOfBody &Locals,
            llvm::ArrayRef<const clang::CFGBlock *> Blocks);

  const std::vector<DefinitionSite> &sites() const { return Sites; }
  /// Site of \p V's definition by \p Where; \p Where null means on entry.
  uint32_t siteOf(const clang::VarDecl *V, const clang::Stmt *Where) const {
    return Index.lookup({V, Where});
  }
  /// Sites of \p V that reach the start of \p Block, ascending.
  llvm::SmallVector<uint32_t, 4> reaching(const clang::CFGBlock *Block,
                                          const clang::VarDecl *V) const;

private:
  void addSite(const clang::VarDecl *V, const clang::Stmt *Where);
  void solve(llvm::ArrayRef<const clang::CFGBlock *> Blocks);

  std::vector<DefinitionSite> Sites;
  llvm::DenseMap<std::pair<const clang::VarDecl *, const clang::Stmt *>,
                 uint32_t>
      Index;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<uint32_t, 4>>
      SitesOf;
  llvm::DenseMap<const clang::CFGBlock *, llvm::SmallVector<uint32_t, 4>>
      SitesIn; ///< in order of execution
  llvm::DenseMap<const clang::CFGBlock *, llvm::BitVector> AtStart;
};

/// Scalar locals that \p S defines itself, not through its children.
llvm::SmallVector<const clang::VarDecl *, 2>
definedLocals(const clang::Stmt &S);

} // namespace bootorder

#endif
