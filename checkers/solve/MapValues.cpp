#include "solve/MapValues.h"

using namespace bootorder;

MapValue bootorder::mapValueOf(const Value &V) {
  MapValue Told;
  if (V.isNothing())
    return Told;
  if (V.isAllNumbers())
    for (Atom A : V.atoms())
      Told.Numbers.push_back(A.Bits);
  if (!Told.Numbers.empty())
    return Told;
  Told.IsNonZero = !V.canBeZero();
  if (!V.isSet()) {
    Told.Ones = V.ones();
    Told.Zeros = V.zeros();
  }
  return Told;
}

Value bootorder::valueOf(const MapValue &V) {
  if (!V.Numbers.empty()) {
    llvm::SmallVector<int64_t, 8> Numbers(V.Numbers.begin(), V.Numbers.end());
    return Value::numbers(Numbers);
  }
  if ((V.Ones | V.Zeros) != 0)
    return Value::bits(V.Ones, V.Zeros);
  return V.IsNonZero ? Value::nonZero() : Value::unknown();
}
