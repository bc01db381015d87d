//===- StepSetTest.cpp - steps of the boot, as sets and as logs -----------===//

#include "solve/StepSet.h"
#include "solve/StepLog.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

StepSet setOf(std::initializer_list<StepInterval> Steps) {
  StepSet Set;
  for (StepInterval I : Steps)
    Set.add(I);
  return Set;
}

/// The steps of \p Set below 400, in order.
std::vector<uint32_t> list(const StepSet &Set) {
  std::vector<uint32_t> Steps;
  for (uint32_t Step = 0; Step < 400; ++Step)
    if (Set.contains(Step))
      Steps.push_back(Step);
  return Steps;
}

using Steps = std::vector<uint32_t>;

TEST(StepSetTest, HoldsWhatWasAdded) {
  StepSet Set;
  EXPECT_TRUE(Set.empty());
  Set.add({200, 202});
  Set.add({3, 3}); // before all others
  Set.add({63, 64});
  EXPECT_FALSE(Set.empty());
  EXPECT_EQ(list(Set), (Steps{3, 63, 64, 200, 201, 202}));
  StepSet Other = setOf({{0, 0}, {321, 321}});
  Set.add(Other);
  Set.add(StepSet());
  EXPECT_EQ(list(Set), (Steps{0, 3, 63, 64, 200, 201, 202, 321}));
}

TEST(StepSetTest, FindsTheFirstInARange) {
  StepSet Set = setOf({{70, 71}, {300, 300}});
  EXPECT_EQ(Set.firstIn(0, StepInterval::NoEnd), 70u);
  EXPECT_EQ(Set.firstIn(71, 400), 71u);
  EXPECT_EQ(Set.firstIn(72, 400), 300u);
  EXPECT_EQ(Set.firstIn(72, 300), std::nullopt);
  EXPECT_EQ(Set.firstIn(301, 400), std::nullopt);
  EXPECT_EQ(Set.firstIn(70, 70), std::nullopt);
  EXPECT_EQ(Set.firstIn(71, 70), std::nullopt);
  EXPECT_EQ(StepSet().firstIn(0, 400), std::nullopt);
}

TEST(StepSetTest, RemovesAndKeeps) {
  StepSet Set = setOf({{10, 12}, {130, 133}});
  StepSet Other = setOf({{0, 10}, {132, 399}});
  StepSet Rest = Set;
  Rest.remove(Other);
  EXPECT_EQ(list(Rest), (Steps{11, 12, 130, 131}));
  Set.keep(Other);
  EXPECT_EQ(list(Set), (Steps{10, 132, 133}));
  Set.remove(Other);
  EXPECT_TRUE(Set.empty());
}

TEST(StepSetTest, AddsWhatTwoHaveInCommon) {
  StepSet A = setOf({{5, 200}}), B = setOf({{0, 10}, {100, 399}});
  StepSet Set = setOf({{150, 150}});
  EXPECT_TRUE(Set.addCommon(A, B, {7, 101}));
  EXPECT_EQ(list(Set), (Steps{7, 8, 9, 10, 100, 101, 150}));
  // Nothing new: known already, outside of the interval, or not in both.
  EXPECT_FALSE(Set.addCommon(A, B, {0, 0}));
  EXPECT_FALSE(Set.addCommon(A, B, {9, 100}));
  EXPECT_FALSE(Set.addCommon(A, B, {11, 99}));
  EXPECT_FALSE(Set.addCommon(A, StepSet(), {0, StepInterval::NoEnd}));
  EXPECT_TRUE(Set.addCommon(A, B, {200, StepInterval::NoEnd}));
  EXPECT_EQ(Set.firstIn(151, 400), 200u);
}

TEST(StepLogTest, JoinsConsecutiveSteps) {
  StepLog Log;
  Log.resize(2);
  EXPECT_TRUE(Log.isEmpty(0));
  EXPECT_TRUE(Log.steps(0).empty());
  for (uint32_t Step : {0, 1, 1, 4, 7, 8})
    Log.add(0, Step);
  Log.add(1, 8);
  EXPECT_FALSE(Log.isEmpty(0));
  EXPECT_EQ(Log.span(0)->First, 0u);
  EXPECT_EQ(Log.span(0)->Last, 8u);
  EXPECT_FALSE(Log.span(2));
  Steps Ends;
  for (StepInterval I : Log.steps(0)) {
    Ends.push_back(I.First);
    Ends.push_back(I.Last);
  }
  EXPECT_EQ(Ends, (Steps{0, 1, 4, 4, 7, 8}));
  ASSERT_EQ(Log.steps(1).size(), 1u);
  EXPECT_EQ(Log.steps(1).front().First, 8u);
}

} // namespace
