//===- ExprText.h - trees as a reader of the source would write them ------===//

#ifndef BOOTORDER_SOLVE_EXPRTEXT_H
#define BOOTORDER_SOLVE_EXPRTEXT_H

#include "link/Program.h"

namespace bootorder {

/// `ppc_md.init_IRQ` for a member of a global, `irq_chip.startup` (record and
/// field) behind a pointer, a variable's name otherwise; never empty.
std::string describePointer(const Program &P, FunctionId F, ExprId E);

/// Arguments of call \p E that are spelled by a macro or are numbers, the
/// others as `...`; empty if there is none worth showing.
std::string describeArguments(const Program &P, FunctionId F, const Event &E);

/// `GFP_KERNEL` where a macro spells \p E, else the number in hexadecimal.
std::string describeConstant(const FactsModule &Facts, const Expr &E);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_EXPRTEXT_H
