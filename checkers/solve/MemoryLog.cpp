//===- MemoryLog.cpp - memory as it was earlier in the boot ---------------===//

#include "solve/Memory.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

void Memory::mark(uint32_t Step) {
  assert(Step <= Marks.size() && "steps are marked in order");
  if (Step == Marks.size())
    Marks.push_back(Changes.size());
}

/// What has changed within the step before can go back to its beginning only.
bool Memory::isDueForLog(uint32_t &LoggedAt) {
  if (IsAway || LoggedAt == Marks.size())
    return false;
  LoggedAt = Marks.size();
  return true;
}

void Memory::log(PlaceId Where, Cell &C) {
  if (isDueForLog(C.LoggedAt))
    Changes.push_back(
        {Change::ChangeKind::Cell, Where.Value, C.Held, C.Written});
}

void Memory::log(Change::ChangeKind Kind, uint32_t Index, Weak &W) {
  if (isDueForLog(W.LoggedAt))
    Changes.push_back({Kind, Index, W.Stored, {}});
}

void Memory::setAccess(ObjectId O, AccessKind Access) {
  AccessKind Before = std::exchange(state(O).Access, Access);
  if (!IsAway)
    Changes.push_back({Change::ChangeKind::Access, O.Value, {}, {}, Before});
}

void Memory::swap(Change &With) {
  switch (With.Kind) {
  case Change::ChangeKind::Cell:
    std::swap(Cells[With.Index].Held, With.Held);
    return std::swap(Cells[With.Index].Written, With.Written);
  case Change::ChangeKind::Field:
    return std::swap(Fields[With.Index].Stored, With.Held);
  case Change::ChangeKind::Anywhere:
    return std::swap(Anywhere[With.Index].Stored, With.Held);
  case Change::ChangeKind::Scalars:
    return std::swap(Scalars.Stored, With.Held);
  case Change::ChangeKind::Access:
    return std::swap(Objects[With.Index].Access, With.Access);
  case Change::ChangeKind::Exposure:
    if (!Exposed.erase(With.Index))
      Exposed.insert(With.Index);
    return;
  }
  llvm_unreachable("not a change");
}

/// Places that were first read somewhere else in time are read anew.
void Memory::dropVisited() {
  for (PlaceId Where : std::exchange(Visited, {})) {
    Cells[Where.Value] = Cell();
    llvm::erase(Objects[Places[Where].Object.Value].Parts, Where);
    if (PlaceId Any = Places[Where].Any; Any != Where)
      llvm::erase(Cells[Any.Value].Elements, Where);
  }
}

void Memory::travel(uint32_t Step) {
  size_t To = Step < Marks.size() ? Marks[Step] : Changes.size();
  if (To == Position && IsAway == (To != Changes.size()))
    return;
  if (!IsAway)
    Position = Changes.size();
  dropVisited();
  while (Position > To)
    swap(Changes[--Position]);
  while (Position < To)
    swap(Changes[Position++]);
  IsAway = To != Changes.size();
  ++Clock;
}
