//===- RunInputs.h - what a run rested on ---------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_RUNINPUTS_H
#define BOOTORDER_TOOL_DRIVER_RUNINPUTS_H

#include "tool/driver/ParseReasons.h"
#include "llvm/ADT/Twine.h"
#include <vector>

namespace bootorder {

/// A path that was asked for.
struct RunInput {
  std::string Path;    ///< absolute; dots and links are not resolved
  bool IsThere = true; ///< false: it was looked for in vain
};

/// For who wants to know when to run again.
struct RunInputs {
  /// In no order; a path may be there twice.
  std::vector<RunInput> Files;
  ParseSummary Parsed;
};

/// Adds \p File, which no unit has read; a relative path counts from the
/// current folder.
void addInput(RunInputs &Inputs, const llvm::Twine &File);

} // namespace bootorder

#endif
