//===- CopyFacts.cpp - trees and names from one module to another ---------===//

#include "model/CopyFacts.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

FactsCopier::FactsCopier(const FactsModule &From, FactsModule &To)
    : From(From), To(To) {
  using Both = std::pair<std::shared_ptr<void>, std::shared_ptr<void>>;
  if (&From != &To)
    To.Storage = std::make_shared<Both>(To.Storage, From.Storage);
}

/// The index of the first entry of \p Table that \p IsIt; \p New is appended if
/// there is none.
template <typename T, typename Predicate>
static uint32_t findOrAdd(std::vector<T> &Table, T New, Predicate IsIt) {
  auto Found = llvm::find_if(Table, IsIt);
  uint32_t Index = Found - Table.begin();
  if (Found == Table.end())
    Table.push_back(std::move(New));
  return Index;
}

template <typename T> static uint32_t findOrAdd(std::vector<T> &Table, T New) {
  auto Found = llvm::find(Table, New);
  uint32_t Index = Found - Table.begin();
  if (Found == Table.end())
    Table.push_back(std::move(New));
  return Index;
}

StringId FactsCopier::string(StringId S) {
  if (!S.isValid() || &From == &To)
    return S;
  return StringId(findOrAdd(To.Strings, From.str(S)));
}

Location FactsCopier::location(const Location &L) {
  return {string(L.File), L.Line, L.Column};
}

MacroId FactsCopier::macro(MacroId M) {
  if (!M.isValid() || &From == &To)
    return M;
  const MacroExpansion &Old = From[M];
  MacroExpansion New{string(Old.Name), location(Old.Loc), macro(Old.Parent)};
  return MacroId(findOrAdd(To.Macros, New));
}

Type FactsCopier::type(Type T) {
  T.Name = string(T.Name);
  return T;
}

SignatureId FactsCopier::signature(SignatureId S) {
  if (!S.isValid())
    return S;
  Signature New = From[S];
  New.Result = type(New.Result);
  for (Type &Param : New.Params)
    Param = type(Param);
  return SignatureId(findOrAdd(To.Signatures, std::move(New)));
}

SymbolId FactsCopier::symbol(SymbolId S) {
  if (!S.isValid() || &From == &To)
    return S;
  Symbol New = From[S];
  New.Name = string(New.Name);
  // An external is only declared in a module that did not name it so far.
  bool IsExternal = New.Linkage == LinkageKind::External;
  New.File = IsExternal ? StringId() : string(New.File);
  New.Owner = symbol(New.Owner);
  New.Signature = signature(New.Signature);
  return SymbolId(findOrAdd(To.Symbols, New, [&](const Symbol &Known) {
    return IsExternal ? Known.Linkage == LinkageKind::External &&
                            Known.Name == New.Name && Known.Kind == New.Kind
                      : Known.key() == New.key();
  }));
}

FieldId FactsCopier::field(FieldId F) {
  if (!F.isValid() || &From == &To)
    return F;
  Field New = From[F];
  New.Record = string(New.Record);
  New.Name = string(New.Name);
  return FieldId(findOrAdd(To.Fields, New, [&](const Field &Known) {
    return Known.Record == New.Record && Known.Name == New.Name;
  }));
}

ExprId FactsCopier::tree(const ExprPool &Source, ExprId Root,
                         ExprPool &Target) {
  if (!Root.isValid())
    return Root;
  Expr New = Source[Root];
  New.Spelling = string(New.Spelling);
  switch (New.Kind) {
  case ExprKind::String:
    New.Value = string(StringId(static_cast<uint32_t>(New.Value))).Value;
    break;
  case ExprKind::Function:
  case ExprKind::Object:
    New.Value = symbol(Source.symbol(Root)).Value;
    break;
  case ExprKind::Field:
  case ExprKind::Container:
    New.Value = field(Source.field(Root)).Value;
    break;
  default:
    break;
  }
  std::vector<ExprId> Operands; // which come before the node that has them
  for (uint32_t I = 0; I < New.Operands.Count; ++I)
    Operands.push_back(tree(Source, Source.operand(Root, I), Target));
  New.Operands.First = Target.Operands.size();
  llvm::append_range(Target.Operands, Operands);
  Target.Nodes.push_back(New);
  return ExprId(Target.Nodes.size() - 1);
}
