//===- FactsPrinter.h - facts for people ----------------------------------===//
//
// The listing of `bootorder dump facts`, which tests quote. Expressions are
// printed as ExprPrinter.h says. Places of a function's own file are
// LINE:COLUMN, others FILE:LINE:COLUMN.
//
//   function mem_setup: void (u64) at mm/init.c:10:13-20 in .init.text [static]
//     local flags.0: u64 memory
//     b0:
//       e0 12:5 call kzalloc(p0, GFP_KERNEL=0xd0) [macro wrap < outer]
//       e1 13:3 write ppc_md.init_IRQ = &xics [field machdep_calls.init_IRQ]
//       e2 14:3 define p.1 = e0
//       if (mem_init_done != 0) b1 else b2
//     b1:
//       e3 15:3 call (*p0->read)(e2) [field file_operations.read]
//       e4 16:3 return
//   object my_ops: file_operations at fs/a.c:3:8 in .data [static, const]
//     .open = &my_open
//     .ids[3] = 7
//   asm at fs/a.c:9:1 [macro core_initcall]
//     1 define __initcall_x in .initcall6.init
//     2 data my_init in .initcall6.init, within __initcall_x
//   alias old_name = new_name at fs/a.c:30:1
//   extern function printk: s32 (s8 *, ...)
//
// Every call, define and asm statement has the number that others refer to it
// by. Other calls are `cleanup f(x)`, `asm-operand call f()` and
// `asm-template call f()`; other writes are `= record at VALUE`,
// `= SIZE bytes at VALUE`, `= SIZE bytes of BYTE`, `= asm output`, `= zero`.
// A field that shares its storage is `[field sigval.sival_ptr, in union]`.
// A block ends in `goto b1`, `if (...) b1 else b2`,
// `switch (...) case 1: b1, case 3..5: b2, default: b3`, `asm-goto b1, b2`,
// `computed goto b1, b2`, `noreturn`, or nothing where the function ends.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_FACTSPRINTER_H
#define BOOTORDER_MODEL_FACTSPRINTER_H

#include "model/ExprPrinter.h"

namespace bootorder {

/// Prints functions, objects, asm, aliases and what is only declared, each in
/// the module's order. \p Module must satisfy checkFacts().
void printFacts(const FactsModule &Module, llvm::raw_ostream &OS);

/// Also the unit's names, its notes and the keys of its header functions.
void printFacts(const TuFacts &Facts, llvm::raw_ostream &OS);

/// Also the key.
void printFacts(const HeaderFacts &Facts, llvm::raw_ostream &OS);

} // namespace bootorder

#endif
