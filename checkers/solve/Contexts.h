//===- Contexts.h - functions by the arguments they run with --------------===//
//
// A context is a function with what is known of its arguments. Each is
// evaluated alone, against memory as it is and against what its callees yield,
// and again whenever one of these has changed: a chaotic iteration to the
// fixpoint of one step of the boot.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_CONTEXTS_H
#define BOOTORDER_SOLVE_CONTEXTS_H

#include "solve/Context.h"
#include "solve/Frame.h"
#include <deque>
#include <set>

namespace bootorder {

struct BlockRun;

class ContextTable {
public:
  /// Contexts a function may have before arguments are merged: the argument
  /// with the most different values first.
  static constexpr size_t MaxContexts = 24;
  /// The same for inline functions of headers: small, and part of who calls.
  static constexpr size_t MaxInlineContexts = 256;
  /// The same if addresses of the callers' locals are counted.
  static constexpr size_t MaxWithLocals = 512;

  enum class ModeKind {
    Real,
    /// What would run with memory as it is now; leaves memory and live code
    /// alone.
    WhatIf,
    /// The same in less time, and with more that is not known: the results of
    /// what is called a few calls below.
    Glance,
    /// The same as if no mask in memory hid a flag.
    Unmasked,
  };
  ContextTable(Machine &M, LiveCode &Code);
  /// A table of what might be at \p Step, for the machine and the code of
  /// \p Real.
  ContextTable(ContextTable &Real, ModeKind Mode, uint32_t Step);

  /// The context of \p F for \p Args. Addresses that it forgets are shared.
  ContextId find(FunctionId F, llvm::ArrayRef<Value> Args);
  /// Evaluates \p C and, first, new callees whose results it needs.
  void evaluate(ContextId C, uint32_t Step);
  /// What the call \p E yields in \p In by the rules, if they say so; the
  /// callee is not entered then.
  std::optional<Value> statedResult(Frame &In, EventId E, ReaderId Reader);

  /// \p Milestone is complete: what rules say until then holds no longer.
  void complete(uint32_t Milestone);
  /// What an allocation by the call \p Call in \p F yields.
  Value freshMemory(FunctionId F, EventId Call);
  /// Applies a write or an asm statement of \p In to memory.
  void applyEffect(Frame &In, EventId E, bool IsCertain);
  /// Memory after any number of rounds of a loop with the write \p E in it.
  void blur(Frame &In, EventId E);
  /// Arguments of the call \p E, evaluated in \p In.
  std::vector<Value> arguments(Frame &In, EventId E);
  /// Leaves of \p Targets those that memory holds, if it is known what it
  /// holds, and adds those that the flow of function values has not brought
  /// yet.
  void narrow(Frame &In, EventId E, llvm::SmallVectorImpl<CallEdge> &Targets);
  /// Code that cannot be seen gets the arguments of the call \p E.
  void handOver(Frame &In, EventId E, llvm::ArrayRef<Value> Args);
  /// Contexts whose result or targets have changed since the last call.
  std::vector<ContextId> takeChanged() { return std::exchange(Changed, {}); }
  void invalidate(ContextId C);
  /// Some way to \p C need not end in a crash, so its writes are seen.
  void markPlain(ContextId C);

  const FunctionShape &shape(FunctionId F);
  const Context &operator[](ContextId C) const { return Contexts[C.Value]; }
  size_t size() const { return Contexts.size(); }
  llvm::ArrayRef<ContextId> contextsOf(FunctionId F) const {
    return ByFunction[F.Value].Contexts;
  }
  /// Contexts that the calls of \p C lead to from the step on that follows its
  /// last evaluation, each once, in the order of the calls.
  llvm::ArrayRef<ContextId> callees(ContextId C) const {
    return Callees[C.Value];
  }
  Machine &machine() { return M; }
  struct Evaluation; ///< see Evaluation.h

private:
  void noteFilled(FunctionId F, EventId Call, PlaceId Memory);
  Value resultOf(Evaluation &At, FunctionId Callee, llvm::ArrayRef<Value> Args);
  Value pointerResult(Evaluation &At, const Event &E,
                      llvm::ArrayRef<Value> Args);
  Value callResult(Evaluation &At, EventId E);
  std::vector<Value> passed(Frame &In, EventId Id);
  Value toldResult(const Frame &In, const Event &E, const Value &Result) const;
  Value keyTest(const FunctionEffect::ReturnValue &Test,
                llvm::ArrayRef<Value> Args, ReaderId Reader);
  bool isDue(const Evaluation &At, uint32_t B) const;
  bool hasMemoryChanged(const Evaluation &At, const BlockRun &Since) const;
  void noteRun(Evaluation &At, uint32_t B) const;
  bool runBlock(Evaluation &At, uint32_t B);
  void addReturn(Evaluation &At, ExprId Returned);
  void evaluateBody(Evaluation &At);
  void evaluateUnseen(ContextId C, uint32_t Step);
  void makeLive(Evaluation &At);
  bool makeBlockLive(Evaluation &At, uint32_t B);
  void indexTargets(Evaluation &At);
  void emitBlock(Evaluation &At, uint32_t B);
  std::vector<Value> givenArguments(Evaluation &At, uint32_t B, EventId E);
  void emitCall(Evaluation &At, uint32_t B, EventId E, bool IsCrash);
  /// What rules say that the call \p E yields now; null if nothing.
  const StatedResult *statement(const Frame &In, const Event &E) const;
  void emitOtherCalls(Evaluation &At);
  void addCall(Evaluation &At, const CallEdge &Edge, ContextId To);
  void storeCalls(ContextId C, std::vector<ContextCall> New, uint32_t Step);
  void setResult(ContextId C, const Value &Result);
  void shareAll(const Value &V);
  bool mergeArgument(FunctionId F, bool WithLocals);
  void merge(FunctionContexts &Known, std::vector<Value> &Args);
  ContextId lookUp(FunctionId F, llvm::ArrayRef<Value> Args) const;
  ContextId create(FunctionId F, std::vector<Value> Args);
  std::vector<Value> withoutLocals(llvm::ArrayRef<Value> Args) const;
  bool isWritable(PlaceId Where) const;
  bool isKeptInside(const Value &V, llvm::ArrayRef<PlaceId> Places) const;
  void storeAnywhere(const Frame &In, ExprId Address, const Value &V);
  void shareSource(Frame &In, ExprId Source);
  void applyAsm(Frame &In, const Event &E, EventId Id);
  void applyWrite(Frame &In, const Event &E, EventId Id, bool IsCertain);

  Machine &M;
  const Program &P;
  LiveCode &Code;
  std::deque<Context> Contexts;
  std::vector<std::vector<ContextId>> Callees; ///< by ContextId
  std::vector<FunctionContexts> ByFunction;
  /// By hash of function and arguments.
  llvm::DenseMap<uint64_t, llvm::SmallVector<ContextId, 1>> ByArguments;
  std::vector<std::unique_ptr<FunctionShape>> Shapes; ///< by FunctionId
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> Waits;
  /// By milestone: contexts that rest on what rules say until then.
  std::map<uint32_t, std::set<ReaderId>> UntilThen;
  llvm::DenseSet<uint32_t> Filled; ///< by PlaceId: see noteFilled()
  std::vector<ContextId> Changed;
  unsigned Depth = 0;
  bool IsInCrash = false; ///< of the block at hand: it can only end in a crash
  const ModeKind Mode = ModeKind::Real;
  ContextTable *Real = nullptr; ///< which has the shapes; none: this one
  uint32_t AtStep = StepInterval::NoEnd; ///< unless Real
  const uint32_t Number; ///< tells its locals from those of other tables
};

/// The function that the call \p E names; none for calls through pointers.
FunctionId directCallee(const Program &P, const Frame &In, const Event &E);

/// Whether some argument has no value yet.
bool hasNothing(llvm::ArrayRef<Value> Args);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CONTEXTS_H
