//===- FactsHash.cpp - a module as a number -------------------------------===//

#include "model/FactsHash.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;

namespace {

/// Adds one part after the other; lists begin with their length.
class Hasher {
public:
  uint64_t Hash = 0;

  void add(uint64_t Value) { Hash = mixHash(Hash, Value); }
  template <typename... More>
  void add(uint64_t First, uint64_t Second, More... Rest) {
    add(First);
    add(Second, Rest...);
  }
  void add(llvm::StringRef Text) { add(llvm::xxh3_64bits(Text)); }
  void add(Range R) { add(R.First, R.Count); }
  void add(const Location &L) { add(L.File.Value, L.Line, L.Column); }
  void add(const Type &T) {
    add(uint64_t(T.Kind), T.Bits, T.IsSigned, T.Name.Value);
  }
  template <typename Item> void addAll(const std::vector<Item> &Items) {
    add(Items.size());
    for (const Item &I : Items)
      add(I);
  }

  void add(const Symbol &S) {
    add(S.Name.Value, uint64_t(S.Kind), uint64_t(S.Linkage), S.File.Value);
    add(S.HeaderKey != 0, S.Owner.Value, S.Ordinal, S.Signature.Value);
    add(S.IsWeak, S.IsNoReturn, S.IsBuiltin, S.IsGnuInline);
  }
  void add(Field F) { add(F.Record.Value, F.Name.Value, F.IsInUnion); }
  void add(const Signature &S) {
    add(S.Result);
    addAll(S.Params);
    add(S.IsVariadic);
  }
  void add(const MacroExpansion &M) {
    add(M.Name.Value, M.Parent.Value);
    add(M.Loc);
  }

  void add(const Expr &E) {
    add(uint64_t(E.Kind), E.Op, E.Bits, E.IsSigned, E.IsPointer);
    add(E.Spelling.Value, uint64_t(E.Value));
    add(E.Operands);
  }
  void add(ExprId E) { add(E.Value); }
  void add(const ExprPool &Pool) {
    addAll(Pool.Nodes);
    addAll(Pool.Operands);
  }

  void add(const Event &E) {
    add(uint64_t(E.Kind), uint64_t(E.Call), uint64_t(E.Write));
    add(E.Loc);
    add(E.Macro.Value, E.Target.Value, E.Value.Value, E.Size.Value);
    add(E.Args);
    add(E.Variable.Value, E.Asm);
  }
  void add(const Edge &E) {
    add(E.To.Value, uint64_t(E.Kind), uint64_t(E.Low), uint64_t(E.High));
  }
  void add(const Block &B) {
    add(B.Events);
    add(B.Edges);
    add(B.Condition.Value, B.ConditionMacro.Value, B.IsNoReturn);
    add(B.ConditionLoc);
  }
  void add(const LocalVariable &L) {
    add(L.Name.Value, L.IsMemory);
    add(L.ValueType);
  }
  void add(const AsmItem &I) {
    add(uint64_t(I.Kind), I.Name.Value, I.Section.Value, I.Target.Value);
    add(I.Within.Value, I.Line);
  }
  void add(const AsmStatement &A) {
    add(A.Template.Value, A.IsVolatile, A.IsGoto, A.ClobbersMemory);
    addAll(A.Items);
    add(A.Inputs);
  }
  void add(const Function &F) {
    add(F.Symbol.Value, F.EndLine, F.Section.Value, F.IsInline, F.IsFlowLost);
    add(F.Loc);
    addAll(F.Blocks);
    addAll(F.Edges);
    addAll(F.Events);
    addAll(F.Locals);
    addAll(F.Asms);
    add(F.Exprs);
  }

  void add(PathStep S) { add(S.Field.Value, S.Index); }
  void add(const InitialValue &I) {
    add(I.Path);
    add(I.Value.Value);
    add(I.Loc);
  }
  void add(const Object &O) {
    add(O.Symbol.Value, O.Macro.Value, O.Section.Value);
    add(O.IsArray, O.IsConst, O.IsDefinition);
    add(O.Loc);
    add(O.ValueType);
    addAll(O.Initial);
    addAll(O.Path);
    add(O.Exprs);
  }
  void add(const Alias &A) {
    add(A.Symbol.Value, A.Target.Value);
    add(A.Loc);
  }
  void add(const AsmText &A) {
    add(A.Loc);
    add(A.Macro.Value);
    addAll(A.Items);
  }
};

} // namespace

uint64_t bootorder::hashFacts(const FactsModule &Module) {
  Hasher H;
  H.addAll(Module.Strings);
  H.addAll(Module.Symbols);
  H.addAll(Module.Fields);
  H.addAll(Module.Signatures);
  H.addAll(Module.Macros);
  H.addAll(Module.Functions);
  H.addAll(Module.Objects);
  H.addAll(Module.Aliases);
  H.addAll(Module.Asms);
  return H.Hash;
}
