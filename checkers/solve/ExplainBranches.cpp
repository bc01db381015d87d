//===- ExplainBranches.cpp - what was decided in a function, and why ------===//

#include "solve/Explainer.h"
#include "solve/ValueText.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace bootorder;

/// A reason that rests on others is followed so far.
static constexpr uint32_t MaxDepth = 4;

/// More lines than this explain nothing.
static constexpr size_t MaxLines = 10;

static SourcePlace placeOf(const Program &P, FunctionId F,
                           const Location &Loc) {
  return {P.moduleOf(F).Facts->str(Loc.File).str(), Loc.Line, Loc.Column};
}

//===----------------------------------------------------------------------===//
// Reasons
//===----------------------------------------------------------------------===//

void Explainer::addMemory(FunctionId G, const Reason &R, uint32_t Depth,
                          std::vector<ReasonLine> &Out) const {
  const Machine &M = Walk.State;
  ObjectId O = M.Places[R.Where].Object;
  bool IsLocal = !M.Places.isGlobal(O);
  std::string Name = IsLocal && R.Source.isValid()
                         ? describeTree(P, G, R.Source)
                         : describePlace(M, R.Where);
  ReasonLine Line;
  Line.Depth = Depth;
  Line.Text = Name + " is " + describeValue(M, R.Held);
  bool IsConst = !IsLocal && P[O].Definition && P[O].Definition->IsConst;
  if (IsConst)
    Line.Text += ", and constant";
  else if (R.Writers.empty())
    Line.Text += IsLocal ? "" : ", its initial value";
  else
    Line.Text += R.MayBeInitial && !IsLocal ? ", initially or by " : ", by ";
  std::set<llvm::StringRef> Named;
  for (const WriteSite &Site : R.Writers) {
    if (IsConst || !Named.insert(P[Site.Function].Name).second)
      continue;
    Line.Text +=
        (Named.size() == 1 ? "'" : ", '") + P[Site.Function].Name.str() + "'";
    if (Named.size() == 1)
      Line.Place = S.Writer.eventPlace(Site.Function, Site.Event);
  }
  if (R.IsShared && !IsConst)
    Line.Text += " (stores through pointers included)";
  Out.push_back(std::move(Line));
}

/// The first call that enters \p C at \p Step: of the spine, else in the order
/// of contexts.
std::optional<WrittenCall> Explainer::callerOf(ContextId C,
                                               uint32_t Step) const {
  if (!C.isValid())
    return std::nullopt;
  for (const ContextCall &Root : S.History.step(Step).Roots)
    if (Root.To == C && S.History.step(Step).In.isValid())
      return WrittenCall{S.History.step(Step).In, Root.Edge};
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    const Context &From = Walk.Contexts[ContextId(I)];
    if (Walk.reach(ContextId(I)).empty())
      continue;
    for (const ContextCall &Made : From.Calls)
      if (Made.To == C && Made.When.contains(Step))
        return WrittenCall{From.Function, Made.Edge};
  }
  return std::nullopt;
}

void Explainer::addArgument(FunctionId G, ContextId C, const Reason &R,
                            uint32_t Step, uint32_t Depth,
                            std::vector<ReasonLine> &Out) {
  std::string Name = "arg" + std::to_string(R.Index + 1);
  ReasonLine Line;
  Line.Depth = Depth;
  Line.Text = Name + " is " + describeValue(Walk.State, R.Held);
  if (auto Given = callerOf(C, Step)) {
    Line.Text += ", given by '" + P[Given->Caller].Name.str() + "'";
    Line.Place = S.Writer.eventPlace(Given->Caller, Given->Edge.Event);
  }
  Out.push_back(std::move(Line));
}

/// The step that call \p E of spine function \p G makes; null if there is none.
static const BootStep *stepOf(const BootHistory &History, FunctionId G,
                              EventId E) {
  for (const BootStep &Step : History.Steps)
    if (Step.In == G && Step.Event == E)
      return &Step;
  return nullptr;
}

/// Why the callee returned what it did: \p C is none for a spine function.
void Explainer::addReturns(FunctionId Callee, ContextId C,
                           const FrameRecord &Record, uint32_t Step,
                           uint32_t Depth, std::vector<ReasonLine> &Out) {
  size_t Before = Out.size();
  for (const ReturnRecord &Return : Record.Returns)
    addReasons(Callee, C, Record, Return.Why, Step, Depth, Out);
  // What is returned may be a constant: then the way to it is the reason.
  for (const BranchRecord &Branch : Record.Branches)
    if (Out.size() == Before && !Branch.Cut.empty())
      addReasons(Callee, C, Record, Branch.Why, Step, Depth, Out);
}

void Explainer::addResult(FunctionId G, const FrameRecord &Record,
                          const Reason &R, uint32_t Step, uint32_t Depth,
                          std::vector<ReasonLine> &Out) {
  ReasonLine Line;
  Line.Depth = Depth;
  Line.Text =
      describeTree(P, G, R.Source) + " is " + describeValue(Walk.State, R.Held);
  Line.Place = placeOf(P, G, P[G].Body->Events[R.Call.Value].Loc);
  Out.push_back(std::move(Line));
  if (Depth >= MaxDepth)
    return;
  ContextId Callee;
  auto Known = Record.Callees.find(R.Call.Value);
  const BootStep *Call = stepOf(S.History, G, R.Call);
  if (Known != Record.Callees.end())
    Callee = Known->second;
  else if (Call && Call->Roots.size() == 1)
    Callee = Call->Roots.front().To;
  else if (Call && Call->IsDescended)
    if (const FrameRecord *Inner = S.Log.spineRecord(Call->Function))
      addReturns(Call->Function, Callee, *Inner, Step, Depth + 1, Out);
  if (!Callee.isValid())
    return;
  for (const FrameRecord &Inner : S.Log.records(Callee))
    if (Inner.holdsAt(Step))
      addReturns(Walk.Contexts[Callee].Function, Callee, Inner, Step, Depth + 1,
                 Out);
}

void Explainer::addReasons(FunctionId G, ContextId C, const FrameRecord &Record,
                           const std::vector<Reason> &Why, uint32_t Step,
                           uint32_t Depth, std::vector<ReasonLine> &Out) {
  for (const Reason &R : Why) {
    if (Out.size() >= MaxLines)
      return;
    switch (R.Kind) {
    case Reason::ReasonKind::Memory:
      addMemory(G, R, Depth, Out);
      break;
    case Reason::ReasonKind::Argument:
      addArgument(G, C, R, Step, Depth, Out);
      break;
    case Reason::ReasonKind::Result:
      addResult(G, Record, R, Step, Depth, Out);
      break;
    }
  }
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

std::string Explainer::branchText(FunctionId G,
                                  const BranchRecord &Branch) const {
  return describeTree(P, G, P[G].Body->Blocks[Branch.Block.Value].Condition);
}

/// `is false`, `goes to case 2`.
std::string Explainer::outcome(FunctionId G, const BranchRecord &Branch) const {
  const Function &Body = *P[G].Body;
  Range Edges = Body.Blocks[Branch.Block.Value].Edges;
  if (Branch.Condition.isNothing())
    return "never gets a value";
  std::string Taken;
  for (uint32_t I = Edges.First; I < Edges.First + Edges.Count; ++I) {
    const Edge &E = Body.Edges[I];
    bool IsCut = llvm::is_contained(Branch.Cut, I);
    if (E.Kind == EdgeKind::True || E.Kind == EdgeKind::False) {
      if (IsCut)
        return E.Kind == EdgeKind::True ? "is false" : "is true";
      continue;
    }
    if (IsCut)
      continue;
    Taken += Taken.empty() ? "" : ", ";
    Taken +=
        E.Kind == EdgeKind::Case ? "case " + std::to_string(E.Low) : "default";
    if (E.Kind == EdgeKind::Case && E.Low != E.High)
      Taken += " to " + std::to_string(E.High);
  }
  return "goes to " + (Taken.empty() ? "no case" : Taken);
}

namespace {

/// Contexts that decide a branch alike.
struct BranchGroup {
  ExplainedBranch Row;
  std::set<ContextId> Contexts;
};

} // namespace

std::optional<StepRange>
bootorder::stepsOf(const FrameRecord &Record,
                   llvm::ArrayRef<StepInterval> Reach) {
  std::optional<StepRange> Steps;
  for (const StepInterval &I : Reach) {
    uint32_t First = std::max(I.First, Record.First),
             Last = std::min(I.Last, Record.Last);
    if (First > Last)
      continue;
    if (!Steps)
      Steps = {First, Last};
    Steps->Last = Last;
  }
  return Steps;
}

void Explainer::explainBranches(Explanation &Out) {
  using Key = std::tuple<uint32_t, uint32_t, std::string, std::string>;
  std::map<Key, BranchGroup> Groups;
  std::map<uint32_t, std::set<ContextId>> Comers; ///< by block
  auto Add = [&](ContextId C, const FrameRecord &Record, StepRange Steps) {
    for (const BranchRecord &Branch : Record.Branches) {
      const Block &Here = P[F].Body->Blocks[Branch.Block.Value];
      if (Line != 0 && Here.ConditionLoc.Line != Line)
        continue;
      Comers[Branch.Block.Value].insert(C);
      if (Branch.Cut.empty())
        continue;
      ExplainedBranch Row;
      Row.Place = placeOf(P, F, Here.ConditionLoc);
      Row.Condition = branchText(F, Branch);
      Row.Outcome = outcome(F, Branch);
      Row.Steps = Steps;
      addReasons(F, C, Record, Branch.Why, Steps.First, 0, Row.Why);
      std::string Why;
      for (const ReasonLine &R : Row.Why)
        Why += std::to_string(R.Depth) + R.Text + "\n";
      auto [It, IsNew] = Groups.try_emplace(
          {Here.ConditionLoc.Line, Branch.Block.Value, Row.Outcome, Why});
      BranchGroup &Group = It->second;
      if (IsNew)
        Group.Row = Row;
      Group.Row.Steps.First = std::min(Group.Row.Steps.First, Steps.First);
      Group.Row.Steps.Last = std::max(Group.Row.Steps.Last, Steps.Last);
      Group.Contexts.insert(C);
    }
  };
  if (const FrameRecord *Spine = S.Log.spineRecord(F))
    Add(ContextId(), *Spine, {Spine->First, S.History.Steps[Spine->First].End});
  for (ContextId C : Walk.Contexts.contextsOf(F))
    for (const FrameRecord &Record : S.Log.records(C))
      if (auto Steps = stepsOf(Record, Walk.reach(C)))
        Add(C, Record, *Steps);
  Out.Branches = Comers.size();
  for (auto &[Key, Group] : Groups) {
    Group.Row.Contexts = Group.Contexts.size();
    Group.Row.OfContexts = Comers[std::get<1>(Key)].size();
    Out.Decided.push_back(std::move(Group.Row));
  }
}
