//===- Memory.cpp - what global objects hold, as the boot goes on ---------===//

#include "solve/Memory.h"
#include "solve/Fields.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace bootorder;

/// Writers kept per place, for explanations.
static constexpr size_t MaxWriters = 8;

Memory::Memory(const Program &P, PlaceTable &Places, bool IsImageKnown)
    : P(P), Places(Places), IsImageKnown(IsImageKnown),
      Objects(P.Objects.size()), IsFollowed(followedFields(P)) {
  std::map<llvm::StringRef, FieldKey> First;
  for (uint32_t F = 0; F < P.Fields.size(); ++F)
    if (P.Fields[F].IsInUnion)
      Groups[F] =
          First.try_emplace(P.Fields[F].Record, FieldKey(F)).first->second;
}

/// Stores to one member of a union are seen through all.
FieldKey Memory::group(FieldKey F) const {
  auto Found = Groups.find(F.Value);
  return Found == Groups.end() ? F : Found->second;
}

/// Whether the C source shows everything the object starts with.
static bool isVisible(const ProgramObject &O) {
  return O.Definition && O.Definition->IsDefinition && O.AsmWords.empty();
}

/// Assembly may have stored to it before C is entered. Records that assembly
/// names are many, and it writes few of their fields: they are left alone.
static bool isWrittenByAssembly(const ProgramObject &O) {
  return O.IsUsedByAssembly && !O.Definition->IsConst &&
         O.Definition->ValueType.Kind != TypeKind::Record;
}

Memory::ObjectState &Memory::state(ObjectId O) {
  if (O.Value >= Objects.size())
    Objects.resize(O.Value + 1);
  ObjectState &State = Objects[O.Value];
  if (!State.IsRead) {
    State.IsRead = true;
    if (!Places.isGlobal(O))
      return State;
    if (!isVisible(P[O]))
      State.Access = AccessKind::Open;
    else if (IsImageKnown && !isWrittenByAssembly(P[O]))
      readInitial(O);
    else
      State.Lost.push_back(Places.whole(O));
  }
  return State;
}

/// Whether \p Where, or a record around it, is one of many.
bool Memory::isArray(PlaceId Where) const {
  ObjectId O = Places[Where].Object;
  if (Places.isHeap(O) || Places.hasCopies(Where) ||
      (Places.isGlobal(O) && P[O].Definition && P[O].Definition->IsArray))
    return true;
  for (PlaceId Around = Where; Around.isValid(); Around = Places[Around].Parent)
    if (Places[Around].IsArray)
      return true;
  return false;
}

Memory::Cell &Memory::cell(PlaceId Where) {
  ObjectState &State = state(Places[Where].Object);
  if (Cells.size() < Places.size())
    Cells.resize(Places.size());
  Cell &C = Cells[Where.Value];
  if (C.IsKnown)
    return C;
  C.IsKnown = true;
  C.Held = atStart(Where);
  State.Parts.push_back(Where);
  if (PlaceId Any = Places[Where].Any; Any != Where)
    cell(Any).Elements.push_back(Where);
  if (IsAway && !Places.isLocal(Places[Where].Object))
    Visited.push_back(Where);
  return C;
}

/// What an owned object has at \p Where.
Value Memory::held(PlaceId Where, ReaderId Reader) {
  Cell &C = cell(Where);
  subscribe(C.Who, Reader);
  PlaceId Any = Places[Where].Any;
  if (Any != Where) { // one element, and what was written to some element
    Cell &Some = cell(Any);
    subscribe(Some.Who, Reader);
    return join(C.Held, Some.Written);
  }
  Value V = C.Held;
  for (PlaceId Element : C.Elements) {
    subscribe(Cells[Element.Value].Who, Reader);
    V = join(V, Cells[Element.Value].Held);
  }
  return V;
}

void Memory::subscribe(Readers &Who, ReaderId Reader) {
  // Reading the same again and again is common; otherwise being told twice does
  // no harm.
  if (Reader.isValid() && (Who.List.empty() || Who.List.back() != Reader))
    Who.List.push_back(Reader);
}

void Memory::notify(Readers &Who) {
  ++Clock;
  for (ReaderId Reader : Who.List) {
    if (IsStale.size() <= Reader.Value)
      IsStale.resize(Reader.Value + 1);
    if (!IsStale[Reader.Value])
      Stale.push_back(Reader);
    IsStale[Reader.Value] = true;
  }
  Who.List.clear(); // they subscribe again when they read again
}

void Memory::countConst(ObjectId O) {
  ConstClock +=
      Places.isGlobal(O) && P[O].Definition && P[O].Definition->IsConst;
}

std::vector<ReaderId> Memory::takeStale() {
  for (ReaderId Reader : Stale)
    IsStale[Reader.Value] = false;
  return std::exchange(Stale, {});
}

void Memory::notifyAll(ObjectState &State) {
  for (PlaceId Part : State.Parts)
    notify(Cells[Part.Value].Who);
}

Value Memory::load(PlaceId Named, ReaderId Reader) {
  PlaceId Where = Places.cellOf(Named);
  ObjectId O = Places[Where].Object;
  ObjectState &State = state(O);
  if (State.Access == AccessKind::Open)
    return Value::unknown();
  bool IsConst = Places.isGlobal(O) && P[O].Definition->IsConst;
  Value V = held(Where, IsConst ? ReaderId() : Reader);
  if (V.isNothing())
    EmptyReads.push_back(Where);
  if (IsConst || State.Access == AccessKind::Owned)
    return V;
  FieldKey Field = Places[Where].Field;
  if (Field.isValid()) {
    Weak &Others = Fields[group(Field).Value];
    subscribe(Others.Who, Reader);
    V = join(V, Others.Stored);
  }
  if (Field.isValid() && !Exposed.count(group(Field).Value))
    return V;
  subscribe(Scalars.Who, Reader);
  return join(V, Scalars.Stored);
}

void Memory::raise(PlaceId Where, const Value &V) {
  Cell &C = cell(Where);
  Value Joined = join(C.Held, V), Written = join(C.Written, V);
  if (Joined == C.Held && Written == C.Written)
    return;
  log(Where, C);
  C.Held = Joined;
  C.Written = Written;
  notify(C.Who);
  countConst(Places[Where].Object);
  if (state(Places[Where].Object).Access != AccessKind::Owned)
    raiseField(fieldOf(Where), V);
}

/// The field that \p Where is, or is an element of.
FieldKey Memory::fieldOf(PlaceId Where) const {
  while (!Places[Where].Field.isValid() && Places[Where].Parent.isValid())
    Where = Places[Where].Parent;
  return Places[Where].Field;
}

void Memory::raiseField(FieldKey F, const Value &V) {
  if (!F.isValid())
    return;
  Weak &All = Anywhere[F.Value];
  Value Joined = join(All.Stored, V);
  if (Joined == All.Stored)
    return;
  log(Change::ChangeKind::Anywhere, F.Value, All);
  All.Stored = Joined;
  notify(All.Who);
}

Value Memory::loadField(FieldKey F, ReaderId Reader) {
  if (!IsFollowed.test(F.Value))
    return Value::unknown();
  Weak &All = Anywhere[F.Value];
  subscribe(All.Who, Reader);
  if (Exposed.count(group(F).Value))
    return Value::unknown();
  return join(Value::number(0), All.Stored);
}

/// Pointers that are not followed may lead to \p O from now on.
void Memory::publish(ObjectId O) {
  for (PlaceId Part : state(O).Parts)
    raiseField(fieldOf(Part), Cells[Part.Value].Held);
}

/// Whoever writes \p Where by another name than the one it is read by, as after
/// a cast, changes what lies around it, in it or under it.
void Memory::forgetOverlaps(PlaceId Where) {
  PlaceId Any = Places[Where].Any;
  for (PlaceId Part : std::vector<PlaceId>(state(Places[Where].Object).Parts)) {
    PlaceId Other = Places[Part].Any;
    if (Other != Any && Places.doOverlap(Other, Any))
      raise(Part, Value::unknown());
  }
}

void Memory::addWriter(Cell &C, WriteSite Site) {
  bool IsThere = llvm::any_of(C.Writers, [&](const WriteSite &Other) {
    return Other.Function == Site.Function && Other.Event == Site.Event;
  });
  if (!IsThere && C.Writers.size() < MaxWriters)
    C.Writers.push_back(Site);
}

void Memory::store(PlaceId Named, const Value &V, WriteSite Site,
                   bool IsCertain) {
  if (V.isNothing())
    return;
  PlaceId Where = Places.cellOf(Named);
  if (Places.isMany(Named))
    IsCertain = false;
  Cell &C = cell(Where);
  addWriter(C, Site);
  forgetOverlaps(Where);
  ObjectState &State = state(Places[Where].Object);
  if (!IsCertain || isArray(Where) || State.Access != AccessKind::Owned)
    return raise(Where, V);
  C.IsReplaced = true;
  C.Writers.assign(1, Site);
  Value Settled = V.withoutBounds();
  if (C.Held == Settled)
    return;
  log(Where, C);
  C.Held = C.Written = Settled;
  notify(C.Who);
  countConst(Places[Where].Object);
}

void Memory::expose(FieldKey F) {
  // Who has read the field reads it again, and then the numbers, too.
  if (!Exposed.insert(group(F).Value).second)
    return;
  if (!IsAway)
    Changes.push_back({Change::ChangeKind::Exposure, group(F).Value, {}, {}});
  notify(Fields[group(F).Value].Who);
  notify(Anywhere[F.Value].Who);
}

bool Memory::fillEmptyReads() {
  bool IsFilled = false;
  for (PlaceId Where : std::exchange(EmptyReads, {})) {
    if (!cell(Where).Held.isNothing())
      continue;
    raise(Where, Value::unknown());
    IsFilled = true;
  }
  return IsFilled;
}

void Memory::storeToField(FieldKey F, const Value &V) {
  raiseField(F, V);
  Weak &W = Fields[group(F).Value];
  Value Joined = join(W.Stored, V);
  if (Joined == W.Stored)
    return;
  log(Change::ChangeKind::Field, group(F).Value, W);
  W.Stored = Joined;
  notify(W.Who);
}

void Memory::forgetRecord(llvm::StringRef Record) {
  if (!Forgotten.insert(Record).second)
    return;
  for (uint32_t F = 0; F < P.Fields.size(); ++F)
    if (P.Fields[F].Record == Record)
      raiseField(FieldKey(F), Value::unknown());
}

void Memory::storeToScalar(const Value &V) {
  Weak &W = Scalars;
  Value Joined = join(W.Stored, V);
  if (Joined == W.Stored)
    return;
  log(Change::ChangeKind::Scalars, 0, W);
  W.Stored = Joined;
  notify(W.Who);
}

void Memory::fill(PlaceId Named, const Value &Byte, WriteSite Site) {
  PlaceId Where = Places[Named].Any;
  if (Byte.number() != 0)
    return forget(Where, Site);
  std::vector<PlaceId> &Zeroed = state(Places[Where].Object).Zeroed;
  if (!llvm::is_contained(Zeroed, Where))
    Zeroed.push_back(Where);
  for (PlaceId Part : std::vector<PlaceId>(state(Places[Where].Object).Parts))
    if (Places.isInside(Places[Part].Any, Where)) {
      addWriter(Cells[Part.Value], Site);
      raise(Part, Byte);
    }
}

void Memory::forget(PlaceId Named, WriteSite Site) {
  PlaceId Where = Places[Named].Any;
  ObjectState &State = state(Places[Where].Object);
  if (!llvm::is_contained(State.Lost, Where))
    State.Lost.push_back(Where);
  for (PlaceId Part : std::vector<PlaceId>(State.Parts))
    if (Places.isInside(Places[Part].Any, Where)) {
      addWriter(Cells[Part.Value], Site);
      raise(Part, Value::unknown());
    }
}

void Memory::share(ObjectId O) {
  ObjectState &State = state(O);
  if (State.Access != AccessKind::Owned)
    return;
  setAccess(O, AccessKind::Shared);
  publish(O);
  notifyAll(State);
}

void Memory::lose(PlaceId Where) {
  share(Places[Where].Object);
  if (FieldKey F = fieldOf(Where); F.isValid())
    expose(F);
}

void Memory::open(ObjectId O) {
  ObjectState &State = state(O);
  if (State.Access == AccessKind::Open)
    return;
  setAccess(O, AccessKind::Open);
  publish(O);
  notifyAll(State);
  countConst(O);
}

llvm::ArrayRef<WriteSite> Memory::writers(PlaceId Named) const {
  PlaceId Where = Places.cellOf(Named);
  if (Where.Value >= Cells.size())
    return {};
  return Cells[Where.Value].Writers;
}

bool Memory::isReplaced(PlaceId Named) const {
  PlaceId Where = Places.cellOf(Named);
  return Where.Value < Cells.size() && Cells[Where.Value].IsReplaced;
}

uint32_t Memory::readCount() const {
  uint32_t Count = 0;
  for (uint32_t O = 0; O < P.Objects.size(); ++O)
    Count += Objects[O].Parts.size();
  return Count;
}

uint32_t Memory::knownCount() const {
  uint32_t Count = 0;
  for (uint32_t O = 0; O < P.Objects.size(); ++O)
    if (Objects[O].Access != AccessKind::Open)
      Count += llvm::count_if(Objects[O].Parts, [this](PlaceId Part) {
        return !Cells[Part.Value].Held.isUnknown();
      });
  return Count;
}
