//===- Witness.cpp - verdicts put into words ------------------------------===//

#include "solve/Witness.h"
#include "solve/ExprText.h"
#include "solve/Failures.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;

WitnessWriter::WitnessWriter(const RuleIndex &Rules, const BootWalk &Walk,
                             ReportWalk &Report)
    : Rules(Rules), P(Rules.program()), Walk(Walk), Report(Report),
      History(Report.history()) {}

std::string bootorder::fingerprint(llvm::StringRef Rule, llvm::StringRef Sink,
                                   llvm::StringRef Origin,
                                   llvm::StringRef File) {
  std::string Key = (Rule + llvm::Twine('\0') + Sink + llvm::Twine('\0') +
                     Origin + llvm::Twine('\0') + File)
                        .str();
  std::string Hex = llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true);
  return std::string(16 - Hex.size(), '0') + Hex;
}

SourcePlace WitnessWriter::place(const FactsModule &Facts,
                                 const Location &Loc) const {
  return {Facts.str(Loc.File).str(), Loc.Line, Loc.Column};
}

SourcePlace WitnessWriter::eventPlace(FunctionId F, EventId E) const {
  const ProgramFunction &Known = P[F];
  if (Known.Body && E.isValid())
    return place(*P.moduleOf(F).Facts, Known.Body->Events[E.Value].Loc);
  return {Known.File.str(), Known.Line, 0};
}

StepPlace WitnessWriter::stepPlace(uint32_t Step) const {
  const BootStep &S = History.Steps[Step];
  StepPlace Result;
  Result.Number = Step;
  if (!S.Label.empty())
    Result.Function = S.Label;
  else if (S.Function.isValid())
    Result.Function = P[S.Function].Name.str();
  Result.Place = S.In.isValid() ? eventPlace(S.In, S.Event)
                                : eventPlace(S.Function, EventId());
  return Result;
}

/// The nearest step around \p Step that a function's name tells apart: a reader
/// looks for `init_IRQ`, not for the pointer called in it.
uint32_t WitnessWriter::namedStep(uint32_t Step) const {
  while (!History.Steps[Step].Label.empty() &&
         History.Steps[Step].Parent != BootStep::NoStep)
    Step = History.Steps[Step].Parent;
  return Step;
}

std::vector<CallHop> WitnessWriter::pathOf(const Verdict &V) {
  const CallHop &Top = V.Chain.front();
  std::vector<CallHop> Path;
  if (isSpineEvent(V))
    Path = Report.spinePath(Report.spineRow(Top.Caller));
  else
    Path = Report.pathTo(Top.From, V.Step);
  Path.insert(Path.end(), V.Chain.begin(), V.Chain.begin() + V.PlaceIndex + 1);
  return Path;
}

std::vector<CallHop> WitnessWriter::wholePath(const Verdict &V) {
  std::vector<CallHop> Path = pathOf(V);
  Path.insert(Path.end(), V.Chain.begin() + V.PlaceIndex + 1, V.Chain.end());
  return Path;
}

void WitnessWriter::addTableEvidence(WitnessFrame &Frame,
                                     const TableEntry &Entry) const {
  const FactsModule &Facts = *P[Entry.Module].Facts;
  std::string Who = Frame.Callee;
  if (Entry.Object.isValid())
    Who = P[Entry.Object].Name.str();
  else if (Entry.Macro.isValid())
    Who = Facts.str(Facts[Entry.Macro].Name).str();
  Frame.Through = Rules.rules().Tables[Entry.Table].Name;
  Frame.Evidence =
      "from " + Who + " in section " + Facts.str(Entry.Section).str();
  Frame.EvidencePlace = place(Facts, Entry.Loc);
}

void WitnessWriter::addEvidence(WitnessFrame &Frame, const Evidence &E) const {
  switch (E.Kind) {
  case Evidence::EvidenceKind::Initial: {
    const ProgramObject &O = P[E.Object];
    const FactsModule &Facts = *P[O.Module].Facts;
    Frame.Evidence = "from " + O.Name.str();
    if (!O.Definition)
      return;
    if (O.Definition->Section.isValid())
      Frame.Evidence += " in section " + Facts.str(O.Definition->Section).str();
    Frame.EvidencePlace = place(Facts, O.Definition->Initial[E.Index].Loc);
    return;
  }
  case Evidence::EvidenceKind::Written:
    Frame.Evidence = "stored by " + P[E.Function].Name.str();
    Frame.EvidencePlace = eventPlace(E.Function, EventId(E.Index));
    return;
  case Evidence::EvidenceKind::Passed:
    Frame.Evidence = "passed by " + P[E.Function].Name.str();
    Frame.EvidencePlace = eventPlace(E.Function, EventId(E.Index));
    return;
  case Evidence::EvidenceKind::Table:
    return addTableEvidence(Frame, P.TableEntries[E.Index]);
  case Evidence::EvidenceKind::Assembly: {
    const AsmReference &R = P[E.Function].AsmBody[E.Index];
    Frame.Evidence = "named by assembly";
    Frame.EvidencePlace = {P.moduleOf(E.Function).Facts->str(R.File).str(),
                           R.Line, 0};
    return;
  }
  case Evidence::EvidenceKind::Rule:
    Frame.Evidence = Rules.rules().ImmediateCallers[E.Index].Reason;
    return;
  }
}

StepPlace WitnessWriter::needsPlace(const RuleWindow &W) const {
  StepPlace Where = stepPlace(W.Time.Step);
  if (W.Object.isValid()) {
    Where.Function = P[W.Time.In].Name.str();
    Where.Place = eventPlace(W.Time.In, W.Time.Event);
  }
  return Where;
}

WitnessFrame WitnessWriter::frame(const CallHop &Hop) const {
  WitnessFrame Frame;
  const ProgramFunction &Caller = P[Hop.Caller];
  Frame.Function = Caller.Name.str();
  Frame.Place = eventPlace(Hop.Caller, Hop.Edge.Event);
  Frame.Edge = Hop.Edge.Kind;
  if (Hop.Edge.To.isValid())
    Frame.Callee = P[Hop.Edge.To].Name.str();
  if (Caller.Body && Hop.Edge.Event.isValid()) {
    const Event &E = Caller.Body->Events[Hop.Edge.Event.Value];
    bool IsPointer = Hop.Edge.Kind == WitnessEdgeKind::Ops ||
                     Hop.Edge.Kind == WitnessEdgeKind::Pointer;
    if (IsPointer)
      Frame.Through = describePointer(P, Hop.Caller, E.Target);
    if (E.Kind == EventKind::Call)
      Frame.Arguments = describeArguments(P, Hop.Caller, E);
  }
  if (Hop.Edge.Why.isValid())
    addEvidence(Frame, Walk.Code[Hop.Edge.Why]);
  return Frame;
}

/// Contexts that lead to the beginning of the chain while the sink is wrong.
llvm::BitVector WitnessWriter::contextsAbove(const Verdict &V) const {
  llvm::BitVector Above(Walk.Contexts.size());
  if (!V.Chain.front().From.isValid())
    return Above;
  std::vector<ContextId> Stack{V.Chain.front().From};
  Above.set(Stack.front().Value);
  while (!Stack.empty()) {
    ContextId C = Stack.back();
    Stack.pop_back();
    for (const CallHop &Hop : Report.callers(C)) {
      if (!Hop.From.isValid() || Above.test(Hop.From.Value) ||
          Rules.isBoundary(Hop.Caller) ||
          !Report.firstStep(Hop.From, *V.Window, Hop.Since))
        continue;
      Above.set(Hop.From.Value);
      Stack.push_back(Hop.From);
    }
  }
  return Above;
}

std::map<std::string, WitnessWriter::RootPlace>
WitnessWriter::rootsOf(const Verdict &V) const {
  llvm::BitVector Above = contextsAbove(V);
  std::map<std::string, RootPlace> Roots;
  uint32_t End = std::min<uint32_t>(V.Window->End, History.Steps.size());
  for (uint32_t S = V.Window->Begin; S < End; ++S) {
    const BootStep &Step = History.Steps[S];
    for (uint32_t I = 0; I < Step.Roots.size(); ++I) {
      if (Step.IsCrash || !Above.test(Step.Roots[I].To.Value))
        continue;
      std::string Name = stepPlace(S).Function;
      if (!Step.Label.empty())
        Name += " = " + P[Step.Roots[I].Edge.To].Name.str();
      Roots.try_emplace(Name, RootPlace{S, I});
    }
  }
  // An event of the spine may follow the last step.
  uint32_t Last = History.Steps.size() - 1;
  if (isSpineEvent(V))
    Roots.try_emplace(stepPlace(namedStep(std::min(V.Step, Last))).Function,
                      RootPlace{V.Step, ReportWalk::AnyRoot});
  return Roots;
}

/// One chain per root. Roots that turn out not to reach the place, because
/// what leads there did not exist yet at their step, are dropped.
void WitnessWriter::writeRootPaths(Finding &F, const Verdict &V) {
  F.Roots.clear();
  for (const auto &[Name, Place] : rootsOf(V)) {
    std::vector<CallHop> Path;
    if (Place.Root == ReportWalk::AnyRoot)
      Path = Report.spinePath(Report.spineRow(V.Chain.front().Caller));
    else
      Path = Report.pathTo(V.Chain.front().From, Place.Step, Place.Root);
    if (Path.empty() && Place.Root != ReportWalk::AnyRoot)
      continue;
    RootWitness Witness;
    Witness.Root = Name;
    Path.insert(Path.end(), V.Chain.begin(),
                V.Chain.begin() + V.PlaceIndex + 1);
    for (const CallHop &Hop : Path)
      Witness.Path.push_back(frame(Hop));
    Witness.Path.back().Edge = WitnessEdgeKind::Sink;
    F.Roots.push_back(Name);
    F.RootPaths.push_back(std::move(Witness));
  }
}

bool WitnessWriter::isSpineEvent(const Verdict &V) const {
  const CallHop &Top = V.Chain.front();
  return !Top.From.isValid();
}

void WitnessWriter::judgeConfidence(Finding &F, const Verdict &V) const {
  unsigned Tables = 0, Weak = 0;
  llvm::StringRef Reason = "direct calls only";
  for (const WitnessFrame &Frame : F.Path) {
    bool IsTable = Frame.Edge == WitnessEdgeKind::Ops ||
                   Frame.Edge == WitnessEdgeKind::Table;
    Tables += IsTable;
    if (IsTable && Tables == 1)
      Reason = Frame.Edge == WitnessEdgeKind::Ops ? "one ops edge"
                                                  : "one table edge";
  }
  for (const WitnessFrame &Frame : F.Path) {
    bool IsWeak = Frame.Edge == WitnessEdgeKind::Pointer ||
                  Frame.Edge == WitnessEdgeKind::Assembly ||
                  Frame.Edge == WitnessEdgeKind::Assumed;
    Weak += IsWeak;
    if (IsWeak)
      Reason = Frame.Edge == WitnessEdgeKind::Pointer ? "a function pointer"
               : Frame.Edge == WitnessEdgeKind::Assembly
                   ? "an edge read from assembly"
                   : "an edge assumed by a rule";
  }
  F.Confidence = ConfidenceKind::High;
  F.ConfidenceReason = Reason.str();
  if (Weak == 0 && Tables > 1)
    F.ConfidenceReason = std::to_string(Tables) + " ops or table edges";
  if (Weak != 0 || Tables > 1)
    F.Confidence = ConfidenceKind::Medium;
  if (!V.IsValueKnown) {
    F.Confidence = ConfidenceKind::Low;
    F.ConfidenceReason = "flag value not followed";
  }
}

void WitnessWriter::writeValue(Finding &F, const Verdict &V) const {
  F.HasValue = V.HasValue;
  if (!V.HasValue)
    return;
  F.Value.Text = V.ValueText;
  F.Value.IsKnown = V.IsValueKnown;
  F.Value.Number = V.Value.May;
  for (const auto &[Name, Bit] : V.Sink->Bits)
    if (F.Value.BitName.empty() && (!V.IsValueKnown || (Bit & V.Value.May))) {
      F.Value.BitName = Name;
      F.Value.Bit = Bit;
    }
}

void WitnessWriter::writeEffect(Finding &F, const Verdict &V) const {
  F.Effect = V.Effect.Effect;
  if (const Effect *Known = Rules.rules().findEffect(F.Effect))
    F.EffectMeans = Known->Means;
  for (const CallHop &Hop : V.Effect.Path)
    F.EffectPath.push_back(frame(Hop));
  if (F.EffectPath.empty())
    return;
  F.EffectPath.back().Edge = WitnessEdgeKind::Sink;
  if (F.EffectPath.back().Callee.empty())
    F.EffectPath.back().Callee = V.Effect.Use;
}

Finding WitnessWriter::write(const Verdict &V, bool AllRoots) {
  const Rule &R = *V.Window->Source;
  Finding F;
  F.Rule = R.Id;
  F.Severity = severityOf(R);
  F.Class = V.Class;
  F.Message = R.Title;
  F.Why = R.Why;
  F.Doc = R.Doc;
  F.Sink = V.SinkName;
  const CallHop &Place = V.Chain[V.PlaceIndex];
  F.Function = P[Place.Caller].Name.str();
  F.Place = eventPlace(Place.Caller, Place.Edge.Event);
  F.Step = stepPlace(
      namedStep(std::min<uint32_t>(V.Step, History.Steps.size() - 1)));
  F.NeedsMilestone = V.Window->Needs;
  F.MilestoneMeans = V.Window->NeedsMeans;
  F.NeedsAfter = V.Window->NeedsAfter;
  F.Milestone = needsPlace(*V.Window);
  for (const CallHop &Hop : pathOf(V)) {
    if (!Hop.From.isValid())
      F.RootFrame = F.Path.size();
    F.Path.push_back(frame(Hop));
  }
  judgeConfidence(F, V);
  F.Path.back().Edge = WitnessEdgeKind::Sink;
  if (F.Path.back().Callee.empty())
    F.Path.back().Callee = V.SinkName;
  writeValue(F, V);
  writeEffect(F, V);
  F.Failure = failureOn(Rules, wholePath(V));
  if (AllRoots)
    writeRootPaths(F, V);
  else
    for (const auto &[Name, Place] : rootsOf(V))
      F.Roots.push_back(Name);
  const ProgramFunction &Origin = P[V.OriginFunction];
  F.Fingerprint = fingerprint(R.Id, V.SinkName, Origin.Name, Origin.File);
  return F;
}
