#include "tool/driver/RunInputs.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace bootorder {

void addInput(RunInputs &Inputs, const Twine &File) {
  SmallString<128> Path;
  File.toVector(Path);
  sys::fs::make_absolute(Path);
  Inputs.Files.push_back({Path.str().str(), sys::fs::exists(Path)});
}

} // namespace bootorder
