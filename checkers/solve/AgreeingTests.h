//===- AgreeingTests.h - tests that a caller has made already -------------===//
//
// `if (is_huge(h)) grow(h);` and, in grow(), `if (is_huge(h)) ...`: the second
// test comes out as the first one, whatever is known of memory. What a guard
// says of an argument goes along with the call, as a hidden argument behind
// those in the source, to functions below which the same test of the same value
// is made again.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_AGREEINGTESTS_H
#define BOOTORDER_SOLVE_AGREEINGTESTS_H

#include "link/Program.h"
#include "solve/FlowGraph.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <optional>

namespace bootorder {

/// \p Predicate of parameter \p Param of the function at hand.
struct ParamTest {
  FunctionId Predicate;
  uint32_t Param = 0;
  friend bool operator==(const ParamTest &A, const ParamTest &B) {
    return A.Predicate == B.Predicate && A.Param == B.Param;
  }
};

/// A predicate is a function of one pointer whose result is an expression over
/// what it finds there. Tests of it agree while nothing stores to the fields it
/// reads: a guard counts for a call right behind it, and below that call if no
/// function there, as far as calls name functions, stores to one of them or
/// takes its address.
class AgreeingTests {
public:
  explicit AgreeingTests(const Program &P) : P(P) {}

  /// Looks for guards in \p F that are tested again below the calls behind
  /// them. Linear in \p F if there are none; the first one found costs a walk
  /// over all code of the program.
  void read(FunctionId F, const FlowGraph &Flow);

  /// What \p F may be told of its parameters: its hidden arguments, in order.
  /// May grow as more functions are read.
  llvm::ArrayRef<ParamTest> testsOf(FunctionId F) const {
    auto Found = Tests.find(F.Value);
    return Found == Tests.end() ? llvm::ArrayRef<ParamTest>() : Found->second;
  }
  /// How \p Test of the callee's parameter has come out on every way to the
  /// call \p Call of \p Caller.
  std::optional<bool> knownAt(FunctionId Caller, EventId Call,
                              const ParamTest &Test) const;
  /// Where the hidden arguments of \p F begin; none if it takes any number of
  /// arguments.
  std::optional<uint32_t> firstHidden(FunctionId F) const;

private:
  using FieldSet = llvm::SmallVector<FieldKey, 4>;
  struct Outcome {
    ParamTest Test;
    bool IsTrue;
  };
  struct Guarding {
    FunctionId Predicate;
    ExprId Argument;
    bool IsTrue = true;
  };

  FunctionId calleeOf(FunctionId F, const Event &E) const;
  ExprId argument(FunctionId F, const Event &E, uint32_t I) const;
  std::optional<Guarding> guardOf(FunctionId F, const Block &From,
                                  const Edge &Taken);
  void readCall(FunctionId F, EventId Call, const Guarding &Guard);
  const FieldSet *fieldsOf(FunctionId Predicate);
  bool readsOnly(FunctionId F, ExprId E, FieldSet &Fields, unsigned Depth);
  bool isTestedBelow(FunctionId F, ParamTest Test, unsigned Depth);
  bool changesBelow(FunctionId F, FunctionId Predicate);
  void indexProgram();

  const Program &P;
  llvm::DenseMap<uint32_t, llvm::SmallVector<ParamTest, 2>> Tests;
  std::map<std::pair<FunctionId, EventId>, llvm::SmallVector<Outcome, 1>> Known;
  /// By FunctionId; none: it is no predicate.
  std::map<FunctionId, std::optional<FieldSet>> Predicates;
  std::map<std::tuple<FunctionId, FunctionId, uint32_t>, bool> IsTested;
  /// By predicate: functions below which what it reads may change.
  std::map<FunctionId, llvm::BitVector> Changing;
  std::vector<std::vector<FunctionId>> Callers; ///< by name; by FunctionId
  /// Functions that store to a field or take its address, by FieldKey.
  std::vector<std::vector<FunctionId>> Writers;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_AGREEINGTESTS_H
