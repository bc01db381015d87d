//===- LiveCode.h - functions and objects that count, and their edges -----===//
//
// Rapid type analysis for C: a function's writes, calls and mentions count once
// it is live, an object's initial values once something live mentions it. Code
// is made live by BootWalk, step by step.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_LIVECODE_H
#define BOOTORDER_SOLVE_LIVECODE_H

#include "solve/CallShape.h"
#include "solve/Cells.h"
#include "solve/Finding.h"
#include "solve/FlowGraph.h"
#include "solve/RuleIndex.h"
#include "solve/Value.h"
#include <map>

namespace bootorder {

/// Where a function value came from, or an edge that is no call expression.
struct Evidence {
  enum class EvidenceKind : uint8_t {
    Initial,  ///< Initial value Index of Object
    Written,  ///< event Index of Function stores it
    Passed,   ///< event Index of Function passes it as an argument
    Table,    ///< entry Index of Program::TableEntries
    Assembly, ///< reference Index of Function's assembly
    Rule,     ///< RuleSet::ImmediateCallers Index
  };
  EvidenceKind Kind = EvidenceKind::Written;
  ObjectId Object;
  FunctionId Function;
  uint32_t Index = 0;
};

/// Function calls To in Event (none for tables and assembly).
struct CallEdge {
  FunctionId To;
  EventId Event;
  EvidenceId Why; ///< none for direct calls
  WitnessEdgeKind Kind = WitnessEdgeKind::Direct;
  bool IsCrash = false; ///< stands where only a crash follows
  uint32_t Since = 0;   ///< step from which on it exists
};

/// A call through a pointer.
struct CallSite {
  FunctionId Owner;
  EventId Event; ///< none: a rule says that Owner calls what Target holds
  CellId Target;
  WitnessEdgeKind Kind = WitnessEdgeKind::Ops;
  bool IsCrash = false;
  uint32_t Rule = 0;    ///< of ImmediateCallers if Event is none
  uint32_t Targets = 0; ///< found so far
  /// Some target takes what the call passes; those that do not are left out.
  bool HasFit = false;
};

class LiveCode {
public:
  LiveCode(const Program &P, const RuleIndex &Rules);

  /// \p F runs from step \p Step on: what rules, tables and assembly say it
  /// calls, but no event of its body.
  void enter(FunctionId F, uint32_t Step);
  /// \p F runs: what waits for it may be called.
  void begin(FunctionId F);
  /// One event of \p F, which control can come to.
  void makeEventLive(FunctionId F, EventId E, bool IsCrash, uint32_t Step);
  /// What a condition or another tree of \p F mentions.
  void mention(FunctionId F, ExprId Root);
  /// Whether something mentioned since has still to be dispatched, which the
  /// next event that is made live does.
  bool hasMentions() const { return !MentionedTables.empty(); }
  void makeObjectLive(ObjectId O);
  /// Entries of \p Table with that key (every entry if none): their callbacks
  /// become edges of \p F, or their objects live, as the table's mode says.
  void dispatch(FunctionId F, EventId At, uint32_t Table,
                const std::string *Key, uint32_t Step);

  using NewEdge = llvm::function_ref<void(FunctionId Owner, const CallEdge &)>;
  /// Lets function values flow; reports edges that appear at \p Step.
  void settle(uint32_t Step, NewEdge Found);

  llvm::ArrayRef<CallEdge> edges(FunctionId F) const { return Edges[F.Value]; }
  /// The functions in \p Pointer that can be called by now and take what call
  /// \p E of \p Caller passes; if none does, whatever it passes.
  Value fitting(FunctionId Caller, EventId E, const Value &Pointer) const;
  llvm::ArrayRef<CallSite> sites() const { return Sites; }
  const Evidence &operator[](EvidenceId E) const { return Why[E.Value]; }
  bool isLive(ObjectId O) const { return LiveObjects[O.Value]; }
  bool isLive(FunctionId F, EventId E) const {
    return LiveEvents.contains({F.Value, E.Value});
  }
  /// Objects whose address live objects hold, since the last call.
  std::vector<ObjectId> takeAddressed() { return std::exchange(Addressed, {}); }

private:
  void readEvent(ExprReader &Reader, FunctionId F, EventId E, bool IsCrash,
                 uint32_t Step);
  void readCall(ExprReader &Reader, FunctionId F, EventId E, bool IsCrash,
                uint32_t Step);
  void readWrite(ExprReader &Reader, FunctionId F, EventId E);
  void mentionAll(FunctionId F, const Event &E);
  void dispatchMentioned(FunctionId F, uint32_t Step);
  void dispatchEntry(FunctionId F, EventId At, uint32_t Entry, uint32_t Step);
  void bindArguments(ExprReader &Reader, FunctionId Caller, EventId E,
                     FunctionId Callee);
  void bindStaticCallKey(ExprReader &Reader, FunctionId F, EventId E);
  void enterTrampoline(FunctionId F, uint32_t Step);
  void readAssembly(FunctionId F, uint32_t Step);
  void applyRules(FunctionId F, uint32_t Step);
  void readInitialValue(ObjectId O, uint32_t Index);
  void readInitialTree(ObjectId O, ExprId Root, CellId To, EvidenceId Reason);
  EvidenceId evidence(Evidence E);
  void addSite(CallSite Site);
  void readEntries();
  /// Whether nothing calls \p Callback before something else runs, which does
  /// not yet.
  bool isAwaiting(FunctionId Callback) const;
  void addCallback(CellId To, const FlowValue &Value);
  void addTarget(CallSite &Site, const FlowValue &Value, uint32_t Step,
                 NewEdge Found);

  const Program &P;
  const RuleIndex &Rules;
  PointerFlow Flow;
  CellMap Cells;
  CallShapes Shapes;
  std::vector<bool> Live, LiveObjects, HasBegun;
  std::vector<std::vector<CallEdge>> Edges; ///< by FunctionId
  std::vector<CallSite> Sites;
  /// Targets that do not fit their site, while it has none that does.
  std::vector<std::pair<uint32_t, FlowValue>> Unfit;
  std::vector<Evidence> Why;
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> LiveEvents;
  /// Objects on the way to being live: chains of initial values are long.
  std::vector<ObjectId> PendingObjects;
  std::vector<ObjectId> Addressed;
  /// Tables whose boundary symbols the event at hand mentions.
  std::vector<uint32_t> MentionedTables;
  /// Entries whose callbacks only their dispatcher calls.
  llvm::DenseSet<uint32_t> CalledEntries;
  /// Callbacks of tables, and what has to run before anything calls them.
  std::map<FunctionId, std::vector<FunctionId>> CalledWith;
  /// Where such callbacks will be, by what they wait for.
  std::map<FunctionId, std::vector<std::pair<CellId, FlowValue>>> Held;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_LIVECODE_H
