//===- Decide.cpp - verdicts ----------------------------------------------===//

#include "solve/Decide.h"
#include "solve/ChainObject.h"
#include "solve/ExprText.h"
#include "solve/LatentUses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <set>

using namespace bootorder;

/// Calls looked at for one use before the value counts as not followed.
static constexpr size_t MaxCalls = 4096;

namespace {

/// One rule's uses, followed to their callers.
class Judge {
public:
  Judge(const RuleIndex &Rules, BootWalk &Walk, const ReportWalk &Report,
        EffectSearch &Effects, const RuleWindow &W, std::vector<Verdict> &Out)
      : Rules(Rules), P(Rules.program()), Walk(Walk), Report(Report),
        Effects(Effects), W(W), Out(Out) {}

  UseOutcome::OutcomeKind judge(const SinkUse &Use);

private:
  static constexpr uint32_t NoCall = ~0u;

  /// A call on some chain to the sink; Next is the call it leads to.
  struct Call {
    CallHop Hop;
    uint32_t Next = NoCall;
    uint32_t Place = NoCall; ///< where the finding would be; none: a wrapper
    /// When all edges from here on exist.
    StepInterval When = {0, StepInterval::NoEnd};
  };
  enum class AnswerKind { Wrong, Fine, Unknown, AskCallers };

  /// Whether what the call is given decides.
  static bool isAsked(const SinkUse &Use) {
    return Use.Sink->Source->Argument || Use.Sink->Source->Object;
  }
  void visit(uint32_t Index, const SinkUse &Use);
  void expand(uint32_t Index);
  AnswerKind ask(uint32_t Index, const SinkUse &Use, BitValue &Value);
  AnswerKind askObject(uint32_t Index, const SinkUse &Use);
  AnswerKind askValue(const SinkUse &Use, uint32_t Position) const;
  std::optional<Value> givenValue(const SinkUse &Use, uint32_t Position) const;
  AnswerKind followed(const SinkUse &Use, BitValue &Value) const;
  uint32_t stepOfEffect(uint32_t Index, uint32_t Step, const SinkUse &Use);
  EffectSearch::Answer findEffect(uint32_t Step, const SinkUse &Use);
  void report(uint32_t Index, uint32_t Step, const SinkUse &Use,
              AnswerKind Answer, const BitValue &Value);
  std::vector<CallHop> chainFrom(uint32_t Index) const;
  std::vector<ChainFrame> framesFrom(uint32_t Index) const;
  std::string sinkName(const std::vector<CallHop> &Chain, uint32_t Place,
                       const SinkUse &Use) const;
  void describeValue(Verdict &V, const SinkUse &Use) const;

  const RuleIndex &Rules;
  const Program &P;
  BootWalk &Walk;
  const ReportWalk &Report;
  EffectSearch &Effects;
  const RuleWindow &W;
  std::vector<Verdict> &Out;
  std::vector<Call> Calls;
  UseOutcome::OutcomeKind Outcome = UseOutcome::OutcomeKind::Harmless;
  std::set<std::tuple<FunctionId, ContextId, EventId, uint32_t>> Seen;
  /// Place -> verdict. A macro and the function it expands to are one sink.
  std::map<std::tuple<llvm::StringRef, uint32_t, uint32_t>, size_t> Reported;
};

} // namespace

std::vector<CallHop> Judge::chainFrom(uint32_t Index) const {
  std::vector<CallHop> Chain;
  for (; Index != NoCall; Index = Calls[Index].Next)
    Chain.push_back(Calls[Index].Hop);
  return Chain;
}

/// What the walk knows of an argument: that of the context it led to.
std::optional<Value> Judge::givenValue(const SinkUse &Use,
                                       uint32_t Position) const {
  if (!Use.Hop.To.isValid() && !Use.Later.isValid())
    return std::nullopt;
  const std::vector<bootorder::Value> &Args =
      Use.Later.isValid()
          ? Effects.whatIf(Effects.lastMoment(W))[Use.Later].Args
          : Walk.Contexts[Use.Hop.To].Args;
  if (Position >= Args.size())
    return std::nullopt;
  return Args[Position];
}

/// Whether the argument can only be one of the values that the sink asks for.
Judge::AnswerKind Judge::askValue(const SinkUse &Use, uint32_t Position) const {
  auto Given = givenValue(Use, Position);
  bool IsWanted =
      Given && Given->isSet() && llvm::all_of(Given->atoms(), [&](Atom A) {
        return A.isNumber() && llvm::is_contained(Use.Sink->Wanted, A.Bits);
      });
  return IsWanted ? AnswerKind::Wrong : AnswerKind::Fine;
}

/// The functions from call \p Index on, each with the call it makes.
std::vector<ChainFrame> Judge::framesFrom(uint32_t Index) const {
  std::vector<ChainFrame> Frames;
  for (; Index != NoCall; Index = Calls[Index].Next)
    Frames.push_back({Calls[Index].Hop.Caller, Calls[Index].Hop.Edge.Event});
  return Frames;
}

/// Whether the call is about the object of the window.
Judge::AnswerKind Judge::askObject(uint32_t Index, const SinkUse &Use) {
  const Function &Body = *P[Use.Hop.Caller].Body;
  const Event &E = Body.Events[Use.Hop.Edge.Event.Value];
  uint32_t Position = Use.Sink->Source->Object->Index;
  if (Position >= E.Args.Count)
    return AnswerKind::Fine;
  ChainObject O = objectOnChain(
      P, Walk.State.Memory, Walk.State.Places, framesFrom(Index),
      Body.Exprs.Operands[E.Args.First + Position], Use.Sink->ObjectPath);
  if (O.Answer == ChainObject::AnswerKind::AskCallers)
    return AnswerKind::AskCallers;
  bool IsMeant =
      O.Answer == ChainObject::AnswerKind::Known && O.Where == W.Object;
  return IsMeant ? AnswerKind::Wrong : AnswerKind::Fine;
}

Judge::AnswerKind Judge::ask(uint32_t Index, const SinkUse &Use,
                             BitValue &Value) {
  const Sink &S = *Use.Sink->Source;
  const CallEdge &Edge = Use.Hop.Edge;
  if (S.Object)
    return askObject(Index, Use);
  if (!S.Argument || !Edge.To.isValid())
    return AnswerKind::Wrong;
  uint64_t Mask = Use.Sink->Mask;
  auto Position = argumentIndex(P, S, Edge.To);
  const Event &E = P[Use.Hop.Caller].Body->Events[Edge.Event.Value];
  if (!Position || *Position >= E.Args.Count)
    return AnswerKind::Fine; // not a function that takes such an argument
  if (!S.Argument->IsAnyOf.empty())
    return askValue(Use, *Position);
  auto Given = givenValue(Use, *Position);
  if (Given && (Given->possible() & Mask) == 0)
    return AnswerKind::Fine;
  ExprId Arg = P[Use.Hop.Caller].Body->Exprs.Operands[E.Args.First + *Position];
  Value = evaluateChain(P, framesFrom(Index), Arg, Mask);
  if (Value.May & Mask)
    return AnswerKind::Wrong;
  if (Value.Param & Mask)
    return AnswerKind::AskCallers;
  if ((Value.Opaque & Mask) == 0)
    return AnswerKind::Fine;
  return followed(Use, Value);
}

/// The walk may have followed what the chain alone cannot.
Judge::AnswerKind Judge::followed(const SinkUse &Use, BitValue &Value) const {
  auto Position = argumentIndex(P, *Use.Sink->Source, Use.Hop.Edge.To);
  auto Given = givenValue(Use, *Position);
  if (!Given || !Given->isAllNumbers())
    return AnswerKind::Unknown;
  for (Atom A : Given->atoms())
    if (A.Bits & Use.Sink->Mask)
      Value.May = A.Bits;
  return AnswerKind::Wrong;
}

void Judge::expand(uint32_t Index) {
  Call From = Calls[Index];
  if (!From.Hop.From.isValid())
    return; // the spine calls it
  for (const CallHop &Hop : Report.callers(From.Hop.From)) {
    bool IsBelowBoundary = Rules.isBoundary(Hop.Caller) && Hop.From.isValid();
    if (!Hop.Edge.Event.isValid() || !P[Hop.Caller].Body || IsBelowBoundary ||
        Calls.size() >= MaxCalls ||
        !Seen.insert({Hop.Caller, Hop.From, Hop.Edge.Event, From.Place}).second)
      continue;
    Call Next;
    Next.Hop = Hop;
    Next.Next = Index;
    Next.Place = From.Place;
    Next.When = {std::max(From.When.First, Hop.Since),
                 std::min(From.When.Last, Hop.Until)};
    Calls.push_back(Next);
  }
}

void Judge::visit(uint32_t Index, const SinkUse &Use) {
  FunctionId F = Calls[Index].Hop.Caller;
  auto Step = stepOfEvent(Report, W, Calls[Index].Hop, Calls[Index].When.First);
  if (!Step || !passesFilters(P, *Use.Sink->Source, Use.Hop.Caller,
                              Report.history().step(*Step)))
    return;
  BitValue Value;
  AnswerKind Answer = ask(Index, Use, Value);
  bool IsSink = W.SinkFunctions.test(F.Value);
  if (IsSink && Answer == AnswerKind::AskCallers)
    Outcome = std::max(Outcome, UseOutcome::OutcomeKind::PartOfSink);
  if (Answer == AnswerKind::Fine ||
      (IsSink && Answer == AnswerKind::AskCallers))
    return;
  if (Calls[Index].Place == NoCall) {
    if (Rules.isWrapper(F) && Calls[Index].Hop.From.isValid())
      return IsSink && !isAsked(Use) ? void() : expand(Index);
    if (!passesFilters(P, *Use.Sink->Source, F, Report.history().step(*Step)))
      return;
    Calls[Index].Place = Index;
  }
  if (Answer == AnswerKind::AskCallers) {
    size_t Before = Calls.size();
    expand(Index);
    if (Calls.size() != Before)
      return;
    if (Use.Sink->Source->Object)
      return; // which object it is cannot be told
    // Callers that are not there gave what a phase map says.
    Answer = Walk.State.Map ? followed(Use, Value) : AnswerKind::Unknown;
  }
  report(Index, *Step, Use, Answer, Value);
}

UseOutcome::OutcomeKind Judge::judge(const SinkUse &Use) {
  Outcome = UseOutcome::OutcomeKind::Harmless;
  bool IsInSink = W.SinkFunctions.test(Use.Hop.Caller.Value);
  if (IsInSink && !isAsked(Use))
    return UseOutcome::OutcomeKind::PartOfSink;
  Calls.clear();
  Seen.clear();
  Call First;
  First.Hop = Use.Hop;
  First.When = {Use.Hop.Since, Use.Hop.Until};
  Calls.push_back(First);
  for (uint32_t I = 0; I < Calls.size(); ++I)
    visit(I, Use);
  return Outcome;
}

/// The outermost call from the place on that the rule names.
std::string Judge::sinkName(const std::vector<CallHop> &Chain, uint32_t Place,
                            const SinkUse &Use) const {
  if (!Use.Macro.empty())
    return Use.Macro.str();
  for (uint32_t I = Place; I < Chain.size(); ++I)
    if (W.SinkFunctions.test(Chain[I].Edge.To.Value))
      return P[Chain[I].Edge.To].Name.str();
  return P[Use.Hop.Edge.To].Name.str();
}

void Judge::describeValue(Verdict &V, const SinkUse &Use) const {
  V.HasValue = Use.Sink->Source->Argument.has_value();
  V.OriginFunction = V.Chain[V.PlaceIndex].Caller;
  if (!V.HasValue)
    return;
  if (V.Value.Origin.Frame < V.Chain.size()) {
    V.OriginFunction = V.Chain[V.Value.Origin.Frame].Caller;
    V.ValueText = describeConstant(
        *P.moduleOf(V.OriginFunction).Facts,
        P[V.OriginFunction].Body->Exprs[V.Value.Origin.Constant]);
    return;
  }
  const Function &Body = *P[Use.Hop.Caller].Body;
  const Event &E = Body.Events[Use.Hop.Edge.Event.Value];
  if (auto Position = argumentIndex(P, *Use.Sink->Source, Use.Hop.Edge.To);
      Position && *Position < E.Args.Count)
    V.ValueText = describePointer(
        P, Use.Hop.Caller, Body.Exprs.Operands[E.Args.First + *Position]);
}

/// The first step from \p Step on at which the use also comes to an effect;
/// \p Step if it never does.
uint32_t Judge::stepOfEffect(uint32_t Index, uint32_t Step,
                             const SinkUse &Use) {
  const CallHop &Hop = Calls[Index].Hop;
  const Sink &S = *Use.Sink->Source;
  if (S.MattersFor.empty() || !Hop.From.isValid() || !Use.Hop.To.isValid())
    return Step;
  auto Later = Report.firstStep(Hop.From, W, Step,
                                Effects.stepsOf(Use.Hop.To, S.MattersFor));
  bool Runs = Later && *Later <= Calls[Index].When.Last &&
              passesFilters(P, S, Hop.Caller, Report.history().step(*Later));
  return Runs ? *Later : Step;
}

EffectSearch::Answer Judge::findEffect(uint32_t Step, const SinkUse &Use) {
  const std::vector<std::string> &Names = Use.Sink->Source->MattersFor;
  return Use.Later.isValid() ? Effects.findLater(Use.Later, W, Names)
                             : Effects.find(Use.Hop, Step, W, Names);
}

static UseOutcome::OutcomeKind outcomeOf(EffectSearch::AnswerKind Kind) {
  switch (Kind) {
  case EffectSearch::AnswerKind::Happens:
    return UseOutcome::OutcomeKind::Reported;
  case EffectSearch::AnswerKind::Masked:
    return UseOutcome::OutcomeKind::Masked;
  case EffectSearch::AnswerKind::Latent:
    return UseOutcome::OutcomeKind::Latent;
  case EffectSearch::AnswerKind::Never:
    return UseOutcome::OutcomeKind::NoEffect;
  }
  llvm_unreachable("not an answer");
}

static FindingClass classOf(EffectSearch::AnswerKind Kind) {
  if (Kind == EffectSearch::AnswerKind::Masked)
    return FindingClass::Masked;
  return Kind == EffectSearch::AnswerKind::Latent ? FindingClass::Latent
                                                  : FindingClass::Violation;
}

void Judge::report(uint32_t Index, uint32_t Step, const SinkUse &Use,
                   AnswerKind Answer, const BitValue &Value) {
  Step = stepOfEffect(Index, Step, Use);
  EffectSearch::Answer Effect = findEffect(Step, Use);
  Outcome = std::max(Outcome, outcomeOf(Effect.Kind));
  bool IsSure = Answer == AnswerKind::Wrong;
  if (Effect.Kind == EffectSearch::AnswerKind::Never ||
      (Effect.Kind == EffectSearch::AnswerKind::Latent && !IsSure))
    return;
  Verdict V;
  V.Class = classOf(Effect.Kind);
  V.Effect = std::move(Effect.Way);
  V.Window = &W;
  V.Sink = Use.Sink;
  V.Step = Step;
  V.Chain = chainFrom(Index);
  for (uint32_t I = Index; I != Calls[Index].Place; I = Calls[I].Next)
    ++V.PlaceIndex;
  V.SinkName = sinkName(V.Chain, V.PlaceIndex, Use);
  V.Value = Value;
  V.IsValueKnown = IsSure;
  describeValue(V, Use);
  const CallHop &Place = V.Chain[V.PlaceIndex];
  const Event &E = P[Place.Caller].Body->Events[Place.Edge.Event.Value];
  auto [It, IsNew] =
      Reported.try_emplace({P.moduleOf(Place.Caller).Facts->str(E.Loc.File),
                            E.Loc.Line, E.Loc.Column},
                           Out.size());
  auto Rank = [](const Verdict &V) {
    return std::pair(-static_cast<int>(V.Class), V.IsValueKnown);
  };
  if (IsNew)
    Out.push_back(std::move(V));
  else if (Rank(V) > Rank(Out[It->second]))
    Out[It->second] = std::move(V);
}

VerdictList bootorder::decide(const RuleIndex &Rules, BootWalk &Walk,
                              const ReportWalk &Report,
                              llvm::ArrayRef<RuleWindow> Windows,
                              const std::map<std::string, int64_t> &Constants,
                              std::vector<UseOutcome> *Outcomes) {
  VerdictList List;
  EffectSearch Effects(Rules, Walk, Report.history(), Constants);
  LatentUses Latent(Rules, Walk, Report, Windows);
  // Windows that end together share what might be at that moment.
  std::vector<const RuleWindow *> ByEnd;
  for (const RuleWindow &W : Windows)
    ByEnd.push_back(&W);
  llvm::sort(ByEnd, [&](const RuleWindow *A, const RuleWindow *B) {
    return std::pair(Effects.lastMoment(*A), A - Windows.data()) <
           std::pair(Effects.lastMoment(*B), B - Windows.data());
  });
  for (const RuleWindow *W : ByEnd) {
    UseList Uses = findUses(Rules, Walk, Report, *W);
    List.HeldBack += Uses.Held.size();
    llvm::append_range(Uses.Uses, Latent.find(*W, Effects));
    Judge J(Rules, Walk, Report, Effects, *W, List.Verdicts);
    for (const SinkUse &Use : Uses.Uses) {
      UseOutcome::OutcomeKind Outcome = J.judge(Use);
      if (Outcomes)
        Outcomes->push_back({Use, W, Outcome});
    }
  }
  return List;
}
