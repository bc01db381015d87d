//===- ParseReasons.h - why units were parsed, for --why-parsed -----------===//

#ifndef BOOTORDER_TOOL_DRIVER_PARSEREASONS_H
#define BOOTORDER_TOOL_DRIVER_PARSEREASONS_H

#include "llvm/Support/raw_ostream.h"
#include <map>
#include <string>

namespace bootorder {

enum class ParseReasonKind : uint8_t {
  Changed,  ///< File reads differently
  Appeared, ///< File was looked for in vain and is there now
  Gone,     ///< File is not there any more
  New,      ///< no such command was parsed before
  Moved,    ///< the facts name absolute paths of another checkout
  Missing,  ///< the facts, or those of its headers, are not in the cache
};

struct ParseReason {
  ParseReasonKind Kind = ParseReasonKind::New;
  std::string File; ///< Changed, Appeared, Gone: relative to the tree

  friend bool operator<(const ParseReason &A, const ParseReason &B) {
    return std::tie(A.Kind, A.File) < std::tie(B.Kind, B.File);
  }
};

/// Units parsed and not, with reasons.
struct ParseSummary {
  size_t FromCache = 0;
  std::map<ParseReason, size_t> Parsed; ///< units by reason
};

/// `parsed 3 units, 2847 from the cache`, and a line per reason, the most
/// frequent first.
void printParseSummary(llvm::raw_ostream &OS, const ParseSummary &Summary);

} // namespace bootorder

#endif
