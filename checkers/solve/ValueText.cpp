//===- ValueText.cpp - trees and values, in the words of the source -------===//

#include "solve/ValueText.h"
#include "model/ExprPrinter.h"
#include "solve/ExprText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace bootorder;

namespace {

class TreeWriter {
public:
  TreeWriter(const Program &P, FunctionId F)
      : M(P.moduleOf(F)), Body(*P[F].Body) {}

  /// The value of \p Id. \p IsInner: an operand, in parentheses if need be.
  std::string value(ExprId Id, bool IsInner = false, unsigned Depth = 0) const {
    if (!Id.isValid() || Depth > MaxDepth)
      return "...";
    const Expr &E = Body.Exprs[Id];
    auto Operand = [&](uint32_t I, bool IsPart) {
      return value(Body.Exprs.operand(E, I), IsPart, Depth + 1);
    };
    auto Wrapped = [&](const std::string &Text) {
      return IsInner ? "(" + Text + ")" : Text;
    };
    switch (E.Kind) {
    case ExprKind::Constant:
      return E.IsPointer && E.Value == 0 ? "NULL"
                                         : describeConstant(*M.Facts, E);
    case ExprKind::Param:
      return "arg" + std::to_string(E.Value + 1);
    case ExprKind::Reference:
      return reference(Body.Events[E.Value], IsInner, Depth);
    case ExprKind::Load:
      return place(Body.Exprs.operand(E, 0), Depth + 1);
    case ExprKind::Cast:
      return Operand(0, IsInner);
    case ExprKind::Unary:
      return spelling(static_cast<UnaryKind>(E.Op)).str() + Operand(0, true);
    case ExprKind::Binary:
      return Wrapped(Operand(0, true) + " " +
                     spelling(static_cast<BinaryKind>(E.Op)).str() + " " +
                     Operand(1, true));
    case ExprKind::Conditional:
      return Wrapped(Operand(0, true) + " ? " + Operand(1, true) + " : " +
                     Operand(2, true));
    case ExprKind::Join:
      return Wrapped(join(E, Depth));
    case ExprKind::String:
      return "\"" + M.Facts->str(StringId(uint32_t(E.Value))).str() + "\"";
    case ExprKind::Function:
      return M.Facts->str((*M.Facts)[Body.Exprs.symbol(Id)].Name).str();
    case ExprKind::Unknown:
      return "...";
    default:
      return "&" + place(Id, Depth + 1);
    }
  }

private:
  static constexpr unsigned MaxDepth = 12;

  /// What is at the address \p Id.
  std::string place(ExprId Id, unsigned Depth) const {
    if (!Id.isValid() || Depth > MaxDepth)
      return "...";
    const Expr &E = Body.Exprs[Id];
    switch (E.Kind) {
    case ExprKind::Object:
      return M.Facts->str((*M.Facts)[Body.Exprs.symbol(Id)].Name).str();
    case ExprKind::Local:
      return M.Facts->str(Body.Locals[E.Value].Name).str();
    case ExprKind::ParamSlot:
      return "arg" + std::to_string(E.Value + 1);
    case ExprKind::Cast:
      return place(Body.Exprs.operand(E, 0), Depth + 1);
    case ExprKind::Element:
      return place(Body.Exprs.operand(E, 0), Depth + 1) + "[" +
             value(Body.Exprs.operand(E, 1), false, Depth + 1) + "]";
    case ExprKind::Field: {
      ExprId Base = Body.Exprs.operand(E, 0);
      std::string Name =
          M.Facts->str((*M.Facts)[Body.Exprs.field(Id)].Name).str();
      if (isPlace(Base))
        return place(Base, Depth + 1) + "." + Name;
      return value(Base, true, Depth + 1) + "->" + Name;
    }
    default:
      return "*" + value(Id, true, Depth + 1);
    }
  }

  bool isPlace(ExprId Id) const {
    ExprKind Kind = Body.Exprs[Id].Kind;
    return Kind == ExprKind::Object || Kind == ExprKind::Local ||
           Kind == ExprKind::ParamSlot || Kind == ExprKind::Element ||
           Kind == ExprKind::Field;
  }

  std::string reference(const Event &E, bool IsInner, unsigned Depth) const {
    if (E.Kind == EventKind::Call)
      return value(E.Target, true, Depth + 1) + "()";
    if (E.Kind != EventKind::Define)
      return "...";
    // A temporary that the source does not name.
    if (!E.Variable.isValid() || !Body.Locals[E.Variable.Value].Name.isValid())
      return value(E.Value, IsInner, Depth + 1);
    std::string Name = M.Facts->str(Body.Locals[E.Variable.Value].Name).str();
    return Name.empty() ? value(E.Value, IsInner, Depth + 1) : Name;
  }

  /// Versions of one variable read as its name.
  std::string join(const Expr &E, unsigned Depth) const {
    std::string Text;
    for (uint32_t I = 0; I < E.Operands.Count; ++I) {
      std::string One = value(Body.Exprs.operand(E, I), true, Depth + 1);
      if (Text == One || llvm::StringRef(Text).contains(" or " + One))
        continue;
      Text += (Text.empty() ? "" : " or ") + One;
    }
    return Text.empty() ? "..." : Text;
  }

  const ProgramModule &M;
  const Function &Body;
};

} // namespace

std::string bootorder::describeTree(const Program &P, FunctionId F, ExprId E) {
  return TreeWriter(P, F).value(E);
}

std::string bootorder::describePlace(const Machine &M, PlaceId Where) {
  const Place &Here = M.Places[Where];
  if (Here.Index)
    return describePlace(M, Here.Parent) + "[" + std::to_string(*Here.Index) +
           "]";
  if (!Here.Parent.isValid() && M.Places.isGlobal(Here.Object))
    return M.P[Here.Object].Name.str();
  if (!Here.Parent.isValid())
    return M.Places.isHeap(Here.Object) ? "new memory" : "a local";
  if (!Here.Field.isValid())
    return describePlace(M, Here.Parent);
  return describePlace(M, Here.Parent) + "." + M.P[Here.Field].Name.str();
}

static std::string numberText(int64_t Number) {
  if (Number > -10 && Number < 10)
    return std::to_string(Number);
  if (Number < 0 && Number > -4096)
    return std::to_string(Number); // -ENOMEM
  return "0x" +
         llvm::utohexstr(static_cast<uint64_t>(Number), /*LowerCase=*/true);
}

std::string bootorder::describeValue(const Machine &M, const Value &V) {
  if (V.isNothing())
    return "no value yet";
  if (V.isSet()) {
    std::string Text;
    for (Atom A : V.atoms()) {
      Text += Text.empty() ? "" : " or ";
      if (A.Kind == Atom::AtomKind::Function)
        Text += M.P[FunctionId(static_cast<uint32_t>(A.Bits))].Name;
      else if (A.Kind == Atom::AtomKind::Place)
        Text += "&" + describePlace(M, PlaceId(static_cast<uint32_t>(A.Bits)));
      else
        Text += numberText(A.Bits);
    }
    return Text;
  }
  if (V.hasBounds())
    return "some value from " + numberText(V.low()) + " to " +
           numberText(V.high());
  std::string Ones = "0x" + llvm::utohexstr(V.ones(), /*LowerCase=*/true);
  std::string May = "0x" + llvm::utohexstr(V.possible(), /*LowerCase=*/true);
  if (V.ones() != 0 && V.zeros() != 0)
    return "some value with " + Ones + ", within " + May;
  if (V.ones() != 0)
    return "some value with " + Ones;
  if (V.zeros() != 0)
    return "some value within " + May;
  return V.canBeZero() ? "unknown" : "not 0";
}
