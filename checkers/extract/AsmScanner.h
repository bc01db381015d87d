//===- AsmScanner.h - names in assembly text ------------------------------===//

#ifndef BOOTORDER_EXTRACT_ASMSCANNER_H
#define BOOTORDER_EXTRACT_ASMSCANNER_H

#include "model/FactsBuilder.h"

namespace bootorder {

/// Names that \p Text defines, calls, points to or mentions, in text order.
///
/// Understands GNU as syntax of every kernel architecture: statements
/// separated by newlines, ';' and (inside inline asm) "\n\t"; comments;
/// .section/.pushsection/.popsection/.previous; .long/.quad/.word/.8byte...
/// data; .set/.equ/= aliases; .globl/.weak; labels; calls and jumps by
/// mnemonic. Registers, numbers, local labels (`1b`, `.Lx`), operands
/// (`%0`, `%[name]`) and directives are not names. Linear in the text.
std::vector<AsmItem> scanAssembly(llvm::StringRef Text, FactsBuilder &Builder);

} // namespace bootorder

#endif
