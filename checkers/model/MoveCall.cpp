//===- MoveCall.cpp - facts of a source whose lines were reordered --------===//

#include "model/MoveCall.h"
#include "model/CallStatement.h"
#include "model/CopyFacts.h"
#include "model/FlowOrder.h"
#include "model/Nodes.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace bootorder;

//===----------------------------------------------------------------------===//
// Whether a move makes sense
//===----------------------------------------------------------------------===//

namespace {

/// The checks for one move.
class MoveCheck {
public:
  MoveCheck(const EventPlace &Call, const CallStatement &Moved)
      : Place(Call), Facts(*Call.Module), Body(Call.body()), Moved(Moved),
        Order(Body) {}

  llvm::Error whole() const;
  llvm::Error within(FlowSpot To) const;
  llvm::Error into(const EventPlace &Anchor) const;

private:
  llvm::Error at(const Location &Loc, const llvm::Twine &Message) const;
  llvm::Error checkReads(FlowSpot To) const;
  llvm::Error checkResults(const FlowSpot *To) const;
  llvm::Error checkCrossed(EventId E) const;
  llvm::Error checkNames() const;
  Location locationOf(EventId E) const { return Body.Events[E.Value].Loc; }
  std::string name() const;
  std::string nameOf(LocalId L) const {
    return Facts.str(Body.Locals[L.Value].Name).str();
  }

  const EventPlace &Place;
  const FactsModule &Facts;
  const Function &Body;
  const CallStatement &Moved;
  FlowOrder Order;
};

} // namespace

llvm::Error MoveCheck::at(const Location &Loc,
                          const llvm::Twine &Message) const {
  DiagnosticList List;
  List.add({Facts.str(Loc.File).str(), Loc.Line, Loc.Column, 1}, Message);
  return List.take();
}

/// What is moved, for messages: `'parse_args'`.
std::string MoveCheck::name() const {
  ExprId Target = Body.Events[Moved.Call.Value].Target;
  if (Body.Exprs[Target].Kind != ExprKind::Function)
    return "the call";
  return "'" + Facts.str(Facts[Body.Exprs.symbol(Target)].Name).str() + "'";
}

/// Every value that the statement reads has been computed at \p To.
llvm::Error MoveCheck::checkReads(FlowSpot To) const {
  for (EventId Read : Moved.Uses.Read) {
    FlowSpot From = spotOf(Body, Read);
    ++From.Index; // behind it
    if (Order.dominates(From, To))
      continue;
    const Event &E = Body.Events[Read.Value];
    return at(E.Loc,
              name() + " needs " +
                  (E.Kind == EventKind::Define
                       ? "the value that '" + nameOf(E.Variable) + "' gets here"
                       : "what this yields") +
                  "; it cannot move in front of it");
  }
  return llvm::Error::success();
}

/// Whoever uses the statement's results comes after \p To; nobody may use them
/// if it is null.
llvm::Error MoveCheck::checkResults(const FlowSpot *To) const {
  auto IsFine = [&](const LocalUses &Uses, FlowSpot Where) {
    return llvm::none_of(Uses.Read, [&](EventId E) { return Moved.has(E); }) ||
           (To && Order.dominates(*To, Where));
  };
  std::string Message =
      "the result of " + name() +
      (To ? " is used here; it cannot move behind that"
          : " is used here; it cannot move to another function");
  for (uint32_t I = 0; I < Body.Events.size(); ++I) {
    LocalUses Uses;
    Uses.add(Body, EventId(I));
    if (!Moved.has(EventId(I)) && !IsFine(Uses, spotOf(Body, EventId(I))))
      return at(locationOf(EventId(I)), Message);
  }
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B) {
    LocalUses Uses;
    Uses.addTree(Body, Body.Blocks[B].Condition);
    if (!IsFine(Uses, {BlockId(B), Body.Blocks[B].Events.Count}))
      return at(Body.Blocks[B].ConditionLoc, Message);
  }
  return llvm::Error::success();
}

/// Whether two sets have an element in common.
template <typename T>
static bool overlap(const std::set<T> &A, const std::set<T> &B) {
  return llvm::any_of(A, [&](const T &Element) { return B.count(Element); });
}

/// The statement and \p Id, which it passes, do not share a local that one of
/// them changes.
llvm::Error MoveCheck::checkCrossed(EventId Id) const {
  LocalUses Crossed;
  Crossed.add(Body, Id);
  std::set<LocalId> Wanted; // scalar locals that the statement reads or defines
  auto AddReads = [&](const LocalUses &Reader, const LocalUses &Writer) {
    for (EventId Read : Reader.Read)
      if (const Event &E = Body.Events[Read.Value];
          E.Kind == EventKind::Define && Writer.Defined.count(E.Variable))
        Wanted.insert(E.Variable);
  };
  AddReads(Moved.Uses, Crossed);
  AddReads(Crossed, Moved.Uses);
  for (LocalId L : Crossed.Defined)
    if (Moved.Uses.Defined.count(L))
      Wanted.insert(L);
  for (LocalId L : Crossed.Memory)
    if (Moved.Uses.Memory.count(L) &&
        (Crossed.Changeable.count(L) || Moved.Uses.Changeable.count(L)))
      Wanted.insert(L);
  bool SharesSlot = overlap(Crossed.ChangeableSlots, Moved.Uses.Slots) ||
                    overlap(Moved.Uses.ChangeableSlots, Crossed.Slots);
  if (Wanted.empty() && !SharesSlot)
    return llvm::Error::success();
  std::string What =
      Wanted.empty() ? "a parameter" : "'" + nameOf(*Wanted.begin()) + "'";
  return at(locationOf(Id),
            name() + " and this share " + What + "; they cannot change places");
}

llvm::Error MoveCheck::whole() const {
  if (!Moved.IsPartial)
    return llvm::Error::success();
  return at(locationOf(Moved.Call),
            name() + " is part of a macro that decides something here; it "
                     "cannot move by itself");
}

llvm::Error MoveCheck::within(FlowSpot To) const {
  if (llvm::Error E = checkReads(To))
    return E;
  if (llvm::Error E = checkResults(&To))
    return E;
  FlowSpot From = spotOf(Body, Moved.Call);
  bool IsLater = Order.reaches(From, To);
  FlowSpot First = IsLater ? From : To, Last = IsLater ? To : From;
  for (uint32_t I = 0; I < Body.Events.size(); ++I) {
    FlowSpot Here = spotOf(Body, EventId(I));
    FlowSpot Behind{Here.Block, Here.Index + 1};
    if (Moved.has(EventId(I)) || !Here.Block.isValid() ||
        !Order.reaches(First, Here) || !Order.reaches(Behind, Last))
      continue;
    if (llvm::Error E = checkCrossed(EventId(I)))
      return E;
  }
  return llvm::Error::success();
}

/// Everything the statement names can be named in another unit.
llvm::Error MoveCheck::checkNames() const {
  const Symbol *Bound = nullptr;
  for (EventId E : Moved.Events)
    forEachNode(Body, Body.Events[E.Value], [&](ExprId Node) {
      ExprKind Kind = Body.Exprs[Node].Kind;
      if (Kind != ExprKind::Function && Kind != ExprKind::Object)
        return;
      const Symbol &S = Facts[Body.Exprs.symbol(Node)];
      if (S.Linkage == LinkageKind::Internal || S.Linkage == LinkageKind::Local)
        Bound = &S;
    });
  if (!Bound)
    return llvm::Error::success();
  return at(locationOf(Moved.Call), name() + " cannot move to another file: '" +
                                        Facts.str(Bound->Name) +
                                        "' is static here");
}

llvm::Error MoveCheck::into(const EventPlace &Anchor) const {
  const LocalUses &Uses = Moved.Uses;
  for (EventId E : Moved.Events)
    if (Body.Events[E.Value].Asm != Id<Event>::None)
      return at(locationOf(E), name() + " comes with assembly; it cannot move "
                                        "to another function");
  if (Uses.HasParameter || !Uses.Read.empty() || !Uses.Memory.empty())
    return at(locationOf(Moved.Call),
              name() + " is given a local or a parameter here; it cannot move "
                       "to another function");
  if (llvm::Error E = checkResults(nullptr))
    return E;
  return Anchor.Module == Place.Module ? llvm::Error::success() : checkNames();
}

//===----------------------------------------------------------------------===//
// Moving
//===----------------------------------------------------------------------===//

namespace {
/// Numbers of events, by block.
using Layout = std::vector<std::vector<EventId>>;
} // namespace

static Layout layoutOf(const Function &Body) {
  Layout Blocks(Body.Blocks.size());
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B)
    for (uint32_t I = 0; I < Body.Blocks[B].Events.Count; ++I)
      Blocks[B].push_back(EventId(Body.Blocks[B].Events.First + I));
  return Blocks;
}

/// Lays the events of \p Body out as \p Blocks say; those in no block go. The
/// result is the new number of each.
static std::vector<EventId> layOut(Function &Body, const Layout &Blocks) {
  std::vector<EventId> Now(Body.Events.size());
  std::vector<Event> Events;
  for (uint32_t B = 0; B < Blocks.size(); ++B) {
    Body.Blocks[B].Events = {static_cast<uint32_t>(Events.size()),
                             static_cast<uint32_t>(Blocks[B].size())};
    for (EventId E : Blocks[B]) {
      Now[E.Value] = EventId(Events.size());
      Events.push_back(Body.Events[E.Value]);
    }
  }
  Body.Events = std::move(Events);
  for (Expr &Node : Body.Exprs.Nodes) {
    if (Node.Kind != ExprKind::Reference)
      continue;
    EventId Event = Now[Node.Value];
    if (Event.isValid())
      Node.Value = Event.Value;
    else // of what moved away: nothing refers to this node any more
      Node = Expr();
  }
  return Now;
}

/// Appends copies of \p Moved to \p Target's body, in no block yet.
static void copyEvents(const CallStatement &Moved, const EventPlace &Source,
                       const EventPlace &Target) {
  const Function From = Source.body(); // both may be in one vector
  Function &To = Target.Module->Functions[Target.Function];
  FactsCopier Copier(*Source.Module, *Target.Module);
  uint32_t First = To.Events.size();
  for (EventId Id : Moved.Events) {
    Event E = From.Events[Id.Value];
    E.Loc = Copier.location(E.Loc);
    E.Macro = Copier.macro(E.Macro);
    std::vector<ExprId> Args;
    size_t Nodes = To.Exprs.Nodes.size();
    for (ExprId *Root : {&E.Target, &E.Value, &E.Size})
      *Root = Copier.tree(From.Exprs, *Root, To.Exprs);
    for (uint32_t I = 0; I < E.Args.Count; ++I)
      Args.push_back(Copier.tree(
          From.Exprs, From.Exprs.Operands[E.Args.First + I], To.Exprs));
    for (; Nodes < To.Exprs.Nodes.size(); ++Nodes)
      if (Expr &Node = To.Exprs.Nodes[Nodes]; Node.Kind == ExprKind::Reference)
        Node.Value =
            First + (llvm::lower_bound(Moved.Events, EventId(Node.Value)) -
                     Moved.Events.begin());
    E.Args.First = To.Exprs.Operands.size();
    llvm::append_range(To.Exprs.Operands, Args);
    To.Events.push_back(E);
  }
}

/// Of \p Moved what another function can have: a local of this one, which
/// nobody reads, stays behind and goes.
static CallStatement withoutLocals(const Function &Body, CallStatement Moved) {
  llvm::erase_if(Moved.Events, [&](EventId E) {
    return Body.Events[E.Value].Kind == EventKind::Define;
  });
  return Moved;
}

static MovedEvents moveWithin(const EventPlace &Call,
                              const CallStatement &Moved, FlowSpot To) {
  Function &Body = Call.Module->Functions[Call.Function];
  Layout Blocks = layoutOf(Body);
  auto &Target = Blocks[To.Block.Value];
  Target.insert(Target.begin() + To.Index, Moved.Events.begin(),
                Moved.Events.end());
  // The old copies are those of the source's block that are not the new ones.
  auto &Source = Blocks[spotOf(Body, Moved.Call).Block.Value];
  uint32_t Index = 0;
  llvm::erase_if(Source, [&](EventId E) {
    bool IsNew = &Source == &Target && Index >= To.Index &&
                 Index < To.Index + Moved.Events.size();
    ++Index;
    return !IsNew && Moved.has(E);
  });
  MovedEvents Result;
  Result.Source = Result.Target = layOut(Body, Blocks);
  Result.Call = {Call.Module, Call.Function, Result.Source[Moved.Call.Value]};
  return Result;
}

static MovedEvents moveInto(const EventPlace &Call, const CallStatement &Moved,
                            const EventPlace &Anchor, FlowSpot To) {
  CallStatement Copied = withoutLocals(Call.body(), Moved);
  Function &Body = Anchor.Module->Functions[Anchor.Function];
  uint32_t First = Body.Events.size();
  Layout Blocks = layoutOf(Body);
  copyEvents(Copied, Call, Anchor);
  auto &Target = Blocks[To.Block.Value];
  uint32_t CallIndex =
      llvm::find(Copied.Events, Moved.Call) - Copied.Events.begin();
  for (uint32_t I = 0; I < Copied.Events.size(); ++I)
    Target.insert(Target.begin() + To.Index + I, EventId(First + I));
  MovedEvents Result;
  Result.Target = layOut(Body, Blocks);
  Result.Call = {Anchor.Module, Anchor.Function,
                 Result.Target[First + CallIndex]};

  Function &Old = Call.Module->Functions[Call.Function];
  Layout Left = layoutOf(Old);
  for (std::vector<EventId> &Block : Left)
    llvm::erase_if(Block, [&](EventId E) { return Moved.has(E); });
  Result.Source = layOut(Old, Left);
  return Result;
}

/// The spot on \p Side of the statement of \p Anchor.
static FlowSpot spotBeside(const EventPlace &Anchor, MoveSide Side) {
  const Function &Body = Anchor.body();
  EventId First = Anchor.Event, Last = Anchor.Event;
  if (Body.Events[First.Value].Kind == EventKind::Call) {
    CallStatement Statement = statementOf(Body, Anchor.Event);
    First = Statement.Events.front();
    Last = Statement.Events.back();
  }
  FlowSpot Spot = spotOf(Body, Side == MoveSide::Before ? First : Last);
  Spot.Index += Side == MoveSide::After;
  return Spot;
}

llvm::Expected<MovedEvents> bootorder::moveCall(const EventPlace &Call,
                                                const EventPlace &Anchor,
                                                MoveSide Side) {
  CallStatement Moved = statementOf(Call.body(), Call.Event);
  MoveCheck Check(Call, Moved);
  if (llvm::Error E = Check.whole())
    return std::move(E);
  FlowSpot To = spotBeside(Anchor, Side);
  if (!Call.isSameFunction(Anchor)) {
    if (llvm::Error E = Check.into(Anchor))
      return std::move(E);
    return moveInto(Call, Moved, Anchor, To);
  }
  if (Moved.has(Anchor.Event))
    return makeError("a call cannot move to the place where it is");
  if (llvm::Error E = Check.within(To))
    return std::move(E);
  return moveWithin(Call, Moved, To);
}
