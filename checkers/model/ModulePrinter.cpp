//===- ModulePrinter.cpp - the parts of a listing that are shared --------===//

#include "model/ModulePrinter.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace bootorder;
using llvm::StringRef;

StringRef bootorder::spelling(AsmItemKind Kind) {
  switch (Kind) {
  case AsmItemKind::Define:
    return "define";
  case AsmItemKind::Call:
    return "call";
  case AsmItemKind::Data:
    return "data";
  case AsmItemKind::Alias:
    return "alias";
  case AsmItemKind::Global:
    return "global";
  case AsmItemKind::Weak:
    return "weak";
  case AsmItemKind::Mention:
    return "mention";
  }
  return "?";
}

static std::string keyText(uint64_t Key) {
  return llvm::formatv("{0:x-16}", Key).str();
}

void ModulePrinter::location(const Location &L, StringId Home) {
  if (L.Line == 0) {
    OS << "nowhere";
    return;
  }
  if (L.File.isValid() && L.File != Home)
    OS << Module.str(L.File) << ":";
  OS << L.Line << ":" << L.Column;
}

void ModulePrinter::macro(MacroId M) {
  if (!M.isValid())
    return;
  OS << " [macro ";
  for (; M.isValid(); M = Module[M].Parent)
    OS << Module.str(Module[M].Name)
       << (Module[M].Parent.isValid() ? " < " : "]");
}

void ModulePrinter::section(StringId Section) {
  if (Section.isValid())
    OS << " in " << Module.str(Section);
}

void ModulePrinter::signature(const Signature &S) {
  printType(Module, S.Result, OS);
  OS << " (";
  for (size_t I = 0; I < S.Params.size(); ++I) {
    OS << (I ? ", " : "");
    printType(Module, S.Params[I], OS);
  }
  OS << (!S.IsVariadic ? ")" : S.Params.empty() ? "...)" : ", ...)");
}

void ModulePrinter::flags(const Symbol &S,
                          std::initializer_list<StringRef> More) {
  std::vector<std::string> Words;
  if (S.Linkage == LinkageKind::Internal)
    Words.push_back("static");
  if (S.Linkage == LinkageKind::Header)
    Words.push_back("header " + keyText(S.HeaderKey));
  if (S.Linkage == LinkageKind::Local)
    Words.push_back(S.Owner.isValid()
                        ? "local to " + Module.str(Module[S.Owner].Name).str()
                        : "local to " + keyText(S.HeaderKey));
  if (S.Ordinal)
    Words.push_back("number " + llvm::utostr(S.Ordinal));
  for (auto [IsSet, Word] :
       {std::pair(S.IsWeak, "weak"), std::pair(S.IsNoReturn, "noreturn"),
        std::pair(S.IsBuiltin, "builtin"),
        std::pair(S.IsGnuInline, "gnu inline")})
    if (IsSet)
      Words.push_back(Word);
  for (StringRef Word : More)
    if (!Word.empty())
      Words.push_back(Word.str());
  if (!Words.empty())
    OS << " [" << llvm::join(Words, ", ") << "]";
}

void ModulePrinter::items(const std::vector<AsmItem> &Items) {
  for (const AsmItem &I : Items) {
    OS << "  " << I.Line << " " << spelling(I.Kind) << " "
       << Module.str(I.Name);
    if (I.Target.isValid())
      OS << " = " << Module.str(I.Target);
    section(I.Section);
    if (I.Within.isValid())
      OS << ", within " << Module.str(I.Within);
    OS << "\n";
  }
}

void ModulePrinter::object(const Object &O) {
  OS << "object " << Module.str(Module[O.Symbol].Name) << ": ";
  printType(Module, O.ValueType, OS);
  OS << (O.IsArray ? "[] at " : " at ");
  location(O.Loc);
  section(O.Section);
  flags(Module[O.Symbol],
        {O.IsConst ? "const" : "", O.IsDefinition ? "" : "declaration"});
  macro(O.Macro);
  OS << "\n";
  ExprScope Scope{Module, O.Exprs};
  for (const InitialValue &I : O.Initial) {
    OS << "  ";
    for (uint32_t S = 0; S < I.Path.Count; ++S) {
      const PathStep &Step = O.Path[I.Path.First + S];
      if (Step.Field.isValid())
        OS << "." << Module.str(Module[Step.Field].Name);
      else if (Step.Index == PathStep::Any)
        OS << "[*]";
      else
        OS << "[" << Step.Index << "]";
    }
    OS << (I.Path.Count ? " = " : "= ");
    printExpr(Scope, I.Value, OS);
    OS << "\n";
  }
}

void ModulePrinter::asmText(const AsmText &A) {
  OS << "asm at ";
  location(A.Loc);
  macro(A.Macro);
  OS << "\n";
  items(A.Items);
}

void ModulePrinter::declarations() {
  llvm::BitVector IsShown(Module.Symbols.size());
  for (const Function &F : Module.Functions)
    IsShown.set(F.Symbol.Value);
  for (const Object &O : Module.Objects)
    IsShown.set(O.Symbol.Value);
  for (uint32_t I = 0; I < Module.Symbols.size(); ++I) {
    const Symbol &S = Module.Symbols[I];
    if (IsShown.test(I))
      continue;
    OS << (S.Kind == SymbolKind::Function ? "extern function "
                                          : "extern object ")
       << Module.str(S.Name);
    if (S.Signature.isValid()) {
      OS << ": ";
      signature(Module[S.Signature]);
    }
    flags(S, {});
    OS << "\n";
  }
}

void ModulePrinter::alias(const Alias &A) {
  OS << "alias " << Module.str(Module[A.Symbol].Name) << " = "
     << Module.str(A.Target) << " at ";
  location(A.Loc);
  OS << "\n";
}
