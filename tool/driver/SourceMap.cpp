#include "tool/driver/SourceMap.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {

static void addModule(const FactsModule &Module, SourceExtents &Into) {
  for (const Function &F : Module.Functions)
    if (F.Loc.Line != 0)
      Into[Module.str(F.Loc.File).str()].push_back(
          {Module.str(Module[F.Symbol].Name).str(), F.Loc.Line, F.EndLine});
}

SourceExtents extentsOf(const TreeFacts &Facts) {
  SourceExtents Extents;
  for (const TuFacts &Unit : Facts.Units) {
    Extents[Unit.Source];
    addModule(Unit.Module, Extents);
  }
  for (const HeaderFacts &Header : Facts.Headers)
    addModule(Header.Module, Extents);
  for (auto &[File, Functions] : Extents) {
    llvm::sort(Functions);
    Functions.erase(llvm::unique(Functions), Functions.end());
  }
  return Extents;
}

} // namespace bootorder
