#include "tool/report/LineHash.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ConvertUTF.h"
#include <array>

using namespace llvm;

namespace bootorder {

static constexpr size_t WindowSize = 100;
static constexpr uint64_t Base = 37;
static constexpr uint16_t EndOfFile = 65535;

static constexpr uint64_t power(uint64_t Of, size_t Exponent) {
  uint64_t Result = 1;
  while (Exponent-- != 0)
    Result *= Of;
  return Result;
}

static constexpr uint64_t WeightOfOldest = power(Base, WindowSize);

namespace {

/// A window of the last units that were read, and the lines that start in it.
class LineHasher {
public:
  void read(uint16_t Unit) {
    bool IsRestOfLineEnd = AfterReturn && Unit == '\n';
    AfterReturn = false;
    if (Unit == ' ' || Unit == '\t' || IsRestOfLineEnd)
      return;
    if (Unit == '\r') {
      Unit = '\n';
      AfterReturn = true;
    }
    finishLine();
    if (AtLineStart)
      StartsLine[At] = true;
    AtLineStart = Unit == '\n';
    push(Unit);
  }

  std::vector<std::string> finish() && {
    read(EndOfFile);
    for (size_t Left = WindowSize; Left != 0; --Left) {
      finishLine();
      push(0);
    }
    return std::move(Hashes);
  }

private:
  /// The oldest unit leaves the window: if a line starts with it, all that
  /// counts of the line has been read.
  void finishLine() {
    if (!StartsLine[At])
      return;
    StartsLine[At] = false;
    std::string Text = utohexstr(Hash, /*LowerCase=*/true);
    unsigned Number = ++Seen[Text];
    Hashes.push_back(Text + ":" + utostr(Number));
  }

  void push(uint16_t Unit) {
    Hash = Base * Hash + Unit - WeightOfOldest * Window[At];
    Window[At] = Unit;
    At = (At + 1) % WindowSize;
  }

  std::array<uint16_t, WindowSize> Window = {};
  std::array<bool, WindowSize> StartsLine = {};
  size_t At = 0;
  uint64_t Hash = 0;
  bool AtLineStart = true;
  bool AfterReturn = false;
  StringMap<unsigned> Seen;
  std::vector<std::string> Hashes;
};

} // namespace

std::vector<uint16_t> utf16Units(StringRef Text) {
  // One unit of UTF-32 for each byte at most.
  std::vector<UTF32> Points(Text.size());
  const UTF8 *From = Text.bytes_begin();
  UTF32 *To = Points.data();
  ConvertUTF8toUTF32(&From, Text.bytes_end(), &To, To + Points.size(),
                     lenientConversion);
  Points.resize(To - Points.data());

  std::vector<uint16_t> Units;
  Units.reserve(Points.size());
  for (UTF32 Point : Points) {
    if (Point < 0x10000) {
      Units.push_back(Point);
      continue;
    }
    Units.push_back(0xd800 + ((Point - 0x10000) >> 10));
    Units.push_back(0xdc00 + ((Point - 0x10000) & 0x3ff));
  }
  return Units;
}

std::vector<std::string> lineHashes(StringRef Content) {
  LineHasher Hasher;
  for (uint16_t Unit : utf16Units(Content))
    Hasher.read(Unit);
  return std::move(Hasher).finish();
}

} // namespace bootorder
