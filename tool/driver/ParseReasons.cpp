#include "tool/driver/ParseReasons.h"

#include "tool/report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include <vector>

using namespace llvm;

namespace bootorder {

static std::string reasonText(const ParseReason &Reason) {
  switch (Reason.Kind) {
  case ParseReasonKind::Changed:
    return "'" + Reason.File + "' has changed";
  case ParseReasonKind::Appeared:
    return "'" + Reason.File + "' is there now and was not before";
  case ParseReasonKind::Gone:
    return "'" + Reason.File + "' is not there any more";
  case ParseReasonKind::New:
    return "not parsed before with this command and this bootorder";
  case ParseReasonKind::Moved:
    return "the facts name paths of another checkout";
  case ParseReasonKind::Missing:
    return "their facts are not in the cache any more";
  }
  llvm_unreachable("all reasons are above");
}

void printParseSummary(raw_ostream &OS, const ParseSummary &Summary) {
  std::vector<std::pair<size_t, const ParseReason *>> Sorted;
  size_t Parsed = 0;
  for (const auto &[Reason, Units] : Summary.Parsed) {
    Parsed += Units;
    Sorted.push_back({Units, &Reason});
  }
  llvm::sort(Sorted, [](const auto &A, const auto &B) {
    return A.first != B.first ? A.first > B.first : *A.second < *B.second;
  });
  OS << "parsed " << countText(Parsed, "unit") << ", "
     << countText(Summary.FromCache) << " from the cache\n";
  for (const auto &[Units, Reason] : Sorted)
    OS << "  " << countText(Units, "unit") << ": " << reasonText(*Reason)
       << "\n";
}

} // namespace bootorder
