//===- Program.h - the whole kernel after linking -------------------------===//
//
// One dense id per function, object and record field of the kernel image. The
// bodies stay in their facts modules: a module's own indices are translated on
// the fly by its ProgramModule, nothing is copied.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_LINK_PROGRAM_H
#define BOOTORDER_LINK_PROGRAM_H

#include "model/Facts.h"
#include "support/Glob.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"

namespace bootorder {

/// Into Program::Functions.
using FunctionId = Id<struct ProgramFunctionTag>;
/// Into Program::Objects.
using ObjectId = Id<struct ProgramObjectTag>;
/// Into Program::Fields.
using FieldKey = Id<struct ProgramFieldTag>;
/// Into Program::Modules.
using ModuleId = Id<struct ProgramModuleTag>;

/// A facts module with its local indices translated.
struct ProgramModule {
  const FactsModule *Facts = nullptr;
  /// By SymbolId: a FunctionId or an ObjectId, as the symbol's kind says.
  std::vector<uint32_t> Symbols;
  std::vector<FieldKey> Fields; ///< by FieldId

  bool isFunction(SymbolId S) const {
    return (*Facts)[S].Kind == SymbolKind::Function;
  }
  FunctionId function(SymbolId S) const { return FunctionId(Symbols[S.Value]); }
  ObjectId object(SymbolId S) const { return ObjectId(Symbols[S.Value]); }
  FieldKey field(FieldId F) const { return Fields[F.Value]; }
};

/// A name that assembly uses: in the body of a function written in assembly,
/// or as a word of an object defined there.
struct AsmReference {
  AsmItemKind Kind = AsmItemKind::Mention;
  FunctionId Function; ///< exactly one of these two is valid
  ObjectId Object;
  StringId File; ///< in the strings of the module at hand
  uint32_t Line = 0;
};

struct ProgramFunction {
  llvm::StringRef Name; ///< with the prefix objcopy gives it
  llvm::StringRef File; ///< where it is defined; empty if nowhere
  uint32_t Line = 0;
  ModuleId Module; ///< of the definition, else of the first mention
  const Function *Body = nullptr;    ///< null: assembly, firmware or nowhere
  std::vector<AsmReference> AsmBody; ///< what its assembly names
  SignatureId Signature;             ///< in Module; may be none
  bool IsHeader = false;             ///< `static inline` of a header
  bool IsNoReturn = false;
  bool IsBuiltin = false;
  bool IsAssembly = false; ///< defined by assembly
  bool IsAlias = false;    ///< stands for another function; never referred to
};

struct ProgramObject {
  llvm::StringRef Name;
  llvm::StringRef File;
  ModuleId Module;
  const Object *Definition =
      nullptr;            ///< null: linker script, assembly, nowhere
  bool IsAlias = false;   ///< stands for another object; never referred to
  bool HasCopies = false; ///< see CopiedObjects
  bool IsUsedByAssembly = false;      ///< code in assembly names it
  std::vector<AsmReference> AsmWords; ///< data that assembly puts into it
};

struct ProgramField {
  llvm::StringRef Record;
  llvm::StringRef Name;
  /// Shares storage with siblings in some unit: see Field.
  bool IsInUnion = false;
};

/// Something the linker put into a table of the rules.
struct TableEntry {
  uint32_t Table = 0; ///< index in RuleSet::Tables
  std::string Key;    ///< level or split key; may be empty
  ObjectId Object;    ///< the entry; none for a word in file-scope assembly
  std::vector<FunctionId> Callbacks; ///< sorted as in the record; may be empty
  /// Nothing calls Callbacks before one of these runs; empty: something may.
  std::vector<FunctionId> CalledWith;
  ModuleId Module; ///< whose strings the following refer to
  StringId Section;
  Location Loc;  ///< of the registration
  MacroId Macro; ///< `core_initcall`
};

/// How often a function's name is written in the program.
struct ReferenceCount {
  uint32_t DirectCalls = 0;
  uint32_t Mentions = 0; ///< address taken, by C or assembly
};

/// What linking saw and could not join.
struct LinkLedger {
  std::vector<std::string> Duplicates; ///< strong names defined twice, sorted
  std::vector<uint64_t> MissingHeaderKeys; ///< sorted, unique
};

/// The kernel image. Refers to the facts it was linked from, which must
/// outlive it. The same units in any order give the same program.
class Program {
public:
  std::vector<ProgramModule> Modules; ///< units by path, then header functions
  std::vector<ProgramFunction> Functions;
  std::vector<ProgramObject> Objects;
  std::vector<ProgramField> Fields;
  std::vector<TableEntry> TableEntries;   ///< by table, then unit, then text
  std::vector<ReferenceCount> References; ///< by FunctionId
  LinkLedger Ledger;
  uint32_t PointerBits = 64;

  const ProgramFunction &operator[](FunctionId F) const {
    return Functions[F.Value];
  }
  const ProgramObject &operator[](ObjectId O) const { return Objects[O.Value]; }
  const ProgramField &operator[](FieldKey F) const { return Fields[F.Value]; }
  const ProgramModule &operator[](ModuleId M) const { return Modules[M.Value]; }
  const ProgramModule &moduleOf(FunctionId F) const {
    return Modules[Functions[F.Value].Module.Value];
  }
  const ProgramModule &moduleOf(ObjectId O) const {
    return Modules[Objects[O.Value].Module.Value];
  }

  /// Functions of that name, aliases included; in the order of ids.
  llvm::ArrayRef<FunctionId> functionsNamed(llvm::StringRef Name) const;
  llvm::ArrayRef<ObjectId> objectsNamed(llvm::StringRef Name) const;
  /// Functions with a name among \p Names; sorted, unique. A pattern costs one
  /// pass over the names that begin like it.
  std::vector<FunctionId> functionsMatching(const GlobSet &Names) const;

  /// Makes the lookups above work; called once, when all names are known.
  void indexNames(
      llvm::ArrayRef<std::pair<llvm::StringRef, FunctionId>> Aliases,
      llvm::ArrayRef<std::pair<llvm::StringRef, ObjectId>> ObjectAliases);
  /// Characters that live as long as the program.
  llvm::StringRef save(const llvm::Twine &Text);

private:
  /// Ids by name: sorted by name, then id.
  template <typename IdT> struct NameIndex {
    std::vector<llvm::StringRef> Names;
    std::vector<IdT> Ids; ///< as many, in the same order

    llvm::ArrayRef<IdT> named(llvm::StringRef Name) const;
  };

  NameIndex<FunctionId> FunctionNames;
  NameIndex<ObjectId> ObjectNames;
  std::shared_ptr<llvm::BumpPtrAllocator> Characters =
      std::make_shared<llvm::BumpPtrAllocator>();
};

} // namespace bootorder

#endif // BOOTORDER_LINK_PROGRAM_H
