//===- Loader.cpp - libBootOrderTidyModule.so -----------------------------===//
//
// What `clang-tidy -load` is given. It uses no symbol of Clang or LLVM, so that
// every program can load it: one that is not the clang-tidy it was built for is
// refused in words, and not by the dynamic linker, which would name the first
// symbol that is missing. In the right one it loads the checks.
//
//===----------------------------------------------------------------------===//

#include "tidy/HostVersion.h"
#include <cstdio>
#include <dlfcn.h>

namespace bootorder {

/// What clang::getClangFullVersion() of the host says; empty if it has none.
static std::string hostVersion() {
  using FullVersion = std::string();
  void *Symbol = dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev");
  return Symbol ? reinterpret_cast<FullVersion *>(Symbol)() : std::string();
}

/// The library that this one was installed with.
static std::string checksLibrary() {
  Dl_info Here;
  if (!dladdr(reinterpret_cast<void *>(&checksLibrary), &Here))
    return "";
  std::string Path = Here.dli_fname;
  return Path.substr(0, Path.rfind('/') + 1) + BOOTORDER_TIDY_CHECKS;
}

static std::string load() {
  std::string Unfit = whyUnfit(BOOTORDER_CLANG_VERSION, hostVersion());
  if (!Unfit.empty())
    return Unfit;
  if (dlopen(checksLibrary().c_str(), RTLD_LAZY | RTLD_GLOBAL))
    return "";
  return std::string("cannot load the checks: ") + dlerror() +
         "; install bootorder again";
}

/// Runs while clang-tidy loads this library, before it lists its checks.
__attribute__((constructor)) static void loadChecks() {
  std::string Failure = load();
  if (!Failure.empty())
    std::fprintf(stderr, "libBootOrderTidyModule.so: error: %s\n",
                 Failure.c_str());
}

} // namespace bootorder
