//===- PointerFlow.cpp - which functions a place can hold -----------------===//

#include "solve/PointerFlow.h"

using namespace bootorder;

CellId PointerFlow::newCell() {
  Cells.emplace_back();
  return CellId(Cells.size() - 1);
}

void PointerFlow::enqueue(CellId Cell) {
  if (Cells[Cell.Value].IsQueued)
    return;
  Cells[Cell.Value].IsQueued = true;
  Worklist.push_back(Cell);
}

void PointerFlow::add(CellId To, FlowValue Value) {
  uint64_t Key = Value.Function.isValid()
                     ? Value.Function.Value
                     : uint64_t(1) << 32 | Value.Place.Value;
  if (!Members.insert({To.Value, Key}).second)
    return;
  Cells[To.Value].Values.push_back(Value);
  enqueue(To);
}

void PointerFlow::connect(CellId From, CellId To) {
  if (From == To || !Edges.insert(uint64_t(From.Value) << 32 | To.Value).second)
    return;
  Cells[From.Value].Out.push_back(To);
  for (uint32_t I = 0; I < Cells[From.Value].Moved; ++I)
    add(To, FlowValue(Cells[From.Value].Values[I]));
}

void PointerFlow::loadThrough(CellId Address, CellId To) {
  Cells[Address.Value].LoadsTo.push_back(To);
  for (uint32_t I = 0; I < Cells[Address.Value].Moved; ++I)
    if (CellId Place = Cells[Address.Value].Values[I].Place; Place.isValid())
      connect(Place, To);
}

void PointerFlow::storeThrough(CellId Address, CellId From) {
  Cells[Address.Value].StoresFrom.push_back(From);
  for (uint32_t I = 0; I < Cells[Address.Value].Moved; ++I)
    if (CellId Place = Cells[Address.Value].Values[I].Place; Place.isValid())
      connect(From, Place);
}

void PointerFlow::watch(CellId Cell, uint32_t Watcher) {
  Cells[Cell.Value].Watchers.push_back(Watcher);
  for (uint32_t I = 0; I < Cells[Cell.Value].Moved; ++I)
    if (Cells[Cell.Value].Values[I].Function.isValid())
      Late.push_back({Watcher, Cells[Cell.Value].Values[I]});
}

void PointerFlow::pass(CellId From, const FlowValue &Value, Report Found) {
  // Indices, not iterators: constraints may be added on the way.
  auto At = [&]() -> Cell & { return Cells[From.Value]; };
  for (uint32_t I = 0; I < At().Out.size(); ++I)
    add(At().Out[I], Value);
  if (Value.Place.isValid()) {
    for (uint32_t I = 0; I < At().LoadsTo.size(); ++I)
      connect(Value.Place, At().LoadsTo[I]);
    for (uint32_t I = 0; I < At().StoresFrom.size(); ++I)
      connect(At().StoresFrom[I], Value.Place);
    return;
  }
  for (uint32_t I = 0; I < At().Watchers.size(); ++I)
    Found(At().Watchers[I], Value);
}

void PointerFlow::propagate(Report Found) {
  while (!Worklist.empty() || !Late.empty()) {
    while (!Late.empty()) {
      auto [Watcher, Value] = Late.back();
      Late.pop_back();
      Found(Watcher, Value);
    }
    if (Worklist.empty())
      continue;
    CellId Current = Worklist.back();
    Worklist.pop_back();
    Cells[Current.Value].IsQueued = false;
    while (Cells[Current.Value].Moved < Cells[Current.Value].Values.size()) {
      // Counted as passed on first: whatever is added meanwhile sees it.
      FlowValue Value =
          Cells[Current.Value].Values[Cells[Current.Value].Moved++];
      pass(Current, Value, Found);
    }
  }
}
