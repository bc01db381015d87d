//===- FunctionPrinter.cpp - a function's listing ------------------------===//

#include "model/ModulePrinter.h"
#include "llvm/ADT/ArrayRef.h"

using namespace bootorder;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

StringRef spelling(CallKind Kind) {
  switch (Kind) {
  case CallKind::Direct:
  case CallKind::Indirect:
    return "call ";
  case CallKind::Cleanup:
    return "cleanup ";
  case CallKind::AsmOperand:
    return "asm-operand call ";
  case CallKind::AsmTemplate:
    return "asm-template call ";
  }
  return "?";
}

class FunctionPrinter {
public:
  FunctionPrinter(ModulePrinter &Out, const Function &F)
      : Out(Out), OS(Out.OS), F(F), Scope{Out.Module, F.Exprs, &F} {}

  void print() {
    const Symbol &S = Out.Module[F.Symbol];
    OS << "function " << Out.Module.str(S.Name);
    if (S.Signature.isValid()) {
      OS << ": ";
      Out.signature(Out.Module[S.Signature]);
    }
    OS << " at ";
    Out.location(F.Loc);
    OS << "-" << F.EndLine;
    Out.section(F.Section);
    Out.flags(S, {F.IsInline ? "inline" : "", F.IsFlowLost ? "flow lost" : ""});
    OS << "\n";
    for (uint32_t I = 0; I < F.Locals.size(); ++I)
      local(I);
    for (uint32_t I = 0; I < F.Blocks.size(); ++I) {
      OS << "  b" << I << ":\n";
      block(F.Blocks[I]);
    }
  }

private:
  void local(uint32_t I) {
    const LocalVariable &L = F.Locals[I];
    OS << "  local " << Out.Module.str(L.Name) << "." << I << ": ";
    printType(Out.Module, L.ValueType, OS);
    OS << (L.IsMemory ? " memory\n" : "\n");
  }

  void block(const Block &B) {
    for (uint32_t I = 0; I < B.Events.Count; ++I) {
      uint32_t Index = B.Events.First + I;
      const Event &E = F.Events[Index];
      OS << "    e" << Index << " ";
      Out.location(E.Loc, F.Loc.File);
      OS << " ";
      event(E);
      Out.macro(E.Macro);
      OS << "\n";
    }
    if (B.Edges.Count)
      edges(B);
    if (B.IsNoReturn)
      OS << "    noreturn\n";
  }

  void event(const Event &E) {
    switch (E.Kind) {
    case EventKind::Call:
      return call(E);
    case EventKind::Write:
      return write(E);
    case EventKind::Define:
      OS << "define " << Out.Module.str(F.Locals[E.Variable.Value].Name) << "."
         << E.Variable.Value << " = ";
      return value(E.Value);
    case EventKind::AddressTaken:
      OS << "take ";
      return value(E.Target);
    case EventKind::Asm:
      return assembly(F.Asms[E.Asm]);
    case EventKind::MacroUse:
      OS << "use";
      return;
    case EventKind::Return:
      OS << (E.Value.isValid() ? "return " : "return");
      if (E.Value.isValid())
        value(E.Value);
    }
  }

  void value(ExprId E) { printExpr(Scope, E, OS); }

  void call(const Event &E) {
    OS << spelling(E.Call);
    if (F.Exprs[E.Target].Kind == ExprKind::Function) {
      printPlace(Scope, E.Target, OS);
    } else {
      OS << "(*";
      value(E.Target);
      OS << ")";
    }
    OS << "(";
    for (uint32_t I = 0; I < E.Args.Count; ++I) {
      OS << (I ? ", " : "");
      value(F.Exprs.Operands[E.Args.First + I]);
    }
    OS << ")";
    if (F.Exprs[E.Target].Kind == ExprKind::Load)
      field(F.Exprs.operand(E.Target, 0));
  }

  void write(const Event &E) {
    OS << "write ";
    printPlace(Scope, E.Target, OS);
    OS << " = ";
    switch (E.Write) {
    case WriteKind::Store:
      value(E.Value);
      break;
    case WriteKind::Record:
      OS << "record at ";
      value(E.Value);
      break;
    case WriteKind::Copy:
    case WriteKind::Fill:
      value(E.Size);
      OS << (E.Write == WriteKind::Copy ? " bytes at " : " bytes of ");
      value(E.Value);
      break;
    case WriteKind::AsmOutput:
      OS << "asm output";
      break;
    case WriteKind::Zero:
      OS << "zero";
      break;
    }
    field(E.Target);
  }

  /// Names the record that an address's last step belongs to.
  void field(ExprId Address) {
    while (F.Exprs[Address].Kind == ExprKind::Element)
      Address = F.Exprs.operand(Address, 0);
    if (F.Exprs[Address].Kind != ExprKind::Field)
      return;
    const Field &Last = Out.Module[F.Exprs.field(Address)];
    OS << " [field " << Out.Module.str(Last.Record) << "."
       << Out.Module.str(Last.Name) << (Last.IsInUnion ? ", in union]" : "]");
  }

  void assembly(const AsmStatement &A) {
    OS << "asm " << (A.IsVolatile ? "volatile " : "")
       << (A.IsGoto ? "goto " : "") << '"';
    OS.write_escaped(Out.Module.str(A.Template)) << '"';
    if (A.Inputs.Count) {
      OS << " (";
      for (uint32_t I = 0; I < A.Inputs.Count; ++I) {
        OS << (I ? ", " : "");
        value(F.Exprs.Operands[A.Inputs.First + I]);
      }
      OS << ")";
    }
    OS << (A.ClobbersMemory ? " memory" : "");
    for (size_t I = 0; I < A.Items.size(); ++I) {
      const AsmItem &Item = A.Items[I];
      OS << (I ? ", " : " names ") << spelling(Item.Kind) << " "
         << Out.Module.str(Item.Name);
      if (Item.Target.isValid())
        OS << " = " << Out.Module.str(Item.Target);
      Out.section(Item.Section);
    }
  }

  void edges(const Block &B) {
    llvm::ArrayRef<Edge> Edges(F.Edges.data() + B.Edges.First, B.Edges.Count);
    OS << "    ";
    if (B.Condition.isValid()) {
      bool IsIf =
          Edges[0].Kind == EdgeKind::True || Edges[0].Kind == EdgeKind::False;
      OS << (IsIf ? "if (" : "switch (");
      value(B.Condition);
      OS << ") ";
    }
    for (size_t I = 0; I < Edges.size(); ++I)
      edge(Edges, I);
    Out.macro(B.ConditionMacro);
    OS << "\n";
  }

  void edge(llvm::ArrayRef<Edge> Edges, size_t I) {
    const Edge &E = Edges[I];
    bool IsSameKind = I > 0 && Edges[I - 1].Kind == E.Kind;
    switch (E.Kind) {
    case EdgeKind::Always:
      OS << (IsSameKind ? ", " : "goto ");
      break;
    case EdgeKind::True:
      break;
    case EdgeKind::False:
      OS << (I ? " else " : "not ");
      break;
    case EdgeKind::Case:
      OS << (I ? ", " : "") << "case " << E.Low;
      if (E.High != E.Low)
        OS << ".." << E.High;
      OS << ": ";
      break;
    case EdgeKind::Default:
      OS << (I ? ", " : "") << "default: ";
      break;
    case EdgeKind::AsmLabel:
      OS << (I ? ", " : "") << (IsSameKind ? "" : "asm-goto ");
      break;
    case EdgeKind::Computed:
      OS << (I ? ", " : "") << (IsSameKind ? "" : "computed goto ");
      break;
    }
    OS << "b" << E.To.Value;
  }

  ModulePrinter &Out;
  raw_ostream &OS;
  const Function &F;
  ExprScope Scope;
};

} // namespace

void ModulePrinter::function(const Function &F) {
  FunctionPrinter(*this, F).print();
}
