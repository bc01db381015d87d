/// \file
/// A compile database, and perhaps the manifest of a capture behind it.

#include "FuzzInput.h"
#include "tool/capture/CaptureManifest.h"
#include "tool/capture/FlagTable.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  static const FlagTable Flags = llvm::cantFail(readFlagTable("/nowhere"));
  std::vector<std::string> Files = filesOf(textOf(Data, Size));
  std::optional<NamedText> Manifest;
  if (Files.size() > 1)
    Manifest = NamedText{"capture.json", Files[1]};
  llvm::Expected<CapturedTree> Tree =
      parseCapturedTree({"compile_commands.json", Files[0]}, Manifest);
  if (!succeeded(Tree))
    return 0;
  for (const CapturedUnit &Unit : Tree->Units) {
    clangArguments(*Tree, Unit, Flags);
    Tree->displayPath(Unit.File);
  }
  return 0;
}
