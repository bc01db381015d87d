#include "rules/KernelCondition.h"
#include "gtest/gtest.h"

using namespace bootorder;
using llvm::VersionTuple;

static bool holds(llvm::StringRef Range, llvm::StringRef Kernel) {
  return llvm::cantFail(parseVersionRange(Range))
      .contains(llvm::cantFail(parseKernelVersion(Kernel)));
}

static std::string rangeError(llvm::StringRef Text) {
  llvm::Expected<VersionRange> Range = parseVersionRange(Text);
  return Range ? "no error" : llvm::toString(Range.takeError());
}

TEST(VersionRange, OneEnd) {
  EXPECT_TRUE(holds(">=6.4", "6.4"));
  EXPECT_TRUE(holds(">=6.4", "6.12.117"));
  EXPECT_FALSE(holds(">=6.4", "6.3.13"));
  EXPECT_TRUE(holds("<6.8", "6.7.9"));
  EXPECT_FALSE(holds("<6.8", "6.8.0"));
  EXPECT_FALSE(holds("<6.8", "6.8.1"));
  EXPECT_TRUE(holds(">6.1", "6.2"));
  EXPECT_FALSE(holds(">6.1", "6.1.192"));
  EXPECT_TRUE(holds("<=6.1", "6.1.192"));
}

TEST(VersionRange, BothEnds) {
  EXPECT_TRUE(holds(">=5.15 <6.4", "6.1.192"));
  EXPECT_FALSE(holds(">=5.15 <6.4", "6.4"));
  EXPECT_TRUE(holds("2.6.29 .. 2.6.31", "2.6.31.5"));
  EXPECT_TRUE(holds("2.6.29..2.6.31", "2.6.29"));
  EXPECT_FALSE(holds("2.6.29 .. 2.6.31", "2.6.32"));
  EXPECT_FALSE(holds("2.6.29 .. 2.6.31", "2.6.28"));
}

TEST(VersionRange, ABareVersionMeansItsSeries) {
  EXPECT_TRUE(holds("6.12", "6.12.117"));
  EXPECT_FALSE(holds("6.12", "6.11"));
  EXPECT_FALSE(holds("6.12", "6.13"));
}

TEST(VersionRange, TwoDigitPartsAreNumbers) {
  EXPECT_TRUE(holds(">=6.4", "6.12"));
  EXPECT_TRUE(holds(">=2.6.9", "2.6.30"));
}

TEST(VersionRange, ErrorsSayWhatIsWrong) {
  EXPECT_EQ(rangeError("abc"),
            "'abc' is not a kernel version; write it as 6.12 or 2.6.30");
  EXPECT_EQ(rangeError(">=6.x"),
            "'6.x' is not a kernel version; write it as 6.12 or 2.6.30");
  EXPECT_EQ(rangeError("=>6.4"),
            "'=>' is not a comparison; use one of >=, >, <=, <");
  EXPECT_EQ(rangeError(">=6.4 >=6.8"), "'>=6.8' bounds the same end twice");
  EXPECT_EQ(rangeError("6.8 .. 6.4"), "the range ends before it begins");
  EXPECT_EQ(rangeError(" "), "an empty version range; write it as >=6.4 or "
                             "2.6.29 .. 2.6.31");
}

TEST(KernelVersion, ACandidateCountsAsItsRelease) {
  EXPECT_EQ(llvm::cantFail(parseKernelVersion("2.6.30-rc8")),
            VersionTuple(2, 6, 30));
  EXPECT_EQ(llvm::cantFail(parseKernelVersion("6.12.117+deb12")),
            VersionTuple(6, 12, 117));
}

TEST(KernelCondition, NothingStatedAlwaysHolds) {
  EXPECT_TRUE(KernelCondition().holdsIn(TreeInfo()));
}

TEST(KernelCondition, ArchitecturesAreAlternatives) {
  KernelCondition When;
  When.Arches = {"arm", "arm64"};
  EXPECT_TRUE(When.holdsIn({VersionTuple(6, 1), "arm64", {}}));
  EXPECT_FALSE(When.holdsIn({VersionTuple(6, 1), "x86", {}}));
}

TEST(KernelCondition, ConfigurationSymbols) {
  KernelCondition When;
  When.Configs = {{"SMP", false}, {"PPC64", true}};
  TreeInfo Tree{VersionTuple(6, 1), "powerpc", {}};
  EXPECT_TRUE(When.holdsIn(Tree)) << "nothing is known of the configuration";

  std::optional<bool> Ppc64 = false;
  Tree.Config = [&](llvm::StringRef Name) -> std::optional<bool> {
    return Name == "PPC64" ? Ppc64 : true;
  };
  EXPECT_TRUE(When.holdsIn(Tree));
  Ppc64 = true;
  EXPECT_FALSE(When.holdsIn(Tree));
  Ppc64 = std::nullopt;
  EXPECT_TRUE(When.holdsIn(Tree)) << "an unknown symbol keeps the knowledge";
}
