//===- SourcePlace.h - a place in the source, for reports -----------------===//

#ifndef BOOTORDER_SOLVE_SOURCEPLACE_H
#define BOOTORDER_SOLVE_SOURCEPLACE_H

#include <cstdint>
#include <string>

namespace bootorder {

/// A place in the source; paths are relative to the kernel root, lines and
/// columns 1-based, line 0 means none.
struct SourcePlace {
  std::string File;
  uint32_t Line = 0;
  uint32_t Column = 0;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SOURCEPLACE_H
