#include "tool/driver/DumpCommands.h"

#include "support/Json.h"
#include "tool/driver/TreeUnits.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bootorder {

static void printCommand(json::OStream &Out, const ExtractRequest &Unit) {
  Out.object([&] {
    Out.attribute("directory", jsonText(Unit.Directory));
    Out.attribute("file", jsonText(Unit.File));
    Out.attribute("output", jsonText(Unit.Output));
    Out.attributeArray("arguments", [&] {
      Out.value("clang");
      for (const std::string &Argument : Unit.Arguments)
        Out.value(jsonText(Argument));
      for (StringRef Argument : {StringRef("-c"), StringRef(Unit.File),
                                 StringRef("-o"), StringRef(Unit.Output)})
        Out.value(jsonText(Argument));
    });
  });
}

void dumpCommands(const AnalysisOptions &Options, CommandResult &Result) {
  Expected<TreeUnits> Units = readTreeUnits(Options.Directory);
  if (!Units)
    return Result.fail(ExitStatus::UsageError, Units.takeError());
  json::OStream Out(outs(), /*IndentSize=*/1);
  Out.array([&] {
    for (const ExtractRequest &Unit : Units->Requests)
      printCommand(Out, Unit);
  });
  outs() << '\n';
}

} // namespace bootorder
