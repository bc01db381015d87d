#include "tool/report/Change.h"

#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <limits>
#include <set>

using namespace llvm;

namespace bootorder {

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// `@@ -12,2 +14,3 @@ ...` as lines 14 to 16.
static std::optional<ChangedRange> parseHunk(StringRef Line) {
  StringRef New = Line.split(" +").second.take_until(isSpace);
  auto [FirstText, CountText] = New.split(',');
  uint32_t First = 0, Count = 1;
  if (FirstText.getAsInteger(10, First) ||
      (!CountText.empty() && CountText.getAsInteger(10, Count)))
    return std::nullopt;
  if (Count == 0) // gone from behind line First
    return ChangedRange{First + 1, First};
  return ChangedRange{First, First + Count - 1};
}

/// The character that git writes \p Letter for, behind a backslash.
static char unescaped(char Letter) {
  constexpr StringLiteral Letters = "abtnvfr", Meant = "\a\b\t\n\v\f\r";
  size_t At = Letters.find(Letter);
  return At == StringRef::npos ? Letter : Meant[At];
}

/// Git quotes names with unusual bytes as C does: `"caf\303\251.c"`.
static std::string unquoted(StringRef Name) {
  if (!Name.consume_front("\"") || !Name.consume_back("\""))
    return Name.str();
  std::string Plain;
  while (!Name.empty()) {
    uint8_t Byte;
    bool IsEscaped = Name.size() > 1 && Name.consume_front("\\");
    if (!IsEscaped) {
      Plain += Name.front();
      Name = Name.drop_front();
    } else if (!Name.take_front(3).getAsInteger(8, Byte)) {
      Plain += static_cast<char>(Byte);
      Name = Name.drop_front(3);
    } else {
      Plain += unescaped(Name.front());
      Name = Name.drop_front();
    }
  }
  return Plain;
}

static std::string fileOf(StringRef Line) {
  return unquoted(Line.drop_front(4).rtrim("\t\r"));
}

Expected<ChangedLines> parseDiff(StringRef Text) {
  ChangedLines Changed;
  std::vector<ChangedRange> *File = nullptr;
  SmallVector<StringRef, 0> Lines;
  Text.split(Lines, '\n');
  bool IsInHeader = false;
  for (auto [Index, Line] : enumerate(Lines)) {
    if (Line.starts_with("diff ")) {
      IsInHeader = true;
      File = nullptr;
    } else if (IsInHeader && Line.starts_with("+++ ")) {
      std::string Name = fileOf(Line);
      File = Name == "/dev/null" ? nullptr : &Changed[Name];
      IsInHeader = false;
    } else if (!IsInHeader && Line.starts_with("@@ ")) {
      std::optional<ChangedRange> Range = parseHunk(Line);
      if (!Range)
        return makeError("line " + Twine(Index + 1) +
                         " of the difference cannot be understood: '" + Line +
                         "'");
      if (File)
        File->push_back(*Range);
    }
  }
  return Changed;
}

bool touches(const ChangedLines &Changed, const std::string &File,
             uint32_t First, uint32_t Last) {
  auto Found = Changed.find(File);
  if (Found == Changed.end())
    return false;
  return any_of(Found->second, [&](const ChangedRange &Range) {
    if (Range.First > Range.Last) // lines were taken out of the middle
      return First <= Range.Last && Range.First <= Last;
    return Range.First <= Last && First <= Range.Last;
  });
}

//===----------------------------------------------------------------------===//
// Judging
//===----------------------------------------------------------------------===//

namespace {

class ChangeJudge {
public:
  ChangeJudge(const ChangedLines &Changed, const Report &R)
      : Changed(Changed), Extents(R.Extents) {
    findTouchedFunctions();
    for (const StepRow &Row : R.Result.Steps)
      if (Touched.count(Row.Step.Function) || isTouched(Row.Step.Place)) {
        FirstStep = Row.Step.Number;
        break;
      }
  }

  bool isTouched(const Finding &F) const {
    if (F.Path.empty()) // about a suppression
      return isTouched(F.Place);
    return isSpineTouched(F) ||
           any_of(F.Path,
                  [&](const WitnessFrame &Frame) {
                    return isTouched(Frame.Place) ||
                           isTouched(Frame.EvidencePlace);
                  }) ||
           any_of(F.Others, [&](const OtherPlace &Other) {
             return isTouched(Other.Place);
           });
  }

private:
  void findTouchedFunctions() {
    for (const auto &[File, Functions] : Extents)
      for (const FunctionExtent &F : Functions)
        if (touches(Changed, File, F.First, F.Last))
          Touched.insert(F.Name);
  }

  /// What comes between the finding and its milestone does not matter to it.
  bool isSpineTouched(const Finding &F) const {
    const SourcePlace &Milestone = F.Milestone.Place;
    return FirstStep <= F.Step.Number ||
           touches(Changed, Milestone.File, Milestone.Line, Milestone.Line);
  }

  /// The line itself, or the function it is in.
  bool isTouched(const SourcePlace &Place) const {
    if (Place.Line == 0 || !Changed.count(Place.File))
      return false;
    if (touches(Changed, Place.File, Place.Line, Place.Line))
      return true;
    auto File = Extents.find(Place.File);
    return File != Extents.end() &&
           any_of(File->second, [&](const FunctionExtent &F) {
             return F.First <= Place.Line && Place.Line <= F.Last &&
                    touches(Changed, Place.File, F.First, F.Last);
           });
  }

  const ChangedLines &Changed;
  const SourceExtents &Extents;
  /// Names of functions with a changed line; statics that share one count.
  std::set<std::string> Touched;
  uint32_t FirstStep = std::numeric_limits<uint32_t>::max();
};

} // namespace

void applyChange(const ChangedLines &Changed, Report &R) {
  ChangeJudge Judge(Changed, R);
  for (size_t I = 0; I != R.Result.Findings.size(); ++I) {
    Standing &S = R.Standings[I];
    if (S.Kind == StandingKind::New && isShown(R.Result.Findings[I]) &&
        !Judge.isTouched(R.Result.Findings[I]))
      S.Kind = StandingKind::Untouched;
  }
}

} // namespace bootorder
