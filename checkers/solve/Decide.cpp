//===- Decide.cpp - verdicts ----------------------------------------------===//

#include "solve/Decide.h"
#include "solve/ExprText.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace bootorder;

/// Calls looked at for one use before the value counts as not followed.
static constexpr size_t MaxCalls = 4096;

namespace {

/// One rule's uses, followed to their callers.
class Judge {
public:
  Judge(const RuleIndex &Rules, const ReportWalk &Report, const RuleWindow &W,
        std::vector<Verdict> &Out)
      : Rules(Rules), P(Rules.program()), Report(Report), W(W), Out(Out) {}

  void judge(const SinkUse &Use);

private:
  static constexpr uint32_t NoCall = ~0u;

  /// A call on some chain to the sink; Next is the call it leads to.
  struct Call {
    CallHop Hop;
    uint32_t Next = NoCall;
    uint32_t Place = NoCall; ///< where the finding would be; none: a wrapper
    uint32_t Since = 0;      ///< all edges from here on exist
  };
  enum class AnswerKind { Wrong, Fine, Unknown, AskCallers };

  void visit(uint32_t Index, const SinkUse &Use);
  void expand(uint32_t Index);
  AnswerKind ask(uint32_t Index, const SinkUse &Use, BitValue &Value);
  void report(uint32_t Index, uint32_t Step, const SinkUse &Use,
              AnswerKind Answer, const BitValue &Value);
  std::vector<CallHop> chainFrom(uint32_t Index) const;
  std::string sinkName(const std::vector<CallHop> &Chain, uint32_t Place,
                       const SinkUse &Use) const;
  void describeValue(Verdict &V, const SinkUse &Use) const;

  const RuleIndex &Rules;
  const Program &P;
  const ReportWalk &Report;
  const RuleWindow &W;
  std::vector<Verdict> &Out;
  std::vector<Call> Calls;
  std::set<std::tuple<FunctionId, EventId, uint32_t>> Seen;
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

Judge::AnswerKind Judge::ask(uint32_t Index, const SinkUse &Use,
                             BitValue &Value) {
  const Sink &S = *Use.Sink->Source;
  if (!S.Argument || !Use.Edge.To.isValid())
    return AnswerKind::Wrong;
  uint64_t Mask = Use.Sink->Mask;
  auto Position = argumentIndex(P, S, Use.Edge.To);
  const Event &E = P[Use.Holder].Body->Events[Use.Edge.Event.Value];
  if (!Position || *Position >= E.Args.Count)
    return AnswerKind::Fine; // not a function that takes such an argument
  ExprId Arg = P[Use.Holder].Body->Exprs.Operands[E.Args.First + *Position];
  std::vector<ChainFrame> Frames;
  for (const CallHop &Hop : chainFrom(Index))
    Frames.push_back({Hop.Caller, Hop.Edge.Event});
  Value = evaluateChain(P, Frames, Arg, Mask);
  if (Value.May & Mask)
    return AnswerKind::Wrong;
  if (Value.Param & Mask)
    return AnswerKind::AskCallers;
  return Value.Opaque & Mask ? AnswerKind::Unknown : AnswerKind::Fine;
}

void Judge::expand(uint32_t Index) {
  Call From = Calls[Index];
  for (const CallHop &Hop : Report.callers(From.Hop.Caller)) {
    bool IsBelowBoundary =
        Rules.isBoundary(Hop.Caller) && !Report.isOnSpine(Hop.Caller);
    if (!Hop.Edge.Event.isValid() || !P[Hop.Caller].Body || IsBelowBoundary ||
        Calls.size() >= MaxCalls ||
        !Seen.insert({Hop.Caller, Hop.Edge.Event, From.Place}).second)
      continue;
    Call Next;
    Next.Hop = Hop;
    Next.Next = Index;
    Next.Place = From.Place;
    Next.Since = std::max(From.Since, Hop.Edge.Since);
    Calls.push_back(Next);
  }
}

void Judge::visit(uint32_t Index, const SinkUse &Use) {
  FunctionId F = Calls[Index].Hop.Caller;
  auto Step = stepOfEvent(Report, W, F, Calls[Index].Hop.Edge.Event,
                          Calls[Index].Since);
  if (!Step || !passesFilters(P, *Use.Sink->Source, Use.Holder,
                              Report.history().step(*Step)))
    return;
  BitValue Value;
  AnswerKind Answer = ask(Index, Use, Value);
  bool IsSink = W.SinkFunctions.test(F.Value);
  if (Answer == AnswerKind::Fine ||
      (IsSink && Answer == AnswerKind::AskCallers))
    return;
  if (Calls[Index].Place == NoCall) {
    if (Rules.isWrapper(F) && !Report.isOnSpine(F))
      return IsSink && !Use.Sink->Source->Argument ? void() : expand(Index);
    if (!passesFilters(P, *Use.Sink->Source, F, Report.history().step(*Step)))
      return;
    Calls[Index].Place = Index;
  }
  if (Answer == AnswerKind::AskCallers) {
    size_t Before = Calls.size();
    expand(Index);
    if (Calls.size() != Before)
      return;
    Answer = AnswerKind::Unknown;
  }
  report(Index, *Step, Use, Answer, Value);
}

void Judge::judge(const SinkUse &Use) {
  bool IsInSink = W.SinkFunctions.test(Use.Holder.Value);
  if (IsInSink && !Use.Sink->Source->Argument)
    return; // the holder's own callers are judged
  Calls.clear();
  Seen.clear();
  Call First;
  First.Hop = {Use.Holder, Use.Edge};
  First.Since = Use.Edge.Since;
  Calls.push_back(First);
  for (uint32_t I = 0; I < Calls.size(); ++I)
    visit(I, Use);
}

/// The outermost call from the place on that the rule names.
std::string Judge::sinkName(const std::vector<CallHop> &Chain, uint32_t Place,
                            const SinkUse &Use) const {
  if (!Use.Macro.empty())
    return Use.Macro.str();
  for (uint32_t I = Place; I < Chain.size(); ++I)
    if (W.SinkFunctions.test(Chain[I].Edge.To.Value))
      return P[Chain[I].Edge.To].Name.str();
  return P[Use.Edge.To].Name.str();
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
  const Function &Body = *P[Use.Holder].Body;
  const Event &E = Body.Events[Use.Edge.Event.Value];
  if (auto Position = argumentIndex(P, *Use.Sink->Source, Use.Edge.To);
      Position && *Position < E.Args.Count)
    V.ValueText = describePointer(
        P, Use.Holder, Body.Exprs.Operands[E.Args.First + *Position]);
}

void Judge::report(uint32_t Index, uint32_t Step, const SinkUse &Use,
                   AnswerKind Answer, const BitValue &Value) {
  Verdict V;
  V.Window = &W;
  V.Sink = Use.Sink;
  V.Step = Step;
  V.Chain = chainFrom(Index);
  for (uint32_t I = Index; I != Calls[Index].Place; I = Calls[I].Next)
    ++V.PlaceIndex;
  V.SinkName = sinkName(V.Chain, V.PlaceIndex, Use);
  V.Value = Value;
  V.IsValueKnown = Answer == AnswerKind::Wrong;
  describeValue(V, Use);
  const CallHop &Place = V.Chain[V.PlaceIndex];
  const Event &E = P[Place.Caller].Body->Events[Place.Edge.Event.Value];
  auto [It, IsNew] =
      Reported.try_emplace({P.moduleOf(Place.Caller).Facts->str(E.Loc.File),
                            E.Loc.Line, E.Loc.Column},
                           Out.size());
  if (IsNew)
    Out.push_back(std::move(V));
  else if (V.IsValueKnown && !Out[It->second].IsValueKnown)
    Out[It->second] = std::move(V);
}

VerdictList bootorder::decide(const RuleIndex &Rules, const BootWalk &Walk,
                              const ReportWalk &Report,
                              llvm::ArrayRef<RuleWindow> Windows) {
  VerdictList List;
  for (const RuleWindow &W : Windows) {
    UseList Uses = findUses(Rules, Walk, Report, W);
    List.HeldBack += Uses.HeldBack;
    Judge J(Rules, Report, W, List.Verdicts);
    for (const SinkUse &Use : Uses.Uses)
      J.judge(Use);
  }
  return List;
}
