//===- LinkTables.cpp - entries of linker tables --------------------------===//

#include "link/Linker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;

/// Names of the fields on the way to \p V; array indices are left out.
static llvm::SmallVector<llvm::StringRef, 4>
fieldNames(const FactsModule &Facts, const Object &O, const InitialValue &V) {
  llvm::SmallVector<llvm::StringRef, 4> Names;
  for (uint32_t I = 0; I < V.Path.Count; ++I)
    if (FieldId F = O.Path[V.Path.First + I].Field; F.isValid())
      Names.push_back(Facts.str(Facts[F].Name));
  return Names;
}

/// The functions and objects whose addresses the tree \p Root of \p O may be,
/// in text order; a condition is not part of the value.
static llvm::SmallVector<const Expr *, 2> addressesIn(const Object &O,
                                                      ExprId Root) {
  llvm::SmallVector<const Expr *, 2> Found;
  llvm::SmallVector<ExprId, 4> Pending = {Root};
  while (!Pending.empty()) {
    const Expr &E = O.Exprs[Pending.pop_back_val()];
    if (E.Kind == ExprKind::Function || E.Kind == ExprKind::Object) {
      Found.push_back(&E);
      continue;
    }
    bool IsConditional = E.Kind == ExprKind::Conditional;
    bool IsChoice = IsConditional || E.Kind == ExprKind::Join;
    uint32_t End = IsChoice ? E.Operands.Count : std::min(E.Operands.Count, 1u);
    for (uint32_t I = End; I-- > (IsConditional ? 1u : 0u);)
      Pending.push_back(O.Exprs.operand(E, I));
  }
  return Found;
}

namespace {

/// Follows a dotted path of fields through an object and what it points to.
class CallbackFinder {
public:
  explicit CallbackFinder(const Program &P) : P(P) {}

  /// \p Path empty: every function pointer of the object itself.
  void find(ObjectId O, llvm::ArrayRef<llvm::StringRef> Path, bool All,
            unsigned Depth = 0) {
    const Object *Definition = P[O].Definition;
    if (!Definition || Depth > 4)
      return;
    const ProgramModule &M = P.moduleOf(O);
    for (const InitialValue &V : Definition->Initial) {
      auto Names = fieldNames(*M.Facts, *Definition, V);
      bool IsOnPath = All || (Names.size() <= Path.size() &&
                              Path.take_front(Names.size()).equals(Names));
      if (!IsOnPath)
        continue;
      bool IsWhole = All || Names.size() == Path.size();
      for (const Expr *Address : addressesIn(*Definition, V.Value)) {
        SymbolId S(static_cast<uint32_t>(Address->Value));
        if (Address->Kind == ExprKind::Object && !IsWhole)
          find(M.object(S), Path.drop_front(Names.size()), false, Depth + 1);
        if (Address->Kind == ExprKind::Function && IsWhole)
          add(M.function(S));
      }
    }
  }

  std::vector<FunctionId> Found;

private:
  void add(FunctionId F) {
    if (!llvm::is_contained(Found, F))
      Found.push_back(F);
  }

  const Program &P;
};

} // namespace

/// The object a pointer entry leads to; \p O itself if it leads nowhere.
static ObjectId pointee(const Program &P, ObjectId O) {
  for (const InitialValue &V : P[O].Definition->Initial)
    for (const Expr *E : addressesIn(*P[O].Definition, V.Value))
      if (E->Kind == ExprKind::Object)
        return P.moduleOf(O).object(SymbolId(static_cast<uint32_t>(E->Value)));
  return O;
}

/// The functions at a dotted path from \p O; all of its own if it is empty.
static std::vector<FunctionId> functionsAt(const Program &P, ObjectId O,
                                           llvm::StringRef DottedPath) {
  CallbackFinder Finder(P);
  llvm::SmallVector<llvm::StringRef, 4> Path;
  DottedPath.split(Path, '.', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  Finder.find(O, Path, /*All=*/Path.empty());
  return std::move(Finder.Found);
}

static std::vector<FunctionId>
callbacksOf(const Program &P, const LinkerTable &Table, ObjectId O) {
  if (Table.Record.empty() || Table.Callbacks.empty())
    return functionsAt(P, O, "");
  std::vector<FunctionId> Found;
  for (const std::string &Callback : Table.Callbacks)
    for (FunctionId F : functionsAt(P, O, Callback))
      if (!llvm::is_contained(Found, F))
        Found.push_back(F);
  return Found;
}

/// The key that the split field of \p O stands for; fields left out are zero.
static std::string keyFromField(const Program &P, const LinkerTable &Table,
                                ObjectId O) {
  if (Table.HoldsPointers)
    O = pointee(P, O);
  const Object *Definition = P[O].Definition;
  int64_t Value = 0;
  for (const InitialValue &V :
       Definition ? Definition->Initial : std::vector<InitialValue>()) {
    auto Names = fieldNames(*P.moduleOf(O).Facts, *Definition, V);
    if (llvm::join(Names, ".") == Table.SplitField &&
        Definition->Exprs[V.Value].Kind == ExprKind::Constant)
      Value = Definition->Exprs[V.Value].Value;
  }
  return splitKey(Table, Value);
}

void Linker::addObjectEntry(uint32_t Index, ObjectId O, llvm::StringRef Key) {
  const LinkerTable &Table = Rules.Tables[Index];
  const ProgramObject &Known = Result[O];
  TableEntry Entry;
  Entry.Table = Index;
  Entry.Key =
      Table.SplitField.empty() ? Key.str() : keyFromField(Result, Table, O);
  Entry.Object = O;
  ObjectId Record = Table.HoldsPointers ? pointee(Result, O) : O;
  Entry.Callbacks = callbacksOf(Result, Table, Record);
  if (!Table.CalledWith.empty())
    Entry.CalledWith = functionsAt(Result, Record, Table.CalledWith);
  Entry.Module = Known.Module;
  Entry.Section = Known.Definition->Section;
  Entry.Loc = Known.Definition->Loc;
  Entry.Macro = Known.Definition->Macro;
  Result.TableEntries.push_back(std::move(Entry));
}

void Linker::addAsmEntry(uint32_t Index, const SectionIndex::AsmWord &Word,
                         llvm::StringRef Key) {
  AsmReference Target;
  llvm::StringRef Name = Result[Word.Module].Facts->str(Word.Item->Name);
  if (!findName(Word.Module, Name, Target) || !Target.Function.isValid())
    return;
  TableEntry Entry;
  Entry.Table = Index;
  Entry.Key = Key.str();
  Entry.Callbacks = {FunctionId(FunctionTarget[Target.Function.Value])};
  Entry.Module = Word.Module;
  Entry.Section = Word.Item->Section;
  Entry.Loc = Word.Text->Loc;
  Entry.Macro = Word.Text->Macro;
  Result.TableEntries.push_back(std::move(Entry));
}

Linker::SectionIndex Linker::indexSections() const {
  SectionIndex Index;
  llvm::StringMap<uint32_t> Numbers;
  auto NumberOf = [&](ModuleId M, StringId Section) {
    llvm::StringRef Name = Result[M].Facts->str(Section);
    auto [It, IsNew] = Numbers.try_emplace(Name, Index.Sections.size());
    if (IsNew)
      Index.Sections.push_back(Name);
    return It->second;
  };
  for (uint32_t I = 0; I < Result.Objects.size(); ++I) {
    const ProgramObject &O = Result.Objects[I];
    if (O.Definition && O.Definition->Section.isValid())
      Index.Objects.push_back(
          {ObjectId(I), NumberOf(O.Module, O.Definition->Section)});
  }
  for (uint32_t M = 0; M < Units.size(); ++M)
    for (const AsmText &Text : Result.Modules[M].Facts->Asms)
      for (const AsmItem &Item : Text.Items)
        if (Item.Kind == AsmItemKind::Data)
          Index.Words.push_back(
              {ModuleId(M), &Text, &Item, NumberOf(ModuleId(M), Item.Section)});
  return Index;
}

void Linker::addEntries(uint32_t Table, const SectionIndex &Index) {
  std::vector<std::optional<std::string>> Keys; // by section
  for (llvm::StringRef Section : Index.Sections)
    Keys.push_back(tableKey(Rules.Tables[Table], Section));
  for (const auto &[O, Section] : Index.Objects)
    if (Keys[Section])
      addObjectEntry(Table, O, *Keys[Section]);
  for (const SectionIndex::AsmWord &Word : Index.Words)
    if (Keys[Word.Section])
      addAsmEntry(Table, Word, *Keys[Word.Section]);
}

void Linker::fillTables() {
  SectionIndex Index = indexSections();
  for (uint32_t Table = 0; Table < Rules.Tables.size(); ++Table)
    addEntries(Table, Index);
}

void Linker::markCopies() {
  for (ProgramObject &O : Result.Objects) {
    if (!O.Definition || !O.Definition->Section.isValid())
      continue;
    llvm::StringRef Section =
        Result[O.Module].Facts->str(O.Definition->Section);
    O.HasCopies = llvm::any_of(Rules.Copies, [&](const CopiedObjects &C) {
      return C.Sections.matches(Section);
    });
  }
}
