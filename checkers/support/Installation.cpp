#include "support/Installation.h"

#include "support/Paths.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <sys/auxv.h>

using namespace llvm;

namespace bootorder {

std::string programFolder() {
  // Without /proc, as in a bare chroot, the kernel still says what was started.
  std::string Program = sys::fs::getMainExecutable(
      reinterpret_cast<const char *>(getauxval(AT_EXECFN)),
      reinterpret_cast<void *>(&programFolder));
  return sys::path::parent_path(Program).str();
}

std::string programFolderOfModule(StringRef ModuleFolder) {
  return absolutePath(BOOTORDER_LIB_TO_BIN, ModuleFolder);
}

std::string installedRulesFolder(StringRef ProgramFolder) {
  return absolutePath(BOOTORDER_BIN_TO_RULES, ProgramFolder);
}

std::string standInProgram(StringRef ProgramFolder) {
  std::string Installed =
      absolutePath(BOOTORDER_BIN_TO_LIBEXEC "/bootorder-cc", ProgramFolder);
  if (sys::fs::exists(Installed))
    return Installed;
  return absolutePath("../libexec/bootorder/bootorder-cc", ProgramFolder);
}

} // namespace bootorder
