//===- RuleIndex.h - what the rules say about each function ---------------===//
//
// Globs are matched against the program's names once; after that every
// question is a look-up by id.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_RULEINDEX_H
#define BOOTORDER_SOLVE_RULEINDEX_H

#include "link/Program.h"
#include "rules/RuleSet.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"
#include <set>

namespace bootorder {

/// A dispatcher with its names resolved.
struct DispatchPoint {
  uint32_t Table = 0;      ///< in RuleSet::Tables
  uint32_t Dispatcher = 0; ///< in LinkerTable::Dispatchers
};

/// What a function returns, with the names in it resolved.
struct StatedResult {
  FunctionEffect::ReturnValue Result;
  ObjectId Object;               ///< whose address it is, if it is one
  std::optional<uint32_t> Until; ///< in RuleSet::Milestones: not from then on
};

class RuleIndex {
public:
  RuleIndex(const Program &P, const RuleSet &Rules);

  /// By its declaration, by a rule, or because every way through it ends in
  /// such a call.
  bool isNoReturn(FunctionId F) const { return NoReturn.test(F.Value); }
  /// Whether findings below \p F are held back: boundaries, and functions that
  /// only wait for another task.
  bool isBoundary(FunctionId F) const { return Boundaries.test(F.Value); }
  /// Whether \p F only waits for another task: the boot, as the only one,
  /// never comes to it.
  bool isUncontended(FunctionId F) const { return Uncontended.test(F.Value); }
  /// The milestone before which \p F cannot run, in RuleSet::Milestones.
  std::optional<uint32_t> deferredUntil(FunctionId F) const;
  /// Whether \p F puts the interrupt flag back to what it was: never an
  /// enabling, whatever it calls.
  bool isRestoring(FunctionId F) const { return Restoring.test(F.Value); }
  /// Whether a task begins at \p F: only its own walk enters it.
  bool isEntryPoint(FunctionId F) const { return EntryPoints.test(F.Value); }
  /// Whether \p F is where several ways into the kernel meet: the walk of the
  /// main one enters it, the others end there.
  bool isJoined(FunctionId F) const { return Joined.test(F.Value); }
  /// Whether some rule names \p F as a sink.
  bool isNamedSink(FunctionId F) const { return NamedSinks.test(F.Value); }
  /// Whether some sink asks about arguments of the type of parameter \p Index
  /// of \p F.
  bool isAskedFor(FunctionId F, size_t Index) const;
  /// Whether the program calls \p F in one place only, so that this call is a
  /// point of the boot.
  bool isCalledOnce(FunctionId F) const {
    const ReferenceCount &Count = P.References[F.Value];
    return Count.DirectCalls == 1 && Count.Mentions == 0;
  }
  /// Whether the program calls \p F by name in one place only; it may also be
  /// a callback, which runs later.
  bool isNamedOnce(FunctionId F) const {
    return P.References[F.Value].DirectCalls == 1;
  }
  /// Whether findings in \p F are placed at its callers.
  bool isWrapper(FunctionId F) const { return Wrappers.test(F.Value); }
  /// The boundary that \p F matches, for the ledger.
  std::string boundaryName(FunctionId F) const;

  /// Dispatchers whose body \p F is.
  llvm::ArrayRef<DispatchPoint> dispatchersIn(FunctionId F) const;
  /// Tables that \p O is a boundary symbol of, if that alone makes a
  /// dispatcher.
  llvm::ArrayRef<uint32_t> tablesBounded(ObjectId O) const;
  /// ImmediateCallers that \p F matches.
  llvm::ArrayRef<uint32_t> immediateArguments(FunctionId F) const;
  /// The function that ends \p F's name in the key of a static call; none if
  /// the tree has no static calls or \p F is no trampoline.
  ObjectId staticCallKey(FunctionId F) const;
  bool isStaticCallKey(ObjectId O) const;
  /// What the rules say that \p F returns; null if nothing.
  const StatedResult *statedResult(FunctionId F) const;
  /// Whether rules say that \p F allocates what it returns.
  bool returnsFresh(FunctionId F) const { return Fresh.test(F.Value); }
  /// Fields that lead from a static key to the number that is 0 while it is
  /// off; empty if the tree has none.
  llvm::ArrayRef<FieldKey> keyEnabledPath() const { return KeyPath; }
  /// Entries of a table, with that key if one is given; in link order.
  std::vector<uint32_t> entriesOf(uint32_t Table, const std::string *Key) const;

  const Program &program() const { return P; }
  const RuleSet &rules() const { return Rules; }

private:
  void mark(llvm::BitVector &Bits, const GlobSet &Names) const;
  void indexFunctions();
  void indexSemantics();
  void inferNoReturn();
  void indexResult(const FunctionEffect &E);
  void indexTables();

  const Program &P;
  const RuleSet &Rules;
  llvm::BitVector NoReturn, Boundaries, Wrappers, NamedSinks, EntryPoints,
      Joined, Uncontended, Restoring, Fresh;
  std::map<FunctionId, llvm::SmallVector<DispatchPoint, 1>> Dispatchers;
  std::map<ObjectId, llvm::SmallVector<uint32_t, 1>> Bounded;
  std::map<FunctionId, llvm::SmallVector<uint32_t, 1>> Immediate;
  std::map<FunctionId, StatedResult> Results;
  std::vector<FieldKey> KeyPath;
  std::set<std::string, std::less<>> AskedTypes; ///< of sink arguments
  llvm::DenseMap<uint32_t, uint32_t> Deferred;   ///< function to milestone
};

/// Whether \p M or a macro it was expanded from is among \p Names.
bool isInMacro(const FactsModule &Facts, MacroId M, const GlobSet &Names);

/// A test for analyseFlow(): calls of functions that do not return.
class NoReturnCalls {
public:
  NoReturnCalls(const RuleIndex &Rules, FunctionId F);
  bool operator()(const Event &E) const;

private:
  const RuleIndex &Rules;
  const ProgramModule &M;
  const Function &Body;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_RULEINDEX_H
