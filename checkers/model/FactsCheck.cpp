//===- FactsCheck.cpp - whether facts hang together -----------------------===//

#include "model/FactsCheck.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

using namespace bootorder;

namespace {

/// Last enumerator of each kind.
constexpr auto lastValue(SymbolKind) { return SymbolKind::Object; }
constexpr auto lastValue(LinkageKind) { return LinkageKind::Local; }
constexpr auto lastValue(TypeKind) { return TypeKind::Array; }
constexpr auto lastValue(AsmItemKind) { return AsmItemKind::Mention; }
constexpr auto lastValue(ExprKind) { return ExprKind::Cast; }
constexpr auto lastValue(UnaryKind) { return UnaryKind::LogicalNot; }
constexpr auto lastValue(BinaryKind) { return BinaryKind::LogicalOr; }
constexpr auto lastValue(UnknownKind) { return UnknownKind::FlowLost; }
constexpr auto lastValue(EventKind) { return EventKind::Return; }
constexpr auto lastValue(CallKind) { return CallKind::AsmTemplate; }
constexpr auto lastValue(WriteKind) { return WriteKind::Zero; }
constexpr auto lastValue(EdgeKind) { return EdgeKind::Computed; }
constexpr auto lastValue(UnitKind) { return UnitKind::Assembly; }

enum class Presence { Optional, Required };

/// Remembers the first mistake; each `expect` is a no-op after it.
class Checker {
public:
  explicit Checker(const FactsModule &Module) : Module(Module) {}

  void checkModule();

  void expect(bool Holds, const llvm::Twine &What) {
    if (!Holds && Mistake.empty())
      Mistake = (Place + What).str();
  }

  llvm::Error finish() const {
    return Mistake.empty() ? llvm::Error::success() : makeError(Mistake);
  }

private:
  static constexpr Presence Required = Presence::Required;

  template <typename KindT> void kind(KindT Value) {
    expect(Value <= lastValue(KindT()), "an enumeration has no such value");
  }

  void index(uint32_t Value, size_t Size, Presence P, const char *Table) {
    bool IsNone = Value == Id<void>::None;
    expect(IsNone ? P == Presence::Optional : Value < Size,
           llvm::Twine("an index into ") + Table + " is " +
               (IsNone ? llvm::Twine("none") : llvm::Twine(Value)) + " of " +
               llvm::Twine(Size));
  }
  void string(StringId S, Presence P = Presence::Optional) {
    index(S.Value, Module.Strings.size(), P, "strings");
  }
  void macro(MacroId M) {
    index(M.Value, Module.Macros.size(), Presence::Optional, "macros");
  }
  void field(FieldId F, Presence P) {
    index(F.Value, Module.Fields.size(), P, "fields");
  }
  void range(Range R, size_t Size, const char *Table) {
    expect(R.First <= Size && R.Count <= Size - R.First,
           llvm::Twine("a range leaves ") + Table);
  }
  void location(const Location &L) { string(L.File); }
  void type(const Type &T) {
    kind(T.Kind);
    string(T.Name);
  }
  void symbol(SymbolId S, SymbolKind Kind) {
    index(S.Value, Module.Symbols.size(), Required, "symbols");
    if (Mistake.empty())
      expect(Module[S].Kind == Kind, "a symbol is of the wrong kind");
  }
  void items(const std::vector<AsmItem> &Items);

  void tables();
  void function(const Function &F);
  void block(const Function &F, const Block &B);
  void event(const Function &F, const Event &E);
  void object(const Object &O);

  void pool(const ExprPool &Pool, const Function *F);
  void node(const ExprPool &Pool, uint32_t Index, const Function *F);
  void nodeValue(const Expr &E, const Function *F);
  void expr(ExprId E, const ExprPool &Pool, Presence P = Presence::Optional) {
    index(E.Value, Pool.Nodes.size(), P, "expressions");
  }
  void valueIsId(const Expr &E, size_t Size, const char *Table) {
    expect(E.Value >= 0 && uint64_t(E.Value) < Size,
           llvm::Twine("an expression's index leaves ") + Table);
  }

  const FactsModule &Module;
  std::string Place; ///< "function 3: ", for the message
  std::string Mistake;
};

void Checker::tables() {
  for (uint32_t I = 0; I < Module.Symbols.size(); ++I) {
    const Symbol &S = Module.Symbols[I];
    kind(S.Kind);
    kind(S.Linkage);
    string(S.Name, Required);
    string(S.File);
    index(S.Owner.Value, I, Presence::Optional, "the symbols before it");
    index(S.Signature.Value, Module.Signatures.size(), Presence::Optional,
          "signatures");
  }
  for (const Field &F : Module.Fields) {
    string(F.Record, Required);
    string(F.Name, Required);
  }
  for (const Signature &S : Module.Signatures) {
    type(S.Result);
    llvm::for_each(S.Params, [&](const Type &T) { type(T); });
  }
  for (uint32_t I = 0; I < Module.Macros.size(); ++I) {
    string(Module.Macros[I].Name, Required);
    location(Module.Macros[I].Loc);
    index(Module.Macros[I].Parent.Value, I, Presence::Optional,
          "the macros before it");
  }
}

void Checker::checkModule() {
  tables();
  for (size_t I = 0; I < Module.Functions.size(); ++I) {
    Place = ("function " + llvm::Twine(I) + ": ").str();
    function(Module.Functions[I]);
  }
  for (size_t I = 0; I < Module.Objects.size(); ++I) {
    Place = ("object " + llvm::Twine(I) + ": ").str();
    object(Module.Objects[I]);
  }
  Place.clear();
  for (const Alias &A : Module.Aliases) {
    index(A.Symbol.Value, Module.Symbols.size(), Required, "symbols");
    string(A.Target, Required);
    location(A.Loc);
  }
  for (const AsmText &A : Module.Asms) {
    location(A.Loc);
    macro(A.Macro);
    items(A.Items);
  }
}

void Checker::items(const std::vector<AsmItem> &Items) {
  for (const AsmItem &I : Items) {
    kind(I.Kind);
    string(I.Name, Required);
    string(I.Section);
    string(I.Target,
           I.Kind == AsmItemKind::Alias ? Required : Presence::Optional);
    string(I.Within);
  }
}

void Checker::function(const Function &F) {
  symbol(F.Symbol, SymbolKind::Function);
  location(F.Loc);
  string(F.Section);
  pool(F.Exprs, &F);
  expect(!F.Blocks.empty(), "it has no block");
  for (const Block &B : F.Blocks)
    block(F, B);
  for (const Edge &E : F.Edges) {
    kind(E.Kind);
    index(E.To.Value, F.Blocks.size(), Required, "blocks");
  }
  for (const Event &E : F.Events)
    event(F, E);
  for (const LocalVariable &L : F.Locals) {
    string(L.Name);
    type(L.ValueType);
  }
  for (const AsmStatement &A : F.Asms) {
    string(A.Template);
    items(A.Items);
    range(A.Inputs, F.Exprs.Operands.size(), "operands");
  }
}

void Checker::block(const Function &F, const Block &B) {
  range(B.Events, F.Events.size(), "events");
  range(B.Edges, F.Edges.size(), "edges");
  expr(B.Condition, F.Exprs);
  location(B.ConditionLoc);
  macro(B.ConditionMacro);
  if (!Mistake.empty() || B.Condition.isValid())
    return;
  for (uint32_t I = 0; I < B.Edges.Count; ++I) {
    EdgeKind Kind = F.Edges[B.Edges.First + I].Kind;
    expect(Kind != EdgeKind::True && Kind != EdgeKind::False &&
               Kind != EdgeKind::Case && Kind != EdgeKind::Default,
           "a block branches without a condition");
  }
}

void Checker::event(const Function &F, const Event &E) {
  kind(E.Kind);
  kind(E.Call);
  kind(E.Write);
  location(E.Loc);
  macro(E.Macro);
  bool HasTarget = E.Kind == EventKind::Call || E.Kind == EventKind::Write ||
                   E.Kind == EventKind::AddressTaken;
  expr(E.Target, F.Exprs, HasTarget ? Required : Presence::Optional);
  expr(E.Value, F.Exprs);
  expr(E.Size, F.Exprs);
  range(E.Args, F.Exprs.Operands.size(), "operands");
  index(E.Variable.Value, F.Locals.size(),
        E.Kind == EventKind::Define ? Required : Presence::Optional, "locals");
  index(E.Asm, F.Asms.size(),
        E.Kind == EventKind::Asm ? Required : Presence::Optional, "asms");
  if (!Mistake.empty())
    return;
  if (E.Kind == EventKind::AddressTaken) {
    ExprKind Kind = F.Exprs[E.Target].Kind;
    expect(Kind == ExprKind::Function || Kind == ExprKind::Object,
           "an address is taken of no symbol");
  }
  if (E.Kind == EventKind::Call && E.Call == CallKind::Direct)
    expect(F.Exprs[E.Target].Kind == ExprKind::Function,
           "a direct call has no function");
  expect(E.Kind != EventKind::MacroUse || E.Macro.isValid(),
         "a macro use names no macro");
}

void Checker::object(const Object &O) {
  symbol(O.Symbol, SymbolKind::Object);
  location(O.Loc);
  macro(O.Macro);
  string(O.Section);
  type(O.ValueType);
  pool(O.Exprs, nullptr);
  for (const InitialValue &I : O.Initial) {
    range(I.Path, O.Path.size(), "the path");
    expr(I.Value, O.Exprs, Required);
    location(I.Loc);
  }
  for (const PathStep &P : O.Path)
    field(P.Field, Presence::Optional);
}

void Checker::pool(const ExprPool &Pool, const Function *F) {
  for (ExprId E : Pool.Operands)
    expr(E, Pool, Required);
  for (uint32_t I = 0; I < Pool.Nodes.size(); ++I)
    node(Pool, I, F);
}

/// Exact number of operands of \p Kind; none if it has any.
std::optional<uint32_t> arityOf(ExprKind Kind) {
  switch (Kind) {
  case ExprKind::Unknown:
  case ExprKind::Constant:
  case ExprKind::String:
  case ExprKind::Function:
  case ExprKind::Object:
  case ExprKind::Local:
  case ExprKind::Param:
  case ExprKind::ParamSlot:
  case ExprKind::Reference:
    return 0;
  case ExprKind::Load:
  case ExprKind::Field:
  case ExprKind::Container:
  case ExprKind::Unary:
  case ExprKind::Cast:
    return 1;
  case ExprKind::Element:
  case ExprKind::Binary:
    return 2;
  case ExprKind::Conditional:
    return 3;
  case ExprKind::Join:
    return std::nullopt;
  }
  return std::nullopt;
}

void Checker::node(const ExprPool &Pool, uint32_t Index, const Function *F) {
  const Expr &E = Pool.Nodes[Index];
  kind(E.Kind);
  string(E.Spelling);
  range(E.Operands, Pool.Operands.size(), "operands");
  if (!Mistake.empty())
    return;
  if (std::optional<uint32_t> Arity = arityOf(E.Kind))
    expect(E.Operands.Count == *Arity,
           "expression " + llvm::Twine(Index) + " has " +
               llvm::Twine(E.Operands.Count) + " operands");
  else
    expect(E.Operands.Count > 0, "a join of nothing");
  for (uint32_t I = 0; Mistake.empty() && I < E.Operands.Count; ++I)
    expect(Pool.operand(E, I).Value < Index,
           "expression " + llvm::Twine(Index) + " comes before its operand");
  nodeValue(E, F);
}

void Checker::nodeValue(const Expr &E, const Function *F) {
  switch (E.Kind) {
  case ExprKind::Unknown:
    return kind(static_cast<UnknownKind>(E.Op));
  case ExprKind::Unary:
    return kind(static_cast<UnaryKind>(E.Op));
  case ExprKind::Binary:
    return kind(static_cast<BinaryKind>(E.Op));
  case ExprKind::String:
    return valueIsId(E, Module.Strings.size(), "strings");
  case ExprKind::Function:
  case ExprKind::Object:
    valueIsId(E, Module.Symbols.size(), "symbols");
    if (Mistake.empty())
      symbol(SymbolId(E.Value), E.Kind == ExprKind::Function
                                    ? SymbolKind::Function
                                    : SymbolKind::Object);
    return;
  case ExprKind::Field:
  case ExprKind::Container:
    return valueIsId(E, Module.Fields.size(), "fields");
  case ExprKind::Local:
    return valueIsId(E, F ? F->Locals.size() : 0, "locals");
  case ExprKind::Reference:
    return valueIsId(E, F ? F->Events.size() : 0, "events");
  case ExprKind::Param:
  case ExprKind::ParamSlot:
    return valueIsId(E, F ? MaxParams : 0, "parameters");
  case ExprKind::Constant:
  case ExprKind::Join:
  case ExprKind::Load:
  case ExprKind::Element:
  case ExprKind::Conditional:
  case ExprKind::Cast:
    return;
  }
}

} // namespace

llvm::Error bootorder::checkFacts(const FactsModule &Module) {
  Checker C(Module);
  C.checkModule();
  return C.finish();
}

llvm::Error bootorder::checkFacts(const TuFacts &Facts) {
  Checker C(Facts.Module);
  C.checkModule();
  C.expect(Facts.Kind <= lastValue(UnitKind()), "there is no such unit kind");
  C.expect(llvm::is_sorted(Facts.HeaderKeys), "header keys are not sorted");
  return C.finish();
}

llvm::Error bootorder::checkFacts(const HeaderFacts &Facts) {
  Checker C(Facts.Module);
  C.checkModule();
  C.expect(Facts.Module.Functions.size() == 1,
           "a header function's module has " +
               llvm::Twine(Facts.Module.Functions.size()) + " functions");
  return C.finish();
}
