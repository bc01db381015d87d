//===- MapEntries.cpp - how control enters the functions of a unit --------===//

#include "solve/MapMaker.h"
#include "solve/MapValues.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace bootorder;

std::vector<MapSteps> bootorder::intervalsOf(const StepSet &Steps,
                                             uint32_t End) {
  std::vector<MapSteps> Found;
  for (uint32_t S = 0; S < End; ++S) {
    auto Next = Steps.firstIn(S, End);
    if (!Next)
      break;
    S = *Next;
    if (!Found.empty() && Found.back().Last + 1 == S)
      Found.back().Last = S;
    else
      Found.push_back({S, S});
  }
  return Found;
}

namespace {

class EntryWriter {
public:
  EntryWriter(const RuleIndex &Rules, const BootHistory &History,
              const BootWalk &Walk, llvm::ArrayRef<RuleWindow> Windows,
              const ReportSteps &Steps, const WitnessWriter &Writer,
              PhaseMap &Map)
      : Rules(Rules), P(Rules.program()), History(History), Walk(Walk),
        Windows(Windows), Steps(Steps), Writer(Writer), Map(Map),
        Count(Walk.Contexts.size()), Owners(Count), From(Count), Outside(Count),
        Frames(Count, MapFrame::None) {}

  void write() {
    collectCalls();
    findOwners();
    findChains();
    findOutside();
    for (uint32_t C = 0; C < Count; ++C)
      if (!Outside[C].empty() && isOfUnit(function(C)))
        addEntry(C);
    for (auto &[Key, Function] : Functions)
      Map.Functions.push_back(std::move(Function));
  }

private:
  static constexpr uint32_t None = ~0u;
  /// No unit yet, and more than one.
  static constexpr uint32_t Many = ~0u - 1;

  /// A call of a context: by another one, or by a step of the spine.
  struct Call {
    uint32_t From = None; ///< context
    uint32_t Step = None; ///< if From is none
    CallEdge Edge;
    StepInterval When;
  };
  struct Chain {
    uint32_t Call = None; ///< in Calls of the context
    uint32_t Step = None; ///< the first at which control comes to the context
    uint32_t Length = 0;
  };

  FunctionId function(uint32_t C) const {
    return Walk.Contexts[ContextId(C)].Function;
  }
  bool isOfUnit(FunctionId F) const { return P[F].Body && !P[F].IsHeader; }
  uint32_t unitOf(FunctionId F) const { return P[F].Module.Value; }

  void collectCalls();
  void findOwners();
  uint32_t ownerOf(const Call &C) const;
  void findChains();
  bool canPass(const Call &C, uint32_t Step);
  const llvm::BitVector &closedAt(uint32_t Step);
  void findOutside();
  uint32_t frameOf(uint32_t C);
  void addEntry(uint32_t C);

  const RuleIndex &Rules;
  const Program &P;
  const BootHistory &History;
  const BootWalk &Walk;
  llvm::ArrayRef<RuleWindow> Windows;
  const ReportSteps &Steps;
  const WitnessWriter &Writer;
  PhaseMap &Map;
  const uint32_t Count;
  std::vector<std::vector<Call>> Calls; ///< by context called
  /// By context: the unit whose code it is part of, header functions being part
  /// of who calls them.
  std::vector<uint32_t> Owners;
  std::vector<Chain> From;
  std::vector<StepSet> Outside; ///< at which another unit enters the context
  std::vector<uint32_t> Frames; ///< by context, in Map.Frames
  std::map<std::pair<std::string, std::string>, MapFunction> Functions;
  uint32_t ClosedStep = None;
  llvm::BitVector Closed;
};

} // namespace

void EntryWriter::collectCalls() {
  Calls.resize(Count);
  for (uint32_t S = 0; S < Map.Steps.size(); ++S)
    for (const ContextCall &Root : History.Steps[S].Roots)
      if (!History.Steps[S].IsCrash && !Root.Edge.IsCrash)
        Calls[Root.To.Value].push_back({None, S, Root.Edge, {S, S}});
  for (uint32_t C = 0; C < Count; ++C)
    if (!Steps.Open[C].empty())
      for (const ContextCall &Call : Walk.Contexts[ContextId(C)].Calls)
        if (!Call.Edge.IsCrash)
          Calls[Call.To.Value].push_back({C, None, Call.Edge, Call.When});
}

uint32_t EntryWriter::ownerOf(const Call &C) const {
  if (C.From != None)
    return Owners[C.From];
  FunctionId In = History.Steps[C.Step].In;
  bool IsKnown = In.isValid() && C.Edge.Kind != WitnessEdgeKind::Table;
  return IsKnown ? unitOf(In) : Many;
}

/// Header functions belong to the one unit that calls them, if it is one.
void EntryWriter::findOwners() {
  for (uint32_t C = 0; C < Count; ++C)
    Owners[C] = P[function(C)].IsHeader ? None : unitOf(function(C));
  for (bool IsNew = true; IsNew;) {
    IsNew = false;
    for (uint32_t C = 0; C < Count; ++C) {
      if (!P[function(C)].IsHeader || Owners[C] == Many)
        continue;
      uint32_t Before = Owners[C];
      for (const Call &Way : Calls[C])
        if (uint32_t Owner = ownerOf(Way); Owner != None)
          Owners[C] = Owners[C] == None || Owners[C] == Owner ? Owner : Many;
      IsNew |= Owners[C] != Before;
    }
  }
}

const llvm::BitVector &EntryWriter::closedAt(uint32_t Step) {
  if (ClosedStep == Step)
    return Closed;
  ClosedStep = Step;
  Closed.clear();
  Closed.resize(P.Functions.size());
  for (const RuleWindow &W : Windows)
    if (W.contains(Step))
      Closed |= W.Closed;
  return Closed;
}

/// Whether a finding below \p C can be reported at \p Step.
bool EntryWriter::canPass(const Call &C, uint32_t Step) {
  if (Step < C.When.First || C.When.Last < Step)
    return false;
  if (C.From == None)
    return true;
  FunctionId F = function(C.From);
  return Steps.Open[C.From].contains(Step) && !closedAt(Step).test(F.Value) &&
         !(Rules.isBoundary(F) && !Rules.isCalledOnce(F));
}

/// For each context a short chain of calls that is complete when control first
/// comes to it: each call leads on from one that was there before, or in the
/// same step.
void EntryWriter::findChains() {
  std::map<uint32_t, std::vector<uint32_t>> ByStep;
  for (uint32_t C = 0; C < Count; ++C)
    if (auto First = Steps.Open[C].firstIn(0, Map.Steps.size())) {
      From[C].Step = *First;
      ByStep[*First].push_back(C);
    }
  for (auto &[Step, Contexts] : ByStep)
    for (bool IsNew = true; IsNew;) {
      IsNew = false;
      for (uint32_t C : Contexts)
        for (uint32_t I = 0; I < Calls[C].size(); ++I) {
          const Call &Way = Calls[C][I];
          bool IsRooted = Way.From == None || From[Way.From].Length != 0;
          uint32_t Length = Way.From == None ? 1 : From[Way.From].Length + 1;
          bool IsShorter = From[C].Length == 0 || Length < From[C].Length;
          if (!IsRooted || !IsShorter || !canPass(Way, Step))
            continue;
          From[C].Call = I;
          From[C].Length = Length;
          IsNew = true;
        }
    }
}

void EntryWriter::findOutside() {
  for (uint32_t C = 0; C < Count; ++C) {
    if (Steps.Open[C].empty() || !isOfUnit(function(C)))
      continue;
    for (const Call &Way : Calls[C]) {
      bool IsInside = ownerOf(Way) == unitOf(function(C)) &&
                      Way.Edge.Kind == WitnessEdgeKind::Direct;
      if (IsInside)
        continue;
      if (Way.From == None)
        Outside[C].add(Way.When);
      else
        Outside[C].addCommon(Steps.Open[Way.From], Steps.Open[C], Way.When);
    }
  }
}

static MapPlace mapPlace(const SourcePlace &Place) {
  return {Place.File, Place.Line, Place.Column};
}

uint32_t EntryWriter::frameOf(uint32_t C) {
  if (Frames[C] != MapFrame::None || From[C].Length == 0)
    return Frames[C];
  const Call &Way = Calls[C][From[C].Call];
  MapFrame Frame;
  Frame.Step = From[C].Step;
  CallHop Hop;
  Hop.Edge = Way.Edge;
  Hop.To = ContextId(C);
  if (Way.From != None) {
    Frame.Caller = frameOf(Way.From);
    Hop.Caller = function(Way.From);
    Hop.From = ContextId(Way.From);
  } else {
    Hop.Caller = History.Steps[Way.Step].In;
  }
  if (Hop.Caller.isValid()) {
    WitnessFrame Shown = Writer.frame(Hop);
    Frame.Function = Shown.Function;
    Frame.Callee = Shown.Callee;
    Frame.Through = Shown.Through;
    Frame.Arguments = Shown.Arguments;
    Frame.Evidence = Shown.Evidence;
    Frame.Place = mapPlace(Shown.Place);
    Frame.EvidencePlace = mapPlace(Shown.EvidencePlace);
    Frame.Edge = static_cast<uint8_t>(Shown.Edge);
  }
  Map.Frames.push_back(std::move(Frame));
  return Frames[C] = Map.Frames.size() - 1;
}

void EntryWriter::addEntry(uint32_t C) {
  MapEntry Entry;
  Entry.Steps = intervalsOf(Outside[C], Map.Steps.size());
  Entry.Frame = frameOf(C);
  if (Entry.Steps.empty() || Entry.Frame == MapFrame::None)
    return;
  for (const Value &V : Walk.Contexts[ContextId(C)].Args)
    Entry.Args.push_back(mapValueOf(V));
  while (!Entry.Args.empty() && !tellsAnything(Entry.Args.back()))
    Entry.Args.pop_back();
  const ProgramFunction &F = P[function(C)];
  MapFunction &To = Functions[{F.File.str(), F.Name.str()}];
  To.Name = F.Name.str();
  To.File = F.File.str();
  // Addresses are not told, so that what they told apart is one.
  for (MapEntry &Known : To.Entries)
    if (Known.Args == Entry.Args) {
      StepSet All;
      for (const std::vector<MapSteps> *List : {&Known.Steps, &Entry.Steps})
        for (MapSteps S : *List)
          All.add(StepInterval{S.First, S.Last});
      if (Entry.Steps.front().First < Known.Steps.front().First)
        Known.Frame = Entry.Frame;
      Known.Steps = intervalsOf(All, Map.Steps.size());
      return;
    }
  To.Entries.push_back(std::move(Entry));
}

void bootorder::writeEntries(const RuleIndex &Rules, const BootHistory &History,
                             const BootWalk &Walk,
                             llvm::ArrayRef<RuleWindow> Windows,
                             const ReportSteps &Steps,
                             const WitnessWriter &Writer, PhaseMap &Map) {
  EntryWriter(Rules, History, Walk, Windows, Steps, Writer, Map).write();
}
