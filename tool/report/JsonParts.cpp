#include "tool/report/JsonParts.h"

#include "support/Json.h"
#include "tool/report/Report.h"

using namespace llvm;

namespace bootorder {

json::Value text(StringRef S) { return jsonText(S); }

void writeList(json::OStream &J, StringRef Key,
               const std::vector<std::string> &List) {
  J.attributeArray(Key, [&] {
    for (const std::string &Item : List)
      J.value(text(Item));
  });
}

void writeStep(json::OStream &J, const StepPlace &Step) {
  J.attribute("number", Step.Number);
  J.attribute("function", text(Step.Function));
  J.attribute("file", text(Step.Place.File));
  J.attribute("line", Step.Place.Line);
}

void writeFinding(json::OStream &J, const KnownFinding &F) {
  J.attribute("rule", text(F.Rule));
  J.attribute("severity", text(F.Severity));
  J.attribute("message", text(F.Message));
  J.attribute("function", text(F.Function));
  J.attribute("file", text(F.Place.File));
  J.attribute("line", F.Place.Line);
  J.attribute("fingerprint", text(F.Fingerprint));
}

void writeFrame(json::OStream &J, const WitnessFrame &Frame) {
  J.object([&] {
    J.attribute("function", text(Frame.Function));
    J.attribute("file", text(Frame.Place.File));
    J.attribute("line", Frame.Place.Line);
    J.attribute("column", Frame.Place.Column);
    J.attribute("edge", nameOf(Frame.Edge));
    J.attribute("callee", text(Frame.Callee));
    J.attribute("through", text(Frame.Through));
    J.attribute("arguments", text(Frame.Arguments));
    J.attribute("evidence", text(Frame.Evidence));
    J.attribute("evidenceFile", text(Frame.EvidencePlace.File));
    J.attribute("evidenceLine", Frame.EvidencePlace.Line);
  });
}

} // namespace bootorder
