/// \file
/// What is read of a tree beside its sources: `tree.json` of a facts folder, and
/// the versions that rules, baselines and Makefiles state.

#include "FuzzInput.h"
#include "rules/KernelCondition.h"
#include "tool/driver/TreeFacts.h"
#include "tool/report/Baseline.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Text = textOf(Data, Size);
  TreeFacts Facts, Again;
  if (llvm::Error E = parseTreeDescription(Text, Facts))
    llvm::consumeError(std::move(E));
  else
    mustHold(!parseTreeDescription(describeTree(Facts), Again));
  llvm::Expected<VersionRange> Range = parseVersionRange(Text);
  if (succeeded(Range))
    Range->contains(llvm::VersionTuple(6, 12, 117));
  llvm::Expected<llvm::VersionTuple> Version = parseKernelVersion(Text);
  succeeded(Version);
  if (llvm::Error E = checkExpiry(Text))
    llvm::consumeError(std::move(E));
  return 0;
}
