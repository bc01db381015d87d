//===- Program.cpp - the whole kernel after linking -----------------------===//

#include "link/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/StringSaver.h"

using namespace bootorder;

void Program::indexNames(
    llvm::ArrayRef<std::pair<llvm::StringRef, FunctionId>> Aliases,
    llvm::ArrayRef<std::pair<llvm::StringRef, ObjectId>> ObjectAliases) {
  for (uint32_t I = 0; I < Functions.size(); ++I)
    if (!Functions[I].IsAlias)
      FunctionNames[Functions[I].Name].push_back(FunctionId(I));
  for (uint32_t I = 0; I < Objects.size(); ++I)
    if (!Objects[I].IsAlias)
      ObjectNames[Objects[I].Name].push_back(ObjectId(I));
  for (const auto &[Name, F] : Aliases)
    FunctionNames[Name].push_back(F);
  for (const auto &[Name, O] : ObjectAliases)
    ObjectNames[Name].push_back(O);
  for (auto &[Name, List] : FunctionNames)
    llvm::sort(List);
}

llvm::StringRef Program::save(const llvm::Twine &Text) {
  return llvm::StringSaver(*Characters).save(Text);
}

llvm::ArrayRef<FunctionId> Program::functionsNamed(llvm::StringRef Name) const {
  auto Found = FunctionNames.find(Name);
  if (Found == FunctionNames.end())
    return {};
  return Found->second;
}

llvm::ArrayRef<ObjectId> Program::objectsNamed(llvm::StringRef Name) const {
  auto Found = ObjectNames.find(Name);
  if (Found == ObjectNames.end())
    return {};
  return Found->second;
}

std::vector<FunctionId> Program::functionsMatching(const GlobSet &Names) const {
  std::vector<FunctionId> Result;
  auto Add = [&Result](llvm::ArrayRef<FunctionId> List) {
    Result.insert(Result.end(), List.begin(), List.end());
  };
  if (llvm::none_of(Names.patterns(), [](const std::string &Pattern) {
        return GlobSet::isPattern(Pattern);
      })) {
    for (const std::string &Name : Names.patterns())
      Add(functionsNamed(Name));
  } else {
    for (const auto &[Name, List] : FunctionNames)
      if (Names.matches(Name))
        Add(List);
  }
  llvm::sort(Result);
  Result.erase(std::unique(Result.begin(), Result.end()), Result.end());
  return Result;
}
