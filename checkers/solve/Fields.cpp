//===- Fields.cpp - which fields code names -------------------------------===//

#include "solve/Fields.h"
#include "llvm/ADT/DenseSet.h"

using namespace bootorder;

FieldId bootorder::fieldNamed(const Function &Body, ExprId Address) {
  if (!Address.isValid())
    return FieldId();
  const Expr *E = &Body.Exprs[Address];
  while (E->Kind == ExprKind::Element || E->Kind == ExprKind::Cast)
    E = &Body.Exprs[Body.Exprs.operand(*E, 0)];
  return E->Kind == ExprKind::Field ? FieldId(static_cast<uint32_t>(E->Value))
                                    : FieldId();
}

std::optional<std::vector<FieldKey>>
bootorder::fieldsNamed(const Program &P, llvm::ArrayRef<std::string> Names) {
  std::vector<FieldKey> Found;
  for (const std::string &Step : Names) {
    auto [Record, Name] = llvm::StringRef(Step).split('.');
    for (uint32_t F = 0; F < P.Fields.size(); ++F)
      if (P.Fields[F].Record == Record && P.Fields[F].Name == Name)
        Found.push_back(FieldKey(F));
  }
  if (Found.size() != Names.size())
    return std::nullopt;
  return Found;
}

bool bootorder::isLocalWrite(const Function &Body, const Event &E) {
  const Expr *X = &Body.Exprs[E.Target];
  while (X->Kind == ExprKind::Field || X->Kind == ExprKind::Element ||
         X->Kind == ExprKind::Cast)
    X = &Body.Exprs[Body.Exprs.operand(*X, 0)];
  return X->Kind == ExprKind::Local;
}

/// The field of \p M that \p Address designates in \p Body is in \p Set.
static void mark(llvm::BitVector &Set, const ProgramModule &M,
                 const Function &Body, ExprId Address) {
  if (FieldId Field = fieldNamed(Body, Address); Field.isValid())
    Set.set(M.field(Field).Value);
}

llvm::BitVector bootorder::followedFields(const Program &P) {
  llvm::BitVector Written(P.Fields.size()), Pointers(P.Fields.size());
  for (const ProgramModule &M : P.Modules) {
    for (const Function &F : M.Facts->Functions) {
      for (const Event &E : F.Events)
        if (E.Kind == EventKind::Write)
          mark(Written, M, F, E.Target);
      for (const Expr &E : F.Exprs.Nodes)
        if (E.Kind == ExprKind::Load && E.IsPointer)
          mark(Pointers, M, F, F.Exprs.operand(E, 0));
    }
    for (const Object &O : M.Facts->Objects)
      for (PathStep Step : O.Path)
        if (Step.Field.isValid())
          Written.set(M.field(Step.Field).Value);
  }
  llvm::DenseSet<llvm::StringRef> Linked;
  for (uint32_t F : Pointers.set_bits())
    Linked.insert(P.Fields[F].Record);
  for (uint32_t F : Written.set_bits())
    if (P.Fields[F].IsInUnion || !Linked.count(P.Fields[F].Record))
      Written.reset(F);
  return Written;
}
