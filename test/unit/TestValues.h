//===- TestValues.h - random values, and what C says of the operators -----===//

#ifndef BOOTORDER_TEST_UNIT_TESTVALUES_H
#define BOOTORDER_TEST_UNIT_TESTVALUES_H

#include "solve/Operators.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <random>

namespace bootorder {

inline constexpr unsigned Samples = 2000;

struct ScalarType {
  uint8_t Bits;
  bool IsSigned;
};
inline constexpr ScalarType Types[] = {{8, false},  {8, true},  {16, false},
                                       {32, false}, {32, true}, {64, false},
                                       {64, true}};

inline Expr typed(ScalarType T) {
  Expr E;
  E.Bits = T.Bits;
  E.IsSigned = T.IsSigned;
  return E;
}

/// \p Number as a variable of type \p T holds it.
inline int64_t held(int64_t Number, ScalarType T) {
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

inline Value setOf(std::initializer_list<int64_t> Numbers) {
  Value V;
  for (int64_t Number : Numbers)
    V = join(V, Value::number(Number));
  return V;
}

/// Whether the concrete \p Number is one of those \p V stands for.
inline bool holds(const Value &V, int64_t Number) {
  if (V.isSet())
    return llvm::is_contained(V.atoms(), Atom{Number});
  if (V.isNothing() || (Number == 0 && !V.canBeZero()))
    return false;
  return (Number & V.zeros()) == 0 && (~Number & V.ones()) == 0 &&
         V.low() <= Number && Number <= V.high();
}

inline bool isBelow(const Value &A, const Value &B) { return join(A, B) == B; }

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

/// What C says; none where C says nothing.
inline std::optional<int64_t> compute(BinaryKind Op, int64_t A, int64_t B,
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

inline bool isTest(BinaryKind Op) { return Op >= BinaryKind::Less; }

} // namespace bootorder

#endif // BOOTORDER_TEST_UNIT_TESTVALUES_H
