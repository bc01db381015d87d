//===- CallStatement.cpp - the events that a statement with a call left ---===//

#include "model/CallStatement.h"
#include "model/FlowOrder.h"
#include "model/Nodes.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

//===----------------------------------------------------------------------===//
// What is done with locals
//===----------------------------------------------------------------------===//

namespace {

/// Adds to \p Uses what one tree names.
struct UseCollector {
  const ExprPool &Exprs;
  LocalUses &Uses;

  void visit(ExprId Root) {
    const Expr &E = Exprs[Root];
    switch (E.Kind) {
    case ExprKind::Reference:
      Uses.Read.insert(Exprs.event(Root));
      break;
    case ExprKind::Param:
      Uses.HasParameter = true;
      break;
    case ExprKind::Local:
      Uses.Memory.insert(LocalId(static_cast<uint32_t>(E.Value)));
      break;
    case ExprKind::ParamSlot:
      Uses.HasParameter = true;
      Uses.Slots.insert(static_cast<uint32_t>(E.Value));
      break;
    default:
      break;
    }
  }

  /// A local whose address is not just loaded from may be changed through it.
  void visitAddresses(ExprId Root, bool IsLoaded) {
    if (!Root.isValid())
      return;
    const Expr &E = Exprs[Root];
    if (E.Kind == ExprKind::Local && !IsLoaded)
      Uses.Changeable.insert(LocalId(static_cast<uint32_t>(E.Value)));
    if (E.Kind == ExprKind::ParamSlot && !IsLoaded)
      Uses.ChangeableSlots.insert(static_cast<uint32_t>(E.Value));
    for (uint32_t I = 0; I < E.Operands.Count; ++I) {
      bool IsPath = E.Kind == ExprKind::Field || E.Kind == ExprKind::Element;
      visitAddresses(Exprs.operand(E, I), I == 0 && (E.Kind == ExprKind::Load ||
                                                     (IsPath && IsLoaded)));
    }
  }
};

} // namespace

void LocalUses::addTree(const Function &Body, ExprId Root) {
  UseCollector Collector{Body.Exprs, *this};
  forEachNode(Body.Exprs, Root, [&](ExprId E) { Collector.visit(E); });
  Collector.visitAddresses(Root, /*IsLoaded=*/false);
}

void LocalUses::add(const Function &Body, EventId Id) {
  const Event &E = Body.Events[Id.Value];
  if (E.Kind == EventKind::Define)
    Defined.insert(E.Variable);
  UseCollector Collector{Body.Exprs, *this};
  forEachNode(Body, E, [&](ExprId Node) { Collector.visit(Node); });
  for (ExprId Root : {E.Target, E.Value, E.Size})
    Collector.visitAddresses(Root, /*IsLoaded=*/false);
  auto AddRun = [&](Range Run) {
    for (uint32_t I = 0; I < Run.Count; ++I)
      Collector.visitAddresses(Body.Exprs.Operands[Run.First + I],
                               /*IsLoaded=*/false);
  };
  AddRun(E.Args);
  if (E.Kind == EventKind::Asm)
    AddRun(Body.Asms[E.Asm].Inputs);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

static std::set<EventId> readsOf(const Function &Body, EventId E) {
  LocalUses Uses;
  Uses.add(Body, E);
  return Uses.Read;
}

/// For each event the events that refer to it; a condition counts as an event
/// of its own, none.
static std::vector<std::set<EventId>> usersOf(const Function &Body) {
  std::vector<std::set<EventId>> Users(Body.Events.size());
  for (uint32_t E = 0; E < Body.Events.size(); ++E)
    for (EventId Read : readsOf(Body, EventId(E)))
      Users[Read.Value].insert(EventId(E));
  for (const Block &B : Body.Blocks) {
    LocalUses Tested;
    Tested.addTree(Body, B.Condition);
    for (EventId Read : Tested.Read)
      Users[Read.Value].insert(EventId());
  }
  return Users;
}

bool CallStatement::has(EventId E) const {
  return llvm::binary_search(Events, E);
}

/// \p Call, and the other events of the macro it is written in.
static std::set<EventId> writtenWith(const Function &Body, EventId Call) {
  std::set<EventId> Found{Call};
  const Event &Written = Body.Events[Call.Value];
  for (uint32_t I = 0; Written.Macro.isValid() && I < Body.Events.size(); ++I)
    if (Body.Events[I].Macro.isValid() && Body.Events[I].Loc == Written.Loc)
      Found.insert(EventId(I));
  return Found;
}

CallStatement bootorder::statementOf(const Function &Body, EventId Call) {
  std::vector<std::set<EventId>> Users = usersOf(Body);
  Range Events = Body.Blocks[spotOf(Body, Call).Block.Value].Events;
  std::set<EventId> Members;
  CallStatement Found{Call, {}, /*IsPartial=*/false, {}};
  for (EventId E : writtenWith(Body, Call)) {
    if (E.Value - Events.First < Events.Count)
      Members.insert(E);
    else
      Found.IsPartial = true;
  }

  // Backwards: calls made for nothing but an argument, and addresses named.
  for (uint32_t I = Members.rbegin()->Value; I-- > Events.First;) {
    const Event &E = Body.Events[I];
    const std::set<EventId> &Of = Users[I];
    bool IsArgument = E.Kind == EventKind::Call && !Of.empty() &&
                      llvm::all_of(Of, [&](EventId User) {
                        return Members.count(User) != 0;
                      });
    bool IsAddress =
        E.Kind == EventKind::AddressTaken && Members.count(EventId(I + 1)) != 0;
    if (IsArgument || IsAddress)
      Members.insert(EventId(I));
  }
  // Forwards: where the result goes first.
  for (uint32_t I = Call.Value + 1; I < Events.First + Events.Count; ++I) {
    EventKind Kind = Body.Events[I].Kind;
    if ((Kind == EventKind::Write || Kind == EventKind::Define) &&
        readsOf(Body, EventId(I)).count(Call) != 0)
      Members.insert(EventId(I));
  }

  Found.Events.assign(Members.begin(), Members.end());
  for (EventId E : Found.Events)
    Found.Uses.add(Body, E);
  for (EventId E : Found.Events)
    Found.Uses.Read.erase(E);
  return Found;
}
