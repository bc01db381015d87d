//===- GroupTest.cpp - one finding per decision ---------------------------===//

#include "solve/Group.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

struct Frame {
  const char *Function;
  const char *File;
  uint32_t Line;
  const char *Callee;
  WitnessEdgeKind Edge = WitnessEdgeKind::Direct;
};

/// The boot calls from main.c:1; what comes after that is \p Rest.
Finding finding(std::vector<Frame> Rest, const char *Root = "root") {
  Finding F;
  F.Rule = "early";
  F.Roots = {Root};
  Rest.insert(Rest.begin(), {"start", "main.c", 1, "root"});
  for (const Frame &One : Rest) {
    WitnessFrame W;
    W.Function = One.Function;
    W.Place = {One.File, One.Line, 1};
    W.Callee = One.Callee;
    W.Edge = One.Edge;
    F.Path.push_back(W);
  }
  F.Path.back().Edge = WitnessEdgeKind::Sink;
  F.Place = F.Path.back().Place;
  F.Function = F.Path.back().Function;
  F.Sink = F.Path.back().Callee;
  return F;
}

std::vector<Finding> grouped(std::vector<Finding> Findings) {
  groupByDecision(Findings);
  return Findings;
}

TEST(GroupTest, CallOutOfTheRootsFileIsOneDecision) {
  auto Kept = grouped({
      finding({{"root", "a.c", 5, "lib"},
               {"lib", "lib.c", 7, "deep"},
               {"deep", "lib.c", 9, "enable"}}),
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "enable"}}),
  });
  ASSERT_THAT(Kept, SizeIs(1));
  EXPECT_EQ(Kept[0].Place.Line, 8u); // the nearest
  ASSERT_THAT(Kept[0].Others, SizeIs(1));
  EXPECT_EQ(Kept[0].Others[0].Place.Line, 9u);
  EXPECT_EQ(Kept[0].Others[0].Function, "deep");
}

TEST(GroupTest, OtherCallOutIsAnotherDecision) {
  auto Kept = grouped({
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "enable"}}),
      finding({{"root", "a.c", 6, "other"}, {"other", "lib.c", 9, "enable"}}),
  });
  EXPECT_THAT(Kept, SizeIs(2));
  EXPECT_NE(Kept[0].Fingerprint, Kept[1].Fingerprint);
}

TEST(GroupTest, FunctionInTheRootsFileIsCalledTooSoonOnce) {
  auto Kept = grouped({
      finding({{"root", "a.c", 5, "helper"}, {"helper", "a.c", 8, "enable"}}),
      finding({{"root", "a.c", 5, "helper"}, {"helper", "a.c", 9, "enable"}}),
      finding({{"root", "a.c", 6, "other"}, {"other", "a.c", 19, "enable"}}),
  });
  ASSERT_THAT(Kept, SizeIs(2));
  EXPECT_THAT(Kept[0].Others, SizeIs(1));
}

TEST(GroupTest, SinksInTheRootStayApart) {
  EXPECT_THAT(grouped({
                  finding({{"root", "a.c", 8, "enable"}}),
                  finding({{"root", "a.c", 9, "enable"}}),
              }),
              SizeIs(2));
}

TEST(GroupTest, TableEntryIsOneDecisionWhateverItCalls) {
  auto Table = WitnessEdgeKind::Table;
  auto Kept = grouped({
      finding({{"parse", "p.c", 5, "setter", Table},
               {"setter", "md.c", 7, "x"},
               {"x", "lib.c", 9, "enable"}},
              "setter"),
      finding({{"parse", "p.c", 5, "setter", Table},
               {"setter", "md.c", 8, "enable"}},
              "setter"),
      finding({{"parse", "p.c", 5, "other", Table},
               {"other", "snd.c", 8, "enable"}},
              "other"),
  });
  ASSERT_THAT(Kept, SizeIs(2));
  EXPECT_EQ(Kept[0].Place.File, "md.c");
  EXPECT_TRUE(decisionOf(Kept[0]).IsTableEntry);
}

TEST(GroupTest, RootsOfAllAreKept) {
  auto Kept = grouped({
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 7, "enable"}},
              "one"),
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "enable"}},
              "two"),
  });
  ASSERT_THAT(Kept, SizeIs(1));
  EXPECT_THAT(Kept[0].Roots, ElementsAre("one", "two"));
}

TEST(GroupTest, ValuesHaveOriginsOfTheirOwn) {
  Finding A =
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 7, "kmalloc"}});
  Finding B =
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "kmalloc"}});
  A.HasValue = B.HasValue = true;
  EXPECT_THAT(grouped({A, B}), SizeIs(2));
}

TEST(GroupTest, ClassesStayApart) {
  Finding A =
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 7, "enable"}});
  Finding B =
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "enable"}});
  B.Class = FindingClass::Masked;
  EXPECT_THAT(grouped({A, B}), SizeIs(2));
}

TEST(GroupTest, FingerprintDoesNotDependOnWhichPlaceIsNearest) {
  Finding Near =
      finding({{"root", "a.c", 5, "lib"}, {"lib", "lib.c", 8, "enable"}});
  Finding Far = finding({{"root", "a.c", 5, "lib"},
                         {"lib", "lib.c", 7, "deep"},
                         {"deep", "lib.c", 9, "enable"}});
  EXPECT_EQ(grouped({Near, Far})[0].Fingerprint, grouped({Far})[0].Fingerprint);
}

} // namespace
