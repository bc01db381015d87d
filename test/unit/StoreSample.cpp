#include "StoreSample.h"
#include "llvm/Support/raw_ostream.h"

using namespace bootorder;

namespace {

class Sample {
public:
  TuFacts unit() {
    TuFacts Out;
    Out.Source = "init/main.c";
    Out.Output = "init/main.o";
    Out.Kind = UnitKind::Assembly;
    fill(/*HasObjects=*/true);
    Out.Module = std::move(B).build();
    Out.HeaderKeys = {3, 0xfedcba9876543210};
    Out.Notes = {{"init/main.c", 7, 9, "error: unknown operand"},
                 {"", 0, 0, "note"}};
    Out.FlowLostFunctions = 2;
    return Out;
  }

  HeaderFacts header(uint64_t Key) {
    fill(/*HasObjects=*/false);
    B.Module.Functions.resize(1);
    return {Key, std::move(B).build(), /*Notes=*/{}};
  }

private:
  Location at(llvm::StringRef File, uint32_t Line, uint32_t Column) {
    return {B.string(File), Line, Column};
  }

  Type type(TypeKind Kind, uint8_t Bits, bool IsSigned, llvm::StringRef Name) {
    return {Kind, Bits, IsSigned, B.optionalString(Name)};
  }

  void fill(bool HasObjects) {
    Signature S;
    S.Result = type(TypeKind::Pointer, 64, false, "page");
    S.Params = {type(TypeKind::Integer, 32, false, "gfp_t"),
                type(TypeKind::Record, 0, false, "file")};
    S.IsVariadic = true;
    Symbol F;
    F.Name = B.string("start_kernel");
    F.File = B.string("init/main.c");
    F.Linkage = LinkageKind::Header;
    F.HeaderKey = 0x123456789abcdef0;
    F.IsWeak = F.IsNoReturn = F.IsBuiltin = F.IsGnuInline = true;
    F.Signature = B.signature(S);
    Function_ = B.symbol(F);
    Symbol O;
    O.Name = B.string("counter");
    O.Kind = SymbolKind::Object;
    O.Linkage = LinkageKind::Local;
    O.Owner = Function_;
    O.Ordinal = 4;
    Object_ = B.symbol(O);
    Outer = B.macro({B.string("outer"), at("a.h", 1, 2), MacroId()});
    Inner = B.macro({B.string("inner"), at("b.h", 3, 4), Outer});
    Field_ = B.field("machdep_calls", "init_IRQ");
    B.field("sigval", "sival_ptr", /*IsInUnion=*/true);
    B.Module.Functions.push_back(function());
    B.Module.Functions.push_back(function());
    if (!HasObjects)
      return;
    B.Module.Objects = {object(), object()};
    B.Module.Aliases = {{Function_, B.string("other"), at("c.c", 5, 6)}};
    B.Module.Asms = {{at("d.c", 7, 8), Inner, items()}};
  }

  std::vector<AsmItem> items() {
    return {{AsmItemKind::Alias, B.string("a"), B.string(".s"), B.string("t"),
             B.string("w"), 11},
            {AsmItemKind::Call, B.string("b"), {}, {}, {}, 12}};
  }

  ExprId node(ExprPool &Pool, ExprKind Kind, int64_t Value,
              std::vector<uint32_t> Operands, uint8_t Op = 0) {
    Expr E;
    E.Kind = Kind;
    E.Op = Op;
    E.Bits = 32;
    E.IsSigned = Pool.Nodes.size() % 2;
    E.IsPointer = Pool.Nodes.size() % 3 == 1;
    E.Value = Value;
    E.Operands = {uint32_t(Pool.Operands.size()), uint32_t(Operands.size())};
    for (uint32_t O : Operands)
      Pool.Operands.push_back(ExprId(O));
    Pool.Nodes.push_back(E);
    return ExprId(Pool.Nodes.size() - 1);
  }

  void constants(ExprPool &Pool) {
    node(Pool, ExprKind::Constant, -5, {});
    node(Pool, ExprKind::Function, Function_.Value, {});
    node(Pool, ExprKind::Object, Object_.Value, {});
    node(Pool, ExprKind::String, B.string("a\"b").Value, {});
    node(Pool, ExprKind::Field, Field_.Value, {2});
    node(Pool, ExprKind::Unknown, 0, {}, 3);
    Pool.Nodes[0].IsSigned = true;
    Pool.Nodes[0].Spelling = B.string("ENOMEM");
  }

  Function function() {
    Function F;
    F.Symbol = Function_;
    F.Loc = at("init/main.c", 20, 21);
    F.EndLine = 40;
    F.Section = B.string(".init.text");
    F.IsInline = F.IsFlowLost = true;
    constants(F.Exprs);
    node(F.Exprs, ExprKind::Load, 0, {4});                 // 6
    node(F.Exprs, ExprKind::Param, 1, {});                 // 7
    node(F.Exprs, ExprKind::Binary, 0, {6, 7}, 17);        // 8
    node(F.Exprs, ExprKind::Conditional, 0, {8, 0, 7});    // 9
    node(F.Exprs, ExprKind::Local, 1, {});                 // 10
    node(F.Exprs, ExprKind::Reference, 1, {});             // 11
    node(F.Exprs, ExprKind::Join, 0, {11, 7, 0});          // 12
    node(F.Exprs, ExprKind::Element, 0, {10, 7});          // 13
    node(F.Exprs, ExprKind::Container, Field_.Value, {7}); // 14
    node(F.Exprs, ExprKind::Unary, 0, {12}, 2);            // 15
    node(F.Exprs, ExprKind::Cast, 0, {15});                // 16
    node(F.Exprs, ExprKind::ParamSlot, 0, {});             // 17
    F.Locals = {{B.string("p"), type(TypeKind::Bool, 8, true, ""), false},
                {B.string("q"), type(TypeKind::Enum, 32, true, "e"), true}};
    F.Asms = {{B.string("call %P0"), true, true, true, items(), {1, 2}}};
    addEvents(F);
    F.Blocks.resize(2);
    F.Blocks[0] = {{0, 3}, {0, 2}, ExprId(15), at("init/main.c", 22, 23),
                   Inner,  true};
    F.Blocks[1] = {{3, 2}, {2, 1}, ExprId(8), at("a.h", 24, 25), Outer, false};
    F.Edges = {{BlockId(1), EdgeKind::True, 0, 0},
               {BlockId(0), EdgeKind::False, 0, 0},
               {BlockId(1), EdgeKind::Case, -7, int64_t(1) << 40}};
    return F;
  }

  void addEvents(Function &F) {
    Event Call;
    Call.Call = CallKind::Indirect;
    Call.Loc = at("a.h", 30, 31);
    Call.Macro = Inner;
    Call.Target = ExprId(6);
    Call.Args = {2, 3};
    Call.Asm = 0;
    Event Define;
    Define.Kind = EventKind::Define;
    Define.Value = ExprId(12);
    Define.Variable = LocalId(0);
    Event Write;
    Write.Kind = EventKind::Write;
    Write.Write = WriteKind::Copy;
    Write.Target = ExprId(13);
    Write.Value = ExprId(7);
    Write.Size = ExprId(0);
    Event Asm;
    Asm.Kind = EventKind::Asm;
    Asm.Asm = 0;
    Event Return;
    Return.Kind = EventKind::Return;
    Return.Value = ExprId(16);
    F.Events = {Call, Define, Write, Asm, Return};
  }

  Object object() {
    Object O;
    O.Symbol = Object_;
    O.Loc = at("e.c", 50, 51);
    O.Macro = Inner;
    O.Section = B.string(".machine.desc");
    O.ValueType = type(TypeKind::FunctionPointer, 64, true, "initcall_t");
    O.IsArray = O.IsConst = O.IsDefinition = true;
    constants(O.Exprs);
    O.Path = {{Field_, 0}, {FieldId(), 3}, {FieldId(), PathStep::Any}};
    O.Initial = {{{0, 2}, ExprId(1), at("e.c", 52, 53)},
                 {{2, 1}, ExprId(4), at("e.c", 54, 55)}};
    return O;
  }

  FactsBuilder B;
  SymbolId Function_, Object_;
  MacroId Outer, Inner;
  FieldId Field_;
};

/// One overload per struct; see everyField().
class FieldWriter {
public:
  std::string Text;
  llvm::raw_string_ostream OS{Text};

  template <typename... Parts> void all(const Parts &...P) {
    OS << "{";
    (put(P), ...);
    OS << "}";
  }

  void put(const std::string &S) { OS << '"' << S << "\" "; }
  void put(llvm::StringRef S) { OS << '"' << S << "\" "; }
  void put(bool V) { OS << V << " "; }
  void put(uint8_t V) { OS << unsigned(V) << " "; }
  void put(uint32_t V) { OS << V << " "; }
  void put(uint64_t V) { OS << V << " "; }
  void put(int64_t V) { OS << V << " "; }
  template <typename Tag> void put(Id<Tag> V) { OS << V.Value << " "; }
  template <typename T> std::enable_if_t<std::is_enum_v<T>> put(T V) {
    OS << unsigned(V) << " ";
  }
  template <typename T> void put(const std::vector<T> &V) {
    OS << "[";
    for (const T &E : V)
      put(E);
    OS << "]\n";
  }
  void put(const Range &V) {
    auto &[A, B] = V;
    all(A, B);
  }
  void put(const Location &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const Type &V) {
    auto &[A, B, C, D] = V;
    all(A, B, C, D);
  }
  void put(const Symbol &V) {
    auto &[A, B, C, D, E, F, G, H, I, J, K, L] = V;
    all(A, B, C, D, E, F, G, H, I, J, K, L);
  }
  void put(const Field &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const Signature &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const MacroExpansion &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const Expr &V) {
    auto &[A, B, C, D, E, F, G, H] = V;
    all(A, B, C, D, E, F, G, H);
  }
  void put(const ExprPool &V) {
    auto &[A, B] = V;
    all(A, B);
  }
  void put(const Event &V) {
    auto &[A, B, C, D, E, F, G, H, I, J, K] = V;
    all(A, B, C, D, E, F, G, H, I, J, K);
  }
  void put(const Edge &V) {
    auto &[A, B, C, D] = V;
    all(A, B, C, D);
  }
  void put(const Block &V) {
    auto &[A, B, C, D, E, F] = V;
    all(A, B, C, D, E, F);
  }
  void put(const LocalVariable &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const AsmItem &V) {
    auto &[A, B, C, D, E, F] = V;
    all(A, B, C, D, E, F);
  }
  void put(const AsmStatement &V) {
    auto &[A, B, C, D, E, F] = V;
    all(A, B, C, D, E, F);
  }
  void put(const AsmText &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const Function &V) {
    auto &[A, B, C, D, E, F, G, H, I, J, K, L] = V;
    all(A, B, C, D, E, F, G, H, I, J, K, L);
  }
  void put(const PathStep &V) {
    auto &[A, B] = V;
    all(A, B);
  }
  void put(const InitialValue &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const Object &V) {
    auto &[A, B, C, D, E, F, G, H, I, J, K] = V;
    all(A, B, C, D, E, F, G, H, I, J, K);
  }
  void put(const Alias &V) {
    auto &[A, B, C] = V;
    all(A, B, C);
  }
  void put(const ParseNote &V) {
    auto &[A, B, C, D] = V;
    all(A, B, C, D);
  }
  void put(const FactsModule &V) {
    auto &[A, B, C, D, E, F, G, H, I, Storage] = V;
    all(A, B, C, D, E, F, G, H, I);
  }
  void put(const TuFacts &V) {
    auto &[A, B, C, D, E, F, G] = V;
    all(A, B, C, D, E, F, G);
  }
  void put(const HeaderFacts &V) {
    all(V.Key, V.Module); // notes are handed to units before facts are kept
  }
};

} // namespace

TuFacts bootorder::sampleUnit() { return Sample().unit(); }

HeaderFacts bootorder::sampleHeader(uint64_t Key) {
  return Sample().header(Key);
}

std::string bootorder::everyField(const TuFacts &Facts) {
  FieldWriter W;
  W.put(Facts);
  return W.Text;
}

std::string bootorder::everyField(const HeaderFacts &Facts) {
  FieldWriter W;
  W.put(Facts);
  return W.Text;
}
