//===- Frame.h - what a function's expressions mean under given arguments -===//

#ifndef BOOTORDER_SOLVE_FRAME_H
#define BOOTORDER_SOLVE_FRAME_H

#include "solve/AgreeingTests.h"
#include "solve/Guards.h"
#include "solve/Mechanisms.h"
#include "solve/Memory.h"
#include "solve/RuleIndex.h"
#include <functional>

namespace bootorder {

class DecisionLog;
struct PhaseMap;

/// What frames share.
struct Machine {
  Machine(const Program &P, const RuleIndex &Rules, const Mechanisms &Has)
      : P(P), Rules(Rules), Has(Has), Places(P),
        Memory(P, Places, Has.InitialMemory), Agreeing(P),
        Completed(Rules.rules().Milestones.size()) {}

  const Program &P;
  const RuleIndex &Rules;
  const Mechanisms Has;
  PlaceTable Places;
  bootorder::Memory Memory;
  AgreeingTests Agreeing;
  /// By RuleSet::Milestones: whether it is complete.
  llvm::BitVector Completed;
  /// Whether control cannot enter \p F yet, though code that runs calls it: it
  /// waits for another task, or for a milestone.
  bool isIdle(FunctionId F) const {
    auto Milestone = Rules.deferredUntil(F);
    return Rules.isUncontended(F) || Rules.isEntryPoint(F) ||
           Rules.isJoined(F) || (Milestone && !Completed.test(*Milestone));
  }
  /// Take `flags & mask`, with a mask read from memory, for `flags`: what
  /// would happen if no mask hid it.
  bool IsUnmasked = false;
  /// What is evaluated is what might be: it leaves memory and live code alone.
  bool IsWhatIf = false;
  /// Tables of contexts so far: each numbers its locals by itself.
  uint32_t TableCount = 0;
  /// What comes after this step is not walked: nobody asks about it.
  uint32_t LastStep = ~0u;
  /// Told what is decided, if somebody asks for explanations; else null.
  DecisionLog *Log = nullptr;
  /// What is known of the code that is not there; null: all is there.
  const PhaseMap *Map = nullptr;
  /// By step of the spine: the step of Map that it is, or is part of.
  std::vector<uint32_t> Origins;
  /// Called with the number of each step of the spine before it is walked; may
  /// be empty.
  std::function<void(uint32_t)> BeforeStep;
};

/// The values of one activation of a function with a body.
class Frame {
public:
  /// \p Args: missing ones are unknown. \p Reader is told of memory changes.
  /// \p Owner numbers the activation's scalar locals in memory. \p Counters:
  /// findCounters() of \p F.
  Frame(Machine &M, FunctionId F, const llvm::BitVector &Counters,
        llvm::ArrayRef<Value> Args, ReaderId Reader, uint64_t Owner);

  /// Nothing, if a definition it rests on has no value yet.
  Value evaluate(ExprId E);
  /// What a Define, Call or Asm event yields so far.
  const Value &result(EventId E) const { return Results[E.Value]; }
  /// Joins \p V into it; true if that changed it. One that keeps changing is
  /// widened: a loop's counter after a few rounds.
  bool addResult(EventId E, const Value &V);
  /// Replaces it.
  void setResult(EventId E, const Value &V) { Results[E.Value] = V; }
  /// Control is in a block in which \p Guarded holds, until the next call:
  /// narrows these values. False if no value lets control come here.
  bool enterBlock(llvm::ArrayRef<GuardedValue> Guarded);
  /// A value, and what is known of it beside what it is made of.
  using Assumption = std::pair<ExprId, Value>;
  /// Takes \p Known, and nothing else, for granted until the next call.
  void assume(llvm::ArrayRef<Assumption> Known) {
    if (M.Has.Tests)
      Assumed.assign(Known.begin(), Known.end());
  }
  /// What is taken for granted.
  llvm::ArrayRef<Assumption> assumptions() const { return Assumed; }
  /// The part of \p V for which control goes the way of \p G, if \p V is what
  /// \p Subject can be. Not to be called with assumptions.
  Value narrow(const Value &V, ExprId Subject, const Guard &G);
  /// Places among what \p Address may be; empty if it may be anything.
  llvm::SmallVector<PlaceId, 2> places(ExprId Address);
  /// The value of \p E goes somewhere: fields that it points into by an unknown
  /// base may be written as numbers from now on.
  void expose(ExprId E);
  /// Whether control can take \p E out of \p B, as \p Condition decides.
  bool isTaken(const Block &B, const Edge &E, const Value &Condition) const;

  /// Whether \p E, or the tree \p E, certainly follows a NULL pointer: what
  /// comes after it does not run.
  bool isTrap(const Event &E);
  bool isTrap(ExprId E);

  /// What was passed as argument \p I, hidden ones included.
  Value passed(uint32_t I) const {
    return I < Args.size() ? Args[I] : Value::unknown();
  }
  const Function &body() const { return Body; }
  FunctionId function() const { return F; }

private:
  Value evaluateLeaf(ExprId E);
  const Value *assumption(ExprId E) const;
  Value implied(ExprId Condition, ExprId Subject, bool Outcome);
  Value impliedByOrder(BinaryKind Op, ExprId Left, ExprId Right, ExprId Subject,
                       bool Outcome);
  bool leadsOn(const Guard &G, const Value &Condition) const;
  Value evaluateConditional(const Expr &E);
  Value evaluateArm(ExprId Arm, ExprId Test, bool Outcome);
  Value evaluateLoad(const Expr &E);
  bool isNull(ExprId Address);
  Value loadAnywhere(const Expr &E);
  bool isInUnion(ExprId Address) const;
  Value evaluateBinary(const Expr &E);
  Value evaluatePart(const Expr &E);
  Value evaluateJoin(const Expr &E);
  bool isReal(PlaceId P) const;
  bool isMask(ExprId E) const;
  bool isCopied(const Value &V) const;
  Value widened(EventId E, const Value &Before, const Value &After);
  void lose(const Value &Before, const Value &After);
  bool mayBeOthers(const Value &A, const Value &B) const;
  PlaceId localPlace(LocalId L);
  Value elementsAt(PlaceId Array, const Value &Index);

  Machine &M;
  FunctionId F;
  const Function &Body;
  const ProgramModule &Module;
  const llvm::BitVector &Counters;
  llvm::ArrayRef<Value> Args;
  ReaderId Reader;
  uint64_t Owner;
  std::vector<Value> Results; ///< by EventId
  std::vector<uint8_t> Changes;
  /// What is known of values in the block at hand.
  llvm::SmallVector<Assumption, 4> Assumed;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FRAME_H
