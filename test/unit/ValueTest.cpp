//===- ValueTest.cpp - the lattice, against what the operators really do --===//

#include "TestValues.h"

using namespace bootorder;

namespace {

TEST_F(ValueTest, JoinIsALeastUpperBound) {
  for (unsigned I = 0; I < Samples; ++I) {
    Value A = anyValue(), B = anyValue(), C = anyValue();
    EXPECT_EQ(join(A, A), A);
    EXPECT_EQ(join(A, B), join(B, A));
    EXPECT_EQ(join(join(A, B), C), join(A, join(B, C)));
    EXPECT_TRUE(isBelow(A, join(A, B)));
    EXPECT_TRUE(isBelow(Value(), A));
    EXPECT_TRUE(isBelow(A, Value::unknown()));
  }
}

TEST_F(ValueTest, JoinIsMonotone) {
  for (unsigned I = 0; I < Samples; ++I) {
    Value A = anyValue(), Above = join(A, anyValue()), B = anyValue();
    EXPECT_TRUE(isBelow(join(A, B), join(Above, B)));
  }
}

TEST_F(ValueTest, EqualValuesAreEqualHoweverMade) {
  const Atom Two[] = {{1}, {2}};
  Value Made = Value::set(Two);
  Value Joined = join(Value::number(2), Value::number(1)), Copy = Joined;
  EXPECT_EQ(Made, Joined);
  EXPECT_EQ(Made, Copy);
  EXPECT_EQ(hash_value(Made), hash_value(Copy));
  EXPECT_EQ(Value::set(llvm::ArrayRef(Two).take_front(1)), Value::number(1));
  EXPECT_TRUE(Value::set({}).isNothing());
  // A copy that grows leaves what it was made of alone.
  Copy = join(Copy, Value::number(3));
  EXPECT_EQ(Joined.atoms().size(), 2u);
  EXPECT_EQ(filter(Copy, [](Atom A) { return A.Bits != 3; }), Joined);
}

TEST_F(ValueTest, OrderIsStrictAndTotal) {
  for (unsigned I = 0; I < Samples; ++I) {
    Value A = anyValue(), B = anyValue();
    EXPECT_FALSE(A < A);
    EXPECT_EQ((A < B) + (B < A), A == B ? 0 : 1);
  }
}

TEST_F(ValueTest, TooManyAtomsBecomeBits) {
  Value V;
  for (unsigned I = 0; I < Value::MaxJoined; ++I)
    V = join(V, Value::number(2 * I + 1));
  ASSERT_TRUE(V.isSet());
  EXPECT_EQ(V.atoms().size(), Value::MaxJoined);
  V = join(V, Value::number(2 * Value::MaxJoined + 1));
  EXPECT_FALSE(V.isSet());
  EXPECT_EQ(V.ones(), 1u);
  EXPECT_EQ(V.zeros(), ~uint64_t(4 * Value::MaxJoined - 1));
  EXPECT_FALSE(V.canBeZero());
  EXPECT_TRUE(join(V, Value::number(0)).canBeZero());
}

TEST_F(ValueTest, BitsThatAreAllKnownAreANumber) {
  EXPECT_EQ(Value::bits(5, ~uint64_t(5)).number(), 5);
  EXPECT_EQ(Value::bits(0, ~uint64_t(0)).number(), 0);
}

TEST_F(ValueTest, QuestionsAgreeWithTheNumbers) {
  for (unsigned I = 0; I < Samples; ++I) {
    std::vector<int64_t> Numbers;
    Value V = value(Types[I % std::size(Types)], Numbers);
    for (int64_t N : Numbers) {
      EXPECT_TRUE(holds(V, N));
      EXPECT_EQ(V.ones() & ~N, 0u);
      EXPECT_EQ(V.zeros() & N, 0u);
      EXPECT_EQ(N & ~V.possible(), 0u);
      EXPECT_TRUE(N == 0 ? V.canBeZero() : V.canBeNonZero());
      EXPECT_TRUE(!V.truth() || *V.truth() == (N != 0));
    }
  }
}

TEST_F(ValueTest, AddressesAreTrueAndHaveNoKnownBits) {
  Value Place = Value::atom({0, Atom::AtomKind::Place});
  EXPECT_EQ(Place.truth(), true);
  EXPECT_EQ(Place.ones() | Place.zeros(), 0u);
  EXPECT_EQ(Place.possible(), ~uint64_t(0));
  EXPECT_FALSE(Place.number());
  EXPECT_FALSE(join(Place, Value::number(0)).truth());
  EXPECT_EQ(Value::nonZero().truth(), true);
  EXPECT_FALSE(Value::unknown().truth());
  EXPECT_FALSE(Value().truth());
}

TEST_F(ValueTest, FilterKeepsSomeAtoms) {
  Value V = join(setOf({0, 1}), Value::atom({7, Atom::AtomKind::Function}));
  EXPECT_EQ(filter(V, [](Atom A) { return A.isNumber(); }), setOf({0, 1}));
  EXPECT_TRUE(filter(V, [](Atom) { return false; }).isNothing());
  EXPECT_EQ(filter(Value::nonZero(), [](Atom) { return false; }),
            Value::nonZero());
}

TEST_F(ValueTest, BinaryOperatorsCoverEveryConcreteResult) {
  for (unsigned I = 0; I < 10 * Samples; ++I) {
    ScalarType T = Types[Random() % std::size(Types)];
    auto Op = static_cast<BinaryKind>(Random() %
                                      (unsigned(BinaryKind::LogicalOr) + 1));
    std::vector<int64_t> Left, Right;
    Value A = value(T, Left), B = value(T, Right);
    if (Op == BinaryKind::Shl || Op == BinaryKind::Shr) {
      Right = {int64_t(Random() % T.Bits), int64_t(Random() % T.Bits)};
      B = setOf({Right[0], Right[1]});
    }
    Value Result = applyBinary(Op, A, B, typed(T),
                               typed(isTest(Op) ? ScalarType{32, true} : T));
    for (int64_t L : Left)
      for (int64_t R : Right)
        if (auto Concrete = compute(Op, L, R, T))
          EXPECT_TRUE(holds(Result, *Concrete))
              << unsigned(Op) << ": " << L << ", " << R << " in "
              << unsigned(T.Bits) << (T.IsSigned ? " signed" : " unsigned");
  }
}

TEST_F(ValueTest, UnaryOperatorsCoverEveryConcreteResult) {
  for (unsigned I = 0; I < Samples; ++I) {
    ScalarType T = Types[Random() % std::size(Types)];
    std::vector<int64_t> Numbers;
    Value A = value(T, Numbers);
    for (int64_t N : Numbers) {
      EXPECT_TRUE(holds(applyUnary(UnaryKind::Minus, A, typed(T)),
                        held(-uint64_t(N), T)));
      EXPECT_TRUE(
          holds(applyUnary(UnaryKind::BitNot, A, typed(T)), held(~N, T)));
      EXPECT_TRUE(holds(applyUnary(UnaryKind::LogicalNot, A, typed({32, true})),
                        N == 0));
    }
  }
}

TEST_F(ValueTest, CastsCoverEveryConcreteResult) {
  for (unsigned I = 0; I < 4 * Samples; ++I) {
    ScalarType From = Types[Random() % std::size(Types)];
    ScalarType To = Types[Random() % std::size(Types)];
    std::vector<int64_t> Numbers;
    Value Cast = applyCast(value(From, Numbers), typed(To));
    for (int64_t N : Numbers)
      EXPECT_TRUE(holds(Cast, held(N, To)))
          << N << " to " << unsigned(To.Bits) << " bits";
  }
}

TEST_F(ValueTest, NothingStaysNothing) {
  Expr Int = typed({32, true});
  Value One = Value::number(1), Zero = Value::number(0), None;
  EXPECT_TRUE(applyBinary(BinaryKind::Add, None, One, Int, Int).isNothing());
  EXPECT_TRUE(applyBinary(BinaryKind::Equal, One, None, Int, Int).isNothing());
  EXPECT_TRUE(applyUnary(UnaryKind::LogicalNot, None, Int).isNothing());
  EXPECT_TRUE(applyCast(None, Int).isNothing());
  // The left side alone decides.
  EXPECT_EQ(applyBinary(BinaryKind::LogicalOr, One, None, Int, Int), One);
  EXPECT_EQ(applyBinary(BinaryKind::LogicalAnd, Zero, None, Int, Int), Zero);
  EXPECT_TRUE(
      applyBinary(BinaryKind::LogicalAnd, One, None, Int, Int).isNothing());
}

TEST_F(ValueTest, FlagsSurviveUnknownOperands) {
  Expr Flags = typed({32, false});
  Value Any = Value::unknown();
  Value Or =
      applyBinary(BinaryKind::Or, Any, Value::number(0x10), Flags, Flags);
  EXPECT_EQ(Or.ones(), 0x10u);
  EXPECT_EQ(Or.truth(), true);
  Value And =
      applyBinary(BinaryKind::And, Any, Value::number(0x30), Flags, Flags);
  EXPECT_EQ(And.possible(), 0x30u);
  Value Cleared = applyBinary(
      BinaryKind::And, Or,
      applyUnary(UnaryKind::BitNot, Value::number(0x10), Flags), Flags, Flags);
  EXPECT_EQ(Cleared.possible() & 0x10, 0u);
  EXPECT_EQ(applyBinary(BinaryKind::And, Any, Value::number(0), Flags, Flags),
            Value::number(0));
}

TEST_F(ValueTest, AddressesCompare) {
  Expr Pointer = typed({64, false}), Int = typed({32, true});
  Pointer.IsPointer = true;
  auto Same = [&](const Value &A, const Value &B) {
    return applyBinary(BinaryKind::Equal, A, B, Pointer, Int).number();
  };
  Value One = Value::atom({1, Atom::AtomKind::Function});
  Value Other = Value::atom({2, Atom::AtomKind::Function});
  Value Place = Value::atom({1, Atom::AtomKind::Place});
  EXPECT_EQ(Same(One, One), 1);
  EXPECT_EQ(Same(One, Other), 0);
  EXPECT_EQ(Same(Place, Value::number(0)), 0);
  EXPECT_EQ(Same(Value::nonZero(), Value::number(0)), 0);
  // An array and its first element have the same address.
  EXPECT_FALSE(Same(Place, Value::atom({2, Atom::AtomKind::Place})));
  EXPECT_FALSE(Same(Place, Value::number(4096)));
  EXPECT_FALSE(Same(join(One, Other), One));
}

TEST_F(ValueTest, AddressesLoseThemselvesInNarrowIntegers) {
  Value Place = Value::atom({1, Atom::AtomKind::Place});
  EXPECT_EQ(applyCast(Place, typed({64, false})), Place);
  EXPECT_EQ(applyCast(Place, typed({32, false})), Place); // 32-bit kernels
  EXPECT_TRUE(applyCast(Place, typed({16, false})).isUnknown());
}

} // namespace
