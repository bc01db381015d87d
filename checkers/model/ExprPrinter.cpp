//===- ExprPrinter.cpp - expression trees as pseudo-C ---------------------===//

#include "model/ExprPrinter.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace bootorder;
using llvm::raw_ostream;
using llvm::StringRef;

StringRef bootorder::spelling(UnaryKind Op) {
  switch (Op) {
  case UnaryKind::Minus:
    return "-";
  case UnaryKind::BitNot:
    return "~";
  case UnaryKind::LogicalNot:
    return "!";
  }
  return "?";
}

StringRef bootorder::spelling(BinaryKind Op) {
  static constexpr StringRef Spellings[] = {
      "+", "-", "*",  "/", "%",  "<<", ">>", "&",  "|",
      "^", "<", "<=", ">", ">=", "==", "!=", "&&", "||"};
  return Spellings[static_cast<unsigned>(Op)];
}

namespace {

StringRef spelling(UnknownKind Why) {
  switch (Why) {
  case UnknownKind::Unsupported:
    return "unsupported";
  case UnknownKind::Uninitialized:
    return "uninitialized";
  case UnknownKind::Floating:
    return "floating";
  case UnknownKind::Aggregate:
    return "aggregate";
  case UnknownKind::FlowLost:
    return "flow lost";
  }
  return "?";
}

class ExprPrinter {
public:
  ExprPrinter(const ExprScope &Scope, raw_ostream &OS) : Scope(Scope), OS(OS) {}

  void value(ExprId Which, bool IsNested = false) {
    if (!Which.isValid()) {
      OS << "none";
      return;
    }
    const Expr &E = Scope.Pool[Which];
    switch (E.Kind) {
    case ExprKind::Unknown:
      OS << "unknown(" << spelling(static_cast<UnknownKind>(E.Op)) << ")";
      return;
    case ExprKind::Constant:
      return constant(E);
    case ExprKind::String:
      OS << '"';
      OS.write_escaped(Scope.Module.str(StringId(E.Value))) << '"';
      return;
    case ExprKind::Param:
      OS << "p" << E.Value;
      return;
    case ExprKind::Reference:
      OS << "e" << E.Value;
      return;
    case ExprKind::Load:
      return place(Scope.Pool.operand(E, 0));
    case ExprKind::Function:
    case ExprKind::Object:
    case ExprKind::Local:
    case ExprKind::ParamSlot:
    case ExprKind::Field:
    case ExprKind::Element:
      OS << "&";
      return place(Which);
    default:
      return compound(E, IsNested);
    }
  }

  /// The place whose address is \p Which.
  void place(ExprId Which) {
    const Expr &E = Scope.Pool[Which];
    switch (E.Kind) {
    case ExprKind::Function:
    case ExprKind::Object:
      OS << Scope.Module.str(Scope.Module[SymbolId(E.Value)].Name);
      return;
    case ExprKind::Local:
      return local(LocalId(E.Value));
    case ExprKind::ParamSlot:
      OS << "p" << E.Value;
      return;
    case ExprKind::Field: {
      bool IsPlace = recordOf(E);
      OS << (IsPlace ? "." : "->")
         << Scope.Module.str(Scope.Module[FieldId(E.Value)].Name);
      return;
    }
    case ExprKind::Element:
      recordOf(E);
      OS << "[";
      value(Scope.Pool.operand(E, 1));
      OS << "]";
      return;
    default:
      OS << "*";
      value(Which, /*IsNested=*/true);
    }
  }

private:
  /// Prints operand 0 of \p E: as a place if it is the address of one, else as
  /// the pointer it is. Says which.
  bool recordOf(const Expr &E) {
    ExprId Base = Scope.Pool.operand(E, 0);
    switch (Scope.Pool[Base].Kind) {
    case ExprKind::Object:
    case ExprKind::Local:
    case ExprKind::ParamSlot:
    case ExprKind::Field:
    case ExprKind::Element:
      place(Base);
      return true;
    default:
      value(Base, /*IsNested=*/true);
      return false;
    }
  }

  void compound(const Expr &E, bool IsNested) {
    bool HasParens = IsNested && (E.Kind == ExprKind::Binary ||
                                  E.Kind == ExprKind::Conditional);
    OS << (HasParens ? "(" : "");
    switch (E.Kind) {
    case ExprKind::Unary:
      OS << spelling(static_cast<UnaryKind>(E.Op));
      operand(E, 0);
      break;
    case ExprKind::Binary:
      operand(E, 0);
      OS << " " << spelling(static_cast<BinaryKind>(E.Op)) << " ";
      operand(E, 1);
      break;
    case ExprKind::Conditional:
      operand(E, 0);
      OS << " ? ";
      operand(E, 1);
      OS << " : ";
      operand(E, 2);
      break;
    case ExprKind::Cast:
      OS << "(" << (E.IsPointer ? "ptr" : E.IsSigned ? "s" : "u");
      if (!E.IsPointer)
        OS << unsigned(E.Bits);
      OS << ")";
      operand(E, 0);
      break;
    case ExprKind::Container: {
      const Field &F = Scope.Module[FieldId(E.Value)];
      OS << "container(";
      value(Scope.Pool.operand(E, 0));
      OS << ", " << Scope.Module.str(F.Record) << "."
         << Scope.Module.str(F.Name) << ")";
      break;
    }
    default: // Join
      OS << "join(";
      for (uint32_t I = 0; I < E.Operands.Count; ++I) {
        OS << (I ? ", " : "");
        value(Scope.Pool.operand(E, I));
      }
      OS << ")";
    }
    OS << (HasParens ? ")" : "");
  }

  void operand(const Expr &E, uint32_t N) {
    value(Scope.Pool.operand(E, N), /*IsNested=*/true);
  }

  void constant(const Expr &E) {
    if (E.Spelling.isValid())
      OS << Scope.Module.str(E.Spelling) << "=";
    uint64_t Unsigned = E.Value;
    if (!E.IsSigned && E.Bits > 0 && E.Bits < 64)
      Unsigned &= (uint64_t(1) << E.Bits) - 1;
    if (E.IsPointer && E.Value == 0)
      OS << "null";
    else if (E.IsSigned && E.Value < 0 && E.Value >= -4095) // errors
      OS << E.Value;
    else if (Unsigned < (E.Spelling.isValid() ? 10u : 256u))
      OS << Unsigned;
    else
      OS << llvm::format_hex(Unsigned, 1);
  }

  void local(LocalId Which) {
    if (Scope.Owner)
      OS << Scope.Module.str(Scope.Owner->Locals[Which.Value].Name);
    OS << "." << Which.Value;
  }

  const ExprScope &Scope;
  raw_ostream &OS;
};

} // namespace

void bootorder::printExpr(const ExprScope &Scope, ExprId E, raw_ostream &OS) {
  ExprPrinter(Scope, OS).value(E);
}

void bootorder::printPlace(const ExprScope &Scope, ExprId Address,
                           raw_ostream &OS) {
  ExprPrinter(Scope, OS).place(Address);
}

void bootorder::printType(const FactsModule &Module, const Type &T,
                          raw_ostream &OS) {
  StringRef Name = Module.str(T.Name);
  bool IsUnnamed = Name.empty();
  switch (T.Kind) {
  case TypeKind::Void:
    OS << "void";
    return;
  case TypeKind::Bool:
    OS << "bool";
    return;
  case TypeKind::Floating:
    OS << "float" << unsigned(T.Bits);
    return;
  case TypeKind::Pointer:
    OS << (IsUnnamed ? "void" : Name) << " *";
    return;
  case TypeKind::FunctionPointer:
    OS << (IsUnnamed ? "fn *" : Name);
    return;
  case TypeKind::Record:
    OS << (IsUnnamed ? "struct" : Name);
    return;
  case TypeKind::Array:
    OS << Name << "[]";
    return;
  case TypeKind::Enum:
  case TypeKind::Integer:
    if (IsUnnamed)
      OS << (T.IsSigned ? "s" : "u") << unsigned(T.Bits);
    else
      OS << Name;
  }
}
