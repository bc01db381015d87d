//===- Linker.h - state shared by the passes of linking -------------------===//

#ifndef BOOTORDER_LINK_LINKER_H
#define BOOTORDER_LINK_LINKER_H

#include "link/Link.h"
#include "llvm/ADT/CachedHashString.h"
#include "llvm/ADT/StringMap.h"
#include <set>
#include <unordered_map>

namespace bootorder {

/// The passes of link(), in the order they are called.
class Linker {
public:
  Linker(llvm::ArrayRef<LinkUnit> Units,
         llvm::ArrayRef<const HeaderFacts *> Headers, const RuleSet &Rules);

  void createModules();         ///< modules in order; fields interned
  void numberSymbols();         ///< from here on every symbol has a dense id
  void chooseBodies();          ///< strong, weak, duplicate, header functions
  void readAssembly();          ///< what assembly defines and names
  void resolveAliases();        ///< from here on aliases have their target's id
  void markAssemblyVariables(); ///< what code in assembly may write
  void markCopies();            ///< what every processor has its own of
  void fillTables();            ///< entries of linker tables
  void countReferences();
  Program take() &&;

private:
  /// How a name came to its definition; higher wins.
  enum class RankKind : uint8_t { None, Weak, Strong };

  struct Definition {
    RankKind Rank = RankKind::None;
    bool IsTentative = false; ///< `int x;` gives way to `int x = 1;`
  };
  struct AliasRequest {
    ModuleId Module;
    llvm::StringRef Name, Target;
    bool IsWeak = false;
  };

  llvm::StringRef prefixed(ModuleId M, llvm::StringRef Name);
  std::string externalName(ModuleId M, llvm::StringRef Name) const;
  void internFields(ProgramModule &M);
  uint32_t number(ModuleId M, SymbolId S);
  uint32_t numberShared(ModuleId M, const Symbol &S, bool &IsNew);
  uint32_t create(ModuleId M, const Symbol &S, llvm::StringRef Name);
  void note(uint32_t Id, ModuleId M, const Symbol &S);
  /// Whether a definition of that rank takes the place; counts duplicates.
  bool claim(Definition &Known, RankKind Rank, bool IsTentative,
             llvm::StringRef Name);
  void defineFunction(ModuleId M, const Function &F);
  void defineObject(ModuleId M, const Object &O);
  void redirectSymbols();
  void adoptHeaderStatics();

  // LinkAssembly.cpp
  struct AsmScope;
  void defineLabels(AsmScope &Scope);
  void defineLabel(AsmScope &Scope, const AsmItem &Item);
  void readReferences(const AsmScope &Scope);
  bool claimLabel(const AsmScope &Scope, const AsmItem &Item,
                  const AsmReference &Label);
  /// What \p Name means in unit \p M: a static of it, else an external name.
  bool findName(ModuleId M, llvm::StringRef Name, AsmReference &Found) const;
  FunctionId createAsmFunction(ModuleId M, llvm::StringRef Name,
                               bool IsExternal);

  // LinkTables.cpp
  /// What may be an entry of some table, with the number of its section: a
  /// kernel has thousands of them in a few dozen sections.
  struct SectionIndex {
    struct AsmWord {
      ModuleId Module;
      const AsmText *Text = nullptr;
      const AsmItem *Item = nullptr;
      uint32_t Section = 0;
    };
    std::vector<llvm::StringRef> Sections; ///< by number
    std::vector<std::pair<ObjectId, uint32_t>> Objects;
    std::vector<AsmWord> Words; ///< of file-scope assembly
  };
  SectionIndex indexSections() const;
  void addEntries(uint32_t Table, const SectionIndex &Index);
  void addObjectEntry(uint32_t Table, ObjectId O, llvm::StringRef Key);
  void addAsmEntry(uint32_t Table, const SectionIndex::AsmWord &Word,
                   llvm::StringRef Key);

  llvm::ArrayRef<LinkUnit> Given;
  std::vector<LinkUnit> Units;              ///< sorted
  std::vector<const HeaderFacts *> Headers; ///< sorted by key, unique
  const RuleSet &Rules;
  Program Result;
  std::vector<Definition> FunctionDefinitions, ObjectDefinitions;
  llvm::StringMap<uint32_t> ExternalFunctions, ExternalObjects;
  std::unordered_map<uint64_t, uint32_t> HeaderFunctions;
  std::map<std::tuple<uint64_t, llvm::StringRef, uint32_t>, uint32_t>
      HeaderObjects;
  llvm::DenseMap<llvm::CachedHashStringRef, uint32_t> Strings;
  llvm::DenseMap<uint64_t, uint32_t> FieldIndex;
  /// Static names of units that have assembly: name -> symbol.
  std::vector<llvm::StringMap<SymbolId>> LocalNames;
  std::vector<AliasRequest> Aliases;
  std::vector<uint32_t> FunctionTarget, ObjectTarget; ///< after aliases
  std::vector<std::pair<llvm::StringRef, FunctionId>> FunctionAliases;
  std::vector<std::pair<llvm::StringRef, ObjectId>> ObjectAliases;
  std::set<std::string> Duplicates;
  std::vector<uint64_t> WantedKeys;
};

} // namespace bootorder

#endif // BOOTORDER_LINK_LINKER_H
