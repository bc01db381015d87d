//===- EncodeFacts.cpp - facts to FlatBuffers -----------------------------===//

#include "store/FactsCodec.h"

using namespace bootorder;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Vector;

namespace {

template <typename KindT> uint8_t byte(KindT Kind) {
  return static_cast<uint8_t>(Kind);
}

uint8_t bits(std::initializer_list<bool> Flags) {
  uint8_t Result = 0, Bit = 1;
  for (bool Flag : Flags) {
    Result |= Flag ? Bit : 0;
    Bit <<= 1;
  }
  return Result;
}

store::Location encode(const Location &L) {
  return {L.File.Value, L.Line, L.Column};
}

store::Type encode(const Type &T) {
  return {T.Name.Value, byte(T.Kind), T.Bits, T.IsSigned};
}

store::Symbol encode(const Symbol &S) {
  return {S.HeaderKey,
          S.Name.Value,
          S.File.Value,
          S.Owner.Value,
          S.Ordinal,
          S.Signature.Value,
          byte(S.Kind),
          byte(S.Linkage),
          bits({S.IsWeak, S.IsNoReturn, S.IsBuiltin, S.IsGnuInline})};
}

store::Field encode(const Field &F) {
  return {F.Record.Value, F.Name.Value, bits({F.IsInUnion})};
}

store::Macro encode(const MacroExpansion &M) {
  return {M.Name.Value, encode(M.Loc), M.Parent.Value};
}

store::Expr encode(const Expr &E) {
  return {E.Value,          E.Spelling.Value,
          E.Operands.First, E.Operands.Count,
          byte(E.Kind),     E.Op,
          E.Bits,           bits({E.IsSigned, E.IsPointer})};
}

store::Event encode(const Event &E) {
  return {encode(E.Loc), E.Macro.Value, E.Target.Value, E.Value.Value,
          E.Size.Value,  E.Args.First,  E.Args.Count,   E.Variable.Value,
          E.Asm,         byte(E.Kind),  byte(E.Call),   byte(E.Write)};
}

store::Edge encode(const Edge &E) {
  return {E.Low, E.High, E.To.Value, byte(E.Kind)};
}

store::Block encode(const Block &B) {
  return {B.Events.First,         B.Events.Count,    B.Edges.First,
          B.Edges.Count,          B.Condition.Value, encode(B.ConditionLoc),
          B.ConditionMacro.Value, B.IsNoReturn};
}

store::Local encode(const LocalVariable &L) {
  return {L.Name.Value, encode(L.ValueType), L.IsMemory};
}

store::AsmItem encode(const AsmItem &I) {
  return {I.Name.Value,   I.Section.Value, I.Target.Value,
          I.Within.Value, I.Line,          byte(I.Kind)};
}

store::InitialValue encode(const InitialValue &I) {
  return {I.Path.First, I.Path.Count, I.Value.Value, encode(I.Loc)};
}

store::PathStep encode(const PathStep &P) { return {P.Field.Value, P.Index}; }

store::Alias encode(const Alias &A) {
  return {A.Symbol.Value, A.Target.Value, encode(A.Loc)};
}

/// Appends the encoded \p From to \p To; how many there were.
template <typename Model, typename Stored>
uint32_t append(const std::vector<Model> &From, std::vector<Stored> &To) {
  for (const Model &Entry : From)
    To.push_back(encode(Entry));
  return From.size();
}

template <typename Stored>
Offset<Vector<const Stored *>> write(const std::vector<Stored> &Entries,
                                     FlatBufferBuilder &Out) {
  return Entries.empty() ? 0 : Out.CreateVectorOfStructs(Entries);
}

template <typename Scalar>
Offset<Vector<Scalar>> writeScalars(const std::vector<Scalar> &Entries,
                                    FlatBufferBuilder &Out) {
  return Entries.empty() ? 0 : Out.CreateVector(Entries);
}

template <typename Model, typename Stored>
Offset<Vector<const Stored *>> encodeAll(const std::vector<Model> &From,
                                         FlatBufferBuilder &Out) {
  std::vector<Stored> To;
  To.reserve(From.size());
  append(From, To);
  return write(To, Out);
}

/// The vectors that functions, objects and asm texts share.
class Pools {
public:
  void add(const Function &F) {
    uint32_t Blocks = append(F.Blocks, AllBlocks);
    uint32_t Edges = append(F.Edges, AllEdges);
    uint32_t Events = append(F.Events, AllEvents);
    uint32_t Locals = append(F.Locals, AllLocals);
    for (const AsmStatement &A : F.Asms) {
      uint32_t Items = append(A.Items, AllAsmItems);
      AllAsms.emplace_back(A.Template.Value, Items, A.Inputs.First,
                           A.Inputs.Count,
                           bits({A.IsVolatile, A.IsGoto, A.ClobbersMemory}));
    }
    uint32_t Nodes = append(F.Exprs.Nodes, AllNodes);
    Functions.emplace_back(F.Symbol.Value, encode(F.Loc), F.EndLine,
                           F.Section.Value, Blocks, Edges, Events, Locals,
                           uint32_t(F.Asms.size()), Nodes, operands(F.Exprs),
                           bits({F.IsInline, F.IsFlowLost}));
  }

  void add(const Object &O) {
    uint32_t Initial = append(O.Initial, AllInitial);
    uint32_t Path = append(O.Path, AllPath);
    uint32_t Nodes = append(O.Exprs.Nodes, AllNodes);
    Objects.emplace_back(O.Symbol.Value, encode(O.Loc), O.Macro.Value,
                         O.Section.Value, encode(O.ValueType), Initial, Path,
                         Nodes, operands(O.Exprs),
                         bits({O.IsArray, O.IsConst, O.IsDefinition}));
  }

  void add(const AsmText &A) {
    AsmTexts.emplace_back(encode(A.Loc), A.Macro.Value,
                          append(A.Items, AllAsmItems));
  }

  void add(const Signature &S) {
    Signatures.emplace_back(encode(S.Result), append(S.Params, Types),
                            S.IsVariadic);
  }

  std::vector<store::Function> Functions;
  std::vector<store::Object> Objects;
  std::vector<store::AsmText> AsmTexts;
  std::vector<store::Signature> Signatures;
  std::vector<store::Type> Types;
  std::vector<store::Block> AllBlocks;
  std::vector<store::Edge> AllEdges;
  std::vector<store::Event> AllEvents;
  std::vector<store::Local> AllLocals;
  std::vector<store::AsmStatement> AllAsms;
  std::vector<store::AsmItem> AllAsmItems;
  std::vector<store::Expr> AllNodes;
  std::vector<uint32_t> AllOperands;
  std::vector<store::InitialValue> AllInitial;
  std::vector<store::PathStep> AllPath;

private:
  uint32_t operands(const ExprPool &Pool) {
    for (ExprId E : Pool.Operands)
      AllOperands.push_back(E.Value);
    return Pool.Operands.size();
  }
};

Pools poolsOf(const FactsModule &Module) {
  Pools P;
  for (const Signature &S : Module.Signatures)
    P.add(S);
  for (const Function &F : Module.Functions)
    P.add(F);
  for (const Object &O : Module.Objects)
    P.add(O);
  for (const AsmText &A : Module.Asms)
    P.add(A);
  return P;
}

} // namespace

Offset<store::Module> bootorder::encodeModule(const FactsModule &Module,
                                              FlatBufferBuilder &Out) {
  std::vector<uint8_t> Characters;
  std::vector<uint32_t> Ends;
  for (llvm::StringRef S : Module.Strings) {
    Characters.insert(Characters.end(), S.bytes_begin(), S.bytes_end());
    Ends.push_back(Characters.size());
  }
  Pools P = poolsOf(Module);
  // Braces, unlike parentheses, are evaluated from left to right, and equal
  // facts must give equal bytes whatever compiled this.
  std::tuple Parts{writeScalars(Characters, Out),
                   writeScalars(Ends, Out),
                   encodeAll<Symbol, store::Symbol>(Module.Symbols, Out),
                   encodeAll<Field, store::Field>(Module.Fields, Out),
                   write(P.Signatures, Out),
                   write(P.Types, Out),
                   encodeAll<MacroExpansion, store::Macro>(Module.Macros, Out),
                   write(P.Functions, Out),
                   write(P.Objects, Out),
                   encodeAll<Alias, store::Alias>(Module.Aliases, Out),
                   write(P.AsmTexts, Out),
                   write(P.AllBlocks, Out),
                   write(P.AllEdges, Out),
                   write(P.AllEvents, Out),
                   write(P.AllLocals, Out),
                   write(P.AllAsms, Out),
                   write(P.AllAsmItems, Out),
                   write(P.AllNodes, Out),
                   writeScalars(P.AllOperands, Out),
                   write(P.AllInitial, Out),
                   write(P.AllPath, Out)};
  return std::apply(
      [&](auto... Part) { return store::CreateModule(Out, Part...); }, Parts);
}

static Offset<Vector<Offset<store::ParseNote>>>
encodeNotes(const std::vector<ParseNote> &Notes, FlatBufferBuilder &Out) {
  std::vector<Offset<store::ParseNote>> Stored;
  for (const ParseNote &N : Notes) {
    auto File = Out.CreateString(N.File);
    auto Message = Out.CreateString(N.Message);
    Stored.push_back(
        store::CreateParseNote(Out, File, N.Line, N.Column, Message));
  }
  return writeScalars(Stored, Out);
}

Offset<store::Unit> bootorder::encodeUnit(const TuFacts &Facts,
                                          FlatBufferBuilder &Out) {
  auto Source = Out.CreateString(Facts.Source);
  auto Output = Out.CreateString(Facts.Output);
  auto Module = encodeModule(Facts.Module, Out);
  auto Keys = writeScalars(Facts.HeaderKeys, Out);
  auto Notes = encodeNotes(Facts.Notes, Out);
  return store::CreateUnit(Out, Source, Output, byte(Facts.Kind), Module, Keys,
                           Notes, Facts.FlowLostFunctions);
}

Offset<store::File>
bootorder::encodeFile(const TuFacts *Unit,
                      llvm::ArrayRef<const HeaderFacts *> Headers,
                      FlatBufferBuilder &Out) {
  Offset<store::Unit> StoredUnit = Unit ? encodeUnit(*Unit, Out) : 0;
  std::vector<Offset<store::HeaderFunction>> Entries;
  for (const HeaderFacts *H : Headers) {
    auto Module = encodeModule(H->Module, Out);
    auto Notes = encodeNotes(H->Notes, Out);
    Entries.push_back(store::CreateHeaderFunction(Out, H->Key, Module, Notes));
  }
  auto StoredHeaders = Out.CreateVector(Entries);
  return store::CreateFile(Out, StoredUnit, StoredHeaders);
}

template <typename T>
static uint64_t sizeOf(const flatbuffers::Vector<const T *> *Stored) {
  return Stored ? uint64_t(Stored->size()) * sizeof(T) : 0;
}
template <typename T>
static uint64_t sizeOf(const flatbuffers::Vector<T> *Stored) {
  return Stored ? uint64_t(Stored->size()) * sizeof(T) : 0;
}

uint64_t bootorder::bytesOf(const store::Module &M) {
  return sizeOf(M.string_chars()) + sizeOf(M.string_ends()) +
         sizeOf(M.symbols()) + sizeOf(M.fields()) + sizeOf(M.signatures()) +
         sizeOf(M.types()) + sizeOf(M.macros()) + sizeOf(M.functions()) +
         sizeOf(M.objects()) + sizeOf(M.aliases()) + sizeOf(M.asm_texts()) +
         sizeOf(M.blocks()) + sizeOf(M.edges()) + sizeOf(M.events()) +
         sizeOf(M.locals()) + sizeOf(M.asms()) + sizeOf(M.asm_items()) +
         sizeOf(M.nodes()) + sizeOf(M.operands()) + sizeOf(M.initial()) +
         sizeOf(M.path());
}
