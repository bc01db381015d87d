//===- GuardNotes.cpp - why the guards on a finding's way do not help -----===//

#include "solve/GuardNotes.h"
#include "solve/Explainer.h"
#include "solve/FlowGraph.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/TimeProfiler.h"

using namespace bootorder;

/// More notes than this keep nobody from reading on.
static constexpr size_t MaxNotes = 3;

/// What a guard asks may ask others, so far.
static constexpr unsigned MaxAsked = 4;

//===----------------------------------------------------------------------===//
// Guards in the source
//===----------------------------------------------------------------------===//

static BlockId blockOf(const Function &Body, EventId E) {
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B)
    if (E.Value - Body.Blocks[B].Events.First < Body.Blocks[B].Events.Count)
      return BlockId(B);
  return BlockId();
}

/// Whether control can come from \p From to \p To without entering \p Avoided.
static bool leadsTo(const Function &Body, BlockId From, BlockId To,
                    BlockId Avoided) {
  llvm::BitVector Seen(Body.Blocks.size());
  llvm::SmallVector<BlockId, 16> Left{From};
  while (!Left.empty()) {
    BlockId B = Left.pop_back_val();
    if (B == To)
      return true;
    if (B == Avoided || Seen.test(B.Value))
      continue;
    Seen.set(B.Value);
    Range Edges = Body.Blocks[B.Value].Edges;
    for (uint32_t I = 0; I < Edges.Count; ++I)
      Left.push_back(Body.Edges[Edges.First + I].To);
  }
  return false;
}

std::vector<GuardBlock> bootorder::guardsOf(const RuleIndex &Rules,
                                            FunctionId F, EventId E) {
  const Function &Body = *Rules.program()[F].Body;
  FlowGraph Graph = analyseFlow(Body, NoReturnCalls(Rules, F));
  std::vector<GuardBlock> Found;
  BlockId To = blockOf(Body, E);
  if (!To.isValid())
    return Found;
  for (BlockId B = Graph.Blocks[To.Value].Dominator; B.isValid();
       B = Graph.Blocks[B.Value].Dominator) {
    const Block &Here = Body.Blocks[B.Value];
    GuardBlock Guard{B, {}};
    bool IsCrashOnly = true;
    for (uint32_t I = 0; Here.Condition.isValid() && I < Here.Edges.Count;
         ++I) {
      BlockId Next = Body.Edges[Here.Edges.First + I].To;
      if (leadsTo(Body, Next, To, B))
        continue;
      Guard.Away.push_back(Here.Edges.First + I);
      IsCrashOnly &= Graph.Blocks[Next.Value].IsCrash;
    }
    if (!Guard.Away.empty() && !IsCrashOnly)
      Found.push_back(std::move(Guard));
  }
  std::reverse(Found.begin(), Found.end());
  return Found;
}

/// A number in a global that \p Node loads, and not as a part of something that
/// a pointer leads to.
static bool loadsGlobal(const Function &Body, ExprId Node) {
  const Expr *E = &Body.Exprs[Node];
  if (E->Kind != ExprKind::Load || E->IsPointer)
    return false;
  do
    E = &Body.Exprs[Body.Exprs.operand(*E, 0)];
  while (E->Kind == ExprKind::Field);
  return E->Kind == ExprKind::Object;
}

/// Whether \p Root compares nothing but numbers in globals with constants.
static bool isPlainTest(const Function &Body, ExprId Root) {
  const Expr &E = Body.Exprs[Root];
  if (E.Kind == ExprKind::Constant || loadsGlobal(Body, Root))
    return true;
  if (E.Kind != ExprKind::Unary && E.Kind != ExprKind::Binary &&
      E.Kind != ExprKind::Cast)
    return false;
  for (uint32_t I = 0; I < E.Operands.Count; ++I)
    if (!isPlainTest(Body, Body.Exprs.operand(E, I)))
      return false;
  return true;
}

namespace {

/// Finds what conditions ask.
struct Asker {
  const Program &P;
  llvm::BitVector &Watched; ///< functions whose results conditions ask for

  /// Whether the tree \p Root asks memory, itself or through calls.
  bool asksMemory(FunctionId F, ExprId Root, unsigned Depth) {
    if (!Root.isValid())
      return false;
    const Function &Body = *P[F].Body;
    const Expr &E = Body.Exprs[Root];
    bool Asks = loadsGlobal(Body, Root);
    if (E.Kind == ExprKind::Reference)
      Asks |= asksMemory(F, Body.Exprs.event(Root), Depth);
    for (uint32_t I = 0; I < E.Operands.Count; ++I)
      Asks |= asksMemory(F, Body.Exprs.operand(E, I), Depth);
    return Asks;
  }

  bool asksMemory(FunctionId F, EventId Made, unsigned Depth) {
    if (Depth >= MaxAsked)
      return false;
    const Function &Body = *P[F].Body;
    const Event &E = Body.Events[Made.Value];
    if (E.Kind == EventKind::Define)
      return asksMemory(F, E.Value, Depth + 1);
    if (E.Kind != EventKind::Call || !E.Target.isValid() ||
        Body.Exprs[E.Target].Kind != ExprKind::Function)
      return false;
    return predicateAsks(P.moduleOf(F).function(Body.Exprs.symbol(E.Target)),
                         Depth + 1);
  }

  bool predicateAsks(FunctionId Callee, unsigned Depth) {
    const Function *Body = P[Callee].Body;
    if (!Body)
      return false;
    bool Asks = false;
    for (const Event &E : Body->Events)
      if (E.Kind == EventKind::Return)
        Asks |= asksMemory(Callee, E.Value, Depth);
    for (const Block &B : Body->Blocks)
      Asks |= asksMemory(Callee, B.Condition, Depth);
    if (Asks)
      Watched.set(Callee.Value);
    return Asks;
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// What they found in memory
//===----------------------------------------------------------------------===//

/// What \p Hop's caller decided at \p Step; null if it was not noted.
static const FrameRecord *recordAt(const DecisionLog &Log, FunctionId F,
                                   ContextId C, uint32_t Step) {
  if (!C.isValid())
    return Log.spineRecord(F);
  for (const FrameRecord &Record : Log.records(C))
    if (Record.holdsAt(Step))
      return &Record;
  return nullptr;
}

/// What the function that call \p E of \p G enters decided at \p Step; no
/// record if it was not noted.
Explainer::CalledRecord Explainer::calledBy(FunctionId G,
                                            const FrameRecord &Record,
                                            EventId E, uint32_t Step) const {
  ContextId Callee;
  auto Known = Record.Callees.find(E.Value);
  if (Known != Record.Callees.end())
    Callee = Known->second;
  for (const BootStep &Call : S.History.Steps) {
    if (Callee.isValid() || Call.In != G || Call.Event != E)
      continue;
    if (Call.IsDescended)
      return {Call.Function, S.Log.spineRecord(Call.Function)};
    if (Call.Roots.size() == 1)
      Callee = Call.Roots.front().To;
  }
  if (!Callee.isValid())
    return {};
  FunctionId F = Walk.Contexts[Callee].Function;
  return {F, recordAt(S.Log, F, Callee, Step)};
}

/// The first reading of memory that \p Why rests on, with the function that
/// reads it.
std::optional<std::pair<FunctionId, Reason>>
Explainer::readingOf(FunctionId G, const FrameRecord &Record,
                     const std::vector<Reason> &Why, uint32_t Step,
                     uint32_t Depth) const {
  const PlaceTable &Places = Walk.State.Places;
  for (const Reason &R : Why)
    if (R.Kind == Reason::ReasonKind::Memory &&
        Places.isGlobal(Places[R.Where].Object) &&
        !(P[Places[R.Where].Object].Definition &&
          P[Places[R.Where].Object].Definition->IsConst))
      return std::pair(G, R);
  for (const Reason &R : Why) {
    if (R.Kind != Reason::ReasonKind::Result || Depth >= MaxAsked)
      continue;
    auto [Asked, Inner] = calledBy(G, Record, R.Call, Step);
    for (size_t I = 0; Inner && I < Inner->Returns.size(); ++I)
      if (auto Found =
              readingOf(Asked, *Inner, Inner->Returns[I].Why, Step, Depth + 1))
        return Found;
    for (size_t I = 0; Inner && I < Inner->Branches.size(); ++I)
      if (auto Found =
              readingOf(Asked, *Inner, Inner->Branches[I].Why, Step, Depth + 1))
        return Found;
  }
  return std::nullopt;
}

std::optional<GuardNote> Explainer::guardNoteIn(const FrameRecord &Record,
                                                const GuardBlock &Guard,
                                                uint32_t Step) const {
  auto Branch = llvm::find_if(Record.Branches, [&](const BranchRecord &B) {
    return B.Block == Guard.Block;
  });
  if (Branch == Record.Branches.end())
    return std::nullopt;
  const Block &Here = P[F].Body->Blocks[Guard.Block.Value];
  GuardNote Note;
  Note.Function = P[F].Name.str();
  Note.Place = {P.moduleOf(F).Facts->str(Here.ConditionLoc.File).str(),
                Here.ConditionLoc.Line, Here.ConditionLoc.Column};
  Note.Condition = branchText(F, *Branch);
  // Macros that warn turn a test into 0 or 1 first.
  while (llvm::StringRef(Note.Condition).starts_with("!!"))
    Note.Condition.erase(0, 2);
  auto IsCut = [&](uint32_t Edge) {
    return llvm::is_contained(Branch->Cut, Edge);
  };
  // On the way to a latent use some guard holds: all edges that lead to it are
  // cut.
  bool Holds = true;
  for (uint32_t I = Here.Edges.First; I < Here.Edges.First + Here.Edges.Count;
       ++I)
    Holds &= IsCut(I) || llvm::is_contained(Guard.Away, I);
  Note.IsKnown = Holds || llvm::all_of(Guard.Away, IsCut);
  if (!Note.IsKnown) {
    Note.Text = "is not known here, so both ways are taken";
    return isPlainTest(*P[F].Body, Here.Condition) ? std::optional(Note)
                                                   : std::nullopt;
  }
  auto Reading = readingOf(F, Record, Branch->Why, Step, 0);
  if (!Reading)
    return std::nullopt;
  std::vector<ReasonLine> Lines;
  addMemory(Reading->first, Reading->second, 0, Lines);
  Note.Text = outcome(F, *Branch) + " here: " + Lines.front().Text;
  Note.Cause = Lines.front().Place;
  return Note;
}

/// The log's walk has numbers of its own for contexts, so all that run at the
/// step are asked. What they do not agree on is not said.
std::optional<GuardNote> Explainer::guardNote(const GuardBlock &Guard,
                                              uint32_t Step,
                                              bool IsOnSpine) const {
  std::vector<const FrameRecord *> Records;
  if (IsOnSpine)
    Records = {S.Log.spineRecord(F)};
  for (ContextId C : Walk.Contexts.contextsOf(F))
    if (!IsOnSpine && llvm::any_of(Walk.reach(C), [&](const StepInterval &I) {
          return I.First <= Step && Step <= I.Last;
        }))
      Records.push_back(recordAt(S.Log, F, C, Step));
  std::optional<GuardNote> Agreed;
  for (const FrameRecord *Record : Records) {
    auto Note = Record ? guardNoteIn(*Record, Guard, Step) : std::nullopt;
    if (!Note)
      continue;
    if (Agreed && Agreed->Text != Note->Text)
      return std::nullopt;
    Agreed = std::move(Note);
  }
  return Agreed;
}

namespace {

struct GuardOnChain {
  const GuardedChain *Chain;
  const CallHop *Hop;
  GuardBlock Guard;
};

} // namespace

/// Guards that ask memory, by chain, nearest to the sink first. \p Watched gets
/// the functions that have to be logged for them.
static std::vector<GuardOnChain>
guardsOnChains(const RuleIndex &Rules, llvm::ArrayRef<GuardedChain> Chains,
               llvm::BitVector &Watched) {
  const Program &P = Rules.program();
  Asker Ask{P, Watched};
  std::vector<GuardOnChain> Found;
  for (const GuardedChain &Chain : Chains)
    for (const CallHop &Hop : llvm::reverse(Chain.Path)) {
      const Function *Body = P[Hop.Caller].Body;
      if (!Body || !Hop.Edge.Event.isValid())
        continue;
      for (GuardBlock &Guard : guardsOf(Rules, Hop.Caller, Hop.Edge.Event)) {
        ExprId Condition = Body->Blocks[Guard.Block.Value].Condition;
        if (!Ask.asksMemory(Hop.Caller, Condition, 0))
          continue;
        Watched.set(Hop.Caller.Value);
        Found.push_back({&Chain, &Hop, std::move(Guard)});
      }
    }
  return Found;
}

void bootorder::explainGuards(const RuleSet &Kept, const RuleIndex &Rules,
                              const SolveOptions &Options,
                              llvm::ArrayRef<GuardedChain> Chains) {
  llvm::TimeTraceScope Timed("solve: guards of findings");
  const Program &P = Rules.program();
  llvm::BitVector Watched(P.Functions.size());
  std::vector<GuardOnChain> Guards = guardsOnChains(Rules, Chains, Watched);
  if (Guards.empty())
    return;
  uint32_t LastStep = 0;
  for (const GuardOnChain &One : Guards)
    LastStep = std::max(LastStep, One.Chain->Step);
  ExplainSession Session(P, Kept, Options, std::move(Watched), LastStep);
  for (const GuardOnChain &One : Guards) {
    std::vector<GuardNote> &Notes = One.Chain->Of->Guards;
    Explainer Here(Session, One.Hop->Caller, /*Line=*/0);
    if (Notes.size() < MaxNotes)
      if (auto Note = Here.guardNote(One.Guard, One.Chain->Step,
                                     !One.Hop->From.isValid()))
        Notes.push_back(std::move(*Note));
  }
}
