#include "tool/report/WitnessText.h"

#include "tool/report/Report.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace bootorder {

/// Wider places and names are printed whole, out of line.
static constexpr size_t MaxPlaceWidth = 60, MaxNameWidth = 40;

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

namespace {

struct ColumnWidths {
  size_t Place = 0, Name = 0;
};

} // namespace

static ColumnWidths measure(const std::vector<WitnessFrame> &Path) {
  ColumnWidths Widths;
  for (const WitnessFrame &Frame : Path) {
    Widths.Place = std::max(Widths.Place, placeText(Frame.Place).size());
    Widths.Name = std::max(Widths.Name, Frame.Function.size());
  }
  return {std::min(Widths.Place, MaxPlaceWidth),
          std::min(Widths.Name, MaxNameWidth)};
}

static void printFrame(raw_ostream &OS, const WitnessFrame &Frame,
                       ColumnWidths Widths, unsigned Indent) {
  OS.indent(Indent) << left_justify(placeText(Frame.Place), Widths.Place)
                    << "  " << left_justify(Frame.Function, Widths.Name) << "  "
                    << actionText(Frame) << "\n";
  std::string Evidence = evidenceText(Frame);
  if (!Evidence.empty())
    OS.indent(Indent + Widths.Place + Widths.Name + 6) << Evidence << "\n";
}

/// Which frames of a long \p Path are shown: its ends, and what decides.
static BitVector framesToShow(const std::vector<WitnessFrame> &Path,
                              size_t MaxFrames) {
  size_t Size = Path.size();
  if (MaxFrames == 0 || Size <= MaxFrames)
    return BitVector(Size, true);
  std::vector<size_t> Order{Size - 1, 0};
  for (size_t I = 0; I != Size; ++I)
    if (Path[I].Edge != WitnessEdgeKind::Direct)
      Order.push_back(I);
  for (size_t I = 1; I < Size - 1; ++I) { // from both ends inward
    Order.push_back(Size - 1 - I);
    Order.push_back(I);
  }
  BitVector Shown(Size);
  for (size_t I : Order)
    if (Shown.count() != MaxFrames)
      Shown.set(I);
  // A line that says what is left out is worth two frames.
  for (size_t I = 1; I + 1 < Size; ++I)
    if (MaxFrames > 2 && Shown[I - 1] && Shown[I + 1])
      Shown.set(I);
  return Shown;
}

/// `... 3 frames left out: f, g, h (--max-path 0 shows all)`.
static void printFold(raw_ostream &OS, ArrayRef<WitnessFrame> Left,
                      unsigned Indent) {
  OS.indent(Indent) << "... " << countText(Left.size(), "frame")
                    << " left out: ";
  interleaveComma(Left, OS,
                  [&](const WitnessFrame &Frame) { OS << Frame.Function; });
  OS << " (--max-path 0 shows all)\n";
}

void printWitness(raw_ostream &OS, const std::vector<WitnessFrame> &Path,
                  unsigned MaxFrames, unsigned Indent) {
  ColumnWidths Widths = measure(Path);
  BitVector Shown = framesToShow(Path, MaxFrames);
  for (size_t I = 0; I != Path.size(); ++I) {
    if (Shown[I]) {
      printFrame(OS, Path[I], Widths, Indent);
      continue;
    }
    size_t End = I + 1;
    while (!Shown[End]) // the last frame is always shown
      ++End;
    printFold(OS, ArrayRef(Path).slice(I, End - I), Indent);
    I = End - 1;
  }
}

} // namespace bootorder
