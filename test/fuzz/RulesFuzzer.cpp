/// \file
/// Rule files: the first is read, the others are there to be included as
/// `1.yaml`, `2.yaml`, ...

#include "FuzzInput.h"
#include "rules/RuleReader.h"
#include "support/Error.h"
#include "llvm/Support/Path.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  std::vector<std::string> Files = filesOf(textOf(Data, Size));
  auto Read = [&](StringRef Path) -> llvm::Expected<std::string> {
    size_t Number;
    if (llvm::sys::path::stem(Path).getAsInteger(10, Number) ||
        Number >= Files.size())
      return makeError("no file '" + Path + "'; check the path");
    return Files[Number];
  };
  llvm::Expected<RuleSet> Rules = readRules({"0.yaml"}, Read);
  if (!succeeded(Rules))
    return 0;
  TreeInfo Tree;
  Tree.Kernel = llvm::VersionTuple(6, 12);
  Tree.Arch = "x86";
  RuleSet Selected = selectFor(*Rules, Tree);
  mustHold(Selected.Rules.size() <= Rules->Rules.size());
  macroVocabulary(Selected);
  return 0;
}
