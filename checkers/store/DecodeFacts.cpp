//===- DecodeFacts.cpp - FlatBuffers to facts -----------------------------===//

#include "model/FactsCheck.h"
#include "store/FactsCodec.h"
#include "support/Error.h"

using namespace bootorder;
using llvm::StringRef;

namespace {

bool has(uint8_t Flags, uint8_t Bit) { return Flags & Bit; }

Location decode(const store::Location &L) {
  return {StringId(L.file()), L.line(), L.column()};
}

Type decode(const store::Type &T) {
  return {static_cast<TypeKind>(T.kind()), T.bits(), T.is_signed(),
          StringId(T.name())};
}

Symbol decode(const store::Symbol &S) {
  Symbol R;
  R.Name = StringId(S.name());
  R.Kind = static_cast<SymbolKind>(S.kind());
  R.Linkage = static_cast<LinkageKind>(S.linkage());
  R.File = StringId(S.file());
  R.HeaderKey = S.header_key();
  R.Owner = SymbolId(S.owner());
  R.Ordinal = S.ordinal();
  R.IsWeak = has(S.flags(), 1);
  R.IsNoReturn = has(S.flags(), 2);
  R.IsBuiltin = has(S.flags(), 4);
  R.IsGnuInline = has(S.flags(), 8);
  R.Signature = SignatureId(S.signature());
  return R;
}

Field decode(const store::Field &F) {
  return {StringId(F.record()), StringId(F.name()), has(F.flags(), 1)};
}

MacroExpansion decode(const store::Macro &M) {
  return {StringId(M.name()), decode(M.loc()), MacroId(M.parent())};
}

Expr decode(const store::Expr &E) {
  Expr R;
  R.Kind = static_cast<ExprKind>(E.kind());
  R.Op = E.op();
  R.Bits = E.bits();
  R.IsSigned = has(E.flags(), 1);
  R.IsPointer = has(E.flags(), 2);
  R.Spelling = StringId(E.spelling());
  R.Value = E.value();
  R.Operands = {E.first_operand(), E.operand_count()};
  return R;
}

Event decode(const store::Event &E) {
  Event R;
  R.Kind = static_cast<EventKind>(E.kind());
  R.Call = static_cast<CallKind>(E.call());
  R.Write = static_cast<WriteKind>(E.write());
  R.Loc = decode(E.loc());
  R.Macro = MacroId(E.macro());
  R.Target = ExprId(E.target());
  R.Value = ExprId(E.value());
  R.Size = ExprId(E.size());
  R.Args = {E.first_arg(), E.arg_count()};
  R.Variable = LocalId(E.variable());
  R.Asm = E.asm_index();
  return R;
}

Edge decode(const store::Edge &E) {
  return {BlockId(E.to()), static_cast<EdgeKind>(E.kind()), E.low(), E.high()};
}

Block decode(const store::Block &B) {
  return {{B.first_event(), B.event_count()},
          {B.first_edge(), B.edge_count()},
          ExprId(B.condition()),
          decode(B.condition_loc()),
          MacroId(B.condition_macro()),
          B.is_no_return()};
}

LocalVariable decode(const store::Local &L) {
  return {StringId(L.name()), decode(L.value_type()), L.is_memory()};
}

AsmItem decode(const store::AsmItem &I) {
  return {static_cast<AsmItemKind>(I.kind()),
          StringId(I.name()),
          StringId(I.section()),
          StringId(I.target()),
          StringId(I.within()),
          I.line()};
}

InitialValue decode(const store::InitialValue &I) {
  return {{I.first_step(), I.step_count()}, ExprId(I.value()), decode(I.loc())};
}

PathStep decode(const store::PathStep &P) {
  return {FieldId(P.field()), P.index()};
}

Alias decode(const store::Alias &A) {
  return {SymbolId(A.symbol()), StringId(A.target()), decode(A.loc())};
}

ParseNote decode(const store::ParseNote &N) {
  return {N.file()->str(), N.line(), N.column(), N.message()->str()};
}

ExprId decode(uint32_t E) { return ExprId(E); }

/// Needs its items, see ModuleDecoder::takeAsms().
store::AsmStatement decode(const store::AsmStatement &A) { return A; }

/// A vector that its owners consume from front to back.
template <typename Stored> class Run {
public:
  Run(const flatbuffers::Vector<Stored> *All, const char *Name)
      : All(All), Name(Name), Left(All ? All->size() : 0) {}

  /// Moves the next \p Count entries to \p To; none if there are not so many.
  template <typename Model> void take(uint32_t Count, std::vector<Model> &To) {
    if (Count > Left) {
      IsShort = true;
      return;
    }
    To.reserve(Count);
    for (; Count > 0; --Count, --Left)
      To.push_back(decodeAt(All->size() - Left));
  }

  template <typename Model> void takeAll(std::vector<Model> &To) {
    take(Left, To);
  }

  /// Whether exactly all was consumed.
  llvm::Error finish() const {
    if (!IsShort && Left == 0)
      return llvm::Error::success();
    return makeError(llvm::Twine("the counts of '") + Name +
                     "' do not add up to their number");
  }

private:
  auto decodeAt(uint32_t I) const {
    if constexpr (std::is_pointer_v<Stored>)
      return decode(*All->Get(I));
    else
      return decode(All->Get(I));
  }

  const flatbuffers::Vector<Stored> *All;
  const char *Name;
  uint32_t Left;
  bool IsShort = false;
};

/// Applies \p Each to every entry of \p All, which may be null.
template <typename VectorT, typename EachT>
void forEach(const VectorT *All, EachT Each) {
  if (All)
    for (auto Entry : *All)
      Each(*Entry);
}

llvm::Error decodeStrings(const store::Module &In, FactsModule &Out) {
  auto Characters = std::make_shared<std::string>();
  if (const auto *Stored = In.string_chars())
    Characters->assign(Stored->begin(), Stored->end());
  uint32_t Begin = 0;
  if (const auto *Ends = In.string_ends()) {
    Out.Strings.reserve(Ends->size());
    for (uint32_t End : *Ends) {
      if (End < Begin || End > Characters->size())
        return makeError("string " + llvm::Twine(Out.Strings.size()) +
                         " is outside the characters");
      Out.Strings.push_back(StringRef(*Characters).slice(Begin, End));
      Begin = End;
    }
  }
  Out.Storage = std::move(Characters);
  return llvm::Error::success();
}

class ModuleDecoder {
public:
  explicit ModuleDecoder(const store::Module &In)
      : In(In), Types(In.types(), "types"), Blocks(In.blocks(), "blocks"),
        Edges(In.edges(), "edges"), Events(In.events(), "events"),
        Locals(In.locals(), "locals"), Asms(In.asms(), "asms"),
        AsmItems(In.asm_items(), "asm_items"), Nodes(In.nodes(), "nodes"),
        Operands(In.operands(), "operands"), Initial(In.initial(), "initial"),
        Path(In.path(), "path") {}

  llvm::Expected<FactsModule> decodeModule() {
    // All others hold nothing that is wider than their count.
    if (!isAligned(In.symbols()) || !isAligned(In.edges()) ||
        !isAligned(In.nodes()))
      return makeError("a table is not aligned");
    if (llvm::Error E = decodeStrings(In, Out))
      return E;
    Run(In.symbols(), "symbols").takeAll(Out.Symbols);
    Run(In.fields(), "fields").takeAll(Out.Fields);
    Run(In.macros(), "macros").takeAll(Out.Macros);
    Run(In.aliases(), "aliases").takeAll(Out.Aliases);
    forEach(In.signatures(), [&](const store::Signature &S) { add(S); });
    forEach(In.functions(), [&](const store::Function &F) { add(F); });
    forEach(In.objects(), [&](const store::Object &O) { add(O); });
    forEach(In.asm_texts(), [&](const store::AsmText &A) { add(A); });
    if (llvm::Error E = finish())
      return E;
    return std::move(Out);
  }

private:
  void add(const store::Signature &S) {
    Signature R;
    R.Result = decode(S.result());
    Types.take(S.params(), R.Params);
    R.IsVariadic = S.is_variadic();
    Out.Signatures.push_back(std::move(R));
  }

  void add(const store::Function &F) {
    Function R;
    R.Symbol = SymbolId(F.symbol());
    R.Loc = decode(F.loc());
    R.EndLine = F.end_line();
    R.Section = StringId(F.section());
    R.IsInline = has(F.flags(), 1);
    R.IsFlowLost = has(F.flags(), 2);
    Blocks.take(F.blocks(), R.Blocks);
    Edges.take(F.edges(), R.Edges);
    Events.take(F.events(), R.Events);
    Locals.take(F.locals(), R.Locals);
    takeAsms(F.asms(), R.Asms);
    Nodes.take(F.nodes(), R.Exprs.Nodes);
    Operands.take(F.operands(), R.Exprs.Operands);
    Out.Functions.push_back(std::move(R));
  }

  void takeAsms(uint32_t Count, std::vector<AsmStatement> &To) {
    std::vector<store::AsmStatement> Stored;
    Asms.take(Count, Stored);
    for (const store::AsmStatement &A : Stored) {
      AsmStatement R;
      R.Template = StringId(A.template_text());
      R.IsVolatile = has(A.flags(), 1);
      R.IsGoto = has(A.flags(), 2);
      R.ClobbersMemory = has(A.flags(), 4);
      AsmItems.take(A.items(), R.Items);
      R.Inputs = {A.first_input(), A.input_count()};
      To.push_back(std::move(R));
    }
  }

  void add(const store::Object &O) {
    Object R;
    R.Symbol = SymbolId(O.symbol());
    R.Loc = decode(O.loc());
    R.Macro = MacroId(O.macro());
    R.Section = StringId(O.section());
    R.ValueType = decode(O.value_type());
    R.IsArray = has(O.flags(), 1);
    R.IsConst = has(O.flags(), 2);
    R.IsDefinition = has(O.flags(), 4);
    Initial.take(O.initial(), R.Initial);
    Path.take(O.path(), R.Path);
    Nodes.take(O.nodes(), R.Exprs.Nodes);
    Operands.take(O.operands(), R.Exprs.Operands);
    Out.Objects.push_back(std::move(R));
  }

  void add(const store::AsmText &A) {
    AsmText R;
    R.Loc = decode(A.loc());
    R.Macro = MacroId(A.macro());
    AsmItems.take(A.items(), R.Items);
    Out.Asms.push_back(std::move(R));
  }

  llvm::Error finish() const {
    llvm::Error First = llvm::Error::success();
    auto Check = [&](llvm::Error E) {
      if (First)
        llvm::consumeError(std::move(E));
      else
        First = std::move(E);
    };
    Check(Types.finish());
    Check(Blocks.finish());
    Check(Edges.finish());
    Check(Events.finish());
    Check(Locals.finish());
    Check(Asms.finish());
    Check(AsmItems.finish());
    Check(Nodes.finish());
    Check(Operands.finish());
    Check(Initial.finish());
    Check(Path.finish());
    return First;
  }

  const store::Module &In;
  FactsModule Out;
  Run<const store::Type *> Types;
  Run<const store::Block *> Blocks;
  Run<const store::Edge *> Edges;
  Run<const store::Event *> Events;
  Run<const store::Local *> Locals;
  Run<const store::AsmStatement *> Asms;
  Run<const store::AsmItem *> AsmItems;
  Run<const store::Expr *> Nodes;
  Run<uint32_t> Operands;
  Run<const store::InitialValue *> Initial;
  Run<const store::PathStep *> Path;
};

llvm::Expected<TuFacts> decodeUnit(const store::Unit &In, OriginKind Origin) {
  TuFacts Out;
  Out.Source = In.source()->str();
  Out.Output = In.output()->str();
  Out.Kind = static_cast<UnitKind>(In.kind());
  Out.FlowLostFunctions = In.flow_lost_functions();
  if (!isAligned(In.header_keys()))
    return makeError("a table is not aligned");
  if (const auto *Keys = In.header_keys())
    Out.HeaderKeys.assign(Keys->begin(), Keys->end());
  forEach(In.notes(),
          [&](const store::ParseNote &N) { Out.Notes.push_back(decode(N)); });
  llvm::Expected<FactsModule> Module =
      ModuleDecoder(*In.facts()).decodeModule();
  if (!Module)
    return Module.takeError();
  Out.Module = std::move(*Module);
  if (Origin == OriginKind::Anyone)
    if (llvm::Error E = checkFacts(Out))
      return E;
  return Out;
}

llvm::Expected<HeaderFacts> decodeHeader(const store::HeaderFunction &In,
                                         OriginKind Origin) {
  llvm::Expected<FactsModule> Module =
      ModuleDecoder(*In.facts()).decodeModule();
  if (!Module)
    return Module.takeError();
  HeaderFacts Out{In.key(), std::move(*Module), {}};
  forEach(In.notes(),
          [&](const store::ParseNote &N) { Out.Notes.push_back(decode(N)); });
  if (Origin == OriginKind::Anyone)
    if (llvm::Error E = checkFacts(Out))
      return E;
  return Out;
}

} // namespace

llvm::Expected<FactsFile> bootorder::decodeFile(const store::File &File,
                                                size_t Size,
                                                OriginKind Origin) {
  FactsFile Out;
  uint64_t Left = Size;
  auto TakeRoom = [&Left](const store::Module &Module) -> llvm::Error {
    uint64_t Bytes = bytesOf(Module);
    if (Bytes > Left)
      return makeError("it names the same bytes several times");
    Left -= Bytes;
    return llvm::Error::success();
  };
  if (const store::Unit *Stored = File.unit()) {
    if (llvm::Error E = TakeRoom(*Stored->facts()))
      return std::move(E);
    llvm::Expected<TuFacts> Unit = decodeUnit(*Stored, Origin);
    if (!Unit)
      return Unit.takeError();
    Out.Unit = std::move(*Unit);
  }
  if (const auto *Headers = File.headers())
    for (const store::HeaderFunction *Stored : *Headers) {
      if (!Out.Headers.empty() && Out.Headers.back().Key >= Stored->key())
        return makeError("header functions are not sorted by key");
      if (llvm::Error E = TakeRoom(*Stored->facts()))
        return std::move(E);
      llvm::Expected<HeaderFacts> Header = decodeHeader(*Stored, Origin);
      if (!Header)
        return Header.takeError();
      Out.Headers.push_back(std::move(*Header));
    }
  return Out;
}
