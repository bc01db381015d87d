/// \file
/// Assembly text; the first byte picks the architecture.

#include "FuzzInput.h"
#include "extract/AsmScanner.h"
#include "model/FactsCheck.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using llvm::Triple;
  static constexpr Triple::ArchType Arches[] = {
      Triple::UnknownArch, Triple::x86_64,  Triple::aarch64, Triple::arm,
      Triple::ppc,         Triple::riscv64, Triple::systemz, Triple::mips};
  if (Size == 0)
    return 0;
  FactsBuilder Builder;
  AsmText Text;
  Text.Items = scanAssembly(textOf(Data + 1, Size - 1), Builder,
                            Arches[Data[0] % std::size(Arches)]);
  FactsModule Module = std::move(Builder).build();
  Module.Asms.push_back(std::move(Text));
  mustHold(!checkFacts(Module));
  return 0;
}
