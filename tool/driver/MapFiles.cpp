#include "tool/driver/MapFiles.h"

#include "support/Paths.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace llvm;

namespace bootorder {

static void addFiles(const FactsModule &Module, std::set<StringRef> &Paths) {
  std::set<uint32_t> Files;
  for (const Function &F : Module.Functions) {
    Files.insert(F.Loc.File.Value);
    for (const Event &E : F.Events)
      Files.insert(E.Loc.File.Value);
  }
  for (const Object &O : Module.Objects)
    Files.insert(O.Loc.File.Value);
  for (uint32_t File : Files)
    if (StringId(File).isValid())
      Paths.insert(Module.str(StringId(File)));
}

std::vector<MapFile> mapFilesOf(const TreeFacts &Facts) {
  std::set<StringRef> Paths;
  for (const TuFacts &Unit : Facts.Units) {
    Paths.insert(Unit.Source);
    addFiles(Unit.Module, Paths);
  }
  for (const HeaderFacts &Header : Facts.Headers)
    addFiles(Header.Module, Paths);
  std::vector<MapFile> Files;
  for (StringRef Path : Paths) {
    auto Content = MemoryBuffer::getFile(
        absolutePath(Path, Facts.Tree.SourceRoot), /*IsText=*/false,
        /*RequiresNullTerminator=*/false);
    if (Content)
      Files.push_back({Path.str(), xxh3_64bits((*Content)->getBuffer())});
  }
  return Files;
}

} // namespace bootorder
