//===- MilestoneIndex.cpp - where in the program milestones can happen ----===//

#include "solve/MilestoneIndex.h"
#include "solve/ConstantFold.h"
#include "solve/FlowGraph.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;
using EventKindOf = MilestoneEvent::EventKind;

MilestoneIndex::MilestoneIndex(const RuleIndex &Rules,
                               const std::map<std::string, int64_t> &Constants)
    : Rules(Rules), P(Rules.program()), Constants(Constants),
      Holds(P.Functions.size()),
      OnTheWay(P.Functions.size(), StateKind::Unknown) {
  const std::vector<Milestone> &List = Rules.rules().Milestones;
  for (uint32_t M = 0; M < List.size(); ++M)
    for (uint32_t E = 0; E < List[M].Events.size(); ++E)
      resolve(M, E);
  findWriters();
}

const MilestoneEvent &MilestoneIndex::event(MilestoneWay W) const {
  return Rules.rules().Milestones[W.Milestone].Events[W.Event];
}

void MilestoneIndex::resolve(uint32_t Milestone, uint32_t Event) {
  MilestoneWay Way{Milestone, Event};
  const MilestoneEvent &E = event(Way);
  switch (E.Kind) {
  case EventKindOf::Returns:
  case EventKindOf::Calls:
    for (FunctionId F : P.functionsNamed(E.Subject))
      Functions[F].push_back(Way);
    return;
  case EventKindOf::Stores:
  case EventKindOf::CallsPointer:
    for (ObjectId O : P.objectsNamed(E.Subject))
      Objects[O].push_back(Way);
    return;
  case EventKindOf::Macro:
    Macros.push_back(Way);
    for (FunctionId F : P.functionsNamed(E.In))
      Holds[F.Value] = true;
    return;
  case EventKindOf::Dispatched:
    Dispatches.push_back(Way);
    return;
  }
}

WayList MilestoneIndex::byTable(uint32_t Table, llvm::StringRef Key) const {
  WayList Found;
  for (MilestoneWay W : Dispatches)
    if (event(W).Subject == Rules.rules().Tables[Table].Name &&
        event(W).Value.value_or("") == Key)
      Found.push_back(W);
  return Found;
}

ObjectId bootorder::wholeObject(const Program &P, FunctionId F,
                                ExprId Address) {
  const ExprPool &Exprs = P[F].Body->Exprs;
  while (Address.isValid() && Exprs[Address].Kind == ExprKind::Cast)
    Address = Exprs.operand(Address, 0);
  if (!Address.isValid() || Exprs[Address].Kind != ExprKind::Object)
    return ObjectId();
  return P.moduleOf(F).object(Exprs.symbol(Address));
}

/// The object whose value a call goes through: `late_time_init()`.
static ObjectId calledObject(const Program &P, FunctionId F, ExprId Target) {
  const Function &Body = *P[F].Body;
  for (unsigned Hops = 0; Target.isValid() && Hops < 8; ++Hops) {
    const Expr &E = Body.Exprs[Target];
    if (E.Kind == ExprKind::Load)
      return wholeObject(P, F, Body.Exprs.operand(E, 0));
    if (E.Kind == ExprKind::Cast)
      Target = Body.Exprs.operand(E, 0);
    else if (E.Kind == ExprKind::Reference &&
             Body.Events[E.Value].Kind == EventKind::Define)
      Target = Body.Events[E.Value].Value;
    else
      break;
  }
  return ObjectId();
}

/// The object that an event stores to or calls through, if it is a whole one.
static ObjectId subject(const Program &P, FunctionId F, const Event &E) {
  if (E.Kind == EventKind::Write)
    return wholeObject(P, F, E.Target);
  if (E.Kind == EventKind::Call && E.Call == CallKind::Direct)
    return ObjectId();
  if (E.Kind == EventKind::Call)
    return calledObject(P, F, E.Target);
  return ObjectId();
}

void MilestoneIndex::findWriters() {
  if (Objects.empty())
    return;
  for (uint32_t F = 0; F < P.Functions.size(); ++F) {
    const Function *Body = P.Functions[F].Body;
    for (uint32_t E = 0; Body && !Holds[F] && E < Body->Events.size(); ++E) {
      ObjectId O = subject(P, FunctionId(F), Body->Events[E]);
      if (O.isValid() && Objects.count(O))
        Holds[F] = !byEvent(FunctionId(F), EventId(E)).empty();
    }
  }
}

bool MilestoneIndex::isAllowedIn(const MilestoneEvent &E, FunctionId F) const {
  return E.In.empty() || (F.isValid() && P[F].Name == E.In);
}

bool MilestoneIndex::storesValue(MilestoneWay W, const Function &Body,
                                 const Event &E) const {
  const std::optional<std::string> &Wanted = event(W).Value;
  if (!Wanted)
    return true;
  int64_t Number = 0;
  if (*Wanted == "true" || *Wanted == "false") {
    Number = *Wanted == "true";
  } else if (!llvm::to_integer(*Wanted, Number, 0)) {
    auto Known = Constants.find(*Wanted);
    if (Known == Constants.end())
      return false;
    Number = Known->second;
  }
  return E.Write == WriteKind::Store && foldConstant(Body, E.Value) == Number;
}

WayList MilestoneIndex::byFunction(FunctionId F, FunctionId Caller,
                                   MilestoneEvent::EventKind Kind) const {
  WayList Found;
  auto Known = Functions.find(F);
  if (Known == Functions.end())
    return Found;
  for (MilestoneWay W : Known->second)
    if (event(W).Kind == Kind && isAllowedIn(event(W), Caller))
      Found.push_back(W);
  return Found;
}

WayList MilestoneIndex::byEvent(FunctionId F, EventId Id) const {
  WayList Found;
  const Function &Body = *P[F].Body;
  const Event &E = Body.Events[Id.Value];
  auto Known = Objects.find(subject(P, F, E));
  auto Kind = E.Kind == EventKind::Write ? EventKindOf::Stores
                                         : EventKindOf::CallsPointer;
  if (Known != Objects.end())
    for (MilestoneWay W : Known->second)
      if (event(W).Kind == Kind && isAllowedIn(event(W), F) &&
          (Kind != EventKindOf::Stores || storesValue(W, Body, E)))
        Found.push_back(W);
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  for (MilestoneWay W : Macros)
    for (MacroId M = E.Macro; M.isValid(); M = Facts[M].Parent)
      if (isAllowedIn(event(W), F) &&
          Facts.str(Facts[M].Name) == event(W).Subject) {
        Found.push_back(W);
        break;
      }
  return Found;
}

std::vector<FunctionId> bootorder::certainCallees(const RuleIndex &Rules,
                                                  FunctionId F) {
  std::vector<FunctionId> Found;
  const Program &P = Rules.program();
  const Function &Body = *P[F].Body;
  FlowGraph Graph = analyseFlow(Body, NoReturnCalls(Rules, F));
  for (BlockId B : Graph.Order) {
    if (!Graph.Blocks[B.Value].IsCertain)
      continue;
    Range Events = Body.Blocks[B.Value].Events;
    for (uint32_t I = 0; I < Events.Count; ++I) {
      const Event &E = Body.Events[Events.First + I];
      if (E.Kind == EventKind::Call && E.Target.isValid() &&
          Body.Exprs[E.Target].Kind == ExprKind::Function)
        Found.push_back(P.moduleOf(F).function(Body.Exprs.symbol(E.Target)));
    }
  }
  return Found;
}

bool MilestoneIndex::isOnTheWay(FunctionId F) {
  StateKind &State = OnTheWay[F.Value];
  if (State != StateKind::Unknown)
    return State == StateKind::Yes;
  bool Found = Holds[F.Value];
  State = StateKind::Busy;
  if (P[F].Body && !Found)
    for (FunctionId Callee : certainCallees(Rules, F))
      if (Functions.count(Callee) || isOnTheWay(Callee)) {
        Found = true;
        break;
      }
  OnTheWay[F.Value] = Found ? StateKind::Yes : StateKind::No;
  return Found;
}
