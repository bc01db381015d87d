/// \file
/// The tables of compiler options and of Kbuild's ways.

#include "FuzzInput.h"
#include "tool/capture/FlagTable.h"
#include "tool/capture/KbuildTable.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Text = textOf(Data, Size);
  llvm::Expected<FlagTable> Flags = parseFlagTable(Text, "flags.yaml");
  if (succeeded(Flags)) {
    CapturedTree Tree;
    Tree.SrcArch = "x86";
    CapturedUnit Unit;
    Unit.Arguments = {"gcc", "-c", "-m64", "-Wa,-x", "-o", "a.o", "a.c"};
    clangArguments(Tree, Unit, *Flags);
  }
  llvm::Expected<KbuildTable> Kbuild =
      parseKbuildTable(Text, "kbuild.yaml", llvm::VersionTuple(6, 12));
  succeeded(Kbuild);
  return 0;
}
