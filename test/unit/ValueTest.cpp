//===- ValueTest.cpp - the lattice, against what the operators really do --===//

#include "solve/Value.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <random>

using namespace bootorder;

namespace {

constexpr unsigned Samples = 2000;

struct ScalarType {
  uint8_t Bits;
  bool IsSigned;
};
constexpr ScalarType Types[] = {{8, false},  {8, true},  {16, false},
                                {32, false}, {32, true}, {64, false},
                                {64, true}};

Expr typed(ScalarType T) {
  Expr E;
  E.Bits = T.Bits;
  E.IsSigned = T.IsSigned;
  return E;
}

/// \p Number as a variable of type \p T holds it.
int64_t held(int64_t Number, ScalarType T) {
  switch (T.Bits) {
  case 8:
    return T.IsSigned ? int64_t(int8_t(Number)) : int64_t(uint8_t(Number));
  case 16:
    return T.IsSigned ? int64_t(int16_t(Number)) : int64_t(uint16_t(Number));
  case 32:
    return T.IsSigned ? int64_t(int32_t(Number)) : int64_t(uint32_t(Number));
  default:
    return Number;
  }
}

Value setOf(std::initializer_list<int64_t> Numbers) {
  Value V;
  for (int64_t Number : Numbers)
    V = join(V, Value::number(Number));
  return V;
}

/// Whether the concrete \p Number is one of those \p V stands for.
bool holds(const Value &V, int64_t Number) {
  if (V.isSet())
    return llvm::is_contained(V.atoms(), Atom{Number});
  if (V.isNothing() || (Number == 0 && !V.canBeZero()))
    return false;
  return (Number & V.zeros()) == 0 && (~Number & V.ones()) == 0;
}

bool isBelow(const Value &A, const Value &B) { return join(A, B) == B; }

/// Fixed seed: the same values in every run.
struct ValueTest : testing::Test {
  std::mt19937_64 Random{20090611};

  int64_t number(ScalarType T) {
    // Small numbers, single bits and anything at all are all worth a try.
    switch (Random() % 4) {
    case 0:
      return held(int64_t(Random() % 5) - 2, T);
    case 1:
      return held(int64_t(1) << Random() % 64, T);
    case 2:
      return held(Random() % 256, T);
    default:
      return held(Random(), T);
    }
  }
  /// Numbers, and the least value above them that the lattice has; more than
  /// it can list now and then.
  Value value(ScalarType T, std::vector<int64_t> &Numbers) {
    size_t Count = 1 + Random() % (Random() % 3 == 0 ? 20 : 4);
    Value V;
    for (size_t I = 0; I < Count; ++I) {
      Numbers.push_back(number(T));
      V = join(V, Value::number(Numbers.back()));
    }
    return V;
  }
  Value anyValue() {
    std::vector<int64_t> Numbers;
    switch (Random() % 8) {
    case 0:
      return Value();
    case 1:
      return Value::unknown();
    case 2:
      return Value::nonZero();
    case 3:
      return Value::atom({int64_t(Random() % 3), Atom::AtomKind::Place});
    case 4:
      return join(Value::number(0), Value::atom({int64_t(Random() % 3),
                                                 Atom::AtomKind::Function}));
    case 5: {
      uint64_t Ones = Random() & Random();
      return Value::bits(Ones, Random() & ~Ones);
    }
    default:
      return value(Types[Random() % std::size(Types)], Numbers);
    }
  }
};

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
  for (unsigned I = 0; I < Value::MaxAtoms; ++I)
    V = join(V, Value::number(2 * I + 1));
  ASSERT_TRUE(V.isSet());
  EXPECT_EQ(V.atoms().size(), Value::MaxAtoms);
  V = join(V, Value::number(2 * Value::MaxAtoms + 1));
  EXPECT_FALSE(V.isSet());
  EXPECT_EQ(V.ones(), 1u);
  EXPECT_EQ(V.zeros(), ~uint64_t(4 * Value::MaxAtoms - 1));
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

/// What C says; none where C says nothing.
std::optional<int64_t> compute(BinaryKind Op, int64_t A, int64_t B,
                               ScalarType T) {
  uint64_t L = A, R = B;
  auto Compare = [&](auto Less) {
    return T.IsSigned ? Less(A, B) : Less(L, R);
  };
  bool IsOverflow = T.IsSigned && B == -1;
  switch (Op) {
  case BinaryKind::Add:
    return held(L + R, T);
  case BinaryKind::Sub:
    return held(L - R, T);
  case BinaryKind::Mul:
    return held(L * R, T);
  case BinaryKind::Div:
    if (B == 0 || IsOverflow)
      return std::nullopt;
    return held(T.IsSigned ? A / B : int64_t(L / R), T);
  case BinaryKind::Rem:
    if (B == 0 || IsOverflow)
      return std::nullopt;
    return held(T.IsSigned ? A % B : int64_t(L % R), T);
  case BinaryKind::Shl:
    return R < T.Bits ? std::optional(held(L << R, T)) : std::nullopt;
  case BinaryKind::Shr:
    if (R >= T.Bits)
      return std::nullopt;
    return held(T.IsSigned ? A >> R : int64_t(L >> R), T);
  case BinaryKind::And:
    return A & B;
  case BinaryKind::Or:
    return A | B;
  case BinaryKind::Xor:
    return A ^ B;
  case BinaryKind::Less:
    return Compare([](auto X, auto Y) { return X < Y; });
  case BinaryKind::LessEqual:
    return Compare([](auto X, auto Y) { return X <= Y; });
  case BinaryKind::Greater:
    return Compare([](auto X, auto Y) { return X > Y; });
  case BinaryKind::GreaterEqual:
    return Compare([](auto X, auto Y) { return X >= Y; });
  case BinaryKind::Equal:
    return A == B;
  case BinaryKind::NotEqual:
    return A != B;
  case BinaryKind::LogicalAnd:
    return A && B;
  case BinaryKind::LogicalOr:
    return A || B;
  }
  return std::nullopt;
}

bool isTest(BinaryKind Op) { return Op >= BinaryKind::Less; }

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
