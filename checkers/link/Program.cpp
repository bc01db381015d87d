//===- Program.cpp - the whole kernel after linking -----------------------===//

#include "link/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/StringSaver.h"
#include <thread>

using namespace bootorder;

template <typename IdT>
llvm::ArrayRef<IdT> Program::NameIndex<IdT>::named(llvm::StringRef Name) const {
  auto [First, Last] = std::equal_range(Names.begin(), Names.end(), Name);
  return llvm::ArrayRef(Ids).slice(First - Names.begin(), Last - First);
}

template <typename IdT>
using NamedIds = std::vector<std::pair<llvm::StringRef, IdT>>;

/// Sorts \p Named into the two lists of an index.
template <typename IdT>
static void splitSorted(NamedIds<IdT> Named,
                        std::vector<llvm::StringRef> &Names,
                        std::vector<IdT> &Ids) {
  llvm::sort(Named);
  Names.reserve(Named.size());
  Ids.reserve(Named.size());
  for (const auto &[Name, Id] : Named) {
    Names.push_back(Name);
    Ids.push_back(Id);
  }
}

void Program::indexNames(
    llvm::ArrayRef<std::pair<llvm::StringRef, FunctionId>> Aliases,
    llvm::ArrayRef<std::pair<llvm::StringRef, ObjectId>> ObjectAliases) {
  NamedIds<FunctionId> NamedFunctions(Aliases);
  for (uint32_t I = 0; I < Functions.size(); ++I)
    if (!Functions[I].IsAlias)
      NamedFunctions.push_back({Functions[I].Name, FunctionId(I)});
  NamedIds<ObjectId> NamedObjects(ObjectAliases);
  for (uint32_t I = 0; I < Objects.size(); ++I)
    if (!Objects[I].IsAlias)
      NamedObjects.push_back({Objects[I].Name, ObjectId(I)});
  std::thread Sorting([&] {
    splitSorted(std::move(NamedObjects), ObjectNames.Names, ObjectNames.Ids);
  });
  splitSorted(std::move(NamedFunctions), FunctionNames.Names,
              FunctionNames.Ids);
  Sorting.join();
}

llvm::StringRef Program::save(const llvm::Twine &Text) {
  return llvm::StringSaver(*Characters).save(Text);
}

llvm::ArrayRef<FunctionId> Program::functionsNamed(llvm::StringRef Name) const {
  return FunctionNames.named(Name);
}

llvm::ArrayRef<ObjectId> Program::objectsNamed(llvm::StringRef Name) const {
  return ObjectNames.named(Name);
}

std::vector<FunctionId> Program::functionsMatching(const GlobSet &Names) const {
  std::vector<FunctionId> Result;
  for (const std::string &Pattern : Names.patterns()) {
    if (!GlobSet::isPattern(Pattern)) {
      llvm::ArrayRef<FunctionId> List = functionsNamed(Pattern);
      Result.insert(Result.end(), List.begin(), List.end());
      continue;
    }
    // What precedes the first character with a meaning is literal.
    llvm::StringRef Prefix = Pattern;
    Prefix = Prefix.take_front(Prefix.find_first_of("*?[{\\"));
    auto First = llvm::lower_bound(FunctionNames.Names, Prefix);
    for (; First != FunctionNames.Names.end() && First->starts_with(Prefix);
         ++First)
      if (Names.matches(*First))
        Result.push_back(
            FunctionNames.Ids[First - FunctionNames.Names.begin()]);
  }
  llvm::sort(Result);
  Result.erase(std::unique(Result.begin(), Result.end()), Result.end());
  return Result;
}
