#include "tool/report/ExplainJson.h"

#include "tool/report/ExplainText.h"
#include "tool/report/JsonParts.h"

using namespace llvm;

namespace bootorder {

static void writePlace(json::OStream &J, const SourcePlace &Place) {
  J.attribute("file", text(Place.File));
  J.attribute("line", Place.Line);
}

static void writeRange(json::OStream &J, StepRange Steps) {
  J.attribute("firstStep", Steps.First);
  J.attribute("lastStep", Steps.Last);
}

static void writePath(json::OStream &J, StringRef Key,
                      const std::vector<WitnessFrame> &Path) {
  J.attributeArray(Key, [&] {
    for (const WitnessFrame &Frame : Path)
      writeFrame(J, Frame);
  });
}

static void writeReasons(json::OStream &J, const std::vector<ReasonLine> &Why) {
  J.attributeArray("why", [&] {
    for (const ReasonLine &Line : Why)
      J.object([&] {
        J.attribute("text", text(Line.Text));
        J.attribute("depth", Line.Depth);
        writePlace(J, Line.Place);
      });
  });
}

static void writeWhen(json::OStream &J, const Explanation &E) {
  J.attributeArray("steps", [&] {
    for (StepRange Steps : E.Steps)
      J.object([&] { writeRange(J, Steps); });
  });
  J.attributeArray("milestones", [&] {
    for (const MilestoneAnswer &A : E.Milestones)
      J.object([&] {
        J.attribute("milestone", text(A.Milestone));
        J.attributeObject("step", [&] { writeStep(J, A.Step); });
        J.attribute("runsBefore", A.RunsBefore);
        J.attribute("runsAfter", A.RunsAfter);
      });
  });
  J.attributeArray("phases", [&] {
    for (const PhaseRun &Run : E.Phases)
      J.object([&] {
        J.attribute("after", text(Run.After));
        J.attribute("before", text(Run.Before));
        writeRange(J, Run.Steps);
        J.attribute("stepCount", Run.StepCount);
        J.attributeObject("step", [&] { writeStep(J, Run.Step); });
        J.attribute("heldBack", text(Run.HeldBack));
        writePath(J, "path", Run.Path);
      });
  });
}

static void writeContexts(json::OStream &J, const Explanation &E) {
  J.attributeArray("contexts", [&] {
    for (const ExplainedContext &C : E.Contexts)
      J.object([&] {
        writeList(J, "arguments", C.Arguments);
        J.attributeArray("results", [&] {
          for (const ExplainedResult &R : C.Results)
            J.object([&] {
              J.attribute("value", text(R.Value));
              writeRange(J, R.Steps);
            });
        });
        J.attributeArray("steps", [&] {
          for (StepRange Steps : C.Steps)
            J.object([&] { writeRange(J, Steps); });
        });
      });
  });
}

static void writeBranches(json::OStream &J, const Explanation &E) {
  J.attribute("branches", E.Branches);
  J.attributeArray("decided", [&] {
    for (const ExplainedBranch &B : E.Decided)
      J.object([&] {
        writePlace(J, B.Place);
        J.attribute("condition", text(B.Condition));
        J.attribute("outcome", text(B.Outcome));
        writeRange(J, B.Steps);
        J.attribute("contexts", B.Contexts);
        J.attribute("ofContexts", B.OfContexts);
        writeReasons(J, B.Why);
      });
  });
}

static void writeCalls(json::OStream &J, const Explanation &E) {
  J.attributeArray("calls", [&] {
    for (const ExplainedCall &Call : E.Calls)
      J.object([&] {
        writePlace(J, Call.Place);
        J.attribute("through", text(Call.Through));
        J.attribute("reached", Call.IsReached);
        J.attribute("registered", Call.FlowTargets);
        J.attributeArray("targets", [&] {
          for (const ExplainedTarget &Target : Call.Targets)
            J.object([&] {
              writeRange(J, Target.Steps);
              J.attributeBegin("call");
              writeFrame(J, Target.Edge);
              J.attributeEnd();
            });
        });
      });
  });
}

static void writeObstacles(json::OStream &J, const Explanation &E) {
  J.attributeArray("obstacles", [&] {
    for (const ExplainedObstacle &O : E.Obstacles)
      J.object([&] {
        J.attribute("text", text(O.Text));
        writeReasons(J, O.Why);
        std::vector<WitnessFrame> Path{O.Call};
        Path.insert(Path.end(), O.Path.begin(), O.Path.end());
        writePath(J, "path", Path);
      });
  });
  writeList(J, "heldBy", E.HeldBy);
}

static void writeRule(json::OStream &J, const RuleExplanation &R) {
  J.object([&] {
    J.attribute("rule", text(R.Rule));
    J.attributeObject("needs", [&] {
      J.attribute("milestone", text(R.Milestone));
      J.attribute("order", R.NeedsAfter ? "after" : "before");
      writeStep(J, R.MilestoneStep);
    });
    J.attribute("runsInWindow", R.RunsInWindow);
    J.attributeArray("uses", [&] {
      for (const ExplainedUse &Use : R.Uses)
        J.object([&] {
          J.attribute("outcome", nameOf(Use.Outcome));
          J.attribute("sink", text(Use.Sink));
          J.attribute("function", text(Use.Function));
          writePlace(J, Use.Place);
          J.attribute("text", text(Use.Text));
          J.attribute("others", Use.Others);
          writeReasons(J, Use.Why);
          writePath(J, "path", Use.Path);
        });
    });
  });
}

void printExplanationJson(raw_ostream &OS, const Explanation &E,
                          StringRef Version) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", Version);
    J.attribute("function", text(E.Function));
    writePlace(J, E.Place);
    J.attribute("hasBody", E.HasBody);
    J.attribute("onSpine", E.IsOnSpine);
    J.attribute("stepCount", E.StepCount);
    J.attribute("walkedSteps", E.WalkedSteps);
    writeWhen(J, E);
    writeContexts(J, E);
    writeBranches(J, E);
    writeCalls(J, E);
    writeObstacles(J, E);
    J.attributeArray("rules", [&] {
      for (const RuleExplanation &R : E.Rules)
        writeRule(J, R);
    });
  });
  OS << "\n";
}

} // namespace bootorder
