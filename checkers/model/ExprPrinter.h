//===- ExprPrinter.h - expression trees as pseudo-C -----------------------===//

#ifndef BOOTORDER_MODEL_EXPRPRINTER_H
#define BOOTORDER_MODEL_EXPRPRINTER_H

#include "model/Facts.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// What the indices in an expression refer to.
struct ExprScope {
  const FactsModule &Module;
  const ExprPool &Pool;
  const Function *Owner = nullptr; ///< null for an object's initial values
};

/// As C writes it: `!`, `&&`.
llvm::StringRef spelling(UnaryKind Op);
llvm::StringRef spelling(BinaryKind Op);

/// Prints the value \p E, or "none".
///
///   p0            parameter 0 on entry      &p0     its address, if it has one
///   e3            result of event 3         flags.1 local 1 in memory
///   GFP_KERNEL=0xd0  a constant that a macro spells
///   ppc_md.init   what is loaded from there &ppc_md the address
///   p0->next[2]   a field behind a pointer  *e3     a plain load
///   join(e1, e5)  by the path taken
///   container(p0, page.lru)  the record around a field
///   (u32)e3       a conversion to 32 unsigned bits
///   unknown(floating)
void printExpr(const ExprScope &Scope, ExprId E, llvm::raw_ostream &OS);

/// Prints the place whose address is \p Address: `ppc_md.init_IRQ`.
void printPlace(const ExprScope &Scope, ExprId Address, llvm::raw_ostream &OS);

/// `u32`, `gfp_t`, `page *`, `file_operations`, `initcall_t`, `fn *`: a name is
/// a typedef, or a record's or enumeration's tag.
void printType(const FactsModule &Module, const Type &T, llvm::raw_ostream &OS);

} // namespace bootorder

#endif
