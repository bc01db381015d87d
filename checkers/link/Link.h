//===- Link.h - many translation units -> one program ---------------------===//

#ifndef BOOTORDER_LINK_LINK_H
#define BOOTORDER_LINK_LINK_H

#include "link/Program.h"
#include "rules/RuleSet.h"

namespace bootorder {

/// One object of the kernel image.
struct LinkUnit {
  const TuFacts *Facts = nullptr;
  /// What objcopy puts before every symbol of the unit (`__pi_`); may be empty.
  std::string Prefix;
};

/// Joins the units that make up vmlinux.
///
/// External names join as the linker joins them: strong beats weak, the first
/// of two strong definitions (by path of the unit) is kept and the name is
/// reported; `extern inline` bodies define nothing; aliases stand for their
/// target. Static functions and objects belong to their unit, header functions
/// to their content key, static locals to their function. A function that no
/// unit defines stays, without a body.
///
/// Facts must outlive the result. Units and headers may come in any order.
/// Linear in the facts.
Program link(llvm::ArrayRef<LinkUnit> Units,
             llvm::ArrayRef<const HeaderFacts *> Headers, const RuleSet &Rules);

} // namespace bootorder

#endif // BOOTORDER_LINK_LINK_H
