//===- FactsBuilder.cpp - fills a facts module ----------------------------===//

#include "model/FactsBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/StringSaver.h"

using namespace bootorder;

FactsBuilder::FactsBuilder() : Characters(std::make_shared<Arena>()) {}

StringId FactsBuilder::string(llvm::StringRef Text) {
  auto Found = StringIndex.find(Text);
  if (Found != StringIndex.end())
    return StringId(Found->second);
  llvm::StringRef Saved = llvm::StringSaver(Characters->Allocator).save(Text);
  uint32_t Index = Module.Strings.size();
  Module.Strings.push_back(Saved);
  StringIndex.try_emplace(Saved, Index);
  return StringId(Index);
}

StringId FactsBuilder::optionalString(llvm::StringRef Text) {
  return Text.empty() ? StringId() : string(Text);
}

FieldId FactsBuilder::field(llvm::StringRef Record, llvm::StringRef Name,
                            bool IsInUnion) {
  Field F{string(Record), string(Name), IsInUnion};
  auto [It, IsNew] = FieldIndex.try_emplace({F.Record.Value, F.Name.Value},
                                            Module.Fields.size());
  if (IsNew)
    Module.Fields.push_back(F);
  Module.Fields[It->second].IsInUnion |= IsInUnion;
  return FieldId(It->second);
}

SignatureId FactsBuilder::signature(Signature S) {
  auto Found = llvm::find(Module.Signatures, S);
  uint32_t Index = Found - Module.Signatures.begin();
  if (Found == Module.Signatures.end())
    Module.Signatures.push_back(std::move(S));
  return SignatureId(Index);
}

MacroId FactsBuilder::macro(const MacroExpansion &M) {
  auto [It, IsNew] =
      MacroIndex.try_emplace({M.Name.Value, M.Loc.File.Value, M.Loc.Line,
                              M.Loc.Column, M.Parent.Value},
                             Module.Macros.size());
  if (IsNew)
    Module.Macros.push_back(M);
  return MacroId(It->second);
}

SymbolId FactsBuilder::symbol(const Symbol &S) {
  auto [It, IsNew] = SymbolIndex.try_emplace(S.key(), Module.Symbols.size());
  if (IsNew) {
    Module.Symbols.push_back(S);
    return SymbolId(It->second);
  }
  Symbol &Known = Module.Symbols[It->second];
  Known.IsWeak |= S.IsWeak;
  Known.IsNoReturn |= S.IsNoReturn;
  Known.IsGnuInline |= S.IsGnuInline;
  if (!Known.Signature.isValid())
    Known.Signature = S.Signature;
  return SymbolId(It->second);
}

FactsModule FactsBuilder::build() && {
  Module.Storage = std::move(Characters);
  return std::move(Module);
}
