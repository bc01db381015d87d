#ifndef BOOTORDER_TOOL_KBUILDCHECK_H
#define BOOTORDER_TOOL_KBUILDCHECK_H

#include "tool/ExitStatus.h"
#include <string>
#include <vector>

namespace bootorder {

/// Whether the program was started as \p Program to be Kbuild's checker.
bool isKbuildCheck(const std::string &Program);

/// What Kbuild's `CHECK=bootorder-check` runs: the facts of one source, for
/// `bootorder check --facts`. \p Words are its arguments. The folder is
/// $BOOTORDER_FACTS, or `.bootorder` in the folder it runs in.
///
/// A source that cannot be parsed is no failure: it is reported in one line,
/// and counted as lost by whoever reads the folder.
ExitStatus runKbuildCheck(std::vector<std::string> Words);

} // namespace bootorder

#endif // BOOTORDER_TOOL_KBUILDCHECK_H
