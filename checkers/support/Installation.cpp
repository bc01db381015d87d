#include "support/Installation.h"

#include "support/Error.h"
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

Expected<std::string> findStandIn(StringRef ProgramFolder) {
  std::string Installed =
      absolutePath(BOOTORDER_BIN_TO_LIBEXEC "/bootorder-cc", ProgramFolder);
  if (sys::fs::can_execute(Installed))
    return Installed;
  std::string Beside =
      absolutePath("../libexec/bootorder/bootorder-cc", ProgramFolder);
  if (sys::fs::can_execute(Beside))
    return Beside;
  return makeError("cannot run '" + Installed +
                   "', which records the compiler's commands; install all of "
                   "bootorder, not the program alone");
}

} // namespace bootorder
