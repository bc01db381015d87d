//===- HostVersion.h - which clang-tidy a module fits ---------------------===//

#ifndef BOOTORDER_TIDY_HOSTVERSION_H
#define BOOTORDER_TIDY_HOSTVERSION_H

#include <string>
#include <string_view>

namespace bootorder {

/// Why a module that was built for Clang \p Built cannot work in a clang-tidy
/// of which \p Running is what clang::getClangFullVersion() says; empty if it
/// can. Clang keeps its interface within a minor version: 19.1. An empty
/// \p Running stands for a program that has no such function.
std::string whyUnfit(std::string_view Built, std::string_view Running);

} // namespace bootorder

#endif
