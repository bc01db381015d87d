//===- PreludeTable.cpp - look-ups in a prelude's table -------------------===//

#include "extract/PreludeTable.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

bool bootorder::isOfMacro(MacroEventKind Kind) {
  switch (Kind) {
  case MacroEventKind::Define:
  case MacroEventKind::DefineDefault:
  case MacroEventKind::Undefine:
  case MacroEventKind::Test:
  case MacroEventKind::Expand:
  case MacroEventKind::Name:
    return true;
  case MacroEventKind::Include:
  case MacroEventKind::EnterBody:
  case MacroEventKind::LeaveBody:
    return false;
  }
  llvm_unreachable("all kinds are above");
}

PreludeIndex::PreludeIndex(const PreludeTable &Table)
    : Table(Table), Inclusions(Table.Files.size()) {
  for (uint32_t I = 0; I != Table.Inclusions.size(); ++I)
    if (uint32_t File = Table.Inclusions[I].File; File != MacroEvent::None)
      Inclusions[File].push_back(I);
  for (uint32_t I = 0; I != Table.Macros.size(); ++I)
    Macros[Table.Macros[I]] = I;
  for (uint32_t I = 0; I != Table.Functions.size(); ++I)
    ByKey.try_emplace(Table.Functions[I].Key, I);
  for (uint32_t I = 0; I != Table.Files.size(); ++I)
    Files[Table.Files[I].Path] = I;
  for (const PreludeInclusion &Inclusion : Table.Inclusions)
    for (const MacroEvent &E : Inclusion.Events)
      if (E.Kind == MacroEventKind::Define ||
          E.Kind == MacroEventKind::DefineDefault)
        Meanings.try_emplace({E.Subject, Table.Meanings[E.Meaning].Text},
                             E.Meaning);
}

static uint32_t find(const llvm::StringMap<uint32_t> &Map,
                     llvm::StringRef Key) {
  auto Found = Map.find(Key);
  return Found == Map.end() ? MacroEvent::None : Found->second;
}

uint32_t PreludeIndex::macro(llvm::StringRef Name) const {
  return find(Macros, Name);
}

uint32_t PreludeIndex::file(llvm::StringRef Path) const {
  return find(Files, Path);
}

uint32_t PreludeIndex::function(llvm::StringRef Name) const {
  auto Found =
      llvm::lower_bound(Table.Functions, Name,
                        [](const PreludeFunction &F, llvm::StringRef Name) {
                          return llvm::StringRef(F.Name) < Name;
                        });
  bool IsThere = Found != Table.Functions.end() && Found->Name == Name;
  return IsThere ? Found - Table.Functions.begin() : MacroEvent::None;
}

uint32_t PreludeIndex::functionWithKey(uint64_t Key) const {
  auto Found = ByKey.find(Key);
  return Found == ByKey.end() ? MacroEvent::None : Found->second;
}

uint32_t PreludeIndex::meaning(uint32_t Macro, uint64_t Text) const {
  auto Found = Meanings.find({Macro, Text});
  return Found == Meanings.end() ? MacroEvent::None : Found->second;
}

bool PreludeIndex::isOpenStatic(llvm::StringRef Name) const {
  return std::binary_search(Table.OpenStatics.begin(), Table.OpenStatics.end(),
                            Name);
}

llvm::ArrayRef<uint32_t> PreludeIndex::counters(uint32_t File,
                                                uint32_t Offset) const {
  auto Found = llvm::lower_bound(
      Table.Counters, std::pair(File, Offset),
      [](const CounterPlace &C, std::pair<uint32_t, uint32_t> Wanted) {
        return std::pair(C.File, C.Offset) < Wanted;
      });
  if (Found == Table.Counters.end() || Found->File != File ||
      Found->Offset != Offset)
    return {};
  return Found->Values;
}
