//===- LinkTestProgram.cpp - five-line kernels, built by hand -------------===//

#include "TestProgram.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;
using namespace bootorder::test;

Function &TestFunction::body() { return Unit.B.Module.Functions[Index]; }

Event &TestFunction::event(EventKind Kind) {
  Function &F = body();
  ++F.Blocks.back().Events.Count;
  Event &E = F.Events.emplace_back();
  E.Kind = Kind;
  E.Loc = {F.Loc.File, ++Unit.Line, 1};
  return E;
}

TestFunction &TestFunction::go(std::initializer_list<uint32_t> To) {
  Function &F = body();
  F.Blocks.back().Edges.First = F.Edges.size();
  F.Blocks.back().Edges.Count = To.size();
  for (uint32_t B : To)
    F.Edges.emplace_back().To = BlockId(B);
  return *this;
}

TestFunction &TestFunction::branch(ExprId Condition, uint32_t True,
                                   uint32_t False) {
  go({True, False});
  Function &F = body();
  F.Blocks.back().Condition = Condition;
  F.Edges[F.Edges.size() - 2].Kind = EdgeKind::True;
  F.Edges[F.Edges.size() - 1].Kind = EdgeKind::False;
  return *this;
}

ExprId TestFunction::node(ExprKind Kind, int64_t Value,
                          std::initializer_list<ExprId> Operands, uint8_t Op) {
  ExprPool &Pool = body().Exprs;
  Expr &E = Pool.Nodes.emplace_back();
  E.Kind = Kind;
  E.Value = Value;
  E.Op = Op;
  E.Operands.First = Pool.Operands.size();
  E.Operands.Count = Operands.size();
  Pool.Operands.insert(Pool.Operands.end(), Operands.begin(), Operands.end());
  return ExprId(Pool.Nodes.size() - 1);
}

ExprId TestFunction::constant(int64_t Value, llvm::StringRef Spelling) {
  ExprId E = node(ExprKind::Constant, Value);
  body().Exprs.Nodes[E.Value].Spelling = Unit.B.optionalString(Spelling);
  return E;
}

ExprId TestFunction::fn(llvm::StringRef Name) {
  return node(ExprKind::Function,
              Unit.symbol(Name, SymbolKind::Function).Value);
}

ExprId TestFunction::obj(llvm::StringRef Name) {
  return node(ExprKind::Object, Unit.symbol(Name, SymbolKind::Object).Value);
}

ExprId TestFunction::string(llvm::StringRef Text) {
  return node(ExprKind::String, Unit.B.string(Text).Value);
}

ExprId TestFunction::field(ExprId Base, llvm::StringRef Record,
                           llvm::StringRef Name) {
  return node(ExprKind::Field, Unit.B.field(Record, Name).Value, {Base});
}

ExprId TestFunction::callThrough(ExprId Target,
                                 std::initializer_list<ExprId> Args,
                                 CallKind Kind) {
  Event &E = event(EventKind::Call);
  E.Call = Kind;
  E.Target = Target;
  std::vector<ExprId> &Operands = body().Exprs.Operands;
  E.Args = {static_cast<uint32_t>(Operands.size()),
            static_cast<uint32_t>(Args.size())};
  Operands.insert(Operands.end(), Args.begin(), Args.end());
  return node(ExprKind::Reference, body().Events.size() - 1);
}

TestFunction &TestFunction::store(ExprId Address, ExprId Value,
                                  WriteKind Kind) {
  Event &E = event(EventKind::Write);
  E.Write = Kind;
  E.Target = Address;
  E.Value = Value;
  return *this;
}

ExprId TestFunction::define(ExprId Value) {
  event(EventKind::Define).Value = Value;
  return node(ExprKind::Reference, body().Events.size() - 1);
}

TestFunction &TestFunction::macroUse(llvm::StringRef Macro) {
  Event &E = event(EventKind::MacroUse);
  E.Macro = Unit.B.macro({Unit.B.string(Macro), E.Loc, MacroId()});
  return *this;
}

TestFunction &TestFunction::returns(ExprId Value) {
  event(EventKind::Return).Value = Value;
  return *this;
}

SymbolId TestUnit::symbol(llvm::StringRef Name, SymbolKind Kind,
                          LinkageKind Linkage) {
  for (uint32_t I = 0; I < B.Module.Symbols.size(); ++I)
    if (B.Module.Symbols[I].Kind == Kind &&
        B.str(B.Module.Symbols[I].Name) == Name)
      return SymbolId(I);
  Symbol S;
  S.Name = B.string(Name);
  S.Kind = Kind;
  S.Linkage = Linkage;
  S.File = B.string(Facts.Source);
  if (Linkage == LinkageKind::Header)
    S.HeaderKey = llvm::hash_value(Name);
  return B.symbol(S);
}

TestFunction TestUnit::function(llvm::StringRef Name, LinkageKind Linkage,
                                std::vector<llvm::StringRef> Params) {
  SymbolId S = symbol(Name, SymbolKind::Function, Linkage);
  Signature Sig;
  for (llvm::StringRef Param : Params)
    Sig.Params.emplace_back().Name = B.optionalString(Param);
  B[S].Signature = B.signature(Sig);
  Function &F = B.Module.Functions.emplace_back();
  F.Symbol = S;
  F.Loc = {B.string(Facts.Source), ++Line, 1};
  return TestFunction(*this, B.Module.Functions.size() - 1);
}

Object &TestUnit::object(llvm::StringRef Name, llvm::StringRef Section) {
  SymbolId S = symbol(Name, SymbolKind::Object);
  Object &O = B.Module.Objects.emplace_back();
  O.Symbol = S;
  O.Loc = {B.string(Facts.Source), ++Line, 1};
  O.Section = B.optionalString(Section);
  O.ValueType.Kind = TypeKind::Record;
  O.IsDefinition = true;
  return O;
}

void TestUnit::addInitial(llvm::StringRef Record, llvm::StringRef Field,
                          ExprId Value) {
  Object &O = B.Module.Objects.back();
  InitialValue V;
  V.Loc = {O.Loc.File, ++Line, 1};
  V.Value = Value;
  V.Path.First = O.Path.size();
  if (!Field.empty()) {
    V.Path.Count = 1;
    O.Path.push_back({B.field(Record, Field), 0});
  }
  O.Initial.push_back(V);
}

TestUnit &TestUnit::init(llvm::StringRef Record, llvm::StringRef Field,
                         llvm::StringRef Value) {
  Expr E;
  E.Kind = Value.consume_front("&") ? ExprKind::Object : ExprKind::Function;
  E.Value = symbol(Value, E.Kind == ExprKind::Object ? SymbolKind::Object
                                                     : SymbolKind::Function)
                .Value;
  std::vector<Expr> &Nodes = B.Module.Objects.back().Exprs.Nodes;
  Nodes.push_back(E);
  addInitial(Record, Field, ExprId(Nodes.size() - 1));
  return *this;
}

TestUnit &TestUnit::initConstant(llvm::StringRef Record, llvm::StringRef Field,
                                 int64_t Value) {
  Expr E;
  E.Kind = ExprKind::Constant;
  E.Value = Value;
  std::vector<Expr> &Nodes = B.Module.Objects.back().Exprs.Nodes;
  Nodes.push_back(E);
  addInitial(Record, Field, ExprId(Nodes.size() - 1));
  return *this;
}

TestUnit &TestUnit::alias(llvm::StringRef Name, llvm::StringRef Target) {
  B.Module.Aliases.push_back({symbol(Name, SymbolKind::Function),
                              B.string(Target),
                              {B.string(Facts.Source), ++Line, 1}});
  return *this;
}

AsmText &TestUnit::assembly(llvm::StringRef Macro) {
  AsmText &Text = B.Module.Asms.emplace_back();
  Text.Loc = {B.string(Facts.Source), ++Line, 1};
  if (!Macro.empty())
    Text.Macro = B.macro({B.string(Macro), Text.Loc, MacroId()});
  return Text;
}

AsmItem TestUnit::item(AsmItemKind Kind, llvm::StringRef Name,
                       llvm::StringRef Section, llvm::StringRef Within,
                       llvm::StringRef Target) {
  AsmItem Item;
  Item.Kind = Kind;
  Item.Name = B.string(Name);
  Item.Section = B.optionalString(Section);
  Item.Within = B.optionalString(Within);
  Item.Target = B.optionalString(Target);
  Item.Line = ++Line;
  return Item;
}

Program TestKernel::link(bool IsReversed) {
  std::vector<LinkUnit> List;
  for (TestUnit &U : Units) {
    const TuFacts &Facts = U.finish();
    List.push_back({&Facts, Prefixes[Facts.Source]});
  }
  if (IsReversed)
    std::reverse(List.begin(), List.end());
  return bootorder::link(List, {}, Rules);
}

void TestKernel::useRule(llvm::StringRef Entry, llvm::StringRef Function,
                         std::vector<std::string> Sinks) {
  EntryPoint Point;
  Point.Function = Entry.str();
  Rules.EntryPoints.push_back(Point);
  Milestone M;
  M.Name = "ready";
  M.Events.emplace_back().Subject = Function.str();
  Rules.Milestones.push_back(M);
  Rule R;
  R.Id = "early";
  R.Title = "too early";
  R.After = "ready";
  R.Sinks.emplace_back().Functions = globs(Sinks);
  Rules.Rules.push_back(R);
}
