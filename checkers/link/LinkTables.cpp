//===- LinkTables.cpp - entries of linker tables --------------------------===//

#include "link/Linker.h"
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

/// The first function or object address in the tree \p Root of \p O.
static const Expr *addressIn(const Object &O, ExprId Root) {
  const Expr *E = &O.Exprs[Root];
  while (E->Operands.Count != 0 && E->Kind != ExprKind::Function &&
         E->Kind != ExprKind::Object)
    E = &O.Exprs[O.Exprs.operand(*E, 0)];
  bool IsAddress = E->Kind == ExprKind::Function || E->Kind == ExprKind::Object;
  return IsAddress ? E : nullptr;
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
      const Expr *Address = addressIn(*Definition, V.Value);
      bool IsOnPath = All || (Names.size() <= Path.size() &&
                              Path.take_front(Names.size()).equals(Names));
      if (!Address || !IsOnPath)
        continue;
      SymbolId S(static_cast<uint32_t>(Address->Value));
      if (Address->Kind == ExprKind::Function) {
        if (All || Names.size() == Path.size())
          Found.push_back(M.function(S));
      } else if (!All && (Names.size() < Path.size())) {
        find(M.object(S), Path.drop_front(Names.size()), false, Depth + 1);
      }
    }
  }

  std::vector<FunctionId> Found;

private:
  const Program &P;
};

} // namespace

/// The object a pointer entry leads to; \p O itself if it leads nowhere.
static ObjectId pointee(const Program &P, ObjectId O) {
  for (const InitialValue &V : P[O].Definition->Initial)
    if (const Expr *E = addressIn(*P[O].Definition, V.Value);
        E && E->Kind == ExprKind::Object)
      return P.moduleOf(O).object(SymbolId(static_cast<uint32_t>(E->Value)));
  return O;
}

std::vector<FunctionId> Linker::callbacksOf(const LinkerTable &Table,
                                            ObjectId O) {
  CallbackFinder Finder(Result);
  if (Table.HoldsPointers)
    O = pointee(Result, O);
  if (Table.Record.empty() || Table.Callbacks.empty())
    Finder.find(O, {}, /*All=*/true);
  for (const std::string &Callback : Table.Callbacks) {
    llvm::SmallVector<llvm::StringRef, 4> Path;
    llvm::StringRef(Callback).split(Path, '.');
    Finder.find(O, Path, /*All=*/false);
  }
  return std::move(Finder.Found);
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

void Linker::addObjectEntry(uint32_t Index, ObjectId O) {
  const LinkerTable &Table = Rules.Tables[Index];
  const ProgramObject &Known = Result[O];
  const FactsModule &Facts = *Result[Known.Module].Facts;
  auto Key = tableKey(Table, Facts.str(Known.Definition->Section));
  if (!Key)
    return;
  TableEntry Entry;
  Entry.Table = Index;
  Entry.Key = Table.SplitField.empty() ? *Key : keyFromField(Result, Table, O);
  Entry.Object = O;
  Entry.Callbacks = callbacksOf(Table, O);
  Entry.Module = Known.Module;
  Entry.Section = Known.Definition->Section;
  Entry.Loc = Known.Definition->Loc;
  Entry.Macro = Known.Definition->Macro;
  Result.TableEntries.push_back(std::move(Entry));
}

void Linker::addAsmEntries(uint32_t Index, ModuleId M, const AsmText &Text) {
  const FactsModule &Facts = *Result[M].Facts;
  for (const AsmItem &Item : Text.Items) {
    if (Item.Kind != AsmItemKind::Data)
      continue;
    auto Key = tableKey(Rules.Tables[Index], Facts.str(Item.Section));
    AsmReference Target;
    if (!Key || !findName(M, Facts.str(Item.Name), Target) ||
        !Target.Function.isValid())
      continue;
    TableEntry Entry;
    Entry.Table = Index;
    Entry.Key = *Key;
    Entry.Callbacks = {FunctionId(FunctionTarget[Target.Function.Value])};
    Entry.Module = M;
    Entry.Section = Item.Section;
    Entry.Loc = Text.Loc;
    Entry.Macro = Text.Macro;
    Result.TableEntries.push_back(std::move(Entry));
  }
}

void Linker::addEntries(uint32_t Index) {
  const LinkerTable &Table = Rules.Tables[Index];
  llvm::StringMap<bool> Matching;
  auto Matches = [&](llvm::StringRef Section) {
    auto [It, IsNew] = Matching.try_emplace(Section, false);
    if (IsNew)
      It->second = tableKey(Table, Section).has_value();
    return It->second;
  };
  for (uint32_t O = 0; O < Result.Objects.size(); ++O) {
    const ProgramObject &Known = Result.Objects[O];
    if (Known.Definition && Known.Definition->Section.isValid() &&
        Matches(Result[Known.Module].Facts->str(Known.Definition->Section)))
      addObjectEntry(Index, ObjectId(O));
  }
  for (uint32_t M = 0; M < Units.size(); ++M)
    for (const AsmText &Text : Result.Modules[M].Facts->Asms)
      addAsmEntries(Index, ModuleId(M), Text);
}

void Linker::fillTables() {
  for (uint32_t Table = 0; Table < Rules.Tables.size(); ++Table)
    addEntries(Table);
}
