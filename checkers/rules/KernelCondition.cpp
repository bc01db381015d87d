#include "rules/KernelCondition.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <array>

using namespace llvm;

namespace bootorder {

/// Parts of a version that a comparison looks at; a missing part is 0.
static std::array<unsigned, 4> partsOf(const VersionTuple &Version) {
  return {Version.getMajor(), Version.getMinor().value_or(0),
          Version.getSubminor().value_or(0), Version.getBuild().value_or(0)};
}

static unsigned statedParts(const VersionTuple &Version) {
  return 1 + Version.getMinor().has_value() +
         Version.getSubminor().has_value() + Version.getBuild().has_value();
}

/// Below 0, 0 or above 0, comparing the first \p Count parts.
static int compareParts(const VersionTuple &A, const VersionTuple &B,
                        unsigned Count) {
  auto Left = partsOf(A), Right = partsOf(B);
  for (unsigned I = 0; I != Count; ++I)
    if (Left[I] != Right[I])
      return Left[I] < Right[I] ? -1 : 1;
  return 0;
}

bool VersionRange::contains(const VersionTuple &Kernel) const {
  if (Low) {
    // `>6.1` starts after every 6.1.x, `>=6.1` with 6.1.0.
    int Order = compareParts(Kernel, Low->Version, statedParts(Low->Version));
    if (Order < 0 || (Order == 0 && !Low->Inclusive))
      return false;
  }
  if (High) {
    int Order = compareParts(Kernel, High->Version, statedParts(High->Version));
    if (Order > 0 || (Order == 0 && !High->Inclusive))
      return false;
  }
  return true;
}

Expected<VersionTuple> parseKernelVersion(StringRef Text) {
  StringRef Digits = Text.trim().take_while([](char C) {
    return isdigit(static_cast<unsigned char>(C)) || C == '.';
  });
  StringRef Rest = Text.trim().drop_front(Digits.size());
  VersionTuple Version;
  if (Digits.empty() || Version.tryParse(Digits) ||
      !(Rest.empty() || Rest.starts_with("-") || Rest.starts_with("+")))
    return makeError("'" + Text.trim() +
                     "' is not a kernel version; write it as 6.12 or 2.6.30");
  return Version;
}

/// Adds what `>=6.4` or `<6.8` says to \p Range.
static Error addComparison(VersionRange &Range, StringRef Text) {
  StringRef Operator =
      Text.take_while([](char C) { return C == '<' || C == '>' || C == '='; });
  Expected<VersionTuple> Version =
      parseKernelVersion(Text.drop_front(Operator.size()));
  if (!Version)
    return Version.takeError();
  bool Inclusive = Operator.ends_with("=") || Operator.empty();
  VersionRange::End End{*Version, Inclusive};
  bool IsLow = Operator == ">" || Operator == ">=";
  bool IsHigh = Operator == "<" || Operator == "<=";
  bool IsExact = Operator.empty() || Operator == "=" || Operator == "==";
  if (!IsLow && !IsHigh && !IsExact)
    return makeError("'" + Operator +
                     "' is not a comparison; use one of >=, >, <=, <");
  if (((IsLow || IsExact) && Range.Low) || ((IsHigh || IsExact) && Range.High))
    return makeError("'" + Text + "' bounds the same end twice");
  if (IsLow || IsExact)
    Range.Low = End;
  if (IsHigh || IsExact)
    Range.High = End;
  return Error::success();
}

static Expected<VersionRange> checkOrder(VersionRange Range) {
  if (Range.Low && Range.High &&
      compareParts(Range.Low->Version, Range.High->Version, 4) > 0)
    return makeError("the range ends before it begins");
  return Range;
}

Expected<VersionRange> parseVersionRange(StringRef Text) {
  VersionRange Range;
  if (Text.contains("..")) {
    auto [Low, High] = Text.split("..");
    if (Error E = addComparison(Range, (">=" + Low.trim()).str()))
      return std::move(E);
    if (Error E = addComparison(Range, ("<=" + High.trim()).str()))
      return std::move(E);
    return checkOrder(Range);
  }
  SmallVector<StringRef, 2> Parts;
  Text.split(Parts, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  if (Parts.empty())
    return makeError("an empty version range; write it as >=6.4 or "
                     "2.6.29 .. 2.6.31");
  for (StringRef Part : Parts)
    if (Error E = addComparison(Range, Part))
      return std::move(E);
  return checkOrder(Range);
}

bool KernelCondition::holdsIn(const TreeInfo &Tree) const {
  if (Kernels && !Kernels->contains(Tree.Kernel))
    return false;
  if (!Arches.empty() && !is_contained(Arches, Tree.Arch))
    return false;
  return all_of(Configs, [&](const ConfigTest &Test) {
    std::optional<bool> Set =
        Tree.Config ? Tree.Config(Test.Name) : std::nullopt;
    return !Set || *Set != Test.Negated;
  });
}

} // namespace bootorder
