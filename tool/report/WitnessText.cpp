#include "tool/report/WitnessText.h"

#include "tool/report/Report.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

using namespace llvm;

namespace bootorder {

/// Wider places and names are printed whole, out of line.
static constexpr size_t MaxPlaceWidth = 60, MaxNameWidth = 40;

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
