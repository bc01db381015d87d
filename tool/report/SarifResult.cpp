/// \file
/// One finding as a result: message, flow, identity.

#include "tool/report/JsonParts.h"
#include "tool/report/SarifWriter.h"
#include "tool/report/WitnessText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

/// \p Text with what would be taken for a link made plain.
static std::string escaped(StringRef Text) {
  std::string Plain;
  for (char C : Text) {
    if (C == '[' || C == ']' || C == '\\')
      Plain += '\\';
    Plain += C;
  }
  return Plain;
}

namespace {

/// Puts places into a message, as long as there is room for them.
class Citing {
public:
  Citing(CitedMessage &Message, size_t MaxPlaces)
      : Message(Message), MaxPlaces(MaxPlaces) {}

  /// `[init_IRQ](1)`; the text alone if it has no place.
  std::string cite(const SourcePlace &Place, StringRef Text) {
    if (Place.File.empty() || Message.Places.size() == MaxPlaces)
      return "'" + escaped(Text) + "'";
    Message.Places.push_back({Place, Text.str()});
    return "[" + escaped(Text) + "](" + utostr(Message.Places.size()) + ")";
  }

private:
  CitedMessage &Message;
  size_t MaxPlaces;
};

} // namespace

/// `Runs in [init_IRQ](1), needs [irqs_on](2), which comes later.`
static std::string orderText(const Finding &F, Citing &Cite) {
  std::string Text = "Runs in " + Cite.cite(F.Step.Place, F.Step.Function);
  if (F.NeedsMilestone.empty())
    return Text + ".";
  Text += F.NeedsAfter ? ", needs milestone " : ", must precede milestone ";
  Text += Cite.cite(F.Milestone.Place, F.NeedsMilestone);
  if (!F.MilestoneMeans.empty())
    Text += " (" + escaped(F.MilestoneMeans) + ")";
  if (F.Milestone.Place.File.empty())
    return Text + ", which this boot never completes.";
  return Text + (F.NeedsAfter ? ", which comes later."
                              : ", which is complete by then.");
}

/// Where the pointers on the way were registered.
static std::string registrationText(const Finding &F, Citing &Cite) {
  std::vector<std::string> Parts;
  for (const WitnessFrame &Frame : F.Path) {
    if (Frame.EvidencePlace.File.empty())
      continue;
    StringRef Said = Frame.Through.empty() ? StringRef(Frame.Function)
                                           : StringRef(Frame.Through);
    Parts.push_back("'" + escaped(Said) + "' is " +
                    Cite.cite(Frame.EvidencePlace, Frame.Callee) +
                    (Frame.Evidence.empty() ? "" : ", ") +
                    escaped(Frame.Evidence));
  }
  return Parts.empty() ? "" : " On the way, " + join(Parts, "; ") + ".";
}

/// Why the tests on the way do not help.
static std::string guardsText(const Finding &F, Citing &Cite) {
  std::string Text;
  for (const GuardNote &Note : F.Guards) {
    Text += " The guard " + Cite.cite(Note.Place, Note.Condition) + " in '" +
            escaped(Note.Function) + "' " + escaped(Note.Text);
    if (Note.Cause.Line != 0)
      Text += " at " + Cite.cite(Note.Cause, placeText(Note.Cause));
    Text += ".";
  }
  return Text;
}

static std::string othersText(const Finding &F, Citing &Cite) {
  if (F.Others.empty())
    return "";
  std::vector<std::string> Parts;
  for (const OtherPlace &Other : F.Others)
    Parts.push_back(
        Cite.cite(Other.Place, Other.Sink + " in " + Other.Function));
  return " The same decision leads to " +
         countText(F.Others.size(), "more place") + ": " + join(Parts, ", ") +
         ".";
}

CitedMessage messageOf(const Finding &F, size_t MaxPlaces) {
  CitedMessage Message;
  Citing Cite(Message, MaxPlaces);
  std::string &Text = Message.Text;
  if (F.Path.empty()) { // about a suppression, not about code that runs
    Text = escaped(sentence(F.Message));
    return Message;
  }
  Text = escaped(sentence(F.Message)) + " '" + escaped(F.Function) +
         "' calls '" + escaped(F.Sink) + "'";
  if (F.HasValue)
    Text += " with " + escaped(valueText(F.Value));
  Text += ". " + orderText(F, Cite) + registrationText(F, Cite);
  Text += guardsText(F, Cite);
  if (!F.Why.empty())
    Text += " Why it breaks: " + escaped(sentence(F.Why));
  Text +=
      " Confidence: " + nameOf(F.Confidence).str() +
      (F.ConfidenceReason.empty() ? ""
                                  : " (" + escaped(F.ConfidenceReason) + ")") +
      ".";
  Text += othersText(F, Cite);
  return Message;
}

void SarifWriter::writeFingerprints(const Finding &F) {
  J.attributeObject("partialFingerprints", [&] {
    if (!F.Fingerprint.empty())
      J.attribute("bootorder/v1", text(F.Fingerprint));
    if (const std::string *Hash = lineHash(F.Place))
      J.attribute("primaryLocationLineHash", *Hash);
  });
}

/// What an editor should not skip: the first call, where a pointer decides, the
/// sink.
static StringRef importanceOf(const Finding &F, size_t Frame) {
  if (Frame == 0 || Frame == F.RootFrame || Frame + 1 == F.Path.size() ||
      F.Path[Frame].Edge != WitnessEdgeKind::Direct)
    return "essential";
  return "important";
}

void SarifWriter::writeStep(const WitnessFrame &Frame, unsigned Depth,
                            unsigned Number, StringRef Importance) {
  // What no line of C calls is shown where it was registered.
  const SourcePlace &Place =
      Frame.Place.File.empty() ? Frame.EvidencePlace : Frame.Place;
  std::string Evidence = evidenceText(Frame);
  J.object([&] {
    J.attributeObject("location", [&] {
      writeLocation(Place, Frame.Function,
                    Frame.Function + " " + actionText(Frame) +
                        (Evidence.empty() ? "" : " " + Evidence));
    });
    J.attributeArray("kinds", [&] { J.value("call"); });
    // Viewers indent by what is above 1.
    J.attribute("nestingLevel", Depth + 1);
    J.attribute("executionOrder", Number);
    J.attribute("importance", Importance);
  });
}

namespace {

struct FlowStep {
  const WitnessFrame *Frame;
  StringRef Importance;
};

} // namespace

/// The chain, then the way from the sink to what makes it matter. What is too
/// long for \p Limit loses its middle.
static std::vector<FlowStep> stepsOf(const Finding &F, size_t Limit) {
  std::vector<FlowStep> Steps;
  for (size_t I = 0; I != F.Path.size(); ++I)
    Steps.push_back({&F.Path[I], importanceOf(F, I)});
  for (const WitnessFrame &Frame : F.EffectPath)
    Steps.push_back({&Frame, "unimportant"});
  erase_if(Steps, [](const FlowStep &Step) {
    return Step.Frame->Place.File.empty() &&
           Step.Frame->EvidencePlace.File.empty();
  });
  if (Steps.size() > Limit)
    Steps.erase(Steps.begin() + Limit / 2, Steps.end() - (Limit - Limit / 2));
  return Steps;
}

void SarifWriter::writeFlow(const Finding &F) {
  if (F.Path.empty())
    return;
  auto WriteSteps = [&] {
    unsigned Number = 0;
    for (const FlowStep &Step :
         stepsOf(F, limit(GitHubLimits::ThreadFlowSteps))) {
      writeStep(*Step.Frame, /*Depth=*/Number, Number + 1, Step.Importance);
      ++Number;
    }
  };
  J.attributeArray("codeFlows", [&] {
    J.object([&] {
      J.attributeArray("threadFlows", [&] {
        J.object([&] { J.attributeArray("locations", WriteSteps); });
      });
    });
  });
}

/// SARIF's rank runs from 0 to 100.
static double rankOf(ConfidenceKind Confidence) {
  switch (Confidence) {
  case ConfidenceKind::High:
    return 90;
  case ConfidenceKind::Medium:
    return 60;
  case ConfidenceKind::Low:
    return 30;
  }
  llvm_unreachable("not a confidence");
}

void SarifWriter::writeProperties(const Finding &F) {
  J.attributeObject("properties", [&] {
    J.attribute("title", text(F.Message));
    J.attribute("class", nameOf(F.Class));
    J.attribute("confidence", nameOf(F.Confidence));
    J.attribute("sink", text(F.Sink));
    J.attribute("step", F.Step.Number);
    J.attribute("needs", text(F.NeedsMilestone));
    if (!F.Effect.empty())
      J.attribute("effect", text(F.Effect));
    writeList(J, "roots", F.Roots);
  });
}

void SarifWriter::writeStanding(const Finding &F) {
  const Standing &S = R.standingOf(F);
  if (R.HasBaseline)
    J.attribute("baselineState",
                S.Kind == StandingKind::Baselined ? "unchanged" : "new");
  J.attributeArray("suppressions", [&] {
    if (S.Kind == StandingKind::Baselined || S.Kind == StandingKind::Suppressed)
      J.object([&] {
        J.attribute("kind", S.IsInSource ? "inSource" : "external");
        J.attribute("status", "accepted");
        J.attribute("justification", text(S.Reason));
        if (S.IsInSource)
          J.attributeObject(
              "location", [&] { writePhysical(S.Where, /*WithText=*/false); });
      });
  });
}

void SarifWriter::writeResult(const Finding &F) {
  CitedMessage Message = messageOf(F, limit(GitHubLimits::RelatedLocations));
  J.object([&] {
    J.attribute("ruleId", text(F.Rule));
    if (auto Index = RuleIndex.find(F.Rule); Index != RuleIndex.end())
      J.attribute("ruleIndex", Index->second);
    J.attribute("kind", isShown(F) ? "fail" : "informational");
    J.attribute("level", isShown(F) ? nameOf(F.Severity) : "none");
    writeMessage("message", Message.Text);
    J.attributeArray("locations", [&] {
      J.object([&] {
        writePhysical(F.Place, /*WithText=*/true);
        J.attributeArray("logicalLocations", [&] {
          J.object([&] {
            J.attribute("name", text(F.Function));
            J.attribute("fullyQualifiedName", text(F.Function));
            J.attribute("kind", "function");
          });
        });
      });
    });
    J.attributeArray("relatedLocations", [&] {
      for (auto [Index, Related] : enumerate(Message.Places))
        J.object([&, Number = Index + 1, &Place = Related] {
          writeLocation(Place.Place, "", Place.Text, Number);
        });
    });
    writeFlow(F);
    writeFingerprints(F);
    if (Options.Profile == SarifProfile::Full && isShown(F))
      writeStanding(F);
    J.attribute("rank", rankOf(F.Confidence));
    writeProperties(F);
  });
}

} // namespace bootorder
