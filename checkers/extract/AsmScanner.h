//===- AsmScanner.h - names in assembly text ------------------------------===//

#ifndef BOOTORDER_EXTRACT_ASMSCANNER_H
#define BOOTORDER_EXTRACT_ASMSCANNER_H

#include "model/FactsBuilder.h"
#include "llvm/TargetParser/Triple.h"

namespace bootorder {

/// Names that \p Text defines, calls, points to or mentions, in text order.
///
/// \p Text is a file-scope asm, an inline asm template (with `%0`, `%[x]` and
/// `%%`) or a preprocessed `.S` file, in the GNU as syntax of \p Arch; an
/// unknown architecture accepts what all kernel architectures have in common.
///
/// **Statements** end at a newline or ';'. Comments are dropped. Macro bodies
/// and the arms of `.if` are read as text: a name in them counts, a macro
/// argument (`\arg`) does not, nor does a name pasted from one (`do_\arg`) or
/// from an operand (`__get_user_%c0`). Quoted arguments of a macro call are
/// read as statements, as in `ALTERNATIVE "call a", "call b", 3`.
///
/// **Names** are symbols only: registers, numbers, local labels (`1b`, `.Lx`),
/// operands, directives and names that `.set` makes a constant are left out.
/// The leading dot of a powerpc ELFv1 code symbol is dropped (`bl .foo` calls
/// foo), and the function descriptors that go with it, data in `.opd`, are no
/// items. A branch through memory (`call *ops(%rip)`) mentions its operand. In
/// data, a name behind '-' is a base to measure from and only mentioned.
///
/// **Section** follows .section, .text, .data, .bss, .pushsection,
/// .popsection and .previous, and is none before the first of them. **Within**
/// is the last symbol defined in the section at hand or, if that has none yet,
/// the one it was entered from: a `.fixup` belongs to the function it serves.
/// Of a Define it is the symbol before, whose code may run on into this one.
///
/// **Line** counts the newlines of \p Text unless line markers (`# 12 "a.S"`)
/// tell otherwise: then it is a line of the file that the first marker names,
/// and text from another file counts as the line of its #include.
///
/// Linear in the text.
std::vector<AsmItem>
scanAssembly(llvm::StringRef Text, FactsBuilder &Builder,
             llvm::Triple::ArchType Arch = llvm::Triple::UnknownArch);

} // namespace bootorder

#endif
