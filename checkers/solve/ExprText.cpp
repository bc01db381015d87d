//===- ExprText.cpp - trees as a reader of the source would write them ----===//

#include "solve/ExprText.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;

namespace {

class Describer {
public:
  Describer(const Program &P, FunctionId F)
      : M(P.moduleOf(F)), Body(*P[F].Body) {}

  std::string pointer(ExprId Id, unsigned Depth = 0) const {
    if (!Id.isValid() || Depth > 8)
      return "a computed pointer";
    const Expr &E = Body.Exprs[Id];
    switch (E.Kind) {
    case ExprKind::Load:
    case ExprKind::Cast:
    case ExprKind::Element:
    case ExprKind::Binary:
    case ExprKind::Join:
      if (E.Operands.Count != 0)
        return pointer(Body.Exprs.operand(E, 0), Depth + 1);
      break;
    case ExprKind::Conditional:
      return pointer(Body.Exprs.operand(E, 1), Depth + 1);
    case ExprKind::Function:
    case ExprKind::Object:
      return M.Facts->str((*M.Facts)[Body.Exprs.symbol(Id)].Name).str();
    case ExprKind::Field:
      return field(Id, Depth);
    case ExprKind::Local:
      return M.Facts->str(Body.Locals[E.Value].Name).str();
    case ExprKind::Param:
    case ExprKind::ParamSlot:
      return "parameter " + std::to_string(E.Value + 1);
    case ExprKind::Reference:
      return reference(Body.Events[E.Value], Depth);
    default:
      break;
    }
    return "a computed pointer";
  }

private:
  std::string reference(const Event &E, unsigned Depth) const {
    if (E.Kind == EventKind::Call)
      return "the result of " + pointer(E.Target, Depth + 1);
    if (E.Kind != EventKind::Define)
      return "a computed pointer";
    const Expr *Value = &Body.Exprs[E.Value];
    if (Value->Kind == ExprKind::Load)
      return pointer(E.Value, Depth + 1);
    if (E.Variable.isValid())
      return M.Facts->str(Body.Locals[E.Variable.Value].Name).str();
    return pointer(E.Value, Depth + 1);
  }

  /// Fields of a global read as in the source, others by their record.
  std::string field(ExprId Id, unsigned Depth) const {
    const Field &F = (*M.Facts)[Body.Exprs.field(Id)];
    std::string Name = M.Facts->str(F.Name).str();
    ExprId Base = Body.Exprs.operand(Id, 0);
    const Expr *Root = &Body.Exprs[Base];
    while (Root->Kind == ExprKind::Field || Root->Kind == ExprKind::Element ||
           Root->Kind == ExprKind::Cast)
      Root = &Body.Exprs[Body.Exprs.operand(*Root, 0)];
    if (Root->Kind == ExprKind::Object || Root->Kind == ExprKind::Local)
      return pointer(Base, Depth + 1) + "." + Name;
    return M.Facts->str(F.Record).str() + "." + Name;
  }

  const ProgramModule &M;
  const Function &Body;
};

} // namespace

std::string bootorder::describePointer(const Program &P, FunctionId F,
                                       ExprId E) {
  return Describer(P, F).pointer(E);
}

std::string bootorder::describeConstant(const FactsModule &Facts,
                                        const Expr &E) {
  if (E.Spelling.isValid())
    return Facts.str(E.Spelling).str();
  if (E.Value >= 0 && E.Value < 10)
    return std::to_string(E.Value);
  return "0x" + llvm::utohexstr(static_cast<uint64_t>(E.Value),
                                /*LowerCase=*/true);
}

std::string bootorder::describeArguments(const Program &P, FunctionId F,
                                         const Event &E) {
  const Function &Body = *P[F].Body;
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  std::string Text;
  bool IsWorthIt = false;
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    ExprId Arg = Body.Exprs.Operands[E.Args.First + I];
    if (I != 0)
      Text += ", ";
    const Expr *Value = Arg.isValid() ? &Body.Exprs[Arg] : nullptr;
    while (Value && Value->Kind == ExprKind::Cast && !Value->Spelling.isValid())
      Value = &Body.Exprs[Body.Exprs.operand(*Value, 0)];
    bool IsNamed = Value && Value->Spelling.isValid();
    IsWorthIt |= IsNamed;
    Text += IsNamed || (Value && Value->Kind == ExprKind::Constant)
                ? describeConstant(Facts, *Value)
                : "...";
  }
  return IsWorthIt ? Text : std::string();
}
