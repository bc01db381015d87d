//===- ValueText.h - trees and values, in the words of the source ---------===//

#ifndef BOOTORDER_SOLVE_VALUETEXT_H
#define BOOTORDER_SOLVE_VALUETEXT_H

#include "solve/Frame.h"

namespace bootorder {

/// `slab_state >= 3 && !irqs_disabled()`, as C would say it; parameters, whose
/// names facts do not keep, are `arg1`, `arg2`. Never empty.
std::string describeTree(const Program &P, FunctionId F, ExprId E);

/// `0`, `0xcc0`, `0 or 1`, `&slub_ops`, `not 0`, `unknown`; of known bits
/// `some value with 0x400, within 0xfff`.
std::string describeValue(const Machine &M, const Value &V);

/// `init_mm.pgd`, `irq_desc[3].lock`; `a local` for what is on the stack,
/// `new memory` for what was allocated.
std::string describePlace(const Machine &M, PlaceId Where);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_VALUETEXT_H
