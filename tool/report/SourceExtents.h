//===- SourceExtents.h - the lines of functions ---------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_SOURCEEXTENTS_H
#define BOOTORDER_TOOL_REPORT_SOURCEEXTENTS_H

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace bootorder {

/// A function with a body: from the line of its name to that of its brace.
struct FunctionExtent {
  std::string Name;
  uint32_t First = 0, Last = 0;

  friend bool operator<(const FunctionExtent &A, const FunctionExtent &B) {
    return std::tie(A.First, A.Last, A.Name) <
           std::tie(B.First, B.Last, B.Name);
  }
  friend bool operator==(const FunctionExtent &A, const FunctionExtent &B) {
    return std::tie(A.First, A.Last, A.Name) ==
           std::tie(B.First, B.Last, B.Name);
  }
};

/// The functions of each file that was analysed, sorted by line. Files are
/// relative to the kernel root; one without a function is there, too.
using SourceExtents = std::map<std::string, std::vector<FunctionExtent>>;

} // namespace bootorder

#endif
