#include "tool/driver/Progress.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bootorder {

/// `1m 02s`, `45s`.
static std::string durationText(uint64_t Seconds) {
  if (Seconds < 60)
    return formatv("{0}s", Seconds);
  return formatv("{0}m {1,0+2}s", Seconds / 60, Seconds % 60);
}

std::string progressLine(size_t Done, size_t Total, double Seconds,
                         StringRef Unit, unsigned Columns) {
  std::string Whole = utostr(Total), Part = utostr(Done);
  Part.insert(0, Whole.size() - std::min(Whole.size(), Part.size()), ' ');
  std::string Line = "[" + Part + "/" + Whole + "]";
  if (Done != 0 && Seconds > 0) {
    double Rate = static_cast<double>(Done) / Seconds;
    uint64_t Left = static_cast<uint64_t>((Total - Done) / Rate + 0.5);
    Line += formatv(" {0:f0}/s, ", Rate).str() + durationText(Left) + " left";
  }
  Line += "  " + Unit.str();
  return Line.substr(0, Columns);
}

Progress::Progress(size_t Total)
    : Total(Total), IsShown(sys::Process::StandardErrIsDisplayed()) {}

Progress::~Progress() {
  if (IsShown)
    errs() << "\r\033[K";
}

void Progress::finished(StringRef Unit) {
  std::lock_guard<std::mutex> Lock(Mutex);
  ++Done;
  Clock::time_point Now = Clock::now();
  if (!IsShown || Now - Drawn < std::chrono::milliseconds(100))
    return;
  Drawn = Now;
  double Seconds = std::chrono::duration<double>(Now - Start).count();
  unsigned Columns = sys::Process::StandardErrColumns();
  errs() << "\r"
         << progressLine(Done, Total, Seconds, Unit,
                         Columns == 0 ? 80 : Columns - 1)
         << "\033[K";
}

} // namespace bootorder
