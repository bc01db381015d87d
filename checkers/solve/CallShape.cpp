//===- CallShape.cpp - which functions a call through a pointer is made for
//===//

#include "solve/CallShape.h"

using namespace bootorder;

CallShapes::CallShapes(const Program &P) : P(P) {
  for (const ProgramField &F : P.Fields)
    Records.insert(F.Record);
}

/// The record that a pointer of type \p T leads to; empty if none is known.
llvm::StringRef CallShapes::recordOf(const FactsModule &Facts,
                                     const Type &T) const {
  llvm::StringRef Name = Facts.str(T.Name);
  return T.Kind == TypeKind::Pointer && Records.count(Name) ? Name : "";
}

/// The same for an argument, as its variable or function declares it.
llvm::StringRef CallShapes::recordPassed(FunctionId Caller,
                                         ExprId Argument) const {
  const Function &Body = *P[Caller].Body;
  const ProgramModule &M = P.moduleOf(Caller);
  const Expr &E = Body.Exprs[Argument];
  if (E.Kind == ExprKind::Param && P[Caller].Signature.isValid()) {
    const std::vector<Type> &Params = (*M.Facts)[P[Caller].Signature].Params;
    if (static_cast<size_t>(E.Value) < Params.size())
      return recordOf(*M.Facts, Params[E.Value]);
  }
  if (E.Kind == ExprKind::Reference) {
    LocalId Variable = Body.Events[E.Value].Variable;
    if (Variable.isValid())
      return recordOf(*M.Facts, Body.Locals[Variable.Value].ValueType);
  }
  return "";
}

/// Whether \p Passed, which the call converts to the type it is made for, can
/// be of type \p Taken.
static bool isOfType(const Expr &Passed, const Type &Taken) {
  if (Passed.Bits == 0 || Taken.Bits == 0 || Taken.Kind == TypeKind::Bool)
    return true;
  if (Passed.Bits > 32 || Taken.Bits > 32)
    return Passed.Bits == Taken.Bits;
  return Passed.Kind == ExprKind::Constant || Passed.Bits == Taken.Bits;
}

/// Whether \p E is certainly no pointer.
static bool isNumber(const Expr &E) {
  return E.Bits != 0 && !E.IsPointer && E.Kind != ExprKind::Constant;
}

/// Whether argument \p I of the call is parameter \p I of the caller, which
/// takes as many: it hands on what it was given, so its own type is the one the
/// call is made for, and a pointer to no record stays one.
bool CallShapes::isHandedOn(FunctionId Caller, EventId Id, uint32_t I) const {
  if (!P[Caller].Signature.isValid())
    return false;
  const Function &Body = *P[Caller].Body;
  Range Args = Body.Events[Id.Value].Args;
  const FactsModule &Facts = *P.moduleOf(Caller).Facts;
  const Expr &E = Body.Exprs[Body.Exprs.Operands[Args.First + I]];
  return Facts[P[Caller].Signature].Params.size() == Args.Count &&
         E.Kind == ExprKind::Param && E.Value == I;
}

bool CallShapes::fits(FunctionId Caller, EventId Id, FunctionId Callee) const {
  if (!P[Callee].Signature.isValid())
    return true;
  const Function &Body = *P[Caller].Body;
  const FactsModule &Facts = *P.moduleOf(Callee).Facts;
  const Signature &Takes = Facts[P[Callee].Signature];
  Range Args = Body.Events[Id.Value].Args;
  if (Args.Count < Takes.Params.size() ||
      (Args.Count > Takes.Params.size() && !Takes.IsVariadic))
    return false;
  for (uint32_t I = 0; I < Takes.Params.size(); ++I) {
    ExprId Argument = Body.Exprs.Operands[Args.First + I];
    if (!Argument.isValid())
      continue;
    if (!isOfType(Body.Exprs[Argument], Takes.Params[I]))
      return false;
    llvm::StringRef Taken = recordOf(Facts, Takes.Params[I]);
    // Timers were given a record by a cast to void (*)(unsigned long).
    if (!Taken.empty() && Args.Count > 1 && isNumber(Body.Exprs[Argument]))
      return false;
    llvm::StringRef Passed =
        Taken.empty() ? Taken : recordPassed(Caller, Argument);
    if (!Passed.empty() && Passed != Taken)
      return false;
    if (!Taken.empty() && Passed.empty() && isHandedOn(Caller, Id, I))
      return false;
  }
  return true;
}
