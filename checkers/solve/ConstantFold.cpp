//===- ConstantFold.cpp - what a tree is worth without knowing the program ===//

#include "solve/ConstantFold.h"
#include "llvm/Support/ErrorHandling.h"

using namespace bootorder;

/// Definitions looked through before giving up: chains in one function are
/// short, and loops must end.
static constexpr unsigned MaxDepth = 64;

int64_t bootorder::truncate(int64_t Value, uint8_t Bits, bool IsSigned) {
  if (Bits == 0 || Bits >= 64)
    return Value;
  uint64_t Kept = static_cast<uint64_t>(Value) << (64 - Bits);
  return IsSigned ? static_cast<int64_t>(Kept) >> (64 - Bits)
                  : static_cast<int64_t>(Kept >> (64 - Bits));
}

static std::optional<int64_t> foldUnsigned(BinaryKind Op, uint64_t L,
                                           uint64_t R) {
  switch (Op) {
  case BinaryKind::Div:
    return R ? std::optional<int64_t>(L / R) : std::nullopt;
  case BinaryKind::Rem:
    return R ? std::optional<int64_t>(L % R) : std::nullopt;
  case BinaryKind::Shr:
    return R < 64 ? std::optional<int64_t>(L >> R) : std::nullopt;
  case BinaryKind::Less:
    return L < R;
  case BinaryKind::LessEqual:
    return L <= R;
  case BinaryKind::Greater:
    return L > R;
  case BinaryKind::GreaterEqual:
    return L >= R;
  default:
    return std::nullopt;
  }
}

static std::optional<int64_t> foldSigned(BinaryKind Op, int64_t L, int64_t R) {
  bool IsDivisible = R != 0 && !(L == INT64_MIN && R == -1);
  switch (Op) {
  case BinaryKind::Div:
    return IsDivisible ? std::optional<int64_t>(L / R) : std::nullopt;
  case BinaryKind::Rem:
    return IsDivisible ? std::optional<int64_t>(L % R) : std::nullopt;
  case BinaryKind::Shr:
    return R >= 0 && R < 64 ? std::optional<int64_t>(L >> R) : std::nullopt;
  case BinaryKind::Less:
    return L < R;
  case BinaryKind::LessEqual:
    return L <= R;
  case BinaryKind::Greater:
    return L > R;
  case BinaryKind::GreaterEqual:
    return L >= R;
  default:
    return std::nullopt;
  }
}

std::optional<int64_t> bootorder::foldBinary(BinaryKind Op, int64_t Left,
                                             int64_t Right,
                                             const Expr &LeftType,
                                             const Expr &Result) {
  uint64_t L = Left, R = Right;
  std::optional<int64_t> V;
  switch (Op) {
  case BinaryKind::Add:
    V = L + R;
    break;
  case BinaryKind::Sub:
    V = L - R;
    break;
  case BinaryKind::Mul:
    V = L * R;
    break;
  case BinaryKind::Shl:
    if (R < 64)
      V = L << R;
    break;
  case BinaryKind::And:
    V = L & R;
    break;
  case BinaryKind::Or:
    V = L | R;
    break;
  case BinaryKind::Xor:
    V = L ^ R;
    break;
  case BinaryKind::Equal:
    V = L == R;
    break;
  case BinaryKind::NotEqual:
    V = L != R;
    break;
  case BinaryKind::LogicalAnd:
    V = L && R;
    break;
  case BinaryKind::LogicalOr:
    V = L || R;
    break;
  default:
    V = LeftType.IsSigned ? foldSigned(Op, Left, Right)
                          : foldUnsigned(Op, L, R);
  }
  if (!V)
    return std::nullopt;
  return truncate(*V, Result.Bits, Result.IsSigned);
}

namespace {

class Folder {
public:
  explicit Folder(const Function &F) : F(F) {}

  std::optional<int64_t> fold(ExprId Id, unsigned Depth) const {
    if (!Id.isValid() || Depth > MaxDepth)
      return std::nullopt;
    const Expr &E = F.Exprs[Id];
    switch (E.Kind) {
    case ExprKind::Constant:
      return E.Value;
    case ExprKind::Reference: {
      const Event &Definition = F.Events[F.Exprs.event(Id).Value];
      return Definition.Kind == EventKind::Define
                 ? fold(Definition.Value, Depth + 1)
                 : std::nullopt;
    }
    case ExprKind::Cast: {
      auto V = fold(F.Exprs.operand(E, 0), Depth + 1);
      return V ? std::optional(truncate(*V, E.Bits, E.IsSigned)) : V;
    }
    case ExprKind::Unary:
      return foldUnary(E, Depth);
    case ExprKind::Binary:
      return foldPair(E, Depth);
    case ExprKind::Conditional: {
      auto C = fold(F.Exprs.operand(E, 0), Depth + 1);
      return C ? fold(F.Exprs.operand(E, *C ? 1 : 2), Depth + 1) : C;
    }
    default:
      return std::nullopt;
    }
  }

private:
  std::optional<int64_t> foldUnary(const Expr &E, unsigned Depth) const {
    auto V = fold(F.Exprs.operand(E, 0), Depth + 1);
    if (!V)
      return V;
    switch (static_cast<UnaryKind>(E.Op)) {
    case UnaryKind::Minus:
      return truncate(-uint64_t(*V), E.Bits, E.IsSigned);
    case UnaryKind::BitNot:
      return truncate(~*V, E.Bits, E.IsSigned);
    case UnaryKind::LogicalNot:
      return !*V;
    }
    llvm_unreachable("all unary operators are handled");
  }

  std::optional<int64_t> foldPair(const Expr &E, unsigned Depth) const {
    auto Op = static_cast<BinaryKind>(E.Op);
    ExprId LeftId = F.Exprs.operand(E, 0), RightId = F.Exprs.operand(E, 1);
    auto L = fold(LeftId, Depth + 1), R = fold(RightId, Depth + 1);
    auto Is = [](std::optional<int64_t> V, bool Truth) {
      return V && (*V != 0) == Truth;
    };
    if (Op == BinaryKind::LogicalAnd && (Is(L, false) || Is(R, false)))
      return 0;
    if (Op == BinaryKind::LogicalOr && (Is(L, true) || Is(R, true)))
      return 1;
    if (Op == BinaryKind::And && (Is(L, false) || Is(R, false)))
      return 0;
    if (!L || !R)
      return std::nullopt;
    return foldBinary(Op, *L, *R, F.Exprs[LeftId], E);
  }

  const Function &F;
};

} // namespace

std::optional<int64_t> bootorder::foldConstant(const Function &F, ExprId Root) {
  return Folder(F).fold(Root, 0);
}
