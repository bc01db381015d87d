//===- LinkAssembly.cpp - what assembly defines and names -----------------===//
//
// A label known to C as an object starts an object, any other a function, be it
// global or not: a label inside a function is there to be jumped to, and the
// jump is an edge. Words count for their label only if they stand in its own
// section: exception tables, export lists and the like are written from within
// functions and are no part of them. What code in assembly does to a variable
// that it names is not read: it may write it.
//
//===----------------------------------------------------------------------===//

#include "link/Linker.h"

using namespace bootorder;

struct Linker::AsmScope {
  struct Label {
    AsmReference Place; ///< neither function nor object: overridden elsewhere
    StringId Section;
  };
  ModuleId Module;
  const AsmText *Text = nullptr;
  std::map<StringId, Label> Labels;
  std::set<StringId> Globals, Weaks;
};

bool Linker::findName(ModuleId M, llvm::StringRef Name,
                      AsmReference &Found) const {
  const ProgramModule &Module = Result[M];
  if (M.Value < LocalNames.size()) {
    auto Local = LocalNames[M.Value].find(Name);
    if (Local != LocalNames[M.Value].end()) {
      if (Module.isFunction(Local->second))
        Found.Function = Module.function(Local->second);
      else
        Found.Object = Module.object(Local->second);
      return true;
    }
  }
  std::string External = externalName(M, Name);
  auto F = ExternalFunctions.find(External);
  if (F != ExternalFunctions.end()) {
    Found.Function = FunctionId(F->second);
    return true;
  }
  auto O = ExternalObjects.find(External);
  if (O == ExternalObjects.end())
    return false;
  Found.Object = ObjectId(O->second);
  return true;
}

FunctionId Linker::createAsmFunction(ModuleId M, llvm::StringRef Name,
                                     bool IsExternal) {
  Symbol S;
  if (!IsExternal)
    return FunctionId(create(M, S, Name));
  llvm::StringRef Full = prefixed(M, Name);
  FunctionId F(create(M, S, Full));
  ExternalFunctions.try_emplace(Full, F.Value);
  return F;
}

bool Linker::claimLabel(const AsmScope &Scope, const AsmItem &Item,
                        const AsmReference &Label) {
  RankKind Rank =
      Scope.Weaks.count(Item.Name) ? RankKind::Weak : RankKind::Strong;
  const FactsModule &Facts = *Result[Scope.Module].Facts;
  llvm::StringRef Name = Facts.str(Item.Name);
  if (Label.Object.isValid()) {
    if (!claim(ObjectDefinitions[Label.Object.Value], Rank, false, Name))
      return false;
    ProgramObject &O = Result.Objects[Label.Object.Value];
    O.Definition = nullptr;
    O.Module = Scope.Module;
    O.File = Facts.str(Scope.Text->Loc.File);
    return true;
  }
  if (!claim(FunctionDefinitions[Label.Function.Value], Rank, false, Name))
    return false;
  ProgramFunction &F = Result.Functions[Label.Function.Value];
  F.Body = nullptr;
  F.IsAssembly = true;
  F.Signature = F.Module == Scope.Module ? F.Signature : SignatureId();
  F.Module = Scope.Module;
  F.File = Facts.str(Scope.Text->Loc.File);
  F.Line = Item.Line;
  return true;
}

void Linker::defineLabel(AsmScope &Scope, const AsmItem &Item) {
  llvm::StringRef Name = Result[Scope.Module].Facts->str(Item.Name);
  bool IsGlobal =
      Scope.Globals.count(Item.Name) || Scope.Weaks.count(Item.Name);
  AsmScope::Label Label;
  Label.Section = Item.Section;
  if (!findName(Scope.Module, Name, Label.Place))
    Label.Place.Function = createAsmFunction(Scope.Module, Name, IsGlobal);
  if (!claimLabel(Scope, Item, Label.Place))
    Label.Place = AsmReference();
  Scope.Labels[Item.Name] = Label;
}

void Linker::defineLabels(AsmScope &Scope) {
  const FactsModule &Facts = *Result[Scope.Module].Facts;
  for (const AsmItem &Item : Scope.Text->Items) {
    if (Item.Kind == AsmItemKind::Global)
      Scope.Globals.insert(Item.Name);
    if (Item.Kind == AsmItemKind::Weak)
      Scope.Weaks.insert(Item.Name);
  }
  for (const AsmItem &Item : Scope.Text->Items) {
    if (Item.Kind == AsmItemKind::Define)
      defineLabel(Scope, Item);
    if (Item.Kind != AsmItemKind::Alias)
      continue;
    AsmReference Known;
    llvm::StringRef Name = Facts.str(Item.Name);
    if (!findName(Scope.Module, Name, Known) && Scope.Globals.count(Item.Name))
      createAsmFunction(Scope.Module, Name, /*IsExternal=*/true);
    Aliases.push_back({Scope.Module, Name, Facts.str(Item.Target),
                       Scope.Weaks.count(Item.Name) != 0});
  }
}

void Linker::readReferences(const AsmScope &Scope) {
  const FactsModule &Facts = *Result[Scope.Module].Facts;
  for (const AsmItem &Item : Scope.Text->Items) {
    bool IsUse = Item.Kind == AsmItemKind::Call ||
                 Item.Kind == AsmItemKind::Data ||
                 Item.Kind == AsmItemKind::Mention;
    auto Label = Scope.Labels.find(Item.Within);
    if (!IsUse || Label == Scope.Labels.end())
      continue;
    const AsmReference &Place = Label->second.Place;
    if (Item.Kind == AsmItemKind::Data && Item.Section != Label->second.Section)
      continue;
    AsmReference R;
    auto Local = Scope.Labels.find(Item.Name);
    if (Local != Scope.Labels.end())
      R = Local->second.Place;
    else if (!findName(Scope.Module, Facts.str(Item.Name), R))
      continue;
    R.Kind = Item.Kind;
    R.File = Scope.Text->Loc.File;
    R.Line = Item.Line;
    if ((!R.Function.isValid() && !R.Object.isValid()) ||
        (R.Function.isValid() && R.Function == Place.Function))
      continue;
    if (Place.Function.isValid())
      Result.Functions[Place.Function.Value].AsmBody.push_back(R);
    if (Place.Object.isValid())
      Result.Objects[Place.Object.Value].AsmWords.push_back(R);
  }
}

void Linker::readAssembly() {
  std::vector<AsmScope> Scopes;
  for (uint32_t I = 0; I < Units.size(); ++I)
    for (const AsmText &Text : Result.Modules[I].Facts->Asms) {
      AsmScope &Scope = Scopes.emplace_back();
      Scope.Module = ModuleId(I);
      Scope.Text = &Text;
    }
  for (AsmScope &Scope : Scopes)
    defineLabels(Scope);
  for (const AsmScope &Scope : Scopes)
    readReferences(Scope);
}

/// A label with nothing but words under it is data, and code only once code
/// names it: lists of exported names are data that nothing names.
void Linker::markAssemblyVariables() {
  auto Mark = [this](const std::vector<AsmReference> &References) {
    for (const AsmReference &R : References)
      if (R.Object.isValid())
        Result.Objects[R.Object.Value].IsUsedByAssembly = true;
  };
  for (const ProgramFunction &F : Result.Functions) {
    bool IsCode = F.Body || llvm::any_of(F.AsmBody, [](const AsmReference &R) {
                    return R.Kind != AsmItemKind::Data;
                  });
    if (!IsCode)
      continue;
    Mark(F.AsmBody);
    for (const AsmReference &R : F.AsmBody) {
      if (R.Function.isValid() && Result[R.Function].IsAssembly)
        Mark(Result[R.Function].AsmBody);
      if (R.Object.isValid())
        Mark(Result[R.Object].AsmWords);
    }
  }
}
