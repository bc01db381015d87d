//===- PointerFlow.h - which functions a place can hold -------------------===//
//
// Inclusion constraints over cells. A cell stands for a place: a record field
// of the whole program, the contents of an object, a parameter, a result, a
// local in memory. Values are functions and addresses of cells. Constraints
// may be added at any time, values only grow; the first evidence for a value
// stays with it wherever it flows.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_POINTERFLOW_H
#define BOOTORDER_SOLVE_POINTERFLOW_H

#include "link/Program.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace bootorder {

using CellId = Id<struct CellTag>;
/// Into LiveCode's table of evidence; opaque here.
using EvidenceId = Id<struct EvidenceTag>;

/// A function, or the address of a cell, in a cell.
struct FlowValue {
  FunctionId Function; ///< valid, or
  CellId Place;        ///< this is
  EvidenceId Evidence;
};

class PointerFlow {
public:
  CellId newCell();

  void add(CellId To, FlowValue Value);
  /// Everything in \p From is in \p To as well.
  void connect(CellId From, CellId To);
  /// Everything in the places that \p Address holds is in \p To.
  void loadThrough(CellId Address, CellId To);
  /// Everything in \p From is in all places that \p Address holds.
  void storeThrough(CellId Address, CellId From);
  /// Reports every function that \p Cell holds or comes to hold, once.
  void watch(CellId Cell, uint32_t Watcher);

  using Report = llvm::function_ref<void(uint32_t Watcher, const FlowValue &)>;
  /// Moves values until nothing changes. \p Found may add constraints.
  void propagate(Report Found);
  bool isSettled() const { return Worklist.empty() && Late.empty(); }

  /// In the order of arrival.
  llvm::ArrayRef<FlowValue> values(CellId Cell) const {
    return Cells[Cell.Value].Values;
  }

private:
  struct Cell {
    std::vector<FlowValue> Values;
    std::vector<CellId> Out, LoadsTo, StoresFrom;
    std::vector<uint32_t> Watchers;
    uint32_t Moved = 0; ///< values before this index have been passed on
    bool IsQueued = false;
  };

  void enqueue(CellId Cell);
  void pass(CellId From, const FlowValue &Value, Report Found);

  std::vector<Cell> Cells;
  std::vector<CellId> Worklist;
  llvm::DenseSet<std::pair<uint32_t, uint64_t>> Members;
  llvm::DenseSet<uint64_t> Edges;
  /// Watchers that came after values had been passed on.
  std::vector<std::pair<uint32_t, FlowValue>> Late;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_POINTERFLOW_H
