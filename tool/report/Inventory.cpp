#include "tool/report/Inventory.h"
#include "llvm/ADT/STLExtras.h"
#include <array>

using namespace bootorder;
using llvm::StringRef;

namespace {

template <typename Kind> constexpr size_t index(Kind K) {
  return static_cast<size_t>(K);
}

constexpr const char *EventNames[] = {
    "Call", "Write", "Define", "AddressTaken", "Asm", "MacroUse", "Return"};
constexpr const char *CallNames[] = {"Direct", "Indirect", "Cleanup",
                                     "AsmOperand", "AsmTemplate"};
constexpr const char *WriteNames[] = {"Store", "Record",    "Copy",
                                      "Fill",  "AsmOutput", "Zero"};
constexpr const char *EdgeNames[] = {"Always",  "True",     "False",   "Case",
                                     "Default", "AsmLabel", "Computed"};
constexpr const char *ExprNames[] = {
    "Unknown",   "Constant",  "String",    "Function", "Object",      "Local",
    "Param",     "ParamSlot", "Reference", "Join",     "Load",        "Field",
    "Container", "Element",   "Unary",     "Binary",   "Conditional", "Cast"};

/// What the kinds alone do not tell.
struct RegistrationCounts {
  uint64_t ObjectsWithValues = 0, InFields = 0, InNested = 0, InArrays = 0,
           Assigned = 0, InArguments = 0, Sections = 0, Weak = 0, Aliases = 0,
           MacroEvents = 0, StaticKeys = 0, StaticCalls = 0, StaticCallKeys = 0,
           TableWords = 0, TableObjects = 0, Discarded = 0;
};

struct AssemblyCounts {
  uint64_t Units = 0, Defined = 0, Called = 0, Pointed = 0, Mentioned = 0;
};

class InventoryTaker {
public:
  explicit InventoryTaker(const RuleSet &Rules) : Rules(Rules) {}

  void add(const TuFacts &Unit) {
    if (Unit.Kind == UnitKind::Assembly)
      addAssembly(Unit.Module);
    else
      add(Unit.Module);
  }
  void add(const FactsModule &Module);
  std::vector<InventoryRow> rows(size_t HeaderFunctions) const;

private:
  void addFunction(const FactsModule &Module, const Function &F);
  void addCall(const FactsModule &Module, const Function &F, const Event &E);
  void addObject(const FactsModule &Module, const Object &O);
  void addAssembly(const FactsModule &Module);
  bool isTable(StringRef Section) const;
  bool isStaticKeyTest(StringRef Name) const;

  const RuleSet &Rules;
  std::array<uint64_t, std::size(EventNames)> Events{};
  std::array<uint64_t, std::size(CallNames)> Calls{};
  std::array<uint64_t, std::size(WriteNames)> Writes{};
  std::array<uint64_t, std::size(EdgeNames)> Edges{};
  std::array<uint64_t, std::size(ExprNames)> Exprs{};
  RegistrationCounts Registrations;
  AssemblyCounts Assembly;
};

bool InventoryTaker::isTable(StringRef Section) const {
  return llvm::any_of(Rules.Tables, [&](const LinkerTable &Table) {
    return tableKey(Table, Section).has_value();
  });
}

bool InventoryTaker::isStaticKeyTest(StringRef Name) const {
  using EffectKind = FunctionEffect::EffectKind;
  using ValueKind = FunctionEffect::ReturnValue::ValueKind;
  return llvm::any_of(Rules.Semantics, [&](const FunctionEffect &E) {
    return E.Kind == EffectKind::Returns &&
           E.Result.Kind == ValueKind::KeyEnabled && E.Functions.matches(Name);
  });
}

void InventoryTaker::addCall(const FactsModule &Module, const Function &F,
                             const Event &E) {
  ++Calls[index(E.Call)];
  for (uint32_t I = 0; I < E.Args.Count; ++I) {
    ExprId Argument = F.Exprs.Operands[E.Args.First + I];
    Registrations.InArguments += F.Exprs[Argument].Kind == ExprKind::Function;
  }
  if (F.Exprs[E.Target].Kind != ExprKind::Function)
    return;
  StringRef Name = Module.str(Module[F.Exprs.symbol(E.Target)].Name);
  Registrations.StaticKeys += isStaticKeyTest(Name);
  StringRef Trampoline = Rules.StaticCalls.TrampolinePrefix;
  Registrations.StaticCalls +=
      !Trampoline.empty() && Name.starts_with(Trampoline);
}

void InventoryTaker::addFunction(const FactsModule &Module, const Function &F) {
  Registrations.Sections += F.Section.isValid();
  Registrations.Weak += Module[F.Symbol].IsWeak;
  for (const Event &E : F.Events) {
    ++Events[index(E.Kind)];
    Registrations.MacroEvents += E.Macro.isValid();
    if (E.Kind == EventKind::Call)
      addCall(Module, F, E);
    if (E.Kind != EventKind::Write)
      continue;
    ++Writes[index(E.Write)];
    Registrations.Assigned +=
        E.Value.isValid() && F.Exprs[E.Value].Kind == ExprKind::Function;
  }
  for (const Edge &E : F.Edges)
    ++Edges[index(E.Kind)];
  for (const Expr &E : F.Exprs.Nodes)
    ++Exprs[index(E.Kind)];
}

void InventoryTaker::addObject(const FactsModule &Module, const Object &O) {
  StringRef Section = Module.str(O.Section);
  Registrations.Sections += !Section.empty();
  Registrations.Weak += Module[O.Symbol].IsWeak;
  Registrations.ObjectsWithValues += !O.Initial.empty();
  Registrations.Discarded += Section.starts_with(".discard.");
  Registrations.TableObjects += !Section.empty() && isTable(Section);
  StringRef Key = Rules.StaticCalls.KeyPrefix;
  Registrations.StaticCallKeys +=
      !Key.empty() && Module.str(Module[O.Symbol].Name).starts_with(Key);
  for (const InitialValue &Part : O.Initial) {
    if (O.Exprs[Part.Value].Kind != ExprKind::Function)
      continue;
    unsigned Fields = 0, Indices = 0;
    for (uint32_t I = 0; I < Part.Path.Count; ++I)
      ++(O.Path[Part.Path.First + I].Field.isValid() ? Fields : Indices);
    Registrations.InFields += Fields > 0;
    Registrations.InNested += Fields > 1;
    Registrations.InArrays += Indices > 0;
  }
}

void InventoryTaker::add(const FactsModule &Module) {
  for (const Function &F : Module.Functions)
    addFunction(Module, F);
  for (const Object &O : Module.Objects)
    addObject(Module, O);
  Registrations.Aliases += Module.Aliases.size();
  for (const AsmText &Text : Module.Asms)
    for (const AsmItem &Item : Text.Items)
      Registrations.TableWords +=
          Item.Kind == AsmItemKind::Data && isTable(Module.str(Item.Section));
}

void InventoryTaker::addAssembly(const FactsModule &Module) {
  ++Assembly.Units;
  for (const AsmText &Text : Module.Asms)
    for (const AsmItem &Item : Text.Items) {
      Assembly.Defined += Item.Kind == AsmItemKind::Define;
      Assembly.Called += Item.Kind == AsmItemKind::Call;
      Assembly.Pointed += Item.Kind == AsmItemKind::Data;
      Assembly.Mentioned += Item.Kind == AsmItemKind::Mention;
    }
}

std::vector<InventoryRow> InventoryTaker::rows(size_t HeaderFunctions) const {
  std::vector<InventoryRow> Rows;
  auto AddKinds = [&](const char *Group, const auto &Names,
                      const auto &Counts) {
    for (size_t I = 0; I < Counts.size(); ++I)
      Rows.push_back({Group, Names[I], Counts[I]});
  };
  AddKinds("event", EventNames, Events);
  AddKinds("call", CallNames, Calls);
  AddKinds("write", WriteNames, Writes);
  AddKinds("edge", EdgeNames, Edges);
  AddKinds("expression", ExprNames, Exprs);
  const RegistrationCounts &R = Registrations;
  for (const auto &[Kind, Count] :
       std::initializer_list<std::pair<const char *, uint64_t>>{
           {"objects with initial values", R.ObjectsWithValues},
           {"function pointers in initialisers", R.InFields},
           {"... in nested records", R.InNested},
           {"... in arrays", R.InArrays},
           {"function pointers in assignments", R.Assigned},
           {"function pointers in arguments", R.InArguments},
           {"sections", R.Sections},
           {"weak", R.Weak},
           {"aliases", R.Aliases},
           {"macro expansions around events", R.MacroEvents},
           {"static keys", R.StaticKeys},
           {"linker-table words in file-scope asm", R.TableWords},
           {"objects in linker tables", R.TableObjects},
           {"objects in .discard sections", R.Discarded},
           {"static calls", R.StaticCalls},
           {"static call keys", R.StaticCallKeys}})
    Rows.push_back({"registration", Kind, Count});
  Rows.push_back({"unit", ".S units", Assembly.Units});
  Rows.push_back({"unit", "... symbols they define", Assembly.Defined});
  Rows.push_back({"unit", "... symbols they call", Assembly.Called});
  Rows.push_back({"unit", "... symbols they point to", Assembly.Pointed});
  Rows.push_back({"unit", "... symbols they mention", Assembly.Mentioned});
  Rows.push_back({"unit", "header functions", HeaderFunctions});
  return Rows;
}

} // namespace

std::vector<InventoryRow>
bootorder::takeInventory(const std::vector<TuFacts> &Units,
                         const std::vector<HeaderFacts> &Headers,
                         const RuleSet &Rules) {
  InventoryTaker Taker(Rules);
  for (const TuFacts &Unit : Units)
    Taker.add(Unit);
  for (const HeaderFacts &Header : Headers)
    Taker.add(Header.Module);
  return Taker.rows(Headers.size());
}

void bootorder::printInventory(llvm::raw_ostream &OS,
                               const std::vector<InventoryRow> &Rows) {
  for (const InventoryRow &Row : Rows)
    OS << Row.Group << '\t' << Row.Kind << '\t' << Row.Count << '\n';
}
