#include "solve/MapFindings.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace bootorder;

static void addNames(const FactsModule &Module, llvm::StringSet<> &Names) {
  for (const Symbol &S : Module.Symbols)
    Names.insert(Module.str(S.Name));
}

/// Symbols that the trees of \p Exprs name.
static void addNamed(const FactsModule &Module, const ExprPool &Exprs,
                     llvm::StringSet<> &Names) {
  for (const Expr &E : Exprs.Nodes)
    if (E.Kind == ExprKind::Object || E.Kind == ExprKind::Function)
      Names.insert(
          Module.str(Module[SymbolId(static_cast<uint32_t>(E.Value))].Name));
}

void bootorder::keepNamed(TuFacts &Shared,
                          llvm::ArrayRef<const FactsModule *> Modules) {
  FactsModule &Own = Shared.Module;
  llvm::StringSet<> Names;
  Names.insert(PhaseMapStandIn);
  for (const FactsModule *Module : Modules)
    addNames(*Module, Names);
  llvm::erase_if(Own.Functions, [&](const Function &F) {
    return !Names.contains(Own.str(Own[F.Symbol].Name));
  });
  for (const Function &F : Own.Functions)
    addNamed(Own, F.Exprs, Names);
  llvm::erase_if(Own.Objects, [&](const Object &O) {
    return !Names.contains(Own.str(Own[O.Symbol].Name));
  });
}

static SourcePlace sourcePlace(const MapPlace &Place) {
  return {Place.File, Place.Line, Place.Column};
}

static StepPlace stepPlace(const PhaseMap &Map, uint32_t Step) {
  const MapStep &S = Map.Steps[Step];
  return {Step, S.Label.empty() ? S.Function : S.Label, sourcePlace(S.Place)};
}

/// The calls of the spine that lead to \p Step, its own included.
static std::vector<WitnessFrame> spineFrames(const PhaseMap &Map,
                                             uint32_t Step) {
  std::vector<WitnessFrame> Frames;
  for (uint32_t S = Step; S < Map.Steps.size(); S = Map.Steps[S].Parent) {
    const MapStep &Call = Map.Steps[S];
    if (Call.Parent >= Map.Steps.size())
      break;
    WitnessFrame Frame;
    Frame.Function = Map.Steps[Call.Parent].Function;
    Frame.Callee = Call.Function;
    Frame.Through = Call.Label;
    Frame.Place = sourcePlace(Call.Place);
    Frames.push_back(std::move(Frame));
  }
  std::reverse(Frames.begin(), Frames.end());
  return Frames;
}

/// The chain that ends with frame \p Last; \p RootFrame becomes the number of
/// the spine's last call in it.
static std::vector<WitnessFrame> chain(const PhaseMap &Map, uint32_t Last,
                                       uint32_t &RootFrame) {
  std::vector<WitnessFrame> Frames;
  uint32_t Root = MapStep::None;
  for (uint32_t I = Last; I < Map.Frames.size(); I = Map.Frames[I].Caller) {
    const MapFrame &From = Map.Frames[I];
    WitnessFrame Frame;
    Frame.Function = From.Function;
    Frame.Callee = From.Callee;
    Frame.Through = From.Through;
    Frame.Arguments = From.Arguments;
    Frame.Evidence = From.Evidence;
    Frame.Place = sourcePlace(From.Place);
    Frame.EvidencePlace = sourcePlace(From.EvidencePlace);
    Frame.Edge = static_cast<WitnessEdgeKind>(From.Edge);
    Frames.push_back(std::move(Frame));
    Root = From.Step;
  }
  std::reverse(Frames.begin(), Frames.end());
  RootFrame = 0;
  if (Root >= Map.Steps.size())
    return Frames;
  uint32_t Above = Map.Steps[Root].Parent;
  if (Above < Map.Steps.size()) {
    std::vector<WitnessFrame> Spine = spineFrames(Map, Above);
    Frames.insert(Frames.begin(), Spine.begin(), Spine.end());
    RootFrame = Spine.size();
  }
  return Frames;
}

/// The entry of \p Function that the map has at \p Step.
static const MapEntry *entryAt(const PhaseMap &Map, llvm::StringRef Function,
                               uint32_t Step) {
  const MapEntry *Found = nullptr;
  for (const MapFunction &F : Map.Functions)
    for (const MapEntry &E : F.Entries) {
      if (F.Name != Function)
        continue;
      bool Runs =
          llvm::any_of(E.Steps, [&](MapSteps S) { return S.contains(Step); });
      if (Runs || !Found)
        Found = &E;
      if (Runs)
        return Found;
    }
  return Found;
}

/// The steps of \p F, whose own is \p Step.
static void tellSteps(const PhaseMap &Map, uint32_t Step, Finding &F) {
  if (F.Step.Place.File.empty() && Step < Map.Steps.size())
    F.Step = stepPlace(Map, Step);
  for (const MapMilestone &M : Map.Milestones)
    if (M.Name == F.NeedsMilestone && F.Milestone.Place.File.empty() &&
        M.Step < Map.Steps.size())
      F.Milestone = stepPlace(Map, M.Step);
}

/// The path of \p F, which runs in \p Step, from the boot's entry on.
static void tellPath(const PhaseMap &Map, uint32_t Step, Finding &F) {
  auto In = llvm::find_if(F.Path, [](const WitnessFrame &Frame) {
    return Frame.Function == PhaseMapStandIn && !Frame.Callee.empty();
  });
  std::vector<WitnessFrame> Above;
  if (In == F.Path.end()) { // the spine leads to a function of the program
    auto Spine = llvm::find_if(Map.Steps, [&](const MapStep &S) {
      return S.IsDescended && !F.Path.empty() &&
             S.Function == F.Path.front().Function;
    });
    if (Spine != Map.Steps.end())
      Above = spineFrames(Map, Spine - Map.Steps.begin());
    F.RootFrame += Above.size();
    F.Path.insert(F.Path.begin(), Above.begin(), Above.end());
    return;
  }
  if (const MapEntry *Entry = entryAt(Map, In->Callee, Step))
    Above = chain(Map, Entry->Frame, F.RootFrame);
  F.Path.erase(F.Path.begin(), In + 1);
  F.Path.insert(F.Path.begin(), Above.begin(), Above.end());
}

void bootorder::tellChain(const PhaseMap &Map, llvm::ArrayRef<uint32_t> Origins,
                          Finding &F) {
  uint32_t Step =
      F.Step.Number < Origins.size() ? Origins[F.Step.Number] : MapStep::None;
  tellSteps(Map, Step, F);
  tellPath(Map, Step, F);
  F.RootPaths.clear();
  if (F.Roots.size() == 1)
    F.RootPaths.push_back({F.Roots.front(), F.Path});
}
