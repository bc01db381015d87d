#include "solve/MakePhaseMap.h"
#include "solve/MapMaker.h"
#include "solve/MapValues.h"
#include "llvm/Support/TimeProfiler.h"

using namespace bootorder;

static MapPlace mapPlace(const SourcePlace &Place) {
  return {Place.File, Place.Line, Place.Column};
}

static void writeSteps(const BootHistory &History, const Program &P,
                       const WitnessWriter &Writer, uint32_t End,
                       PhaseMap &Map) {
  for (uint32_t I = 0; I < End; ++I) {
    const BootStep &From = History.Steps[I];
    MapStep To;
    if (From.Function.isValid()) {
      To.Function = P[From.Function].Name.str();
      To.File = P[From.Function].File.str();
    }
    To.Label = From.Label;
    To.Place = mapPlace(Writer.stepPlace(I).Place);
    To.Parent = From.Parent;
    To.End = std::min(From.End, End - 1);
    To.Task = static_cast<uint8_t>(From.Task);
    To.IsCertain = From.IsCertain;
    To.IsDescended = From.IsDescended;
    for (const Value &V : From.Args)
      To.Args.push_back(mapValueOf(V));
    Map.Steps.push_back(std::move(To));
  }
}

static void writeMilestones(const BootHistory &History, const RuleSet &Rules,
                            PhaseMap &Map) {
  for (uint32_t M = 0; M < History.Milestones.size(); ++M)
    if (const MilestoneTime &Time = History.Milestones[M]; Time.IsKnown)
      Map.Milestones.push_back(
          {Rules.Milestones[M].Name, Time.From, Time.Step});
}

/// The first step that no rule asks about.
static uint32_t endOfInterest(const BootHistory &History,
                              llvm::ArrayRef<RuleWindow> Windows) {
  uint32_t End = 1;
  for (const RuleWindow &W : Windows)
    End = std::max(End, W.End);
  for (const MilestoneTime &Time : History.Milestones)
    if (Time.IsKnown && Time.From <= End)
      End = std::max(End, Time.Step + 1);
  return std::min<uint32_t>(End, History.Steps.size());
}

PhaseMap bootorder::makePhaseMap(const Program &P, const RuleSet &Kept,
                                 const SolveOptions &Options) {
  llvm::TimeTraceScope Timed("phase map");
  RuleIndex Rules(P, Kept);
  MilestoneIndex Index(Rules, Options.Constants);
  BootWalk Walk(P, Rules, Options.Has);
  FollowedGlobals Globals = findGlobals(P);
  Walk.State.BeforeStep = [&](uint32_t Next) {
    followGlobals(Globals, Walk.State, Next);
  };
  BootHistory History = walkBoot(Rules, Index, Walk);
  Walk.State.BeforeStep = nullptr;
  std::vector<RuleWindow> Windows =
      findWindows(Rules, Options.In, Options.Constants, History);
  ReportWalk Report(Rules, History, Walk, Windows);
  ReportSteps Steps = findReportSteps(Rules, History, Walk, Windows);
  WitnessWriter Writer(Rules, Walk, Report);
  EffectSearch Effects(Rules, Walk, History, Options.Constants);

  PhaseMap Map;
  Map.Constants.assign(Options.Constants.begin(), Options.Constants.end());
  writeSteps(History, P, Writer, endOfInterest(History, Windows), Map);
  writeMilestones(History, Kept, Map);
  writeGlobals(Globals, P, Map);
  writeEntries(Rules, History, Walk, Windows, Steps, Writer, Map);
  writeEffects(Rules, Walk, Windows, Steps, Effects, Map.Steps.size(), Map);
  return Map;
}
