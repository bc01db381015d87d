//===- Pairs.cpp - which objects are made when ----------------------------===//
//
// A driver needs its bus, a device its class. No milestone says when: each
// object has a window of its own, which ends where a provider is called for it.
//
//===----------------------------------------------------------------------===//

#include "solve/ChainObject.h"
#include "solve/Fields.h"
#include "solve/Violations.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Callers of one provider's call asked which object it is about.
static constexpr size_t MaxChains = 1024;
/// Calls between a provider and who says which object it is about.
static constexpr size_t MaxFrames = 8;

namespace {

/// When, and by which call, an object is made.
struct Making {
  uint32_t Step = BootStep::NoStep;
  ChainFrame By; ///< the call that says which object it is
  FunctionId Provider;
};

/// Follows the calls of one rule's providers to the objects they are about.
class MakingFinder {
public:
  MakingFinder(const Provider &Made, const BootHistory &History, BootWalk &Walk)
      : Made(Made), P(Walk.State.P), History(History), Walk(Walk) {
    if (auto Known = fieldsNamed(P, Made.Object.Path))
      Path = std::move(*Known);
    else
      IsAbsent = true;
  }

  /// By PlaceId: the first making of every object.
  std::map<uint32_t, Making> find();
  /// From this step on any object may have been made; valid after find().
  uint32_t stepOfAny() const { return Any.Step; }

private:
  /// A call of a provider, seen from a caller further out.
  struct Chain {
    ContextId Outermost; ///< none: a spine function
    std::vector<ChainFrame> Frames;
    uint32_t Step = 0; ///< the first at which it can run
    ContextId Called;  ///< the provider
  };
  struct Caller {
    ContextId From; ///< none: a spine function
    ChainFrame Frame;
    StepInterval When;
  };

  void follow(const Chain &First);
  void ask(const Chain &C);
  void askCallers(const Chain &C);
  void findCallers();
  bool isOnHeap(ContextId Called) const;
  std::optional<uint32_t> firstStep(ContextId C, StepInterval When) const;
  void note(Making &Known, const Chain &C) const {
    if (C.Step < Known.Step)
      Known = {C.Step, C.Frames.front(), Walk.Contexts[C.Called].Function};
  }

  const Provider &Made;
  const Program &P;
  const BootHistory &History;
  BootWalk &Walk;
  std::vector<FieldKey> Path;
  bool IsAbsent = false; ///< the tree lacks a field of the path
  std::vector<std::vector<Caller>> Callers; ///< by ContextId
  std::vector<Chain> Open;
  std::map<uint32_t, Making> Found;
  Making Any; ///< of objects that are not known
};

} // namespace

std::optional<uint32_t> MakingFinder::firstStep(ContextId C,
                                                StepInterval When) const {
  for (const StepInterval &Run : Walk.reach(C))
    if (Run.Last >= When.First && Run.First <= When.Last)
      return std::max(Run.First, When.First);
  return std::nullopt;
}

void MakingFinder::findCallers() {
  Callers.resize(Walk.Contexts.size());
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    ContextId C(I);
    for (const ContextCall &Call : Walk.Contexts[C].Calls)
      if (Call.Edge.Event.isValid())
        Callers[Call.To.Value].push_back(
            {C, {Walk.Contexts[C].Function, Call.Edge.Event}, Call.When});
  }
  for (uint32_t I = 0; I < History.Steps.size(); ++I) {
    const BootStep &Step = History.Steps[I];
    for (const ContextCall &Root : Step.Roots)
      if (Step.In.isValid() && Step.Event.isValid())
        Callers[Root.To.Value].push_back(
            {ContextId(), {Step.In, Step.Event}, {I, I}});
  }
}

/// Whether the walk knows that it is about allocated memory, which no rule
/// names.
bool MakingFinder::isOnHeap(ContextId Called) const {
  if (!Path.empty() || Made.Object.Index >= Walk.Contexts[Called].Args.size())
    return false;
  const Value &Given = Walk.Contexts[Called].Args[Made.Object.Index];
  const PlaceTable &Places = Walk.State.Places;
  return Given.isSet() && llvm::all_of(Given.atoms(), [&](Atom A) {
           return A.isZero() ||
                  (A.Kind == Atom::AtomKind::Place &&
                   !Places.isGlobal(
                       Places[PlaceId(static_cast<uint32_t>(A.Bits))].Object));
         });
}

void MakingFinder::askCallers(const Chain &C) {
  bool IsLast = !C.Outermost.isValid() || Callers[C.Outermost.Value].empty() ||
                C.Frames.size() >= MaxFrames || Open.size() >= MaxChains;
  if (IsLast)
    return note(Any, C);
  for (const Caller &Next : Callers[C.Outermost.Value]) {
    auto Step = Next.From.isValid()
                    ? firstStep(Next.From, {std::max(C.Step, Next.When.First),
                                            Next.When.Last})
                    : std::optional(Next.When.First);
    if (!Step)
      continue;
    Chain Longer{Next.From, {Next.Frame}, *Step, C.Called};
    llvm::append_range(Longer.Frames, C.Frames);
    Open.push_back(std::move(Longer));
  }
}

void MakingFinder::ask(const Chain &C) {
  const Function &Body = *P[C.Frames.back().Function].Body;
  const Event &E = Body.Events[C.Frames.back().Event.Value];
  if (Made.Object.Index >= E.Args.Count)
    return;
  ChainObject O = objectOnChain(
      P, Walk.State.Memory, Walk.State.Places, C.Frames,
      Body.Exprs.Operands[E.Args.First + Made.Object.Index], Path);
  if (O.Answer == ChainObject::AnswerKind::Known)
    return note(Found[O.Where.Value], C);
  if (O.Answer == ChainObject::AnswerKind::AskCallers)
    return askCallers(C);
  if (!isOnHeap(C.Called))
    note(Any, C);
}

void MakingFinder::follow(const Chain &First) {
  Open.assign(1, First);
  for (size_t I = 0; I < Open.size(); ++I)
    ask(Chain(Open[I]));
}

std::map<uint32_t, Making> MakingFinder::find() {
  if (IsAbsent)
    return {};
  findCallers();
  llvm::BitVector Providers(P.Functions.size());
  for (FunctionId F : P.functionsMatching(Made.Functions))
    Providers.set(F.Value);
  for (uint32_t I = 0; I < Walk.Contexts.size(); ++I) {
    ContextId Called(I);
    if (!Providers.test(Walk.Contexts[Called].Function.Value))
      continue;
    for (const Caller &By : Callers[I]) {
      auto Step = By.From.isValid() ? firstStep(By.From, By.When)
                                    : std::optional(By.When.First);
      if (Step)
        follow({By.From, {By.Frame}, *Step, Called});
    }
  }
  return std::move(Found);
}

/// `some_subsystem.bus`.
static std::string nameOf(const Program &P, const PlaceTable &Places,
                          PlaceId Where) {
  if (Places.isWhole(Where))
    return P[Places[Where].Object].Name.str();
  std::string Around = nameOf(P, Places, Places[Where].Parent);
  FieldKey Field = Places[Where].Field;
  return Field.isValid() ? Around + "." + P[Field].Name.str() : Around + "[]";
}

std::vector<RuleWindow> bootorder::findPairWindows(const RuleIndex &Rules,
                                                   Profile In,
                                                   const BootHistory &History,
                                                   BootWalk &Walk) {
  const Program &P = Rules.program();
  std::vector<RuleWindow> Windows;
  for (const Rule &R : Rules.rules().Rules) {
    if (!R.MadeBy || (R.In == Profile::Strict && In != Profile::Strict))
      continue;
    RuleWindow Any = windowOf(Rules, R, {});
    if (Any.Sinks.empty())
      continue;
    MakingFinder Finder(*R.MadeBy, History, Walk);
    for (const auto &[Where, Made] : Finder.find()) {
      RuleWindow W = Any;
      W.Object = PlaceId(Where);
      W.End = std::min(Made.Step, Finder.stepOfAny());
      W.Time.IsKnown = true;
      W.Time.From = W.Time.Step = Made.Step;
      W.Time.In = Made.By.Function;
      W.Time.Event = Made.By.Event;
      W.Needs = P[Made.Provider].Name.str() + "(&" +
                nameOf(P, Walk.State.Places, W.Object) + ")";
      Windows.push_back(std::move(W));
    }
  }
  return Windows;
}

std::vector<RuleWindow>
bootorder::findAllWindows(const RuleIndex &Rules, Profile In,
                          const std::map<std::string, int64_t> &Constants,
                          const BootHistory &History, BootWalk &Walk) {
  std::vector<RuleWindow> Windows = findWindows(Rules, In, Constants, History);
  llvm::append_range(Windows, findPairWindows(Rules, In, History, Walk));
  return Windows;
}
