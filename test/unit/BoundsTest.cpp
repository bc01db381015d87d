//===- BoundsTest.cpp - numbers between two others ------------------------===//

#include "solve/Bounds.h"
#include "TestValues.h"

using namespace bootorder;

namespace {

using BoundsTest = ValueTest;

TEST_F(BoundsTest, SetThatComesAsAWholeStays) {
  Value Slots = Value::between(30, 70);
  ASSERT_TRUE(Slots.isSet());
  EXPECT_EQ(Slots.atoms().size(), 41u);
  Value Result = join(Slots, Value::number(-28));
  ASSERT_TRUE(Result.isSet());
  EXPECT_EQ(Result.atoms().size(), 42u);
  EXPECT_EQ(join(Result, Value::number(0)).low(), -28);
  // It is not joined to more than the lattice can list.
  EXPECT_FALSE(join(Result, Value::between(100, 130)).isSet());
}

TEST_F(BoundsTest, BoundsAreExactWhereTheyAreFew) {
  EXPECT_TRUE(Value::between(3, 2).isNothing());
  EXPECT_EQ(Value::between(7, 7).number(), 7);
  EXPECT_EQ(Value::between(-1, 1), setOf({-1, 0, 1}));
  Value Wide = Value::between(1, 1000);
  EXPECT_FALSE(Wide.isSet());
  EXPECT_EQ(Wide.truth(), true);
  EXPECT_FALSE(Wide.isUnknown());
  EXPECT_EQ(Wide.withoutBounds(), Value::nonZero());
  EXPECT_FALSE(Value::between(INT64_MIN, INT64_MAX).hasBounds());
  EXPECT_TRUE(Value::between(INT64_MIN, INT64_MAX).isUnknown());
  EXPECT_EQ(meet(Wide, Value::between(998, 5000)), setOf({998, 999, 1000}));
  EXPECT_TRUE(meet(Wide, Value::between(2000, 5000)).isNothing());
  EXPECT_EQ(meet(setOf({0, 1, 1000, 1001}), Wide), setOf({1, 1000}));
}

TEST_F(BoundsTest, HullIsALeastUpperBoundAndJoinForgetsBounds) {
  for (unsigned I = 0; I < Samples; ++I) {
    auto Any = [&] {
      int64_t Low = int64_t(Random() % 4000) - 2000;
      return I % 3 ? Value::between(Low, Low + Random() % 2000) : anyValue();
    };
    Value A = Any(), B = Any(), C = Any();
    EXPECT_EQ(hull(A, A), A);
    EXPECT_EQ(hull(A, B), hull(B, A));
    EXPECT_EQ(hull(A, hull(A, B)), hull(A, B));
    EXPECT_EQ(hull(hull(A, B), C), hull(A, hull(B, C)));
    EXPECT_FALSE(join(A, B).hasBounds());
    EXPECT_EQ(hull(join(A, B), A).withoutBounds(), join(A, B));
  }
}

TEST_F(BoundsTest, CounterThatIsWidenedSettles) {
  Expr Int = typed({32, true});
  Value Count = Value::number(0);
  unsigned Rounds = 0;
  for (;; ++Rounds) {
    ASSERT_LT(Rounds, 10u);
    Value Next =
        applyBinary(BinaryKind::Add, Count, Value::number(1), Int, Int);
    Value Both = hull(Count, Next);
    if (Both == Count)
      break;
    Count = Rounds < 4 ? Both : widen(Count, Both, Int);
  }
  EXPECT_TRUE(Count.isUnknown()); // it wraps around
  Value Limited = widen(setOf({0, 1}), setOf({0, 1, 2}), Int);
  EXPECT_EQ(Limited.low(), 0);
  EXPECT_EQ(Limited.high(), INT32_MAX);
}

TEST_F(BoundsTest, WhatAComparisonImpliesCoversEveryNumberThatPassesIt) {
  for (unsigned I = 0; I < 10 * Samples; ++I) {
    ScalarType T = Types[Random() % std::size(Types)];
    auto Op =
        static_cast<BinaryKind>(unsigned(BinaryKind::Less) + Random() % 4);
    std::vector<int64_t> Right;
    Value R = value(T, Right);
    int64_t Left = number(T);
    for (int64_t Other : Right) {
      bool Outcome = *compute(Op, Left, Other, T) != 0;
      EXPECT_TRUE(holds(impliedByOrder(Op, R, typed(T), Outcome), Left))
          << unsigned(Op) << ": " << Left << ", " << Other << " in "
          << unsigned(T.Bits) << (T.IsSigned ? " signed" : " unsigned");
    }
  }
}

TEST_F(BoundsTest, OperatorsOnBoundsCoverEveryConcreteResult) {
  for (unsigned I = 0; I < 10 * Samples; ++I) {
    ScalarType T = Types[Random() % std::size(Types)];
    auto Op = static_cast<BinaryKind>(Random() %
                                      (unsigned(BinaryKind::LogicalOr) + 1));
    auto Bounded = [&](int64_t Number, int64_t Other) {
      return Value::between(std::min(Number, Other), std::max(Number, Other));
    };
    int64_t L = number(T), R = number(T);
    Value A = Bounded(L, number(T)), B = Bounded(R, number(T));
    Value Result = applyBinary(Op, A, B, typed(T),
                               typed(isTest(Op) ? ScalarType{32, true} : T));
    if (auto Concrete = compute(Op, L, R, T))
      EXPECT_TRUE(holds(Result, *Concrete))
          << unsigned(Op) << ": " << L << ", " << R << " in "
          << unsigned(T.Bits) << (T.IsSigned ? " signed" : " unsigned");
    ScalarType To = Types[Random() % std::size(Types)];
    EXPECT_TRUE(holds(applyCast(A, typed(To)), held(L, To)));
  }
}

} // namespace
