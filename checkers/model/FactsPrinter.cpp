//===- FactsPrinter.cpp - facts for people -------------------------------===//

#include "model/FactsPrinter.h"
#include "model/ModulePrinter.h"
#include "llvm/Support/Format.h"

using namespace bootorder;
using llvm::raw_ostream;

void bootorder::printFacts(const FactsModule &Module, raw_ostream &OS) {
  ModulePrinter Out(Module, OS);
  for (const Function &F : Module.Functions)
    Out.function(F);
  for (const Object &O : Module.Objects)
    Out.object(O);
  for (const AsmText &A : Module.Asms)
    Out.asmText(A);
  for (const Alias &A : Module.Aliases)
    Out.alias(A);
  Out.declarations();
}

void bootorder::printFacts(const TuFacts &Facts, raw_ostream &OS) {
  OS << (Facts.Kind == UnitKind::C ? "unit " : "assembly unit ") << Facts.Source
     << " -> " << Facts.Output << "\n";
  for (const ParseNote &N : Facts.Notes) {
    OS << "note";
    if (!N.File.empty())
      OS << " " << N.File << ":" << N.Line << ":" << N.Column;
    OS << ": " << N.Message << "\n";
  }
  if (Facts.FlowLostFunctions)
    OS << "functions without a flow graph: " << Facts.FlowLostFunctions << "\n";
  printFacts(Facts.Module, OS);
  for (uint64_t Key : Facts.HeaderKeys)
    OS << "uses header function " << llvm::format_hex_no_prefix(Key, 16)
       << "\n";
}

void bootorder::printFacts(const HeaderFacts &Facts, raw_ostream &OS) {
  OS << "header function " << llvm::format_hex_no_prefix(Facts.Key, 16) << "\n";
  printFacts(Facts.Module, OS);
}
