/// \file
/// Reports that were written before, two of them: compared and joined.

#include "FuzzInput.h"
#include "tool/report/Matrix.h"
#include "tool/report/ReportDiff.h"
#include "support/Json.h"
#include "llvm/Support/raw_ostream.h"

using namespace bootorder;
using llvm::StringRef;

static void mustBeJson(StringRef Text) {
  llvm::Expected<llvm::json::Value> Value = parseJson(Text, "output", "");
  mustHold(succeeded(Value));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  std::vector<KnownReport> Reports;
  for (const std::string &Text : filesOf(textOf(Data, Size))) {
    llvm::Expected<KnownReport> Read = parseReport(Text, "report.json");
    if (succeeded(Read))
      Reports.push_back(std::move(*Read));
  }
  if (Reports.empty())
    return 0;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  ReportDiff Diff = compareReports(Reports.front(), Reports.back());
  printDiff(OS, Diff, /*MaxPhases=*/10);
  Text.clear();
  printDiffJson(OS, Diff, "0");
  mustBeJson(Text);
  Text.clear();
  std::vector<std::string> Names(Reports.size());
  if (llvm::Error E = nameBuilds(Reports, Names)) {
    llvm::consumeError(std::move(E));
    return 0;
  }
  printMatrixJson(OS, joinReports(std::move(Reports)), "0", MatrixOptions());
  mustBeJson(Text);
  return 0;
}
