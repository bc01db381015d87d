#include "tool/report/Functions.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace bootorder;

void bootorder::printFunctions(llvm::raw_ostream &OS, const Program &P) {
  using Row = std::tuple<llvm::StringRef, llvm::StringRef, uint32_t, size_t>;
  std::vector<Row> Rows;
  for (const ProgramFunction &F : P.Functions)
    if (F.Body)
      Rows.push_back({F.Name, F.File, F.Line, F.Body->Events.size()});
  llvm::sort(Rows);
  for (const auto &[Name, File, Line, Events] : Rows)
    OS << Name << '\t' << File << ':' << Line << '\t' << Events << '\n';
}
