//===- FindingText.cpp - the parts of a finding in words ------------------===//

#include "solve/FindingText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace bootorder {

std::string placeText(const SourcePlace &Place) {
  if (Place.Line == 0)
    return Place.File;
  return Place.File + ":" + utostr(Place.Line);
}

/// `kzalloc(size, GFP_KERNEL)`; the name alone if no argument is worth it.
static std::string callText(StringRef Callee, StringRef Arguments) {
  if (Arguments.empty())
    return Callee.str();
  return (Callee + "(" + Arguments + ")").str();
}

std::string actionText(const WitnessFrame &Frame) {
  StringRef Said = Frame.Through.empty() ? Frame.Callee : Frame.Through;
  switch (Frame.Edge) {
  case WitnessEdgeKind::Direct:
  case WitnessEdgeKind::Ops:
  case WitnessEdgeKind::Pointer:
  case WitnessEdgeKind::Sink:
    return "calls " + callText(Said, Frame.Arguments);
  case WitnessEdgeKind::Cleanup:
    return "calls " + callText(Said, Frame.Arguments) + " at scope exit";
  case WitnessEdgeKind::Table:
    return "runs " + callText(Said, Frame.Arguments) + " from a linker table";
  case WitnessEdgeKind::Assembly:
    return "calls " + Said.str() + " in assembly";
  case WitnessEdgeKind::Assumed:
    return "is taken to call " + callText(Said, Frame.Arguments);
  }
  llvm_unreachable("not an edge");
}

std::string evidenceText(const WitnessFrame &Frame) {
  std::string Text;
  if (!Frame.Through.empty() && Frame.Through != Frame.Callee &&
      !Frame.Callee.empty())
    Text = "= " + Frame.Callee;
  if (!Frame.Evidence.empty())
    Text += (Text.empty() ? "" : ", ") + Frame.Evidence;
  if (!Frame.EvidencePlace.File.empty())
    Text += (Text.empty() ? "(" : " (") + placeText(Frame.EvidencePlace) + ")";
  return Text;
}

std::string valueText(const OffendingValue &Value) {
  std::string Bit = formatv("{0} ({1:x})", Value.BitName, Value.Bit);
  if (!Value.IsKnown)
    return Value.Text + ": flag value not followed" +
           (Value.BitName.empty() ? "" : ", it may contain " + Bit);
  // A value that no macro spells is its own text.
  std::string Number = formatv("{0:x}", Value.Number), Text = Number;
  if (!Value.Text.empty() && !isDigit(Value.Text.front()))
    Text = Value.Text + " = " + Number;
  return Value.BitName.empty() ? Text : Text + ", contains " + Bit;
}

std::string orderText(const Finding &F) {
  std::string Text = "runs in '" + F.Step.Function + "'";
  if (!F.Step.Place.File.empty())
    Text += " (" + placeText(F.Step.Place) + ")";
  if (F.NeedsMilestone.empty())
    return Text;
  Text += StringRef(F.NeedsAfter ? "; needs" : "; must precede");
  Text += " milestone " + F.NeedsMilestone;
  if (!F.MilestoneMeans.empty())
    Text += ": " + F.MilestoneMeans;
  if (F.Milestone.Place.File.empty())
    return Text + ", which this boot never completes";
  return Text + " (" + placeText(F.Milestone.Place) + ")" +
         (F.NeedsAfter ? ", which comes later" : ", which is complete by then");
}

} // namespace bootorder
